"""The product spoken of before, put by its name where a follow-up points at it ("sản phẩm ấy", "nó") or leaves it out
("được mấy điểm?", "còn năm 2020?")."""

import re
from collections.abc import Sequence

from assistant.corpus import Corpus
from assistant.product_asked import OTHERS, asks_aspects_alone, aspects
from assistant.question import Question, opens_anew, understand
from assistant.times import times_in
from assistant.wording import says, tokens
from index.places.named import PROVINCES
from index.text import strip_marks

_THINGS = "sản phẩm|món hàng|món quà|món|mặt hàng|đặc sản|thứ|cái|loại"
_THAT = "đó|ấy|đấy|này|kia|vừa nói|vừa nêu|nói trên"
_MAKERS = "cơ sở|hợp tác xã|htx|công ty|đơn vị|chủ thể|hộ|nhà|doanh nghiệp|tổ hợp tác"
_MANY = r"(?:(?P<many>những|các|mấy|hai|ba|cả|đám|\d+|nhung|cac|may)\s+)?"
_PRODUCT = re.compile(rf"(?<!\w)(?:{_MANY}(?:{_THINGS})\s+(?:{_THAT})|nó)(?!\w)", re.IGNORECASE)
# Without marks "do" is "do ai làm" as well, "no" and "nay" are words of their own; some words were read with them.
_THINGS_BARE = f"{_THINGS}|san pham|sp|mon hang|mon|mat hang|dac san|cai"
_BY_WHOM = "ai|cơ sở|công ty|hợp tác|hộ|tổ|đơn vị|nhà|tỉnh|co so|cong ty|htx|hop tac|ho|to|don vi|nha|tinh"
# What "no" is followed by where it is "nó".
_OF_IT = "được|còn|bị|có|thuộc|ở|là|đạt|hết|xếp|mấy|của|duoc|con|bi|co|thuoc|o|la|do|dat|het|xep|may|cua"
_PRODUCT_BARE = re.compile(
    rf"(?<!\w)(?:{_MANY}(?:{_THINGS_BARE})\s+(?:do(?!\s+(?:{_BY_WHOM})(?!\w))|ấy|ay|này|nay|kia)|"
    rf"(?:^|(?<=thi )|(?<=thì ))no(?=\s+(?:{_OF_IT})(?!\w)))(?!\w)",
    re.IGNORECASE,
)
_MAKER = re.compile(rf"(?<!\w){_MANY}(?:(?:{_MAKERS})\s+(?:{_THAT})|họ)(?!\w)", re.IGNORECASE)
_PAPER = re.compile(rf"(?<!\w){_MANY}(?P<paper>giấy(?:\s+chứng nhận)?)\s+(?:{_THAT})(?!\w)", re.IGNORECASE)
_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh|thành phố)\s+(?:đó|ấy|đấy)(?!\w)", re.IGNORECASE)
_OPENING = re.compile(r"^(?:thế|còn|vậy|the|con|vay)\s+(?:(?:còn|con|thì|thi)\s+)?", re.IGNORECASE)
_CLOSING = re.compile(r"\s+(?:thì sao|thi sao|vậy|nhỉ|thế)(?=\s*\?|\s*$)", re.IGNORECASE)
_WHICH = ("nào", "gì")
_FEW = 2  # words of content beside the time or the other product that takes the former's place
_MOST_SAID = 6  # an answer of more sentences is about no one product
_MEASURES = frozenset(("điểm", "sao", "hạng"))
_ABOUT_THE_MAKER = frozenset(("where", "producer"))


def product_spoken_of(asked: Question, said: Sequence[str], corpus: Corpus) -> str:
    """The listed name of the one product that a question names, or asks for ("sản phẩm nào …?") and is told; "" where
    there is none."""
    if not len(corpus.held):
        return ""
    names = corpus.held.names
    named = names.find(asked.tokens)
    if named is not None:
        return corpus.held.products(named.rows[:1])[0].name
    if len(said) > _MOST_SAID or not says(asked.tokens, *_WHICH):
        return ""
    told = [found for one in said if (found := names.find(tokens(one))) is not None and found.whole]
    rows = {row for one in told for row in one.rows}
    return corpus.held.products(tuple(rows))[0].name if len(rows) == 1 else ""


def with_product(text: str, before: Question, corpus: Corpus, *, marked: bool) -> str | None:
    """A follow-up with the product of the question before; None where it is not about that. marked: it was typed with
    marks, so that "do" is not "đó"."""
    if not before.product:
        return None
    asked = understand(text)
    named = corpus.held.names.find(asked.tokens)
    if named is not None:
        return _instead(text, asked, before, corpus) if named.whole else None
    if any(match["many"] for match in (_PRODUCT.search(text), _PAPER.search(text), _MAKER.search(text)) if match):
        return None  # "các sản phẩm đó" are several
    return (
        _pointed_at(text, asked, before.product, marked=marked)
        or _of_its_province(text, before, corpus)
        or _left_out(text, asked, before)
    )


def _pointed_at(text: str, asked: Question, product: str, *, marked: bool) -> str | None:
    """The text with the product's name in the place of what points at it, its certificate or its maker."""
    match = _PRODUCT.search(text) or (None if marked else _PRODUCT_BARE.search(text))
    if match is not None and not match["many"]:
        return f"{text[: match.start()]}{product}{text[match.end() :]}"
    paper, maker = _PAPER.search(text), _MAKER.search(text)
    if paper is not None:
        return f"{text[: paper.start()]}{paper['paper']} của {product}{text[paper.end() :]}"
    of_maker = set(aspects(asked)) & _ABOUT_THE_MAKER or (says(asked.tokens, *OTHERS) and not asked.when)
    if maker is not None and of_maker:
        return f"{text[: maker.start()]}cơ sở làm {product}{text[maker.end() :]}"
    return None


def _of_its_province(text: str, before: Question, corpus: Corpus) -> str | None:
    """The text with the province the product is of in the place of "tỉnh đó", where none was named."""
    match = None if before.places else _PROVINCE.search(text)
    named = None if match is None else corpus.held.names.find(tokens(before.product))
    province = None if named is None else corpus.held.products(named.rows[:1])[0].province_today
    if match is None or province not in PROVINCES:
        return None
    return f"{text[: match.start()]}{PROVINCES[province].name}{text[match.end() :]}"


def _left_out(text: str, asked: Question, before: Question) -> str | None:
    """The product put before a question that asks nothing but what lists tell of one ("được mấy điểm?"), or the
    question before with the time that takes the place of its own ("còn năm 2020?")."""
    if asked.places or asked.national or asked.regions or asked.districts or asked.documents:
        return None
    if any(one.what not in _MEASURES for one in asked.counted):
        return None
    if not asked.unit.empty or asked.numbers or asked.stars:
        return None
    if asks_aspects_alone(asked):
        return f"{before.product} {without_opening(text)}"
    if not (asked.when and aspects(before) and _names(before.text, before.product)):
        return None
    if aspects(asked) or len(asked.content) > _FEW or not (opens_anew(asked.tokens) or says(asked.tokens, "thì sao")):
        return None
    kept = before.text
    for start, end in sorted(times_in(kept).spans, reverse=True):
        kept = f"{kept[:start].rstrip()} {kept[end:].lstrip()}"
    return f"{kept.strip().rstrip('?. ')} {without_opening(text)}"


def _instead(text: str, asked: Question, before: Question, corpus: Corpus) -> str | None:
    """The question before, asked of another product: "Thế còn Hoàng trà Đèo Gió?"; None where more than its name is
    said."""
    named = corpus.held.names.find(asked.tokens)
    if named is None or aspects(asked) or not aspects(before) or not opens_anew(asked.tokens):
        return None
    span = _names(before.text, before.product)
    others = set(asked.content) - set(asked.tokens[named.start : named.end])
    if span is None or others or asked.when:
        return None
    name = corpus.held.products(named.rows[:1])[0].name
    return f"{before.text[: span[0]]}{name}{before.text[span[1] :]}"


def without_opening(text: str) -> str:
    """A follow-up without the words that only tie it to what was said."""
    opened = _OPENING.sub("", text) if opens_anew(tokens(text)) else text
    rest = _CLOSING.sub("", opened).strip()
    return rest[:1].lower() + rest[1:]


def _names(text: str, name: str) -> tuple[int, int] | None:
    """Where a text says a name, with its marks or without."""
    words = list(re.finditer(r"\w+", text))
    said = [strip_marks(word[0].casefold()) for word in words]
    wanted = [strip_marks(word) for word in tokens(name)]
    at = next((at for at in range(len(said)) if said[at : at + len(wanted)] == wanted), None)
    return None if at is None else (words[at].start(), words[at + len(wanted) - 1].end())
