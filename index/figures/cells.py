"""What the cells of a table say of the numbers in it: heads of columns, labels of rows, the sentence that shows it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.article import Article, Block
from index.figures.as_of import AsOf
from index.figures.counted import COUNTABLE, Noun, multiplier, noun_at, noun_with_list
from index.figures.moments import find_moments, settled
from index.figures.place import Home, Place, places_of
from index.figures.planned import says_planned
from index.figures.stars import StarMention, find_stars, potential_in
from index.figures.subplace import find_subplaces, is_known
from index.places.named import Mention, find_places, related
from index.sentence import sentence_spans
from index.span import Span

_COUNT_HEAD = re.compile(r"(?:trong đó:?\s+)?(?:tổng\s+)?(?:số\s+lượng\s+|số\s+)?", re.IGNORECASE)
_STAR_HEAD = re.compile(r"(?:trong đó|đạt|hạng|xếp|xếp hạng|đạt hạng|số lượng|:|\s)*", re.IGNORECASE)
_PLACE_HEAD = re.compile(
    r"(?:tên\s+)?(?P<rank>tỉnh|thành phố|huyện|thị xã|quận|xã|phường|địa phương|đơn vị)(?!\w)", re.IGNORECASE
)
SERIAL_HEAD = re.compile(r"(?:stt|tt|số tt|số thứ tự)\.?", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"(?:đơn vị tính|đvt|đơn vị)\.?", re.IGNORECASE)
_UNIT = re.compile(r"\((?P<unit>[^()]+)\)")
_PERCENT = re.compile(r"\(\s*(?P<unit>%)\s*\)")
_ADDRESS_HEAD = re.compile(r"(?:địa\s+(?:chỉ|bàn|phương)|nơi|trụ\s+sở)(?!\w)", re.IGNORECASE)
# "Số sản phẩm được công nhận qua các năm", "(đơn vị tính: sản phẩm)", "Kế hoạch phát triển sản phẩm OCOP"
_COUNTS_IN_ALL = re.compile(
    r"(?:(?:đơn\s+vị(?:\s+tính)?|đvt)\s*:|(?<!\w)số(?:\s+lượng)?(?=\s)|(?<!\w)(?:phát\s+triển|công\s+nhận|giao)(?:\s+mới)?(?=\s))",
    re.IGNORECASE,
)
_SHARE_HEAD = re.compile(r"(?<!\w)(?:tỷ lệ|tỉ lệ|tỷ trọng|cơ cấu|%)", re.IGNORECASE)
_TOTAL_LABEL = re.compile(
    r"(?:tổng(?:\s+(?:số|cộng))?|cộng|toàn (?:tỉnh|thành phố|huyện|thị xã|quận|xã)|cả (?:tỉnh|nước|huyện))",
    re.IGNORECASE,
)
_OF_LESSER = re.compile(r"toàn (?:huyện|thị xã|quận|xã)|cả huyện", re.IGNORECASE)
# Heads that count without the word "số"; "Xã" or "Huyện" alone heads a column of names or codes.
_SAID_ALONE = frozenset(("sản phẩm", "chủ thể", "hợp tác xã", "tổ hợp tác", "doanh nghiệp", "hộ", "hồ sơ"))
# "Bảng 2. …", "Biểu: …"
_CAPTION = re.compile(r"(?:bảng|biểu|phụ lục)(?:(?:\s+số)?\s+[\dIVX]+(?:\.\d+)*)?\s*[.:–-]", re.IGNORECASE)
# The line between a caption and its table: "(Đơn vị tính: sản phẩm)"
_UNIT_LINE = re.compile(r"\(?\s*(?:đơn\s+vị(?:\s+tính)?|đvt)\s*:[^:;.|]{1,40}", re.IGNORECASE)
# "toàn tỉnh", "tỉnh ban hành": the article's own province again, whichever was named before
_OWN_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh|(?:toàn|cả)\s+thành\s+phố)(?!\w)", re.IGNORECASE)
_SHOWS = re.compile(r":\s*$|(?<!\w)(?:bảng|dưới đây|như sau|sau đây)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row at `article.text[start : start + len(text)]`."""

    text: str
    start: int

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where `text[start:end]` stands in the article."""
        return Span(self.start + start, self.start + (len(self.text) if end is None else end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a head, a label or the sentence above says of a number; None where it is silent."""

    what: str | None = None
    what_span: Span | None = None
    times: float = 1.0
    share_of: str | None = None
    share_of_span: Span | None = None
    star: StarMention | None = None
    star_span: Span | None = None
    potential: Span | None = None
    place: str | None = None
    place_span: Span | None = None
    subplace: str | None = None
    subplace_span: Span | None = None
    as_of: str | None = None
    as_of_span: Span | None = None
    planned: Span | None = None
    whole: bool = False
    unknown: bool = False


def of_head(cell: Cell, day: AsOf) -> Told:
    """What the head of a column says of the numbers in it."""
    if SERIAL_HEAD.fullmatch(cell.text):
        return Told()
    told = said(cell, day)
    lead = _COUNT_HEAD.match(cell.text)
    at = lead.end() if lead else 0
    noun = _noun(cell.text, at)
    unit = next((one for match in _UNIT.finditer(cell.text) if (one := _noun(cell.text, match.start("unit")))), None)
    silent = noun is None and not _SHARE_HEAD.search(cell.text) and not _PLACE_HEAD.match(cell.text)
    if unit is not None and (unit.what not in COUNTABLE or silent):  # "Chỉ tiêu năm 2023 (sản phẩm)"
        return _counts(told, cell, unit)
    if _SHARE_HEAD.search(cell.text):
        percent = cell.text.find("%")
        whole = next((one for at in range(len(cell.text)) if (one := _word_noun(cell.text, at))), None)
        told = replace(told, what="%", what_span=cell.span(percent, percent + 1) if percent >= 0 else cell.span())
        if whole is not None and whole.what in COUNTABLE:
            told = replace(told, share_of=whole.what, share_of_span=cell.span(whole.start, whole.end))
        return told
    counted = bool(lead and lead[0].strip() and not lead[0].lower().strip().startswith("trong đó")) or (
        noun is not None and noun.what in _SAID_ALONE
    )
    if noun is not None and (noun.what == "điểm" or (counted and noun.what in COUNTABLE)):
        return _counts(told, cell, noun)
    if told.star is not None and _STAR_HEAD.fullmatch(cell.text[: told.star.start] + " " + cell.text[told.star.end :]):
        return replace(told, what="sản phẩm")  # products alone are given stars
    return told


def of_label(cell: Cell, head: Cell, day: AsOf) -> Told:
    """What the label of a row says of the numbers in it, under the head of its own column."""
    if _TOTAL_LABEL.fullmatch(cell.text):
        return Told(whole=True, subplace="" if _OF_LESSER.fullmatch(cell.text) else None)
    if _UNIT_HEAD.fullmatch(head.text) and not _PLACE_HEAD.fullmatch(cell.text):
        noun = _noun(cell.text, 0)
        if noun is not None:
            return _counts(Told(), cell, noun)
    told = said(cell, day)
    rank = _PLACE_HEAD.match(head.text)
    if told.place is not None and _is_whole_name(cell.text, find_places(cell.text)):
        return told
    if rank is not None and (not _UNIT_HEAD.fullmatch(head.text) or is_known(cell.text)):
        named = find_subplaces(cell.text)
        whole_name = bool(named) and named[0].start == 0 and named[0].end == len(cell.text)
        name = named[0].name if whole_name else cell.text
        return replace(told, subplace=name, subplace_span=cell.span(), place=None, place_span=None)
    if _ADDRESS_HEAD.match(head.text) and (named := find_subplaces(cell.text)):
        return replace(told, subplace=named[0].name, subplace_span=cell.span(named[0].start, named[0].end))
    lead = _COUNT_HEAD.match(cell.text)
    noun = _noun(cell.text, lead.end() if lead else 0)
    if (percent := _PERCENT.search(cell.text)) is not None:  # "Chủ thể là HTX (%)"
        told = replace(told, what="%", what_span=cell.span(percent.start("unit"), percent.end("unit")))
        if noun is None or noun.what not in COUNTABLE:
            return told
        return replace(told, share_of=noun.what, share_of_span=cell.span(noun.start, noun.end))
    if noun is not None and noun.what in COUNTABLE:
        whole = bool(lead and lead[0].lower().startswith("tổng")) and told.star is None
        return replace(_counts(told, cell, noun), whole=whole)
    known = told.star is not None or told.as_of is not None or told.place is not None
    return replace(told, unknown=not known)


def said(cell: Cell, day: AsOf) -> Told:
    """Star, place, date and target that a cell names."""
    stars = find_stars(cell.text)
    moments = [moment for moment in find_moments(cell.text, day.iso) if moment.role in ("own", "named") and moment.iso]
    planned = says_planned(cell.text)
    mentions = find_places(cell.text)
    one = len(mentions) == 1
    return Told(
        star=stars[0] if stars else None,
        star_span=cell.span(stars[0].start, stars[0].end) if stars else None,
        potential=_moved(potential_in(cell.text), cell.start) if stars else None,
        place=mentions[0].key if one else None,
        place_span=cell.span(mentions[0].start, mentions[0].end) if one else None,
        as_of=settled(moments[0], day.iso, planned=planned) if len(moments) == 1 else None,
        as_of_span=cell.span(moments[0].start, moments[0].end) if len(moments) == 1 else None,
        planned=cell.span() if planned else None,
    )


def _counts(told: Told, cell: Cell, noun: Noun) -> Told:
    return replace(told, what=noun.what, what_span=cell.span(noun.start, noun.end), times=multiplier(noun.form))


def _noun(text: str, at: int) -> Noun | None:
    noun = noun_at(text, at)
    return None if noun is None else noun_with_list(text, noun)


def _word_noun(text: str, at: int) -> Noun | None:
    """A counted noun that begins at a word."""
    if text[at].isspace() or (at and text[at - 1].isalnum()):
        return None
    noun = noun_at(text, at)
    return noun if noun is not None and noun.what in COUNTABLE else None


def above_table(article: Article, position: int, home: Home, day: AsOf) -> Told:
    """What the sentence that shows a table says of all of it, or its caption with the line of its unit."""
    if position == 0 or article.blocks[position - 1].role == "row":
        return Told()
    block = article.blocks[position - 1]
    told = _shown_by(article, block, home, day)
    if _UNIT_LINE.fullmatch(article.text, block.start, block.end):
        caption = above_table(article, position - 1, home, day)
        return caption if told.what is None else replace(caption, what=told.what, what_span=told.what_span)
    return told


def _shown_by(article: Article, block: Block, home: Home, day: AsOf) -> Told:
    start, end = sentence_spans(article.text, block.start, block.end)[-1]
    captioned = _CAPTION.match(article.text, block.start, block.end) is not None
    if captioned:  # the stop behind its number ends no sentence
        start = block.start
    cell = Cell(article.text[start:end], start)
    if (
        not captioned
        and not _SHOWS.search(cell.text)
        and (start > block.start or cell.text.rstrip().endswith((".", "!", "?", ";")))
    ):
        return Told()  # neither leads into the table nor is its caption
    moments = [moment for moment in find_moments(cell.text, day.iso) if moment.role in ("own", "named") and moment.iso]
    place = places_of(cell.text, find_places(cell.text), [(len(cell.text), len(cell.text))], home)[0]
    earlier = place.key is None
    if earlier:
        place = _place_before(article.text[block.start : start], cell.text, home)
    named = find_subplaces(cell.text)
    planned = says_planned(cell.text)
    counted = [noun for match in _COUNTS_IN_ALL.finditer(cell.text) if (noun := _noun(cell.text, match.end()))]
    all_count = counted[-1] if counted and counted[-1].what in COUNTABLE else None
    return Told(
        what=all_count.what if all_count else None,
        what_span=cell.span(all_count.start, all_count.end) if all_count else None,
        place=place.key,
        place_span=_moved(place.span, block.start if earlier else start),
        subplace=named[-1].name if named else None,
        subplace_span=cell.span(named[-1].start, named[-1].end) if named else None,
        as_of=settled(moments[-1], day.iso, planned=planned) if moments else None,
        as_of_span=cell.span(moments[-1].start, moments[-1].end) if moments else None,
        planned=cell.span() if planned else None,
    )


def _place_before(text: str, shows: str, home: Home) -> Place:
    """The one province that the sentences before the one that shows a table name, where the table may be its own.

    "Bắc Giang có chính sách riêng. Mức khuyến khích như sau:" in an article about Bắc Ninh, which it is part of today.
    A province that only was visited ("Đoàn đã thăm Hà Nội.") has nothing of the article's own, and none has where
    "tỉnh" is said after it.
    """
    mentions = find_places(text)
    nowhere = Place(key=None, span=None)
    if len({mention.key for mention in mentions}) != 1:
        return nowhere
    last = mentions[-1]
    if home.place is not None and home.place not in related(last.key):
        return nowhere
    if _OWN_PROVINCE.search(text, last.end) or _OWN_PROVINCE.search(shows):
        return nowhere
    return Place(key=last.key, span=Span(last.start, last.end))


def _is_whole_name(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a cell is a province's name, with its rank or without."""
    if len(mentions) != 1:
        return False
    if find_subplaces(text):
        return False  # "Thành phố Bắc Ninh" is a town of the province
    rest = text[: mentions[0].start] + text[mentions[0].end :]
    return rest.strip(" .").lower() in ("", "tỉnh", "thành phố", "tp")


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else span.moved(by)
