"""Rows of tables as cells, each with its place."""

from dataclasses import dataclass

from crawler.article import Block, cell_spans
from index.span import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: its words, "" where it is empty, and where they stand."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table."""

    start: int
    end: int
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold words, without what a cell that spans several repeats beside itself."""
        return tuple(cell for cell in self.cells if cell.text)

    def at(self, column: int) -> Cell | None:
        """The cell of a column, None where it is empty or the row is shorter."""
        cell = self.cells[column] if column < len(self.cells) else None
        return cell if cell is not None and cell.text else None


def row_of(text: str, block: Block) -> Row:
    """The row that a block of an article's text is."""
    spans = [Span(*span) for span in cell_spans(text, block.start, block.end)]
    return Row(start=block.start, end=block.end, cells=tuple(Cell(span.of(text).strip(), span) for span in spans))
