"""Figures in the cells of tables, where head, row and the sentence above leave no doubt about what they count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.article import Article, Block, cell_spans
from index.figures.as_of import AsOf
from index.figures.cells import SERIAL_HEAD, Cell, Told, above_table, of_head, of_label, said
from index.figures.counted import COUNTABLE, PRODUCERS, multiplier
from index.figures.figure import Figure, PlaceFrom
from index.figures.moments import is_later
from index.figures.numbers import parse_number
from index.figures.place import Home

_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d{1,5})(?P<decimals>,\d{1,3})?\s?(?P<percent>%)?")
# "150 triệu" under "Mức (đồng)", "1,2 tỷ đồng": a cell that says by what its number is multiplied.
_MONEY = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{3})*(?:,\d{1,3})?)\s?(?P<unit>nghìn|ngàn|triệu|tỷ|tỉ)(?P<said>\s+đồng)?", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOTAL_HEAD = re.compile(r"tổng(?:\s+(?:số|cộng))?", re.IGNORECASE)
_SUM_HEAD = re.compile(r"lũy kế(?:\s+đến\s+nay)?|cộng dồn", re.IGNORECASE)
_PLAN_HEAD = re.compile(r"(?:kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|dự kiến)(?!\w)", re.IGNORECASE)
_VALUE_HEAD = re.compile(
    r"(?:số lượng|số|kết quả|giá trị|cộng|tổng(?: số| cộng)?|"
    r"thực hiện|kế hoạch|mục tiêu|chỉ tiêu|năm|tháng|quý|đến|hết)(?!\w)",
    re.IGNORECASE,
)
_DATED_HEAD = re.compile(
    r"(?:(?:19|20)\d\d|(?:năm|quý|tháng|đến|hết|kế hoạch|thực hiện|mục tiêu|chỉ tiêu)(?!\w))", re.IGNORECASE
)
_REACHED_HEAD = re.compile(
    r"(?:thực hiện|kết quả|ước thực hiện|.*(?<!\w)(?:đã|(?<!thực )(?<!thể )hiện(?:\s+(?:có|nay))?))(?!\w)",
    re.IGNORECASE,
)
# A cell that says that there is no number.
_NOTHING = re.compile(r"[-–—.…x/]+|(?:không|chưa)(?:\s+(?:có|nêu|rõ|ghi|công bố))?", re.IGNORECASE)


def table_figures(article: Article, home: Home, day: AsOf) -> list[Figure]:
    """The counts in the cells of an article's tables, in order.

    What a cell counts is told by the head of its column ("Số sản phẩm", "4 sao", "Mức thưởng (triệu đồng)"), else by
    the row's unit or label; place, star, date and target by both and by the sentence that shows the table.
    """
    found: list[Figure] = []
    table: _Table | None = None
    above = Told()
    after_row = False
    for position, block in enumerate(article.blocks):
        if block.role != "row":
            after_row = False
            continue
        cells = _cells(article.text, block)
        if not after_row:
            above = above_table(article, position, home, day)
        if not after_row or (not any(_numeric(cell.text) for cell in cells) and any(map(_counting, cells))):
            head = None if any(_numeric(cell.text) for cell in cells) else cells
            table = None if head is None else _table(article, head, above, home, day)
        elif table is not None and len(table.head) == len(cells):
            found.extend(_row(table, block, cells))
        after_row = True
    return found


def _cells(text: str, block: Block) -> list[Cell]:
    return [Cell(text[start:end], start) for start, end in cell_spans(text, block.start, block.end)]


def _numeric(text: str) -> bool:
    """Whether a cell holds a number that is no year, or an amount of money."""
    return (_NUMBER.fullmatch(text) is not None and not _YEAR.fullmatch(text)) or _MONEY.fullmatch(text) is not None


def _counting(cell: Cell) -> bool:
    return of_head(cell, AsOf(iso=None, span=None, source=None)).what is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table of an article: its head, what each column's head says, and what stands above it."""

    article: Article
    head: list[Cell]
    columns: list[Told]
    above: Told
    home: Home
    day: AsOf


def _table(article: Article, head: list[Cell], above: Told, home: Home, day: AsOf) -> _Table:
    columns = [of_head(cell, day) for cell in head]
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
    cells: list[Cell]
    labels: list[Told]
    words: list[str]
    around: list[Told]


def _row(table: _Table, block: Block, cells: list[Cell]) -> Iterator[Figure]:
    values = [
        column
        for column, (cell, head) in enumerate(zip(cells, table.head, strict=True))
        if _numeric(cell.text)
        and (
            table.columns[column].what is not None
            or _VALUE_HEAD.match(head.text)
            or _YEAR.fullmatch(head.text)
            or _MONEY.fullmatch(cell.text)
        )
        and not SERIAL_HEAD.fullmatch(head.text)
    ]
    labels: list[Told] = []
    words: list[str] = []
    for column, (cell, head) in enumerate(zip(cells, table.head, strict=True)):
        silent = not cell.text or _NOTHING.fullmatch(cell.text) or _numeric(cell.text)
        if column not in values and not silent and not _is_serial(head.text, cell.text):
            labels.append(of_label(cell, head, table.day))
            words.append(cell.text)
    corner = Told()
    if not _numeric(cells[0].text) and (table.columns[0].what is None or table.columns[0].star is None):
        corner = replace(said(table.head[0], table.day), planned=None)  # "Chỉ tiêu" over labels is no target
    row = _Row(block=block, cells=cells, labels=labels, words=words, around=[corner, table.above])
    for column in values:
        figure = _figure(table, row, column)
        if figure is not None:
            yield figure


def _figure(table: _Table, row: _Row, column: int) -> Figure | None:
    own, cells, labels, around = table.columns[column], row.cells, row.labels, row.around
    article, home, day, head = table.article, table.home, table.day, table.head[column]
    cell = cells[column]
    money = _MONEY.fullmatch(cell.text)
    match = _NUMBER.fullmatch(cell.text if money is None else money["number"])
    if match is None:
        return None
    unit = next((label for label in labels if label.what is not None and label.what not in COUNTABLE), None)
    named = next((label for label in labels if label.what is not None and label.what in COUNTABLE), None)
    counted = own if own.what is not None else unit or named
    if own.what == "chủ thể" and named is not None and named.what in PRODUCERS:
        counted, named = named, None  # "Hợp tác xã | 12" under "Chủ thể"
    other = named is not None and named is not counted and own.what is not None and named.what != own.what
    starred = [told for told in (own, *labels) if told.star is not None]
    if money is not None:
        counted = _amount(own, cell, money)
        if counted is None:
            return None  # "15 triệu" under what is counted: neither money nor fifteen
    elif match["percent"]:
        counted = Told(what="%", what_span=cell.span(match.start("percent")))
    cornered = table.columns[0].what in COUNTABLE and not _numeric(cells[0].text) and _VALUE_HEAD.match(head.text)
    if counted is None and cornered and all(label.whole or label.star for label in labels):
        counted = table.columns[0]  # "Số sản phẩm | Năm 2022 | Năm 2024"
    above = table.above
    if counted is None and above.what is not None and _DATED_HEAD.match(head.text) and all(map(_is_silent, labels)):
        counted = above  # "Số sản phẩm qua các năm:" over "Huyện | 2022 | 2023"
    if counted is None and starred and _VALUE_HEAD.match(head.text):
        counted = Told(what="sản phẩm")
    if counted is None or counted.what is None or len(starred) > 1:
        return None
    if match["decimals"] and counted.what in COUNTABLE:
        return None
    star = starred[0] if starred and counted.what != "điểm" else Told()
    whole = any(label.whole for label in labels) and not (
        own.star and labels and not any(label.whole for label in labels)
    )
    placed = next((told for told in (*labels, own, *around) if told.place is not None), Told())
    lesser = next((told for told in (*labels, own) if told.subplace), Told())
    if any(label.subplace == "" for label in labels) or (not labels and not lesser.subplace):
        lesser = next((told for told in around if told.subplace), lesser)
    dated = next((told for told in (*labels, own, *around) if told.as_of is not None), None)
    # "Thực hiện 2024" beside "Kế hoạch 2025"
    reached = own.planned is None and _REACHED_HEAD.match(head.text) is not None
    if reached and dated in around and is_later((dated and dated.as_of) or "", day.iso):
        dated = None  # "Sản phẩm đã công nhận" in a table of a plan for a year to come
    planned = (
        None if reached else next((told.planned for told in (*labels, own, *around) if told.planned is not None), None)
    )
    number = cell.text[: match.start("percent")].rstrip() if match["percent"] else cell.text
    if money is not None:
        number = cell.text[: money.end("unit")]
    place_from: PlaceFrom | None = None if placed.place is not None else home.source
    return Figure(
        article_id=article.id,
        digest=article.digest,
        start=row.block.start,
        end=row.block.end,
        number_start=cell.start,
        number_end=cell.start + len(number),
        value=parse_number(match[0] if money is not None else number) * counted.times,
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


def _amount(head: Told, cell: Cell, money: re.Match[str]) -> Told | None:
    """What a cell counts that says by what its number is multiplied: đồng, where its head or the cell says so."""
    if head.what != "đồng" and money["said"] is None:
        return None
    unit = multiplier(f"{money['unit'].lower()} đồng")
    own = cell.span(money.start("said") + 1, money.end("said")) if money["said"] is not None else head.what_span
    return Told(what="đồng", what_span=own, times=unit)


def _is_silent(label: Told) -> bool:
    """Whether a label names no more than a place, a grade or the whole."""
    return label.what is None and not label.unknown


def _is_serial(head: str, text: str) -> bool:
    return SERIAL_HEAD.fullmatch(head) is not None and re.fullmatch(r"\d{1,5}|[IVX]+|[a-z]", text) is not None
