"""Corrections put to decisions: values that people gave count, what was read stays beside them, and a correction whose
words are no longer there does not apply."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.article import fold_space
from index.decisions.decision import DecisionTold, ProductRow, Read
from index.decisions.merged import Decision
from index.products.judging import Judged
from index.review.correction import Correction, position_of
from index.review.values import change_of, day_of, months_of, place_of, score_of, star_of
from index.span import Span

# Where a row keeps the words of a field whose value is kept apart from them.
_READS = {"star": "star_read", "score": "score_read", "change": "change_read"}
_DECISION_READS = {"issued": "issued_read", "effective": "effective_read", "place": "place_read"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """Decisions with their corrections. stale: corrections that no longer fit what is read, for people to look at."""

    decisions: tuple[Decision, ...]
    stale: tuple[Correction, ...]


def apply(decisions: Sequence[Decision], standing: Iterable[Correction]) -> Applied:
    """Decisions in the same order, with the corrections that stand. Judgements on two products are left alone."""
    by_decision: dict[str, list[Correction]] = defaultdict(list)
    for one in standing:
        if one.field != "same":
            by_decision[one.decision].append(one)
    stale: list[Correction] = []
    made = tuple(
        _corrected(decision, by_decision.pop(decision.key), stale) if decision.key in by_decision else decision
        for decision in decisions
    )
    stale.extend(one for left in by_decision.values() for one in left)
    return Applied(decisions=made, stale=tuple(sorted(stale, key=lambda one: one.id)))


def judged(standing: Iterable[Correction]) -> Judged:
    """What corrections say of pairs of products."""
    pairs = [(one.value, frozenset((one.decision, one.other or ""))) for one in standing if one.field == "same"]
    return Judged(
        same=frozenset(pair for value, pair in pairs if value == "same"),
        apart=frozenset(pair for value, pair in pairs if value == "apart"),
    )


def _corrected(decision: Decision, corrections: Sequence[Correction], stale: list[Correction]) -> Decision:
    best = decision.best
    lines: dict[int, ProductRow | None] = dict(enumerate(decision.rows))
    for one in corrections:
        if one.line is None:
            told = _told(best, one)
            if told is None:
                stale.append(one)
            else:
                best = told
            continue
        position = position_of(decision.rows, one.line)
        if position is None:
            stale.append(one)
            continue
        row = lines[position]
        if one.field == "line" or row is None:
            lines[position] = None
            continue
        if not _still(_field(decision.rows[position], str(one.field)), one):
            stale.append(one)
            continue
        lines[position] = _row(row, one)
    rows = tuple(row for row in lines.values() if row is not None)
    return replace(decision, told=(best, *decision.told[1:]), rows=rows)


def _still(read: Read | None, one: Correction) -> bool:
    """Whether what is read now is what the correction found."""
    return (None if read is None else fold_space(read.text)) == one.found


def _field(row: ProductRow, field: str) -> Read | None:
    read: Read | None = getattr(row, _READS.get(field, field))
    return read


def _row(row: ProductRow, one: Correction) -> ProductRow:
    field = str(one.field)
    read = None if one.value is None else _put(_field(row, field), one.value, one.id, Span(row.start, row.end))
    if field == "star":
        return replace(row, star=None if one.value is None else star_of(one.value), star_read=read)
    if field == "score":
        return replace(row, score=None if one.value is None else score_of(one.value), score_read=read)
    if field == "change":
        return replace(row, change=None if one.value is None else change_of(one.value), change_read=read)
    return replace(row, **{field: read})  # type: ignore[arg-type]


def _put(read: Read | None, value: str, number: int, line: Span) -> Read:
    """A value at the place of what was read, or of the whole line where nothing was."""
    if read is None:
        return Read(text=value, span=line, correction=number)
    return replace(read, text=value, doubts=(), correction=number)


def _told(told: DecisionTold, one: Correction) -> DecisionTold | None:
    field = str(one.field)
    name = _DECISION_READS.get(field, "valid_read" if field == "valid_months" else field)
    held: Read | None = getattr(told, name)
    if not _still(held, one):
        return None
    read = None if one.value is None else _put(held, one.value, one.id, Span(told.start, told.end))
    if field == "valid_months":
        return replace(told, valid_months=None if one.value is None else months_of(one.value), valid_read=read)
    if field in ("issued", "effective"):
        day = None if one.value is None else day_of(one.value)
        return replace(told, **{field: day, name: read})  # type: ignore[arg-type]
    if field == "place":
        return replace(told, place=None if one.value is None else place_of(one.value), place_read=read)
    return replace(told, **{name: read})  # type: ignore[arg-type]
