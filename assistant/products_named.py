"""Which of the products that decisions list a question names, and what it names that none of them is."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.content import is_stop
from assistant.corpus import Corpus
from assistant.listed_names import Named
from assistant.question import Question
from assistant.wording import tokens
from index.places.district_table import DISTRICTS
from index.places.named import PROVINCES, related
from index.products.product import Product
from index.text import strip_marks

# What names a kind of a product, and what after it does not.
_KIND = frozenset(("loại", "vị", "hương"))
_NO_KIND = frozenset(
    "nào gì bao mấy này đó ấy kia sao hạng sản không thường được có là thì ra trừ mới tốt khá đặc".split()
)
# Measures by which one product is made in several kinds.
_MEASURES = frozenset("độ do gam gram g kg ml lít lit l phần".split())
# What may stand before what a product is called, besides words without content.
BESIDE = frozenset(
    "sản phẩm món thứ mặt hàng hạng điểm bao thế thì ocop đạt chấm xếp công nhận san pham mon thu mat hang diem dat "
    "cham xep cong nhan".split()
)


def products_meant(named: Named, question: Question, corpus: Corpus) -> list[Product]:
    """Of the products of rows that a question names, those of the place asked whose name its own does not go beyond."""
    return [
        product
        for product in corpus.held.products(named.rows)
        if _within(product, question) and not _named_further(product, named, question)
    ]


def kinds_of(products: list[Product], corpus: Corpus) -> list[Product]:
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
    """Whether a product is of the province asked about, itself or by a district, under its name of then or of today; of
    any where none is."""
    of_districts = tuple({DISTRICTS[key].province for keys in question.districts for key in keys})
    asked = question.places or of_districts
    if not asked or product.province is None:
        return True
    return any(
        product.province in related(key) or key in (product.province, product.province_today)
        for key in asked
        if key in PROVINCES
    )


def _named_further(product: Product, named: Named, question: Question) -> bool:
    """Whether the name in the question goes on as the product's does not: "Chè Shan tuyết Hồng Thái" is not the
    product "Chè Shan tuyết" of another place."""
    words = list(re.finditer(r"\w+", question.text))
    said = [strip_marks(word[0].casefold()) for word in words]
    name = [strip_marks(token) for token in question.tokens[named.start : named.end]]
    at = next((at for at in range(len(said)) if said[at : at + len(name)] == name), None)
    if at is None:
        return False
    own = {
        strip_marks(token)
        for part in (product.name, *product.names, product.producer, product.commune, product.district)
        for token in tokens(part or "")
    }
    kind = another_kind(named, question)
    if kind and strip_marks(kind) not in own:
        return True  # "… vị ngọt", where none is listed
    before = question.tokens[named.start - 1] if named.start else ""
    if not named.whole and before and not (is_stop(before) or before in BESIDE) and strip_marks(before) not in own:
        return True  # "Mứt mơ Suối Bạc" is not "Rượu mơ Suối Bạc"
    further = _going_on(question.text, words[at + len(name) - 1 :])
    return any(strip_marks(word.casefold()) not in own for word in further)


def _going_on(text: str, words: Sequence[re.Match[str]]) -> Iterator[str]:
    """The words with a capital that follow the first with nothing but blanks between: where brackets or a comma stand,
    what a product is called has ended."""
    for before, word in pairwise(words):
        capital = word[0][:1].isupper() and not word[0].isupper()
        if not capital or not text[before.end() : word.start()].isspace():
            return
        yield word[0]


def another_kind(named: Named, question: Question) -> str:
    """What kind of the product a question names after its name ("… vị ngọt", "… 60 độ đạm"), "" where it names none."""
    kind = question.tokens[named.end : named.end + 2]
    if len(kind) == 2 and kind[0].isdecimal() and kind[1] in _MEASURES:
        return kind[0]
    return kind[1] if len(kind) == 2 and kind[0] in _KIND and kind[1] not in _NO_KIND else ""
