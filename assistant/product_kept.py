"""What texts on a withdrawal say of a product that was not withdrawn: "loại không cay vẫn giữ hạng 3 sao"."""

from assistant.corpus import Corpus
from assistant.draft import Segment, quoted
from assistant.evidence import Evidence
from assistant.product_asked import asks_of_loss
from assistant.question import Question
from assistant.wording import tokens
from index.products.product import Product


def kept_told(products: list[Product], question: Question, corpus: Corpus) -> tuple[list[Segment], list[str]]:
    """Where a question asks whether products lost their star: what tellings of decisions that withdrew others say of
    those that did not, sentence by sentence, and the notice that no decision held withdraws them."""
    kept = [one for one in products if not any(each.withdrawn for each in one.history)]
    if not kept or not asks_of_loss(question):
        return [], []
    lines = [line for one in kept for line in _told_of(one, corpus)]
    names = ", ".join(dict.fromkeys(one.name for one in kept))
    return lines, [f"Kho không có quyết định nào thu hồi giấy chứng nhận của {names}."]


def _told_of(product: Product, corpus: Corpus) -> list[Segment]:
    """The sentences outside lists that name the product, in the tellings of decisions that withdrew something."""
    found = []
    for decision in corpus.held.issued:
        for told in decision.told:
            if not any(act.act == "withdraws" for act in told.acts):
                continue
            article = corpus.article(told.article_id, told.digest)
            for start, end, block, _ in corpus.sentences(article):
                if block.role == "row":
                    continue
                named = corpus.held.names.find(tokens(article.text[start:end]))
                if named is not None and named.whole and product in corpus.held.products(named.rows):
                    found.append(quoted(Evidence(article=article, start=start, end=end)))
    return found
