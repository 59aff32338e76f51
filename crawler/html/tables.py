"""Tables of a page: which hold data, and their rows as text."""

import re
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

from crawler.article import row_text
from crawler.draft import tidy

# A page could otherwise make megabytes of a few cells that span thousands of rows.
_CARRIED_CHARS = 200
_CARRIED_CELLS = 12
_MAX_COLUMNS = 50
_LONG_CELL_CHARS = 1500
_PARAGRAPH_CHARS = 100
_MENU_LINKS = 8
_SCORED_ROWS = 3
_SMALL_ROWS = 2
_SMALL_CHARS = 120
_WORD = re.compile(r"\w")
_NUMBER = re.compile(r"\s*\d{1,3}(?:[.,]\d{1,2})?\s*(?:điểm)?\s*")


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds data, not the page's layout: several rows of several short cells, none nesting a table.

    A ruled table may nest small ones of a line or two, which only part what one of its cells says.

    A bullet or a picture beside a line makes no cell of data: half of the rows must have words in two cells or more.
    A long cell makes a column of the page, but not where half of the rows end in a number alone, as scores do.
    """
    inner = next(table.iterdescendants("table"), None)
    if inner is not None and not _parts_cells(table):
        return False
    rows = worded = told = widest = longest = numbered = 0
    headed = pictured = column = False
    for row in _own_rows(table):
        cells = [child for child in row if child.tag in ("td", "th")]
        column = column or any(map(_holds_text, cells))
        texts = ["".join(map(str, cell.itertext())) for cell in cells]
        filled = [cell for cell, text in zip(cells, texts, strict=True) if _WORD.search(text)]
        rows += 1
        if len(cells) == 1 and _span(cells[0], "colspan") > 1:
            continue  # a line across the columns says what those below it are, as a heading does
        worded += bool(filled)
        # A cell that reaches down stands in the rows below too.
        told += (len(filled) >= 2) + sum(_span(cell, "rowspan") - 1 for cell in filled)
        numbered += len(filled) >= 2 and _NUMBER.fullmatch("".join(map(str, filled[-1].itertext()))) is not None
        widest = max(widest, len(cells))
        longest = max([longest, *map(len, texts)])
        headed = headed or any(cell.tag == "th" for cell in cells)
        pictured = pictured or next(row.iterdescendants("img"), None) is not None
    if rows < 2 or widest < 2 or 2 * told < worded:
        return False
    scored = numbered >= _SCORED_ROWS and 2 * numbered >= worded
    if column and not scored:
        return False
    if rows == 2 and not headed and (table.get("border") or "0") == "0":
        return False
    if rows == 2 and pictured:
        return False
    return longest < _LONG_CELL_CHARS or rows > 6 or headed or scored


def _own_rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """The rows of a table, not those of tables within its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag not in ("table", "td", "th", "caption"):
            yield from _own_rows(child)


def _parts_cells(table: HtmlElement) -> bool:
    """Whether a table is ruled and all tables within it are too small to hold data of their own."""
    if (table.get("border") or "0") == "0" and next(table.iterdescendants("th"), None) is None:
        return False
    return all(
        sum(1 for _ in inner.iterdescendants("tr")) <= _SMALL_ROWS
        and len("".join(map(str, inner.itertext()))) <= _SMALL_CHARS
        and next(inner.iterdescendants("th", "table"), None) is None
        for inner in table.iterdescendants("table")
    )


def _holds_text(cell: HtmlElement) -> bool:
    """Whether a cell is a column of the page: several paragraphs, or a menu's links."""
    paragraphs = 0
    parts = 0
    for part in cell.iterdescendants("p", "div", "br", "a"):
        if part.tag == "a":
            parts += 1
        else:
            text = part.tail if part.tag == "br" else "".join(part.itertext())
            paragraphs += len(text or "") >= _PARAGRAPH_CHARS
    return paragraphs >= 2 or parts > _MENU_LINKS


def below_picture(element: HtmlElement) -> bool:
    """Whether an element is a cell of a layout table, or the block in it, right below a cell of a picture alone."""
    cell = element if element.tag == "td" else element.getparent()
    row = cell.getparent() if cell is not None and cell.tag == "td" else None
    above = row.getprevious() if row is not None else None
    if cell is None or row is None or above is None or above.tag != "tr" or row.index(cell) >= len(above):
        return False
    picture = above[row.index(cell)]
    pictured = next(picture.iterdescendants("img"), None) is not None
    return pictured and not _WORD.search("".join(map(str, picture.itertext())))


def row_texts(table: HtmlElement, text_of: Callable[[HtmlElement], str]) -> Iterator[tuple[HtmlElement, str, float]]:
    """(row, its cells joined by " | ", share of its characters within links) of every row with text of its own.

    A cell spanning rows is repeated in each, for a row read alone must say what it belongs to.
    """
    spans: dict[int, tuple[int, str]] = {}
    for row in _own_rows(table):
        cells: list[str] = []
        linked = 0
        own = False
        for cell in row.iterchildren("td", "th"):
            _carry(cells, spans)
            text = tidy(text_of(cell))
            linked += sum(len(anchor.text_content().strip()) for anchor in cell.iter("a"))
            own = own or bool(text)
            if (down := _span(cell, "rowspan")) > 1 and len(text) <= _CARRIED_CHARS and len(spans) < _CARRIED_CELLS:
                spans[len(cells)] = (down - 1, text)
            cells.append(text)
            cells.extend("" for _ in range(min(_span(cell, "colspan"), _MAX_COLUMNS) - 1))
        _carry(cells, spans)
        text = row_text(cells)
        if own and text:
            yield row, text, linked / len(text)


def _carry(cells: list[str], spans: dict[int, tuple[int, str]]) -> None:
    while len(cells) in spans:
        left, text = spans.pop(len(cells))
        if left > 1:
            spans[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), 1000) if value.isdecimal() and value != "0" else 1
