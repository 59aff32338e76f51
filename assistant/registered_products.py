"""Products that a list of registrations names: what is to be judged, which is no recognition."""

from assistant.aimed_stars import NOT_YET, aimed_told
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.listed_names import Named
from assistant.product_asked import aspects
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.wording import says
from index.decisions.decision import ProductRow
from index.decisions.merged import Decision

_REGISTERED = ("đăng ký", "danh mục", "dự kiến", "ghi danh")
_OTHER = ("đăng ký kinh doanh", "đăng ký nhãn hiệu", "đăng ký ở đâu", "đăng ký thế nào", "cách đăng ký")


def registered_draft(question: Question, corpus: Corpus) -> Draft | None:
    """What a list of registrations says of the product a question names: asked for as such, or since no decision held
    recognises it, which is then said (partial); None where no such list names it."""
    lines, names = corpus.held.registered
    asked_for = says(question.tokens, *_REGISTERED) and not says(question.tokens, *_OTHER)
    if not lines or not (asked_for or aspects(question)):
        return None
    named = names.find(question.tokens)
    recognised = corpus.held.names.find(question.tokens)
    if named is None or (not asked_for and (not named.whole or recognised is not None)):
        return None
    writer = ProductWriter(corpus, None)
    segments = [segment for place in named.rows for segment in _told(*lines[place], writer)]
    if not segments:
        return None
    if recognised is not None and recognised.whole:
        segments += _became(recognised, [lines[place][0] for place in named.rows], corpus, writer)
    return Draft(
        status="answered" if asked_for else "partial",
        segments=tuple(dict.fromkeys(segments)),
        notices=(NOT_YET,) if asked_for else (NOT_YET, "Kho không có quyết định công nhận sản phẩm này."),
        strength=1.0,
    )


def _became(recognised: Named, registers: list[Decision], corpus: Corpus, writer: ProductWriter) -> list[Segment]:
    """What was recognised of it since it was registered."""
    registered = max(one.best.issued or "" for one in registers)
    return [
        line
        for product in corpus.held.products(recognised.rows)
        if (product.history[-1].on or "") > registered
        for line in writer.recognised(product, product.history[-1])
    ]


def _told(decision: Decision, row: ProductRow, writer: ProductWriter) -> list[Segment]:
    """A line of a list of registrations, the star it aims at, what the decision says of its list, and the decision."""
    told = decision.listing
    clauses = [quoted(writer.clause(told, act)) for act in told.acts if act.act == "lists"]
    return [*aimed_told(told, row, writer), *clauses, *writer.paper(told)]
