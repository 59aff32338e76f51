"""The products that the tables of a decision list.

A table is read where its header says which column names products and something else of them. A row is a product where
each of its cells can be what its header says; a row in which one cannot was damaged, and is left out rather than read
askew. A table with more such rows than others is left out whole: its header belongs to another.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from crawler.article import Article, Block
from index.decisions.columns import Column, Kind, column_of
from index.decisions.decision import Act, ProductRow
from index.decisions.fields import RowFields
from index.decisions.grades import score_cell, star_cell
from index.decisions.labels import Labels, label_of
from index.decisions.listing import Above, above_of
from index.decisions.names import is_note, is_total
from index.decisions.rows import Cell, Row, row_of

_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[A-ZĐa-z])\)?(?:\s*=.*)?")
_ORDINAL = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,2})*)[.)]?")
_DECIMAL = re.compile(r"\d{1,4}[.)]?")
_GRADED: frozenset[Kind] = frozenset(("star", "star_of", "score", "result"))
_HEAD_WORDS = 6


def table_rows(article: Article, act: Act, *, districts: bool = True) -> list[ProductRow]:
    """The products of the tables of an article, in order.

    act: what the decision does to them where the lines above a table do not say. districts: whether there were any
    when it was made.
    """
    reader = _Reader(article, act, districts=districts)
    for block in article.blocks:
        if block.role == "row":
            reader.row(row_of(article.text, block))
        else:
            reader.line(block)
    return reader.done()


@dataclass(slots=True)
class _Table:
    """A table being read. columns: by place. labels: those that hold at the row read now."""

    columns: list[Column]
    header: tuple[str, ...]
    above: Above
    products: bool
    labels: Labels
    rows: list[tuple[Row, ProductRow | None]] = field(default_factory=list)
    broken: bool = False

    def of_kind(self, kind: Kind) -> list[int]:
        return [place for place, column in enumerate(self.columns) if column.kind == kind]


class _Reader:
    def __init__(self, article: Article, act: Act, *, districts: bool) -> None:
        self._article = article
        self._districts = districts
        self._act = act
        self._lines: list[Block] = []
        self._table: _Table | None = None
        self._found: list[ProductRow] = []
        self._after_row = False

    def line(self, block: Block) -> None:
        """Take a block that is no row."""
        if self._after_row:
            self._lines = []
        self._after_row = False
        self._lines.append(block)

    def row(self, row: Row) -> None:
        """Take a row."""
        columns = _columns(row)
        if _is_header(columns):
            self._head(row, columns)
        elif self._table is None or not (self._after_row or self._goes_on(row)):
            self._close()
            if len(row.filled) == 1:  # a table's caption printed as its first row
                self._lines.append(Block(role="caption", start=row.start, end=row.end))
                return
        elif self._table.products:
            self._entry(self._table, row)
        self._after_row = True

    def done(self) -> list[ProductRow]:
        """The products of all tables."""
        self._close()
        return self._found

    def _head(self, row: Row, columns: list[Column]) -> None:
        texts = tuple(cell.text for cell in row.cells)
        table = self._table
        if table is not None and self._after_row:
            if texts == table.header:
                return
            if not table.rows and not table.broken and _is_second(table, row):
                table.columns = _merged(table.columns, columns)
                table.products = _is_of_products(table.columns, table.above)
                return
        above = above_of(self._article.text, self._lines, self._act)
        if table is not None and texts == table.header and not (above.products or above.labels.held):
            return  # the header again on the next page
        self._close()
        self._table = _Table(
            columns=columns,
            header=texts,
            above=above,
            products=_is_of_products(columns, above),
            labels=above.labels,
        )

    def _goes_on(self, row: Row) -> bool:
        """Whether a row after a line of text goes on with the table before it, its serial being the next."""
        table = self._table
        if table is None or not table.products or len(self._lines) > 1:
            return False
        serial = next(iter(table.of_kind("serial")), None)
        last = next((one for _, one in reversed(table.rows) if one is not None and one.serial is not None), None)
        cell = row.at(serial) if serial is not None else None
        if cell is None or last is None or last.serial is None or not _DECIMAL.fullmatch(cell.text):
            return False
        if int(cell.text.strip(".)")) not in (int(re.sub(r"\D", "", last.serial.text) or 0) + 1, 1):
            return False
        for line in self._lines:
            table.labels.take(label_of(self._article.text, line.start, line.end))
        return True

    def _entry(self, table: _Table, row: Row) -> None:
        text = self._article.text
        filled = row.filled
        if not filled or tuple(cell.text for cell in row.cells) == table.header or _is_numbering(row):
            return
        if not table.rows and _is_second(table, row):
            table.columns = _merged(table.columns, _columns(row))
            table.products = _is_of_products(table.columns, table.above)
            return
        words = [cell for cell in filled if not _ORDINAL.fullmatch(cell.text)] or list(filled)
        if is_total(words[0].text) or is_note(words[0].text):
            return
        if len({cell.text for cell in words}) == 1 and (len(words) == 1 or len(filled) > len(words)):
            label = label_of(text, words[0].span.start, words[0].span.end)
            ordinal = filled[0] if len(filled) > 1 else None
            numbered = ordinal is not None and _DECIMAL.fullmatch(ordinal.text) is not None
            if label.kinds and not (numbered and label.kinds <= {"change_read", "star_read"}):
                table.labels.take(label)
                return
            if not self._lists_names_only(table):
                self._continued(table, words[0])
                return
        fields = RowFields(self._article, table.columns, table.labels, row, districts=self._districts)
        product = fields.product(table.above.act or "other")
        if product is None and fields.goes_on:
            self._continued(table, words[0])
            return
        table.rows.append((row, product))

    @staticmethod
    def _lists_names_only(table: _Table) -> bool:
        return not any(column.kind not in ("serial", "name", "change", "plain") for column in table.columns)

    @staticmethod
    def _continued(table: _Table, rest: Cell) -> None:
        """A row that goes on with a cell of the one above: what was read of that cell is only a part."""
        row, product = table.rows[-1] if table.rows else (None, None)
        if row is None or product is None or not rest.text[:1].islower():
            return
        table.rows[-1] = (row, replace(product, name=replace(product.name, doubts=(*product.name.doubts, "merged"))))

    def _close(self) -> None:
        table, self._table = self._table, None
        if table is not None and table.products and table.above.act is not None:
            self._found.extend(_sound(table))


def _columns(row: Row) -> list[Column]:
    return [column_of(cell) for cell in row.cells]


def _is_header(columns: Sequence[Column]) -> bool:
    """Whether most cells of a row are headers, and none is what only stands below one."""
    filled = [column for column in columns if column.head.text]
    known = [column for column in filled if column.known]
    # "3 sao | Công nhận mới" stands below headers as well
    return (
        len(known) >= 2
        and any(column.kind not in ("star_of", "change_of") for column in known)
        and 2 * len(known) >= len(filled)
        and not any(star_cell(column.head.text) and column.kind != "star_of" for column in filled)
        and not any(score_cell(column.head.text) for column in filled)
    )


def _is_second(table: _Table, row: Row) -> bool:
    """Whether a row is the lower half of a header on two rows: it repeats or leaves blank what reaches down, and fills
    what the upper half left to it."""
    known = 0
    for place, cell in enumerate(row.cells):
        above = table.columns[place].head.text if place < len(table.columns) else ""
        if not cell.text or cell.text == above:
            continue
        spanning = not above or place + 1 >= len(table.columns) or not table.columns[place + 1].head.text
        if not spanning or len(cell.text.split()) > _HEAD_WORDS or score_cell(cell.text) is not None:
            return False
        known += column_of(cell).known
    return known > 0


def _merged(upper: Sequence[Column], lower: Sequence[Column]) -> list[Column]:
    """A header of two rows: what the lower half says, else the upper."""
    found: list[Column] = []
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else None
        below = lower[place] if place < len(lower) else None
        if below is not None and below.head.text and (above is None or below.known or not above.known):
            found.append(below)
        elif above is not None:
            found.append(above)
    return found


def _is_of_products(columns: Sequence[Column], above: Above) -> bool:
    """Whether a table of these columns lists products: named, with a grade, a producer or a heading that says so."""
    kinds = Counter(column.kind for column in columns)
    if kinds["name"] == 0 or (
        kinds["name"] > 1 and sum(column.amended for column in columns if column.kind == "name") != 1
    ):
        return False
    if kinds["amount"] and not any(kinds[kind] for kind in _GRADED):
        return False
    return any(kinds[kind] for kind in (*_GRADED, "producer")) or (above.told and above.products and not kinds["other"])


def _is_numbering(row: Row) -> bool:
    """Whether a row only numbers the columns: "(1) | (2) | (3)", "A | B | 1 | 2"."""
    filled = row.filled
    return len(filled) >= 3 and all(_NUMBERING.fullmatch(cell.text) for cell in filled)


def _sound(table: _Table) -> Iterator[ProductRow]:
    """The products of a table, where most of its rows are what its header says."""
    read = [(row, one) for row, one in table.rows if one is not None]
    if 2 * len(read) <= len(table.rows) and table.rows:
        return
    widths = Counter(len(row.cells) for row, _ in read)
    width = len(table.columns)
    former: ProductRow | None = None
    for row, one in read:
        # a row wider than its header was split, unless the header's last cell spans what is below it
        if len(row.cells) > width and 2 * widths[len(row.cells)] <= len(read):
            continue
        if former is not None and _again(former, one):
            continue
        yield one
        former = one


def _again(former: ProductRow, one: ProductRow) -> bool:
    """Whether a row is only the next line of a product whose cells reach down."""
    same = former.name.text == one.name.text and former.serial is not None and one.serial is not None
    return same and former.serial is not None and one.serial is not None and former.serial.text == one.serial.text
