"""The lines of decisions that make a product's history: what each did to it, from when, and what undid it later."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.decisions.decision import Act, Read
from index.decisions.merged import Decision
from index.places.provinces import PROVINCES
from index.products import rules
from index.products.expiry import days_of
from index.products.naming import Called, producer_called, product_called
from index.products.product import Recognition
from index.products.seat import Seat, seat_of

_RECOGNISES: frozenset[Act] = frozenset({"recognises", "amends", "replaces"})
_WITHDRAWS: frozenset[Act] = frozenset({"withdraws", "revokes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a decision with what it is matched by.

    place: among the decision's lines. producer: None where the line names none. correction: it says anew what the
    decision it amends listed. corrects: the line it takes the place of.
    """

    recognition: Recognition
    place: int
    name: Called
    producer: Called | None
    seat: Seat
    correction: bool = False
    corrects: "Line | None" = None

    @property
    def order(self) -> tuple[bool, str, bool, str, int]:
        """The earliest first; what has no day last; of one day withdrawals first."""
        one = self.recognition
        return one.on is None, one.on or "", not one.withdrawn, one.decision, self.place


def lines_of(decisions: Sequence[Decision]) -> list[Line]:
    """Every line that recognises or withdraws a product, in order of time, each with what later decisions did to it.

    A line that a decision lists twice, alike in all but its number, is one. A line of an amending decision corrects
    the line of the amended one that it names, or that has its number and its name or producer: it counts from the
    start in its place, and the former is kept.
    """
    known = {decision.key: decision for decision in decisions}
    own = {decision.key: list(_own(decision, known)) for decision in decisions}
    _complete(own)
    amended: dict[str, list[Decision]] = {}
    for decision in decisions:
        for key in decision.changed_by:
            amended.setdefault(key, []).append(decision)
    # the earlier first, so that a correction may be corrected
    for key in sorted(amended.keys() & known.keys(), key=lambda key: (known[key].best.issued or "", key)):
        for target in amended[key]:
            _correct(own[key], own[target.key], alone=len(amended[key]) == 1)
    return sorted((line for lines in own.values() for line in lines), key=lambda line: line.order)


def _complete(own: Mapping[str, list[Line]]) -> None:
    """Give lines of districts of which no province is told the one province in which others have that district."""
    areas: dict[str, set[str]] = {}
    for lines in own.values():
        for line in lines:
            if line.seat.district and line.seat.area:
                areas.setdefault(line.seat.district, set()).add(line.seat.area)
    for lines in own.values():
        for at, line in enumerate(lines):
            found = areas.get(line.seat.district, set()) if not line.seat.area else set()
            if len(found) == 1 and not found & PROVINCES.keys():
                lines[at] = replace(line, seat=replace(line.seat, written=next(iter(found))))


def _own(decision: Decision, known: Mapping[str, Decision]) -> Iterator[Line]:
    told = decision.listing
    ended, ended_by = _end(decision, known)
    replaced = any(act.act == "replaces" and act.whole for one in decision.told for act in one.acts)
    seen: set[tuple[object, ...]] = set()
    for place, row in enumerate(decision.rows):
        withdrawn = row.act in _WITHDRAWS
        if not withdrawn and row.act not in _RECOGNISES:
            continue
        line = Line(
            recognition=Recognition(
                decision=decision.key,
                article_id=told.article_id,
                digest=told.digest,
                row=row,
                on=(decision.best.effective if withdrawn else None) or decision.best.issued,
                months=decision.best.valid_months or rules.TERM_MONTHS,
                star=row.star,
                change=row.change,
                withdrawn=withdrawn,
                ended=ended,
                ended_by=ended_by,
            ),
            place=place,
            name=product_called(row.name.text),
            producer=None if row.producer is None else producer_called(row.producer.text),
            seat=seat_of(row, decision.best),
            correction=row.act == "amends" or (row.act == "replaces" and not replaced),
        )
        alike = _alike(line)
        if alike not in seen:
            seen.add(alike)
            yield line


def _alike(line: Line) -> tuple[object, ...]:
    """A line but for its number: two that agree in this are one line printed twice."""
    row = line.recognition.row
    texts = (row.address, row.commune, row.district, row.province, row.group)
    producer = None if line.producer is None else line.producer.words
    return (row.act, line.name.words, producer, row.star, row.score, *map(_text, texts))


def _text(read: Read | None) -> str:
    return "" if read is None else " ".join(read.text.lower().split())


def _end(decision: Decision, known: Mapping[str, Decision]) -> tuple[str | None, str | None]:
    """From when a decision no longer counts, and by which other; None where none replaces or revokes all of it."""
    ends = [
        (changer.best.effective or changer.best.issued or "", key)
        for key in decision.changed_by
        if (changer := known.get(key)) is not None
        and any(
            act.act in ("replaces", "revokes")
            and act.whole
            and act.target is not None
            and act.target.matches(decision.best.number)
            for told in changer.told
            for act in told.acts
        )
    ]
    return min(ends, key=lambda end: (days_of(end[0])[0], end)) if ends else (None, None)


def _correct(corrections: list[Line], former: list[Line], *, alone: bool) -> None:
    """Give each correction the line it corrects, in place; alone: there is no other decision it may correct."""
    for at, line in enumerate(corrections):
        if not line.correction or line.corrects is not None:
            continue
        found = _corrected(line, former)
        if found is None:
            if alone and former:
                on = former[0].recognition.on
                corrections[at] = replace(line, recognition=replace(line.recognition, on=on))
            continue
        undone = former[found]
        was = undone.recognition
        undone = replace(undone, recognition=replace(was, corrected_by=line.recognition.decision))
        former[found] = undone
        # what ended the corrected decision ends what stands in it now
        right = replace(
            line.recognition, on=was.on, months=was.months, ended=was.ended, ended_by=was.ended_by,
            change=line.recognition.change or was.change,
        )  # fmt: skip
        corrections[at] = replace(line, recognition=right, corrects=undone, producer=line.producer or undone.producer)


def _corrected(line: Line, former: Iterable[Line]) -> int | None:
    """The place of the line that a correction is about; None where none or several may be meant."""
    standing = [
        (at, one)
        for at, one in enumerate(former)
        if one.recognition.corrected_by is None and not one.recognition.withdrawn
    ]
    for fits in (_names, _numbers):
        found = [at for at, one in standing if fits(line, one)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _names(line: Line, one: Line) -> bool:
    """Whether a correction names another line's product, of its producer where both tell one."""
    same = line.producer is None or one.producer is None or line.producer.bare == one.producer.bare
    return same and line.name.bare == one.name.bare


def _numbers(line: Line, one: Line) -> bool:
    """Whether a correction has another line's number and its name or its producer."""
    mine, theirs = line.recognition.row.serial, one.recognition.row.serial
    if mine is None or theirs is None or _number(mine) != _number(theirs):
        return False
    producers = line.producer is not None and one.producer is not None and line.producer.bare == one.producer.bare
    return producers or line.name.bare == one.name.bare


def _number(serial: Read) -> str:
    return serial.text.strip().strip(".)").lstrip("0")
