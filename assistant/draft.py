"""A draft: an answer before it is checked and numbered, as segments that each carry their evidence."""

from dataclasses import dataclass
from typing import Literal

from assistant.answer import Cells, ClaimKind, Status
from assistant.evidence import Evidence

Operation = Literal[
    "sum", "difference", "quotient", "share", "maximum", "minimum", "compare", "days_after", "months_after"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """A calculation over evidence: `operands` are values with the place of their evidence in the segment."""

    operation: Operation
    operands: tuple[tuple[float, int], ...]
    result: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One claim to be, or (with no evidence) one of the connecting phrases of `assistant.answer`.

    cells: as in `Claim`.
    """

    text: str
    kind: ClaimKind
    evidence: tuple[Evidence, ...]
    reckoning: Reckoning | None = None
    cells: Cells | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Segments in order, one a line, with the status they would have and what else the reader must know.

    strength: how well the evidence holds what was asked, in [0, 1]; it orders drafts of one question.
    """

    status: Status
    segments: tuple[Segment, ...]
    notices: tuple[str, ...] = ()
    strength: float = 0.0


def quoted(evidence: Evidence) -> Segment:
    """A segment whose words are its evidence's."""
    return Segment(text=evidence.quote, kind="quoted", evidence=(evidence,))


def connective(text: str) -> Segment:
    """A connecting phrase that stands before the segments it introduces."""
    return Segment(text=text, kind="quoted", evidence=())
