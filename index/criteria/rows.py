"""Rows of a criteria set as printed: which line is a part, an item, a criterion, an option, and its points and stars.

The layout is that of Phụ lục II of Quyết định 26/2026/QĐ-TTg ("□ option*** | 2"), and what pages that restate it make
of it: the code or the stars in a column of their own, options beside their criterion, or lines that end in "(2 điểm)".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.article import Block
from index.span import Span

RowRole = Literal["part", "item", "criterion", "option", "note", "total", "other"]

# A figure's cell holds little else; a longer cell is text.
_FIGURE_CHARS = 16
_TAIL_CHARS = 48
_CELL_BREAK = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
_PART = re.compile(
    r"(?:phần\s+(?P<named>[A-Z])(?!\w)|(?P<bare>[A-Z])(?=\s*(?:[:.)]|\|\s|$)))\s*[-:.)–]?\s*(?:\|\s+)?", re.IGNORECASE
)
_TOTAL = re.compile(r"tổng(?:\s+(?:cộng|số|điểm|số\s+điểm))?(?:\s*\([^()]*\))?\s*:?", re.IGNORECASE)
_SUBTOTAL = re.compile(r"(?:tổng|cộng)(?:\s+(?:cộng|số))?(?:\s+điểm)?\s+(?:phần|mục|nhóm)(?!\w)", re.IGNORECASE)
_CODE = re.compile(
    r"(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})(?:\.\s+|\.(?=\D)|\s+(?=\D))|(?P<whole>\d{1,2})[.)](?:\s+|(?=\D))"
)
# The decision prints one item without the point ("8 CÔNG BỐ ..."): such a number counts only where it is the next.
_LOOSE_CODE = re.compile(r"(?P<whole>\d{1,2})\s+(?=[^\W\d_])")
_CODE_ALONE = re.compile(r"(?P<code>\d{1,2}(?:\.\d{1,2}){0,3})\.?")
_BOX = re.compile(r"(?:[□☐☑❑❏❒▢◻◯○●•▪■◦➢✓✔]\s*|o\s+(?=[^\W\d_]))")
_DASH = re.compile(r"[-–+]\s+")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{1,2})?(?![\d.,])")
_FIGURE = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:điểm|đ)?", re.IGNORECASE)
_FIGURE_AT_END = re.compile(
    r"(?P<open>\(\s*|[:–-]\s*|\s)(?P<number>\d{1,3}(?:[.,]\d{1,2})?)\s*điểm\s*\)?\s*[.;]?\s*$", re.IGNORECASE
)
_STAR_CHARS = "*★∗"
_STARS = re.compile(f"[{_STAR_CHARS}]+")
_STAR_CELL = re.compile(r"(?:từ\s+)?(?P<star>[345])\s*(?:sao|[*★])(?:\s+trở\s+lên)?", re.IGNORECASE)
_NOTE = re.compile(r"\(?(?:ghi chú|chú ý|lưu ý|yêu cầu|chú thích)\s*:", re.IGNORECASE)
_NOTE_WITHIN = re.compile(r"\s(?=\(?(?:Ghi chú|Chú ý|Lưu ý|Yêu cầu)\s*:)")
_NOTHING = frozenset(("", "-", "–", "—", "...", "…", "x", "/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A figure as printed. value: None where the place it belongs to holds no single number ("4 1")."""

    value: float | None
    printed: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a set.

    code: "A", "1", "1.1", "6.1.1"; empty for options, notes and totals. label: the words without code, box, stars,
    figure and notes. figure: what the points column holds; None where it is empty. in_heading: the points that a part's
    heading names besides. star: 3 to 5, None without a mark or with one of another length (star_span is then set).
    boxed: a box to tick stands before it. loose: the code is a number without point or bracket, which may be the first
    of the words, or a letter without "Phần", which may count options. start, end: the whole line.
    """

    role: RowRole
    code: str
    label: Span
    figure: Printed | None
    in_heading: Printed | None
    star: int | None
    star_span: Span | None
    notes: tuple[Span, ...]
    boxed: bool
    loose: bool
    start: int
    end: int


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; empty at `start` where it holds nothing else."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return Span(start, start) if left == len(part) else Span(start + left, start + len(part.rstrip()))


def numbers_in(printed: str) -> tuple[float, ...]:
    """The numbers a cell holds, in order, each once: "4 1" -> (4.0, 1.0)."""
    return tuple(dict.fromkeys(_number(match[0]) for match in _NUMBER.finditer(printed)))


def read_rows(text: str, block: Block) -> tuple[Row, ...]:
    """The lines of a set that one block of an article holds: one, or two where an option stands beside its criterion.

    Lines that are no table row count only where they end in points, or begin with "Ghi chú:".
    """
    if block.role != "row":
        return (_line(text, block),)
    cells = _cells(text, block)
    star, star_span, cells = _star_cells(text, cells)
    if not cells:
        return (_row(text, block, role="other", label=Span(block.start, block.start)),)
    if len(cells) >= 3 and _code(text, cells[0]) is not None:
        # Criterion and maximum, then an option and its points, in one row.
        first = next((place for place in range(1, len(cells) - 2) if _figure(text, cells[place]) is not None), None)
        if first is not None:
            above = _table_row(text, block, cells[: first + 1], None, None)
            return (above, _table_row(text, block, cells[first + 1 :], star, star_span))
    return (_table_row(text, block, cells, star, star_span),)


def _cells(text: str, block: Block) -> list[Span]:
    """The cells of a row that hold something."""
    cells: list[Span] = []
    start = block.start
    line = text[block.start : block.end]
    for match in _CELL_BREAK.finditer(line):
        cells.append(trim(text, start, block.start + match.start()))
        start = block.start + match.end()
    cells.append(trim(text, start, block.end))
    return [cell for cell in cells if text[cell[0] : cell[1]].lower() not in _NOTHING]


def _star_cells(text: str, cells: list[Span]) -> tuple[int | None, Span | None, list[Span]]:
    """The star that a cell of its own names, where it stands, and the other cells."""
    for place, (start, end) in enumerate(cells):
        if end - start <= _FIGURE_CHARS and place > 0:
            cell = text[start:end]
            named = _STAR_CELL.fullmatch(cell)
            if named is not None or _STARS.fullmatch(cell):
                star = int(named["star"]) if named is not None else _star(cell)
                return star, Span(start, end), cells[:place] + cells[place + 1 :]
    return None, None, cells


def _table_row(text: str, block: Block, cells: Sequence[Span], star: int | None, star_span: Span | None) -> Row:
    figure, texts = None, list(cells)
    boxed = _BOX.match(text, *cells[0]) is not None
    if len(cells) > 1:
        figure = _figure(text, cells[-1])
        if figure is None and boxed and cells[-1][1] - cells[-1][0] <= _FIGURE_CHARS:
            figure = Printed(value=None, printed=text[slice(*cells[-1])], span=cells[-1])
        texts = texts[:-1] if figure is not None else texts
    if figure is not None and star_span is None and (marks := _STARS.search(text, *figure.span)):
        star, star_span = _star(marks[0]), Span(*marks.span())
        figure = _figure(text, trim(text, figure.span[0], marks.start())) or figure
    start, end = texts[0][0], texts[-1][1]
    if _TOTAL.fullmatch(text, start, end):
        return _row(text, block, role="total", label=Span(start, end), figure=figure)
    if _SUBTOTAL.match(text, start, end):
        return _row(text, block, role="other", label=Span(start, end), figure=figure)
    part = _part(text, block, Span(start, end), figure)
    if part is not None:
        return part
    if _NOTE.match(text, start, end):
        return _row(text, block, role="note", label=Span(start, end))
    code = _code(text, texts[0], alone=len(texts) > 1)
    if code is not None and not boxed:
        label = Span(texts[1][0], end) if code[1] == texts[0][1] else trim(text, code[1], end)
        role: RowRole = "criterion" if "." in code[0] else "item"
        return _row(text, block, role=role, code=code[0], label=label, figure=figure, star=star, star_span=star_span)
    loose = _LOOSE_CODE.match(text, start, end)
    if loose is not None and figure is not None and text[loose.end()].isupper():
        label = trim(text, loose.end(), end)
        return _row(text, block, role="item", code=loose["whole"], label=label, figure=figure, loose=True)
    bullet = _BOX.match(text, start, end) or _DASH.match(text, start, end)
    label = trim(text, bullet.end() if bullet is not None else start, end)
    if len(texts) > 1 and bullet is not None and bullet.end() >= texts[0][1]:
        label = Span(texts[1][0], end)
    if boxed or figure is not None:
        return _row(text, block, role="option", label=label, figure=figure, star=star, star_span=star_span, boxed=boxed)
    return _row(text, block, role="note" if len(texts) == 1 else "other", label=Span(start, end))


def _part(text: str, block: Block, span: Span, figure: Printed | None) -> Row | None:
    """The part that a line names, with its points in the column or in its heading."""
    match = _PART.match(text, *span)
    if match is None:
        return None
    code = match["named"] or match["bare"]
    label, in_heading = _split_figure(text, match.end(), span[1])
    if not code.isupper() or (figure is None and (in_heading is None or match["named"] is None)):
        return None
    return _row(
        text,
        block,
        role="part",
        code=code,
        label=label,
        figure=figure or in_heading,
        in_heading=in_heading,
        loose=match["named"] is None,
    )


def _line(text: str, block: Block) -> Row:
    """A line outside tables."""
    start, end = block.start, block.end
    if _NOTE.match(text, start, end):
        return _row(text, block, role="note", label=Span(start, end))
    star, star_span = None, None
    tail = _trailing_stars(text, start, end)
    if tail is not None:
        star, star_span, end = _star(text[slice(*tail)]), tail, trim(text, start, tail[0])[1]
    (first, last), figure = _split_figure(text, start, end)
    if figure is None:
        return _row(text, block, role="other", label=Span(block.start, block.end))
    part = _part(text, block, Span(start, end), None)
    if part is not None:
        return part
    if _TOTAL.fullmatch(text, first, last):
        return _row(text, block, role="total", label=Span(first, last), figure=figure)
    if _SUBTOTAL.match(text, first, last):
        return _row(text, block, role="other", label=Span(block.start, block.end))
    boxed = _BOX.match(text, first, last)
    code = _code(text, Span(first, last)) if boxed is None else None
    if code is not None:
        role: RowRole = "criterion" if "." in code[0] else "item"
        label = trim(text, code[1], last)
        return _row(text, block, role=role, code=code[0], label=label, figure=figure, star=star, star_span=star_span)
    bullet = boxed or _DASH.match(text, first, last)
    if bullet is None and block.role != "item":
        return _row(text, block, role="other", label=Span(block.start, block.end))
    label = trim(text, bullet.end() if bullet is not None else first, last)
    return _row(
        text, block, role="option", label=label, figure=figure, star=star, star_span=star_span, boxed=boxed is not None
    )


def _row(
    text: str,
    block: Block,
    *,
    role: RowRole,
    label: Span,
    code: str = "",
    figure: Printed | None = None,
    in_heading: Printed | None = None,
    star: int | None = None,
    star_span: Span | None = None,
    boxed: bool = False,
    loose: bool = False,
) -> Row:
    """The record, with stars and notes taken out of the label."""
    notes: tuple[Span, ...] = ()
    start, end = label
    if role in ("item", "criterion", "option"):
        note = _NOTE_WITHIN.search(text, start, end)
        if note is not None and note.start() > start:
            notes = (trim(text, note.end(), end),)
            end = note.start()
        marks = _trailing_stars(text, start, end)
        if marks is not None and marks[0] > start:
            end = marks[0]
            if star_span is None:
                star, star_span = _star(text[slice(*marks)]), marks
    return Row(
        role=role,
        code=code,
        label=trim(text, start, end),
        figure=figure,
        in_heading=in_heading,
        star=star,
        star_span=star_span,
        notes=notes,
        boxed=boxed,
        loose=loose,
        start=block.start,
        end=block.end,
    )


def _trailing_stars(text: str, start: int, end: int) -> Span | None:
    """Where a run of stars ends the words."""
    last = trim(text, start, end)[1]
    first = last
    while first > start and text[first - 1] in _STAR_CHARS + " ":
        first -= 1
    first = trim(text, first, last)[0]
    return Span(first, last) if first < last else None


def _star(marks: str) -> int | None:
    """The star that marks stand for; blanks between them ("* * * *") do not count."""
    count = sum(mark in _STAR_CHARS for mark in marks)
    return count if 3 <= count <= 5 else None


def _code(text: str, cell: Span, *, alone: bool = True) -> tuple[str, int] | None:
    """The code that a cell begins with, or (where `alone`) consists of, and where it ends."""
    match = _CODE.match(text, *cell)
    if match is not None:
        return match["dotted"] or match["whole"], match.end()
    match = _CODE_ALONE.fullmatch(text, *cell) if alone else None
    return (match["code"], match.end()) if match is not None else None


def _figure(text: str, cell: Span) -> Printed | None:
    """What a cell of points holds; None for a cell of words."""
    printed = text[slice(*cell)]
    bare = _STARS.sub("", printed).strip()
    match = _FIGURE.fullmatch(bare)
    if match is not None:
        return Printed(value=_number(match["number"]), printed=printed, span=cell)
    worded = any(char.isalpha() for char in re.sub("điểm", "", bare, flags=re.IGNORECASE))
    if len(printed) > _FIGURE_CHARS or worded or not numbers_in(bare) or "%" in bare:
        return None
    return Printed(value=None, printed=printed, span=cell)


def _split_figure(text: str, start: int, end: int) -> tuple[Span, Printed | None]:
    """Words and the points that end them: "Tiếp thị (13 điểm)"."""
    match = _FIGURE_AT_END.search(text, max(start, end - _TAIL_CHARS), end)
    if match is None:
        return trim(text, start, end), None
    span = Span(*match.span("number"))
    return trim(text, start, match.start()), Printed(value=_number(match["number"]), printed=match["number"], span=span)


def _number(printed: str) -> float:
    return float(printed.replace(",", "."))
