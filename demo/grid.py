"""The list of a decision as a grid of cells, some over several rows or columns, for pages, Word and PDF alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from demo.decisions import DemoDecision, Row

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell that begins at `column` of its row. rows, columns: how many it covers. head: of the header."""

    column: int
    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False
    shows: str = ""


def header(decision: DemoDecision) -> list[list[Cell]]:
    """The header's rows, one or two."""
    names = [name.partition("|") for name, _ in decision.drawing.columns]
    if not any(below for _, _, below in names):
        return [[Cell(column=at, text=name, head=True) for at, (name, _, _) in enumerate(names)]]
    top: list[Cell] = []
    for at, (name, _, below) in enumerate(names):
        if below and top and top[-1].text == name:
            top[-1] = replace(top[-1], columns=top[-1].columns + 1)
        else:
            top.append(Cell(column=at, text=name, rows=1 if below else 2, head=True))
    return [top, [Cell(column=at, text=below, head=True) for at, (_, _, below) in enumerate(names) if below]]


def body(decision: DemoDecision) -> list[list[Cell]]:
    """Every row below the header: products, subheads, the header again where it is repeated, the total."""
    drawing, width = decision.drawing, len(decision.drawing.columns)
    rows: list[list[Cell]] = []
    last, heads, printed = "", 0, 0
    for run in _runs(decision):
        subhead = run[0].shown(drawing.subhead) if drawing.subhead else ""
        if subhead != last:
            text = f"{_ROMAN[heads]}. {subhead}" if drawing.restart else subhead
            rows.append([Cell(column=0, text=text, columns=width)])
            last, heads = subhead, heads + 1
        for position, row in enumerate(run):
            if drawing.repeat and printed and printed % drawing.repeat == 0:
                rows += header(decision)
            printed += 1
            cells = []
            for at, (name, shows) in enumerate(drawing.columns):
                if name not in drawing.spans:
                    cells.append(Cell(column=at, text=row.shown(shows), shows=shows))
                elif position == 0:
                    cells.append(Cell(column=at, text=row.shown(shows), rows=len(run), shows=shows))
            rows.append(cells)
    if drawing.total:
        rows.append([Cell(column=0, text=drawing.total, columns=width)])
    return rows


def _runs(decision: DemoDecision) -> Iterator[Sequence[Row]]:
    """Rows in a row that share what the spanning columns show; each alone where none spans."""
    shows = [shows for name, shows in decision.drawing.columns if name in decision.drawing.spans]
    run: list[Row] = []
    for row in decision.rows:
        if run and not (shows and all(row.shown(one) == run[0].shown(one) for one in shows)):
            yield run
            run = []
        run.append(row)
    if run:
        yield run
