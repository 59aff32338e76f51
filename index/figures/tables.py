"""Figures in the cells of tables, where head, row and the sentence above leave no doubt about what they count."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.article import Article, Block
from index.figures.as_of import AsOf
from index.figures.counted import COUNTABLE, PRODUCERS, Noun, multiplier, noun_at, noun_with_list
from index.figures.figure import Figure, PlaceFrom
from index.figures.moments import find_moments, settled
from index.figures.numbers import parse_number
from index.figures.place import Home, places_of
from index.figures.planned import says_planned
from index.figures.stars import StarMention, find_stars, potential_in
from index.figures.subplace import find_subplaces, is_known
from index.places.named import Mention, find_places
from index.sentence import sentence_spans
from index.span import Span

_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d{1,5})(?P<decimals>,\d{1,3})?\s?(?P<percent>%)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNT_HEAD = re.compile(r"(?:trong đó:?\s+)?(?:tổng\s+)?(?:số\s+lượng\s+|số\s+)?", re.IGNORECASE)
_TOTAL_HEAD = re.compile(r"tổng(?:\s+(?:số|cộng))?", re.IGNORECASE)
_SUM_HEAD = re.compile(r"lũy kế(?:\s+đến\s+nay)?|cộng dồn", re.IGNORECASE)
_PLAN_HEAD = re.compile(r"(?:kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|dự kiến)(?!\w)", re.IGNORECASE)
_STAR_HEAD = re.compile(r"(?:trong đó|đạt|hạng|xếp|xếp hạng|đạt hạng|số lượng|:|\s)*", re.IGNORECASE)
_PLACE_HEAD = re.compile(
    r"(?:tên\s+)?(?P<rank>tỉnh|thành phố|huyện|thị xã|quận|xã|phường|địa phương|đơn vị)(?!\w)", re.IGNORECASE
)
_SERIAL_HEAD = re.compile(r"(?:stt|tt|số tt|số thứ tự)\.?", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"(?:đơn vị tính|đvt|đơn vị)\.?", re.IGNORECASE)
_UNIT = re.compile(r"\((?P<unit>[^()]+)\)")
_SHARE_HEAD = re.compile(r"(?<!\w)(?:tỷ lệ|tỉ lệ|tỷ trọng|cơ cấu|%)", re.IGNORECASE)
_VALUE_HEAD = re.compile(
    r"(?:số lượng|số|kết quả|giá trị|cộng|tổng(?: số| cộng)?|"
    r"thực hiện|kế hoạch|mục tiêu|chỉ tiêu|năm|tháng|quý|đến|hết)(?!\w)",
    re.IGNORECASE,
)
_REACHED_HEAD = re.compile(r"(?:thực hiện|kết quả|ước thực hiện|.*(?<!\w)đã)(?!\w)", re.IGNORECASE)
_TOTAL_LABEL = re.compile(
    r"(?:tổng(?:\s+(?:số|cộng))?|cộng|toàn (?:tỉnh|thành phố|huyện|thị xã|quận|xã)|cả (?:tỉnh|nước|huyện))",
    re.IGNORECASE,
)
_OF_LESSER = re.compile(r"toàn (?:huyện|thị xã|quận|xã)|cả huyện", re.IGNORECASE)
# Heads that count without the word "số"; "Xã" or "Huyện" alone heads a column of names or codes.
_SAID_ALONE = frozenset(("sản phẩm", "chủ thể", "hợp tác xã", "tổ hợp tác", "doanh nghiệp", "hộ", "hồ sơ"))
# A cell that says that there is no number.
_NOTHING = re.compile(r"[-–—.…x/]+|(?:không|chưa)(?:\s+(?:có|nêu|rõ|ghi|công bố))?", re.IGNORECASE)
_CAPTION = re.compile(r"(?:bảng|biểu|phụ lục)(?:\s+số)?\s+[\dIVX]+(?:\.\d+)*\s*[.:–-]", re.IGNORECASE)
_SHOWS = re.compile(r":\s*$|(?<!\w)(?:bảng|dưới đây|như sau|sau đây)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of a table row at `article.text[start : start + len(text)]`."""

    text: str
    start: int

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where `text[start:end]` stands in the article."""
        return Span(self.start + start, self.start + (len(self.text) if end is None else end))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
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


def table_figures(article: Article, home: Home, day: AsOf) -> list[Figure]:
    """The counts in the cells of an article's tables, in order.

    What a cell counts is told by the head of its column ("Số sản phẩm", "4 sao", "Mức thưởng (triệu đồng)"), else by
    the row's unit or label; place, star, date and target by both and by the sentence that shows the table.
    """
    found: list[Figure] = []
    table: _Table | None = None
    above = _Told()
    after_row = False
    for position, block in enumerate(article.blocks):
        if block.role != "row":
            after_row = False
            continue
        cells = _cells(article.text, block)
        if not after_row:
            above = _above(article, position, home, day)
        if not after_row or (not any(_numeric(cell.text) for cell in cells) and any(map(_counting, cells))):
            head = None if any(_numeric(cell.text) for cell in cells) else cells
            table = None if head is None else _table(article, head, above, home, day)
        elif table is not None and len(table.head) == len(cells):
            found.extend(_row(table, block, cells))
        after_row = True
    return found


def _cells(text: str, block: Block) -> list[_Cell]:
    cells: list[_Cell] = []
    at = block.start
    for part in text[block.start : block.end].split("|"):
        stripped = part.strip()
        cells.append(_Cell(stripped, at + len(part) - len(part.lstrip()) if stripped else at))
        at += len(part) + 1
    return cells


def _numeric(text: str) -> bool:
    """Whether a cell holds a number that is no year."""
    return _NUMBER.fullmatch(text) is not None and not _YEAR.fullmatch(text)


def _counting(cell: _Cell) -> bool:
    return _of_head(cell, AsOf(iso=None, span=None, source=None)).what is not None


# ---- What a cell says of numbers ------------------------------------------------------------------------------------


def _of_head(cell: _Cell, day: AsOf) -> _Told:
    """What the head of a column says of the numbers in it."""
    if _SERIAL_HEAD.fullmatch(cell.text):
        return _Told()
    told = _said(cell, day)
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


def _of_label(cell: _Cell, head: _Cell, day: AsOf) -> _Told:
    """What the label of a row says of the numbers in it, under the head of its own column."""
    if _TOTAL_LABEL.fullmatch(cell.text):
        return _Told(whole=True, subplace="" if _OF_LESSER.fullmatch(cell.text) else None)
    if _UNIT_HEAD.fullmatch(head.text) and not _PLACE_HEAD.fullmatch(cell.text):
        noun = _noun(cell.text, 0)
        if noun is not None:
            return _counts(_Told(), cell, noun)
    told = _said(cell, day)
    rank = _PLACE_HEAD.match(head.text)
    if told.place is not None and _is_whole_name(cell.text, find_places(cell.text)):
        return told
    if rank is not None and (not _UNIT_HEAD.fullmatch(head.text) or is_known(cell.text)):
        named = find_subplaces(cell.text)
        whole_name = bool(named) and named[0].start == 0 and named[0].end == len(cell.text)
        name = named[0].name if whole_name else cell.text
        return replace(told, subplace=name, subplace_span=cell.span(), place=None, place_span=None)
    lead = _COUNT_HEAD.match(cell.text)
    noun = _noun(cell.text, lead.end() if lead else 0)
    if noun is not None and noun.what in COUNTABLE:
        whole = bool(lead and lead[0].lower().startswith("tổng")) and told.star is None
        return replace(_counts(told, cell, noun), whole=whole)
    known = told.star is not None or told.as_of is not None or told.place is not None
    return replace(told, unknown=not known)


def _said(cell: _Cell, day: AsOf) -> _Told:
    """Star, place, date and target that a cell names."""
    stars = find_stars(cell.text)
    moments = [moment for moment in find_moments(cell.text, day.iso) if moment.role in ("own", "named") and moment.iso]
    planned = says_planned(cell.text)
    mentions = find_places(cell.text)
    one = len(mentions) == 1
    return _Told(
        star=stars[0] if stars else None,
        star_span=cell.span(stars[0].start, stars[0].end) if stars else None,
        potential=_moved(potential_in(cell.text), cell.start) if stars else None,
        place=mentions[0].key if one else None,
        place_span=cell.span(mentions[0].start, mentions[0].end) if one else None,
        as_of=settled(moments[0], day.iso, planned=planned) if len(moments) == 1 else None,
        as_of_span=cell.span(moments[0].start, moments[0].end) if len(moments) == 1 else None,
        planned=cell.span() if planned else None,
    )


def _counts(told: _Told, cell: _Cell, noun: Noun) -> _Told:
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


def _above(article: Article, position: int, home: Home, day: AsOf) -> _Told:
    """What the sentence that shows a table says of all of it."""
    if position == 0 or article.blocks[position - 1].role == "row":
        return _Told()
    block = article.blocks[position - 1]
    start, end = sentence_spans(article.text, block.start, block.end)[-1]
    if _CAPTION.match(article.text, block.start, block.end):  # the stop behind its number ends no sentence
        start = block.start
    cell = _Cell(article.text[start:end], start)
    if not _SHOWS.search(cell.text) and (start > block.start or cell.text.rstrip().endswith((".", "!", "?", ";"))):
        return _Told()  # neither leads into the table nor is its caption
    moments = [moment for moment in find_moments(cell.text, day.iso) if moment.role in ("own", "named") and moment.iso]
    place = places_of(cell.text, find_places(cell.text), [(len(cell.text), len(cell.text))], home)[0]
    named = find_subplaces(cell.text)
    planned = says_planned(cell.text)
    return _Told(
        place=place.key,
        place_span=_moved(place.span, start),
        subplace=named[-1].name if named else None,
        subplace_span=cell.span(named[-1].start, named[-1].end) if named else None,
        as_of=settled(moments[-1], day.iso, planned=planned) if moments else None,
        as_of_span=cell.span(moments[-1].start, moments[-1].end) if moments else None,
        planned=cell.span() if planned else None,
    )


# ---- One row --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table of an article: its head, what each column's head says, and what stands above it."""

    article: Article
    head: list[_Cell]
    columns: list[_Told]
    above: _Told
    home: Home
    day: AsOf


def _table(article: Article, head: list[_Cell], above: _Told, home: Home, day: AsOf) -> _Table:
    columns = [_of_head(cell, day) for cell in head]
    if any(told.star is not None and told.what == "sản phẩm" for told in columns):  # "Tổng | 3 sao | 4 sao"
        columns = [
            replace(told, what="sản phẩm") if _TOTAL_HEAD.fullmatch(cell.text) else told
            for told, cell in zip(columns, head, strict=True)
        ]
    shared = {told.what: told for told in columns if told.what in COUNTABLE}
    if len(shared) == 1:  # "Số sản phẩm | Tỷ lệ (%)"
        (whole,) = shared.values()
        columns = [
            replace(told, what=whole.what, what_span=whole.what_span)
            if told.what is None and (_SUM_HEAD.fullmatch(cell.text) or _PLAN_HEAD.match(cell.text))
            else told
            for told, cell in zip(columns, head, strict=True)
        ]
        columns = [
            replace(told, share_of=whole.what, share_of_span=whole.what_span)
            if told.what == "%" and told.share_of is None
            else told
            for told in columns
        ]
    return _Table(article=article, head=head, columns=columns, above=above, home=home, day=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of a table: what its labels say, their words, and what the head of the labels and what is above say."""

    block: Block
    cells: list[_Cell]
    labels: list[_Told]
    words: list[str]
    around: list[_Told]


def _row(table: _Table, block: Block, cells: list[_Cell]) -> Iterator[Figure]:
    values = [
        column
        for column, (cell, head) in enumerate(zip(cells, table.head, strict=True))
        if _numeric(cell.text)
        and (table.columns[column].what is not None or _VALUE_HEAD.match(head.text))
        and not _SERIAL_HEAD.fullmatch(head.text)
    ]
    labels: list[_Told] = []
    words: list[str] = []
    for column, (cell, head) in enumerate(zip(cells, table.head, strict=True)):
        silent = not cell.text or _NOTHING.fullmatch(cell.text) or _numeric(cell.text)
        if column not in values and not silent and not _is_serial(head.text, cell.text):
            labels.append(_of_label(cell, head, table.day))
            words.append(cell.text)
    corner = _Told()
    if not _numeric(cells[0].text) and (table.columns[0].what is None or table.columns[0].star is None):
        corner = replace(_said(table.head[0], table.day), planned=None)  # "Chỉ tiêu" over labels is no target
    row = _Row(block=block, cells=cells, labels=labels, words=words, around=[corner, table.above])
    for column in values:
        figure = _figure(table, row, column)
        if figure is not None:
            yield figure


def _figure(table: _Table, row: _Row, column: int) -> Figure | None:
    own, cells, labels, around = table.columns[column], row.cells, row.labels, row.around
    article, home, day, head = table.article, table.home, table.day, table.head[column]
    cell = cells[column]
    match = _NUMBER.fullmatch(cell.text)
    if match is None:
        return None
    unit = next((label for label in labels if label.what is not None and label.what not in COUNTABLE), None)
    named = next((label for label in labels if label.what is not None and label.what in COUNTABLE), None)
    counted = own if own.what is not None else unit or named
    if own.what == "chủ thể" and named is not None and named.what in PRODUCERS:
        counted, named = named, None  # "Hợp tác xã | 12" under "Chủ thể"
    other = named is not None and named is not counted and own.what is not None and named.what != own.what
    starred = [told for told in (own, *labels) if told.star is not None]
    if match["percent"]:
        counted = _Told(what="%", what_span=cell.span(match.start("percent")))
    cornered = table.columns[0].what in COUNTABLE and not _numeric(cells[0].text) and _VALUE_HEAD.match(head.text)
    if counted is None and cornered and all(label.whole or label.star for label in labels):
        counted = table.columns[0]  # "Số sản phẩm | Năm 2022 | Năm 2024"
    if counted is None and starred and _VALUE_HEAD.match(head.text):
        counted = _Told(what="sản phẩm")
    if counted is None or counted.what is None or len(starred) > 1:
        return None
    if match["decimals"] and counted.what in COUNTABLE:
        return None
    star = starred[0] if starred and counted.what != "điểm" else _Told()
    whole = any(label.whole for label in labels) and not (
        own.star and labels and not any(label.whole for label in labels)
    )
    placed = next((told for told in (*labels, own, *around) if told.place is not None), _Told())
    lesser = next((told for told in (*labels, own) if told.subplace), _Told())
    if any(label.subplace == "" for label in labels) or (not labels and not lesser.subplace):
        lesser = next((told for told in around if told.subplace), lesser)
    dated = next((told for told in (*labels, own, *around) if told.as_of is not None), None)
    # "Thực hiện 2024" beside "Kế hoạch 2025"
    reached = own.planned is None and _REACHED_HEAD.match(head.text) is not None
    planned = (
        None if reached else next((told.planned for told in (*labels, own, *around) if told.planned is not None), None)
    )
    number = cell.text[: match.start("percent")].rstrip() if match["percent"] else cell.text
    place_from: PlaceFrom | None = None if placed.place is not None else home.source
    return Figure(
        article_id=article.id,
        digest=article.digest,
        start=row.block.start,
        end=row.block.end,
        number_start=cell.start,
        number_end=cell.start + len(number),
        value=parse_number(number) * counted.times,
        to=None,
        of=None,
        what=counted.what,
        what_span=counted.what_span,
        share_of=counted.share_of if counted.what == "%" else None,
        share_of_span=counted.share_of_span if counted.what == "%" else None,
        star=star.star.low if star.star else None,
        star_to=star.star.high if star.star else None,
        star_span=star.star_span,
        potential=star.potential is not None,
        potential_span=star.potential,
        bound=None,
        bound_span=None,
        place=placed.place or home.place,
        place_span=placed.place_span,
        place_from=place_from,
        subplace=lesser.subplace or None,
        subplace_span=lesser.subplace_span,
        as_of=dated.as_of if dated else day.iso,
        as_of_span=dated.as_of_span if dated else None,
        as_of_from=day.source if dated is None else "paragraph" if dated in around else "sentence",
        planned=planned is not None,
        planned_span=planned,
        says=None,
        says_span=None,
        part=other or any(label.unknown for label in labels),
        whole=whole,
        context=f"{'; '.join(row.words)}: {head.text} {cell.text}" if row.words else f"{head.text} {cell.text}",
    )


def _is_serial(head: str, text: str) -> bool:
    return _SERIAL_HEAD.fullmatch(head) is not None and re.fullmatch(r"\d{1,5}|[IVX]+|[a-z]", text) is not None


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
