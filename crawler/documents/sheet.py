"""Words at their places on a page -> strips of text in reading order: lines, columns, the rows of ruled tables.

Both a text layer and an OCR give words with boxes, so both are read here. Lengths are points (1/72 inch) from the top
left corner of the page as it is looked at, y downwards.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from crawler.article import row_text
from crawler.documents.ruling import Box, Grid
from crawler.draft import tidy

_OVERLAP = 0.5
_GAP_SIZES = 1.5
_HEAD_GAP_SIZES = 0.7
_HEAD_SHARE = 0.3
_ZONE_GAP_SIZES = 0.6
_NEAR_SIZES = 1.2
_MARKER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-zđ][.)]|[IVXLC]+\.|[-–+*•·o])")
_CARRIED_CHARS = 200
_MIN_ROW_CELLS = 3
_TAB_GAPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word as printed. `bold` is False where it cannot be told."""

    text: str
    box: Box
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page as seen.

    confidence: 0 to 1 where the words were recognised from an image, else None. doubted: words that the recogniser was
    not sure of, each once.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    tables: tuple["Table", ...] = ()
    confidence: float | None = None
    doubted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ruled table: its grid, and the text of each of its cells in the grid's order."""

    grid: Grid
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A run of words on one line of one column, or one row of a table (`row`).

    box: where it stands. left, right: the margins of its column. size: the height of its letters, ascent to descent.
    table: which table of the page a row belongs to, from 0; None for text.
    """

    text: str
    box: Box
    left: float
    right: float
    size: float
    bold: bool = False
    table: int | None = None


@dataclass(slots=True)
class _Row:
    """Words on one line of print, then cut into runs at wide gaps."""

    words: list[Word] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0

    def add(self, word: Word) -> None:
        count = len(self.words)
        self.top = (self.top * count + word.box.top) / (count + 1)
        self.bottom = (self.bottom * count + word.box.bottom) / (count + 1)
        self.words.append(word)

    def takes(self, word: Word) -> bool:
        shared = min(self.bottom, word.box.bottom) - max(self.top, word.box.top)
        return shared >= _OVERLAP * min(self.bottom - self.top, word.box.bottom - word.box.top)

    @property
    def size(self) -> float:
        return max(word.box.bottom - word.box.top for word in self.words)

    def runs(self, gap_sizes: float = _GAP_SIZES) -> list[list[Word]]:
        """The row's words from left to right, cut where the gap is too wide for a blank of justified text."""
        words = sorted(self.words, key=lambda word: word.box.left)
        limit = gap_sizes * median(word.box.bottom - word.box.top for word in words)
        runs = [[words[0]]]
        for former, word in pairwise(words):
            gap = word.box.left - former.box.right
            marker = len(runs[-1]) == 1 and _MARKER.fullmatch(former.text) is not None
            if gap > (_TAB_GAPS * limit if marker else limit):
                runs.append([word])
            else:
                runs[-1].append(word)
        return runs


def strips(sheet: Sheet) -> list[Strip]:
    """Everything printed on a page, in reading order: columns one after the other, tables row by row."""
    free = [word for word in sheet.words if not any(table.grid.box.holds(word.box) for table in sheet.tables)]
    result: list[Strip] = []
    above = float("-inf")
    head = _HEAD_SHARE * sheet.height if sheet.number == 1 else 0.0
    for number, table in enumerate(sorted(sheet.tables, key=lambda table: table.grid.box.top)):
        middle = (table.grid.box.top + table.grid.box.bottom) / 2
        result.extend(_flow([word for word in free if above <= word.box.middle < middle], head))
        result.extend(_table_rows(table, number))
        above = middle
    result.extend(_flow([word for word in free if word.box.middle >= above], head))
    return [strip for strip in result if strip.text]


def text_of(words: Iterable[Word]) -> str:
    """The words as one line of text, row by row: what stands in a cell."""
    return tidy(" ".join(word.text for row in _rows(words) for run in row.runs() for word in run))


def _rows(words: Iterable[Word]) -> list[_Row]:
    rows: list[_Row] = []
    for word in sorted(words, key=lambda word: word.box.middle):
        # A word lower down may still belong to the row before the last: a raised mark has made a row of its own.
        row = next((row for row in reversed(rows[-3:]) if row.takes(word)), None)
        if row is None:
            row = _Row()
            rows.append(row)
        row.add(word)
    return sorted(rows, key=lambda row: (row.top + row.bottom) / 2)


def _flow(words: Sequence[Word], head: float) -> list[Strip]:
    """Text outside tables: full lines as they come, a stretch in columns column by column.

    Above `head` an official paper prints issuer and motto side by side with hardly more than a blank between them: a
    narrow gap parts columns there, if the next row has it too.
    """
    if not words:
        return []
    rows = _rows(words)
    left, right = _left(words), _right(words)
    result: list[Strip] = []
    index = 0
    while index < len(rows):
        gap_sizes = _HEAD_GAP_SIZES if rows[index].bottom < head else _GAP_SIZES
        end = _zone_end(rows, index, gap_sizes)
        if end == index + 1:
            gap_sizes = _GAP_SIZES
        zone = [row.runs(gap_sizes) for row in rows[index:end]]
        runs = zone[0]
        if len(runs) == 1:
            result.append(_strip(runs[0], left, right))
        elif sum(len(row) >= _MIN_ROW_CELLS for row in zone) > len(zone) / 2 and len(zone) >= _MIN_ROW_CELLS:
            result.extend(_open_rows(zone, left, right))
        else:
            result.extend(_columns(zone))
        index = end
    return result


def _zone_end(rows: Sequence[_Row], start: int, gap_sizes: float) -> int:
    """Where a stretch in two columns that begins with row `start` ends: at the first row that bridges its gap."""
    first = rows[start].runs(gap_sizes)
    if len(first) == 1:
        return start + 1
    gap = max(((a[-1].box.right, b[0].box.left) for a, b in pairwise(first)), key=lambda gap: gap[1] - gap[0])
    end = start + 1
    while end < len(rows):
        row = rows[end]
        runs = row.runs(gap_sizes)
        near = row.top - rows[end - 1].bottom <= _NEAR_SIZES * row.size
        narrowed = _narrowed(gap, runs)
        if narrowed[1] - narrowed[0] < _ZONE_GAP_SIZES * row.size or (len(runs) == 1 and not near):
            break
        gap = narrowed
        end += 1
    # What stands centred under the columns bridges no gap where it is short, yet it is below them, not in one.
    while end > start + 1 and len(rows[end - 1].runs(gap_sizes)) == 1 and _centred(rows, start, end - 1):
        end -= 1
    return end


def _narrowed(gap: tuple[float, float], runs: Sequence[Sequence[Word]]) -> tuple[float, float]:
    """What a row leaves of the gap between two columns; an empty one where a run bridges it."""
    inner, outer = gap
    for run in runs:
        left, right = run[0].box.left, run[-1].box.right
        if right <= outer and left < inner:
            inner = max(inner, right)
        elif left >= inner and right > outer:
            outer = min(outer, left)
        else:
            return 1.0, 0.0
    return inner, outer


def _centred(rows: Sequence[_Row], start: int, index: int) -> bool:
    words = [word for row in rows[start:index] for word in row.words]
    below = rows[index].words
    return abs(_left(below) + _right(below) - _left(words) - _right(words)) < 4 * rows[index].size


def _left(words: Sequence[Word]) -> float:
    return min(word.box.left for word in words)


def _right(words: Sequence[Word]) -> float:
    return max(word.box.right for word in words)


def _columns(zone: Sequence[Sequence[list[Word]]]) -> list[Strip]:
    """The left column from top to bottom, then the right one."""
    edges = [(row[0][-1].box.right, row[-1][0].box.left) for row in zone if len(row) > 1]
    cut = (max(inner for inner, _ in edges) + min(outer for _, outer in edges)) / 2
    result: list[Strip] = []
    for side in (True, False):
        runs = [run for row in zone for run in row if (run[0].box.left < cut) == side]
        if runs:
            left, right = min(run[0].box.left for run in runs), max(run[-1].box.right for run in runs)
            result.extend(_strip(run, left, right) for run in runs)
    return result


def _open_rows(zone: Sequence[Sequence[list[Word]]], left: float, right: float) -> Iterator[Strip]:
    """A table without rules: three or more columns line after line."""
    for row in zone:
        whole = _strip([word for run in row for word in run], left, right)
        text = row_text([_strip(run, left, right).text for run in row])
        yield Strip(text=text, box=whole.box, left=left, right=right, size=whole.size, table=-1)


def _strip(words: Sequence[Word], left: float, right: float) -> Strip:
    return Strip(
        text=tidy(" ".join(word.text for word in words)),
        box=Box.around([word.box for word in words]),
        left=left,
        right=right,
        size=max(word.box.bottom - word.box.top for word in words),
        bold=all(word.bold for word in words),
    )


def _table_rows(table: Table, number: int) -> Iterator[Strip]:
    """One strip a row; a cell that spans rows is repeated in each, one that spans columns leaves blanks."""
    grid = table.grid
    for row in range(grid.rows):
        cells = [""] * grid.columns
        own = False
        for cell, text in zip(grid.cells, table.texts, strict=True):
            if cell.row == row or (cell.row < row < cell.row + cell.rows and len(text) <= _CARRIED_CHARS):
                cells[cell.column] = text
                own = own or (cell.row == row and bool(text))
        if own:
            box = Box.around([cell.box for cell in grid.cells if cell.row == row])
            yield Strip(
                text=row_text(cells),
                box=box,
                left=grid.box.left,
                right=grid.box.right,
                size=box.bottom - box.top,
                table=number,
            )
