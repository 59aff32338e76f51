"""Criteria sets: what a product is scored by, as a text prints them, each field with the span it was read from.

A set ("bộ tiêu chí") of Phụ lục II of Quyết định 26/2026/QĐ-TTg has parts A to C, their items, their criteria, and
under each criterion the options to tick with the points they give. Stars after an option say that it is the least that
a product of 3, 4 or 5 stars must reach there, whatever its total. `index.criteria.reading` reads them.

Misprints are told, never mended: `points` and `max` hold what is printed, an `Anomaly` beside them says what the rest
of the set implies, and `effective_points` and `effective_maximum` give that where there is one, else the print.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.span import Span
from index.text import has_marks, strip_marks, syllables

AnomalyKind = Literal[
    "points_exceed_maximum",
    "blank_points",
    "ambiguous_points",
    "repeated_points",
    "points_out_of_order",
    "maximum_not_reached",
    "blank_maximum",
    "ambiguous_maximum",
    "heading_differs",
    "sum_differs",
    "no_options",
    "odd_mark",
    "repeated_code",
    "misplaced_code",
]
# What names of sets have in common says nothing of the product.
_COMMON = (
    "bộ tiêu chí",
    "bộ sản phẩm",
    "có thành phần từ",
    "sản phẩm từ",
    "sản phẩm",
    "chế biến từ",
    "chế biến",
    "sơ chế",
    "ocop",
    "các",
    "khác",
    "nhóm",
    "dạng",
    "từ",
    "và",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice under a criterion.

    text: `article.text[start:end]`, without box and stars. points: as printed, None where the place is blank or holds
    no single number; `printed` is what it holds ("" if blank), at points_start to points_end. min_star: the product
    must reach at least this option to get that many stars (*** 3, **** 4, ***** 5), None without such a mark. implied:
    the criterion, of one point, is printed on one line without options, so that meeting it is the only one; text and
    points are the criterion's own. case: the line that heads this option where a criterion lists alternatives
    ("a. Trường hợp 1: ...").
    """

    text: str
    start: int
    end: int
    points: float | None
    printed: str
    points_start: int | None
    points_end: int | None
    min_star: int | None
    star_span: Span | None
    implied: bool
    case: Span | None = None

    @property
    def place(self) -> Span:
        """Where its points are printed; its words where they are not."""
        if self.points_start is None or self.points_end is None:
            return Span(self.start, self.end)
        return Span(self.points_start, self.points_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What points are given for. code: "1.1", "6.1.1", or that of its item ("7") where the item has options itself.

    start, end: the label, without code. max: the most points it gives, as printed; None where the place (max_span) is
    blank or holds no single number. parent: the code of the criterion this one is part of ("6.1" of "6.1.1"); such a
    parent has no options. notes: spans of what is said about it.
    """

    code: str
    label: str
    start: int
    end: int
    max: float | None
    printed: str
    max_span: Span | None
    options: tuple[Option, ...]
    notes: tuple[Span, ...]
    parent: str | None

    @property
    def place(self) -> Span:
        """Where its maximum is printed; its label where it is not."""
        return self.max_span or Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A numbered heading within a part: "1. TỔ CHỨC SẢN XUẤT | 18". Fields as in `Criterion`.

    An item with options of its own has one criterion, of its own code, label and maximum.
    """

    code: str
    label: str
    start: int
    end: int
    max: float | None
    printed: str
    max_span: Span | None
    criteria: tuple[Criterion, ...]
    notes: tuple[Span, ...]

    @property
    def place(self) -> Span:
        """Where its maximum is printed; its label where it is not."""
        return self.max_span or Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Part A, B or C. heading_max, heading_span: the points its heading names besides the column ("(40 Điểm)")."""

    code: str
    label: str
    start: int
    end: int
    max: float | None
    printed: str
    max_span: Span | None
    heading_max: float | None
    heading_span: Span | None
    items: tuple[Item, ...]

    @property
    def place(self) -> Span:
        """Where its maximum is printed; its label where it is not."""
        return self.max_span or Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """Something printed that the rest of the set speaks against.

    where: the code of part, item or criterion ("7", "6.1.1", "A"), "" for the set. printed: what stands at start to
    end; "" for a blank, whose option or label stands there, and for a mark. expected: what the rest of the set implies,
    None where that leaves more than one reading. reason: why, for readers. A page that restates a part of a set has
    "sum_differs" and "no_options" too: what it leaves out does not add up.
    """

    kind: AnomalyKind
    where: str
    printed: str
    expected: float | None
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaSet:
    """One set, as one article prints or restates it.

    document: the number of the decision it is of ("26/2026/QĐ-TTg"), None where the article names none. summary: the
    article restates it (kind guide) and is never cited as the decision. number: 1 to 26, None where not printed. name:
    of its heading, or the article's title where the page is about this set alone (name_span is then None).
    classification: "Sản phẩm: Thực phẩm. Nhóm: Chè", of which group is "Thực phẩm" and subgroup "Chè". total: as
    printed, None where there is none. rejected_when: what a file is refused for. start, end: from its heading to its
    last line.
    """

    article_id: str
    digest: str
    document: str | None
    summary: bool
    number: int | None
    name: str
    name_span: Span | None
    classification: str | None
    classification_span: Span | None
    group: str | None
    subgroup: str | None
    parts: tuple[Part, ...]
    total: float | None
    total_span: Span | None
    rejected_when: tuple[Span, ...]
    notes: tuple[Span, ...]
    start: int
    end: int
    anomalies: tuple[Anomaly, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all parts, in order."""
        return tuple(item for part in self.parts for item in part.items)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of all parts, in order."""
        return tuple(criterion for item in self.items for criterion in item.criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a product must reach in a criterion, at least, for some number of stars."""

    criterion: Criterion
    option: Option


def effective_points(option: Option, criteria_set: CriteriaSet) -> float | None:
    """The points of an option: what the rest of the set implies where that speaks against the print, else the print."""
    anomaly = anomaly_at(option.place, criteria_set)
    return anomaly.expected if anomaly is not None and anomaly.expected is not None else option.points


def effective_maximum(counted: Criterion | Item | Part, criteria_set: CriteriaSet) -> float | None:
    """The most points a criterion, item or part gives: as `effective_points`."""
    anomaly = anomaly_at(counted.place, criteria_set)
    return anomaly.expected if anomaly is not None and anomaly.expected is not None else counted.max


def anomaly_at(place: Span, criteria_set: CriteriaSet) -> Anomaly | None:
    """The anomaly about what stands at exactly this place, one that knows better first."""
    found = [anomaly for anomaly in criteria_set.anomalies if (anomaly.start, anomaly.end) == place]
    return next((anomaly for anomaly in found if anomaly.expected is not None), found[0] if found else None)


def conditions(criteria_set: CriteriaSet, star: int) -> tuple[Condition, ...]:
    """The options that a product must reach to get `star` stars (3 to 5), in the order of the set.

    In each criterion that is the one of the highest mark not above `star`: what binds at three stars binds at five too.
    Where a criterion lists alternatives, each has its own.

    Raises:
        ValueError: `star` is not 3, 4 or 5.
    """
    if star not in (3, 4, 5):
        raise ValueError(f"{star} stars have no marks; expected 3, 4 or 5")
    found: list[Condition] = []
    for criterion in criteria_set.criteria:
        binding: dict[Span | None, Option] = {}
        for option in criterion.options:
            best = binding.get(option.case)
            mark = option.min_star or 0
            if 0 < mark <= star and (best is None or mark > (best.min_star or 0)):
                binding[option.case] = option
        found.extend(Condition(criterion=criterion, option=option) for option in binding.values())
    return tuple(found)


def find_sets(sets: Sequence[CriteriaSet], name: str) -> tuple[CriteriaSet, ...]:
    """The sets whose own name, else group, has the product's words; best first, those of equal rank in their order.

    The longest run of neighbouring syllables that a set shares with the name decides ("nước mắm cá cơm" -> "nước mắm"),
    and only sets with that run are given; among them first those where it begins the name asked for, is in the set's
    name, and makes up more of what the set lists there. Without marks only a name typed without any is compared, or, of
    one that else finds nothing ("cà phe"), two syllables and more. Words that the decision does not use (a synonym)
    find nothing.
    """
    if not has_marks(name):
        return _ranked(sets, name, stripped=True)
    return _ranked(sets, name, stripped=False) or _ranked(sets, name, stripped=True, least=2)


def _ranked(sets: Sequence[CriteriaSet], name: str, *, stripped: bool, least: int = 1) -> tuple[CriteriaSet, ...]:
    asked = [word for listed in _listed(name, stripped=stripped) for word in listed]
    scored: list[tuple[tuple[int, int, float, int], int]] = []
    for place, criteria_set in enumerate(sets):
        best: tuple[int, int, float, int] = (0, 0, 0.0, 0)
        for own, words in ((1, criteria_set.name), (0, criteria_set.subgroup or criteria_set.group or "")):
            for listed in _listed(words, stripped=stripped):
                run, begins = _longest_run(asked, listed)
                best = max(best, (run, begins, own + run / len(listed), -place))
        if best[0] >= least:
            scored.append((best, place))
    longest = max((best[:2] for best, _ in scored), default=(0, 0))
    return tuple(sets[place] for best, place in sorted(scored, reverse=True) if best[0] == longest[0])


def _listed(words: str, *, stripped: bool) -> Iterator[list[str]]:
    """What a name lists, each as its syllables: "Sản phẩm cà phê, ca cao" -> cà phê; ca cao."""
    for part in words.replace("(", ",").replace(")", ",").replace(".", ",").replace(";", ",").split(","):
        told = " ".join(syllables(part))
        for common in _COMMON:
            told = f" {told} ".replace(f" {common} ", " | ").strip()
        for piece in told.split("|"):
            if found := piece.split():
                yield [strip_marks(word) for word in found] if stripped else found


def _longest_run(asked: Sequence[str], listed: Sequence[str]) -> tuple[int, int]:
    """How many neighbouring syllables both have at most, and 1 where such a run begins what is asked for."""
    longest, begins = 0, 0
    above = [0] * (len(listed) + 1)
    for row, word in enumerate(asked):
        runs = [0] * (len(listed) + 1)
        for column, other in enumerate(listed):
            if word == other:
                run = runs[column + 1] = above[column] + 1
                begins = int(row + 1 == run) if run > longest else begins or int(row + 1 == run == longest)
                longest = max(longest, run)
        above = runs
    return longest, begins
