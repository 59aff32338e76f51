"""What decisions record of a product a question names: its star, the decision, its certificate and when to renew it."""

import re
from datetime import date
from itertools import takewhile

from assistant import answer as say
from assistant.answer import Status
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective
from assistant.listed_names import Named
from assistant.product_asked import Aspect, aspects
from assistant.product_lines import ProductWriter, corrected
from assistant.product_notes import kinds, reasons
from assistant.product_time import meant_recognition
from assistant.question import Question
from assistant.wording import says, tokens
from index.places.named import PROVINCES, related
from index.products.expiry import STATUS_NAME
from index.products.product import Product, Recognition
from index.text import strip_marks

# More products of one name than can be told apart in an answer.
_MOST = 5
_ALL_KINDS = (
    "cả hai", "cả ba", "các loại", "các vị", "mọi loại", "cả hai loại", "từng loại", "hai loại", "hai vị", "những loại",
)  # fmt: skip
# What names a kind of a product, and what after it does not.
_KIND = frozenset(("loại", "vị", "hương"))
_NO_KIND = frozenset(
    "nào gì bao mấy này đó ấy kia sao hạng sản không thường được có là thì ra trừ mới tốt khá đặc".split()
)


def product_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The answer to a question about a product that decisions list; None where it asks of none, or of something else.

    Products of one name are told one after the other; of more than five the draft asks back (it has no segments, its
    status is "needs_clarification").
    """
    wanted = aspects(question)
    if not wanted or question.documents or not len(corpus.held):
        return None
    named = corpus.held.names.find(question.tokens)
    if named is None:
        return None
    products = [
        product
        for product in corpus.held.products(named.rows)
        if _within(product, question) and not _named_further(product, named, question)
    ]
    if not products and named.whole and _another_kind(named, question):
        listed = corpus.held.products(named.rows)
        names = ", ".join(dict.fromkeys(one.name for one in (*listed, *_kinds_of(listed, corpus))))
        return _not_held(f"Các quyết định trong kho chỉ ghi {names}; không có loại được hỏi.")
    kept_apart = _kinds_of(products, corpus)
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
    for product in products:
        if "reason" in wanted:
            segments += reasons(product, writer)
            continue
        meant = meant_recognition(product, question, wanted, writer)
        segments += _told(product, wanted, meant.one, corpus, writer)
        if meant.another:
            status = "partial"
            notices.append(meant.another)
    if not any(segment.evidence for segment in segments):
        if (
            wanted == ("reason",)
            and named.whole
            and not any(one.withdrawn for each in products for one in each.history)
        ):
            names = ", ".join(dict.fromkeys(product.name for product in products))
            return _not_held(f"Kho không có quyết định nào thu hồi giấy chứng nhận của {names}.")
        return None
    notices += [told for product in products for one in product.history for told in corrected(one.row)]
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
    if any(told[1].reported for product in products for one in product.history if (told := writer.told_by(one))):
        notices.append("Một phần lấy từ bài báo thuật lại quyết định, không phải từ chính quyết định.")
    return Draft(
        status=status, segments=tuple(dict.fromkeys(segments)), notices=tuple(dict.fromkeys(notices)), strength=1.0
    )


def _told(
    product: Product, wanted: tuple[Aspect, ...], one: Recognition, corpus: Corpus, writer: ProductWriter
) -> list[Segment]:
    """What is asked of a product, as the recognition meant tells it."""
    if "history" in wanted:
        lines = [line for each in product.history for line in writer.recognised(product, each)]
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


def _kinds_of(products: list[Product], corpus: Corpus) -> list[Product]:
    """The products of the same makers whose names go on where these end ("… vị cay"), each listed for itself."""
    rows = {row: product for product in products for row in corpus.held.names.extending(product.name)}
    keys = {product.key for product in products}
    return [
        kind
        for row, product in rows.items()
        for kind in corpus.held.products((row,))
        if kind.key not in keys and kind.producer == product.producer
    ]


def _within(product: Product, question: Question) -> bool:
    """Whether a product is of the province asked about, under its name of then or of today; of any where none is."""
    if not question.places or product.province is None:
        return True
    return any(
        product.province in related(key) or key in (product.province, product.province_today)
        for key in question.places
        if key in PROVINCES
    )


def _named_further(product: Product, named: Named, question: Question) -> bool:
    """Whether the name in the question goes on as the product's does not: "Chè Shan tuyết Hồng Thái" is not the
    product "Chè Shan tuyết" of another place."""
    words = [match[0] for match in re.finditer(r"\w+", question.text)]
    said = [strip_marks(word.casefold()) for word in words]
    name = [strip_marks(token) for token in question.tokens[named.start : named.end]]
    at = next((at for at in range(len(said)) if said[at : at + len(name)] == name), None)
    if at is None:
        return False
    own = {
        strip_marks(token)
        for part in (product.name, *product.names, product.producer, product.commune, product.district)
        for token in tokens(part or "")
    }
    kind = _another_kind(named, question)
    if kind and strip_marks(kind) not in own:
        return True  # "… vị ngọt", where none is listed
    further = takewhile(lambda word: word[:1].isupper() and not word.isupper(), words[at + len(name) :])
    return any(strip_marks(word.casefold()) not in own for word in further)


def _another_kind(named: Named, question: Question) -> str:
    """What kind of the product a question names after its name ("… vị ngọt"), "" where it names none."""
    kind = question.tokens[named.end : named.end + 2]
    return kind[1] if len(kind) == 2 and kind[0] in _KIND and kind[1] not in _NO_KIND else ""


def _not_held(told: str) -> Draft:
    """An answer that what is asked of a product held is not in what is held."""
    return Draft(status="no_evidence", segments=(), notices=(say.NO_EVIDENCE, told), strength=1.0)


def _day(question: Question, on: date) -> date:
    """The day asked about where a question names one whole day, else the day it is asked."""
    whole = [iso for iso in question.dates if iso.count("-") == 2]
    return date.fromisoformat(whole[0][:10]) if len(whole) == 1 else on
