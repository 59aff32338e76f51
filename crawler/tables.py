"""Tables of a page: which hold data, and their rows as text."""

from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

from crawler.draft import tidy

# A page could otherwise make megabytes of a few cells that span thousands of rows.
_CARRIED_CHARS = 200
_CARRIED_CELLS = 12
_MAX_COLUMNS = 50
_LONG_CELL_CHARS = 1500
_PARAGRAPH_CHARS = 100
_MENU_LINKS = 8


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds data, not the page's layout: several rows of several short cells, none nesting a table."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = 0
    widest = 0
    longest = 0
    headed = False
    pictured = False
    for element in table.iterdescendants("tr", "th", "td", "img"):
        if element.tag == "tr":
            rows += 1
            widest = max(widest, sum(child.tag in ("td", "th") for child in element))
        elif element.tag == "img":
            pictured = True
        else:
            headed = headed or element.tag == "th"
            longest = max(longest, sum(len(text) for text in element.itertext()))
            if _holds_text(element):
                return False
    if rows < 2 or widest < 2:
        return False
    if rows == 2 and not headed and (table.get("border") or "0") == "0":
        return False
    if rows == 2 and pictured:
        return False
    return longest < _LONG_CELL_CHARS or rows > 6 or headed


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


def row_texts(table: HtmlElement, text_of: Callable[[HtmlElement], str]) -> Iterator[tuple[HtmlElement, str, float]]:
    """(row, its cells joined by " | ", share of its characters within links) of every row with text of its own.

    A cell spanning rows is repeated in each, for a row read alone must say what it belongs to.
    """
    spans: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
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
        while cells and not cells[-1]:
            cells.pop()
        text = " | ".join(cells).strip()
        if own:
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
