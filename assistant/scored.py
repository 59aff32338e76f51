"""The records of a scorecard: what was chosen, the points, the bands, and what keeps a product from a star.

`assistant.scorecard` makes them. Every word shown is a `Quote` with the place it was read from.
"""

from dataclasses import dataclass
from datetime import date

from assistant.form import FormSource, Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An answer. option: counted from 1 as printed under the criterion, all its cases through; 0 for none of them."""

    criterion: str
    option: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionShown:
    """An option. number: as in `Choice`. points: as meant, None where nothing tells them. points_at: where they are
    printed, None where the place is blank. misprint: why they are not those printed, None where they are.
    case: the line that heads it among alternatives."""

    number: int
    option: Quote
    points: float | None
    points_at: Quote | None
    misprint: str | None
    min_star: int | None
    case: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCriterion:
    """A criterion with what was chosen. answered with `chosen` None: none of its options holds."""

    code: str
    part: str
    label: Quote
    max: float | None
    answered: bool
    chosen: OptionShown | None
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPoints:
    """The points of part A, B or C."""

    code: str
    label: Quote
    points: float
    max: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a criterion must reach at least for a star: one option, or one of each alternative."""

    code: str
    label: Quote
    needed: tuple[OptionShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A condition that is not met. chosen: what was, None where nothing. gain: the points that meeting it adds."""

    condition: Condition
    chosen: OptionShown | None
    answered: bool
    gain: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleGain:
    """A criterion that could give more: its best option, and the points it adds to what was chosen."""

    code: str
    label: Quote
    best: OptionShown
    chosen: OptionShown | None
    gain: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BandShown:
    """The points of a star: from `low` to `high`, which is left out where `below`."""

    star: int
    low: float
    high: float
    below: bool
    line: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class StarStep:
    """How far a product is from a star. Both halves must hold.

    points_missing: to the band's lower end, 0 where points_hold. blocks: conditions not met; none where marks_hold.
    points_if_met: the total once every condition is met by exactly what it asks for.
    """

    star: int
    band: BandShown
    points_hold: bool
    points_missing: float
    marks_hold: bool
    conditions: int
    blocks: tuple[Unmet, ...]
    points_if_met: float
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a file is refused for, or where judging ends. criterion: the code of the criterion that says so."""

    criterion: str | None
    words: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A form scored.

    as_of: the day whose rules count. document: the decision. summary: read from a text that restates it. band: of the
    total alone. star: reached, minimum marks counted. steps: to 3, 4 and 5 stars; next_star: the first not reached,
    None at five. gains: the most first. unanswered: codes. marks_note: where the set says what the marks stand for.
    indicative: always said; it rests on `basis`.
    """

    as_of: date
    set_number: int | None
    set_name: str
    document: str
    summary: bool
    points: float
    max: float
    parts: tuple[PartPoints, ...]
    band: BandShown
    star: int
    next_star: int | None
    steps: tuple[StarStep, ...]
    gains: tuple[PossibleGain, ...]
    lines: tuple[ScoredCriterion, ...]
    unanswered: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    marks_note: Quote | None
    indicative: str
    basis: Quote
    sources: tuple[FormSource, ...]
