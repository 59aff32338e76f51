"""A correction: what a person says a field of a decision is, beside what was read, never in its place.

It names what it corrects by what was read (the decision's key, the line's product and producer, the words found), not
by places in a text, so that it survives a page crawled again; where the words found are no longer there it does not
apply and is listed for review (`index.review.applying`).
"""

from dataclasses import dataclass
from typing import Literal

from crawler.article import fold_space
from index.decisions.decision import ProductRow, Read

# line: the line as a whole; the correction says that it is no product. Others: fields of the line, or of the decision.
RowField = Literal[
    "line", "name", "producer", "address", "commune", "district", "province", "group", "star", "score", "change"
]
DecisionField = Literal["issued", "issuer", "place", "subject", "effective", "valid_months"]
FieldName = RowField | DecisionField | Literal["same"]


class CorrectionRefused(ValueError):
    """A correction that says nothing, or nothing that its field can hold; the message tells what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Which line of a decision's list: its product and its producer as read, white space folded; producer "" where
    none was read. nth: of lines that are alike in both, its place among them, from 0."""

    name: str
    producer: str = ""
    nth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction, or the withdrawal of one.

    id: its number, from 1. at: when it was made, UTC, ISO 8601 with Z. who: who made it, as they name themselves.
    decision: key of the decision; of a judgement on two products, the key of the first. line: which line; None of a
    field of the decision. other: of field "same", the key of the second product, and value is "same" or "apart".
    found: the words that were read, None where nothing was. value: the right ones as the field is written; None where
    there is no such value (of field "line": it is no product). Equal to `found` it confirms what was read.
    withdraws: the number of the correction that this one takes back; all else but who, at and note is then empty.
    """

    id: int
    at: str
    who: str
    decision: str = ""
    line: Line | None = None
    field: FieldName | None = None
    found: str | None = None
    value: str | None = None
    other: str | None = None
    note: str = ""
    withdraws: int | None = None


def line_of(rows: tuple[ProductRow, ...], position: int) -> Line:
    """How the line at `position` of a decision's list is named in corrections."""
    name, producer = _named(rows[position])
    nth = sum(_named(row) == (name, producer) for row in rows[:position])
    return Line(name=name, producer=producer, nth=nth)


def position_of(rows: tuple[ProductRow, ...], line: Line) -> int | None:
    """Where a line stands in a decision's list now; None where no line is alike."""
    alike = [place for place, row in enumerate(rows) if _named(row) == (line.name, line.producer)]
    return alike[line.nth] if line.nth < len(alike) else None


def aim_of(read: Read | None) -> str | None:
    """What was read in a field, as a correction names it; None where nothing was."""
    return None if read is None else fold_space(read.text)


def _named(row: ProductRow) -> tuple[str, str]:
    return fold_space(row.name.text), fold_space(row.producer.text) if row.producer is not None else ""
