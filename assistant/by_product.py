"""What decisions record of a product a question names: its star, the decision, its certificate and when to renew it."""

from datetime import date

from assistant import answer as say
from assistant.answer import Status
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective
from assistant.later_decisions import clauses_changing
from assistant.product_asked import Aspect, aspects
from assistant.product_claimed import star_claimed, verdict
from assistant.product_kept import kept_told
from assistant.product_lines import ProductWriter, corrected
from assistant.product_notes import kinds, reasons
from assistant.product_time import each_meant
from assistant.products_named import another_kind, kinds_of, products_meant
from assistant.question import Question
from assistant.wording import says
from index.products.expiry import STATUS_NAME
from index.products.product import Product, Recognition

# More products of one name than can be told apart in an answer.
_MOST = 5
_ALL_KINDS = (
    "cả hai", "cả ba", "các loại", "các vị", "mọi loại", "cả hai loại", "từng loại", "hai loại", "hai vị", "những loại",
)  # fmt: skip


def product_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The answer to a question about a product that decisions list; None where it asks of none, or of something else.

    Products of one name are told one after the other; of more than five the draft asks back (it has no segments, its
    status is "needs_clarification").
    """
    claimed = star_claimed(question)
    if not len(corpus.held):
        return None
    named = corpus.held.names.find(question.tokens)
    if named is None:
        return None
    wanted = aspects(question, range(named.start, named.end)) or (() if claimed is None else ("star",))
    if not wanted or (question.documents and "expires" not in wanted):
        return None
    products = products_meant(named, question, corpus)
    if not products and named.whole and another_kind(named, question):
        listed = corpus.held.products(named.rows)
        names = ", ".join(dict.fromkeys(one.name for one in (*listed, *kinds_of(listed, corpus))))
        return _not_held(f"Các quyết định trong kho chỉ ghi {names}; không có loại được hỏi.")
    if question.documents:
        products = [product for product in products if _last_by(product, question, corpus)]
    kept_apart = kinds_of(products, corpus)
    if says(question.tokens, *_ALL_KINDS):
        products, kept_apart = [*products, *kept_apart], []
    products.sort(key=lambda product: product.history[-1].on or "", reverse=True)
    if not products:
        return None
    if len(products) > _MOST:
        return Draft(
            status="needs_clarification",
            segments=(),
            notices=(
                f"Kho có {len(products)} sản phẩm mang tên như vậy. Bạn hỏi sản phẩm của chủ thể nào, ở tỉnh nào?",
            ),
            strength=1.0,
        )
    day = _day(question, on)
    writer = ProductWriter(corpus, day)
    status: Status = "answered"
    segments: list[Segment] = []
    notices: list[str] = []
    told: list[Recognition] = []
    for product in products:
        if "reason" in wanted:
            segments += reasons(product, writer)
            continue
        for meant in each_meant(product, question, wanted, writer):
            untold = meant.of_time or not any(one.row.score is not None for one in product.history)
            asked = wanted
            if "score" in wanted and untold and meant.one.row.score is None:
                status = "partial"
                notices.append(_no_points(product, meant.one, writer))
                asked = tuple(aspect for aspect in wanted if aspect != "score")
            if not asked:
                continue
            told.append(meant.one)
            segments += _told(product, asked, meant.one, corpus, writer)
            if meant.another:
                status = "partial"
                notices.append(meant.another)
    if claimed is not None and wanted == ("star",):
        first = verdict(claimed, told)
        if question.wanted == "why" and first != connective(say.NOT_RECORDED):
            return None  # why it has the star it has, no list tells
        segments = [*([] if first is None else [first]), *segments]
    if "reason" not in wanted:
        lines, said = kept_told(products, question, corpus)
        segments, notices = [*lines, *segments], [*said, *notices]
    if not any(segment.evidence for segment in segments):
        if wanted == ("score",) and notices:
            return _not_held(" ".join(dict.fromkeys(notices)))
        if (
            wanted == ("reason",)
            and named.whole
            and not any(one.withdrawn for each in products for one in each.history)
        ):
            names = ", ".join(dict.fromkeys(product.name for product in products))
            return _not_held(f"Kho không có quyết định nào thu hồi giấy chứng nhận của {names}.")
        return None
    notices += [mended for product in products for one in product.history for mended in corrected(one.row)]
    if {"expires", "renewal", "all"} & set(wanted):
        notices += [
            f"{product.name}: {STATUS_NAME['undetermined']}."
            for product in products
            if writer.state(product).status == "undetermined"
        ]
    if not named.whole:
        notices.append("Tên sản phẩm được hiểu là: " + ", ".join(dict.fromkeys(one.name for one in products)) + ".")
    if kept_apart:
        notices.append("Các quyết định còn ghi riêng: " + ", ".join(one.name for one in kept_apart[:_MOST]) + ".")
    if any(product.doubtful for product in products):
        notices.append("Có sản phẩm khác tên gần giống trong các quyết định; kho giữ riêng vì chưa chắc là một.")
    if any(by[1].reported for product in products for one in product.history if (by := writer.told_by(one))):
        notices.append("Một phần lấy từ bài báo thuật lại quyết định, không phải từ chính quyết định.")
    return Draft(
        status=status, segments=tuple(dict.fromkeys(segments)), notices=tuple(dict.fromkeys(notices)), strength=1.0
    )


def _told(
    product: Product, wanted: tuple[Aspect, ...], one: Recognition, corpus: Corpus, writer: ProductWriter
) -> list[Segment]:
    """What is asked of a product, as the recognition meant tells it."""
    if "history" in wanted:
        lines = []
        for each in product.history:
            lines += writer.recognised(product, each)
            changed = writer.told_by(each) if each.corrected_by is not None or each.ended_by is not None else None
            lines += [] if changed is None else clauses_changing(changed[0], corpus, writer)
        return [connective(say.HISTORY), *lines] if len(lines) > 1 else lines
    lines = writer.recognised(product, one)
    if "note" in wanted:
        noted = kinds(one, corpus, writer)
        if not noted and wanted == ("note",):
            return []  # its line tells no more than its star
        lines = [*noted, *lines]
    for name in ("score", "group"):
        if name in wanted:
            lines += writer.field(one, name) or _last_told(product, name, writer)
    if {"expires", "renewal", "all"} & set(wanted):
        certificate = writer.certificate(product, renewal="renewal" in wanted)
        # until when comes first where that is asked
        lines = [*certificate, *lines] if {"expires", "renewal"} & set(wanted) else [*lines, *certificate]
    return lines


def _last_told(product: Product, name: str, writer: ProductWriter) -> list[Segment]:
    """A field as the latest recognition that tells it does, with that recognition; a withdrawal tells no score."""
    for one in reversed(product.history):
        if told := writer.field(one, name):
            return [*told, *writer.recognised(product, one)]
    return []


def _no_points(product: Product, one: Recognition, writer: ProductWriter) -> str:
    """That the decision meant prints no points of a product, and whether another does."""
    told = writer.told_by(one)
    paper = "Quyết định" if told is None else writer.paper_spoken(told[1])[0]
    held = any(other.row.score is not None for other in product.history)
    other = "; kho chỉ có điểm của lần công nhận khác" if held else ""
    return f"{paper} không ghi điểm của {product.name}{other}."


def _last_by(product: Product, question: Question, corpus: Corpus) -> bool:
    """Whether the decision a question names is the last that recognised a product: its certificate is then meant."""
    told = ProductWriter(corpus, None).told_by(product.history[-1])
    return told is not None and any(number.matches(told[0].best.number) for number in question.documents)


def _not_held(told: str) -> Draft:
    """An answer that what is asked of a product held is not in what is held."""
    return Draft(status="no_evidence", segments=(), notices=(say.NO_EVIDENCE, told), strength=1.0)


def _day(question: Question, on: date) -> date:
    """The day asked about where a question names one whole day, else the day it is asked."""
    whole = [iso for iso in question.dates if iso.count("-") == 2]
    return date.fromisoformat(whole[0][:10]) if len(whole) == 1 else on
