"""Which rules apply on a day, to a subject and, where there is one, to a dossier: with the reason for each.

The rules are those of `index.law.documents`, as the texts held tell it. Two may stand side by side while a former
document runs out; then the day a dossier was filed decides, by the newer document's transitional rules (Điều 12 of QĐ
26/2026/QĐ-TTg). Where the texts do not settle a case, or give an act to a level of government that is gone, the
outcome is "undetermined".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from index.law import reasons
from index.law.authority import Authority
from index.law.documents import Document, Law, Status, is_local
from index.law.reasons import Applies, Reason, begin
from index.law.subjects import Subject
from index.law.transitions import Dossier, Transition
from index.places.named import MERGER

Outcome = Literal["one", "two", "undetermined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What applies, and why.

    outcome: "one" rule, "two" that a fact not given chooses between, or "undetermined". rules: those that apply, the
    newer first; where undetermined, what is certainly in force all the same. who: under the first of them, who
    recognises the star asked about, or who receives dossiers.
    """

    on: date
    subject: Subject
    filed: date | None
    dossier: Dossier | None
    star: int | None
    outcome: Outcome
    rules: tuple[Applies, ...]
    reasons: tuple[Reason, ...]
    who: Authority | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """The question, with the documents of its subject and those of them in force on the day, the newest first."""

    law: Law
    known: tuple[Document, ...]
    sure: tuple[Applies, ...]
    on: date
    filed: date | None
    dossier: Dossier | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    outcome: Outcome
    rules: tuple[Applies, ...]
    why: tuple[Reason, ...]


def in_force(
    law: Law,
    on: date,
    subject: Subject,
    *,
    filed: date | None = None,
    dossier: Dossier | None = None,
    star: int | None = None,
) -> Ruling:
    """The rules on a subject that apply on a day, to a dossier filed on another where `filed` is given.

    dossier: its kind, where known. star: of the procedure, the star whose recognition is asked about (3, 4 or 5).

    Raises:
        ValueError: the dossier is filed after the day asked about, or there is no such star to be recognised.
    """
    if filed is not None and filed > on:
        raise ValueError(f"filed {filed.isoformat()} is after the day asked about, {on.isoformat()}")
    if star is not None and star not in (3, 4, 5):
        raise ValueError(f"star is {star}; only 3, 4 and 5 stars are recognised")
    known = tuple(
        document
        for document in law.documents
        if subject in document.subjects and not is_local(document.number) and not law.amends(document)
    )
    sure = _standing(law, known, on, ("in_force",))
    case = _Case(law=law, known=known, sure=sure, on=on, filed=filed, dossier=dossier)
    found = _rules(case, subject)
    why = list(found.why)
    outcome = found.outcome
    why += [reasons.amendment(item, other) for item in found.rules for other in item.amended_by]
    why += reasons.lapsed_last(law, known, found.rules, on)
    who: Authority | None = None
    if subject == "procedure":
        acting = [(item, one) for item in found.rules if (one := _who(item, star)) is not None]
        why += [reasons.acts(item, one) for item, one in acting]
        if acting and acting[0][0] is found.rules[0]:
            who = acting[0][1]
        unsettled = _unsettled(case, found.rules[0], who) if outcome == "one" else None
        if unsettled is not None:
            outcome = "undetermined"
            why.append(unsettled)
    if subject == "label" and outcome == "one":
        why.append(reasons.not_known_replaced(found.rules[0]))
    return Ruling(
        on=on,
        subject=subject,
        filed=filed,
        dossier=dossier,
        star=star,
        outcome=outcome,
        rules=found.rules,
        reasons=tuple(dict.fromkeys(why)),
        who=who,
    )


def _standing(law: Law, known: Iterable[Document], on: date, statuses: Sequence[Status]) -> tuple[Applies, ...]:
    """The documents in those states on a day with what amends them, the newest first."""
    found = [
        Applies(document=document, amended_by=law.amending(document, on), state=state)
        for document in known
        if (state := law.state_of(document, on)).status in statuses
    ]
    return tuple(sorted(found, key=lambda item: begin(item.document) or date.min, reverse=True))


def _rules(case: _Case, subject: Subject) -> _Found:
    doubtful = _standing(case.law, case.known, case.on, ("doubtful",))
    if not case.sure and not doubtful:
        why = reasons.nothing_known(case.law, case.known, case.on, subject)
        return _Found(outcome="undetermined", rules=(), why=tuple(why))
    if case.filed is not None:
        return _of_dossier(case, (*case.sure, *doubtful)[0], case.filed)
    if doubtful:
        return _Found(outcome="undetermined", rules=case.sure, why=tuple(map(reasons.ends_today, doubtful)))
    why = [reasons.begun(item) for item in case.sure]
    if len(case.sure) > 1:
        return _Found(outcome="two", rules=case.sure, why=(*reasons.side_by_side(case.sure), *why))
    return _Found(outcome="one", rules=case.sure, why=tuple(why))


def _of_dossier(case: _Case, newest: Applies, filed: date) -> _Found:
    """The rule for a dossier: the newest, if filed under it; else what its transitional rules leave the dossier."""
    day = begin(newest.document)
    if day is None or filed >= day:
        return _Found(outcome="one", rules=(newest,), why=(reasons.filed_since(newest, filed), reasons.begun(newest)))
    eve = day - timedelta(days=1)
    former = _standing(case.law, (item for item in case.known if item is not newest.document), eve, ("in_force",))
    limits = [item for item in newest.document.transitions if item.covers == "dossier" and item.days is not None]
    if not former or not limits:
        return _Found(outcome="undetermined", rules=case.sure, why=(reasons.no_transition(newest, filed),))
    earlier = begin(former[0].document)
    if earlier is not None and filed < earlier:
        return _Found(outcome="undetermined", rules=case.sure, why=(reasons.no_transition(former[0], filed),))
    ruling = [item for item in reasons.best_text(limits) if case.dossier is None or case.dossier in item.dossiers]
    ends = {item: day + timedelta(days=item.days or 0) for item in ruling}
    return _by_transition(case, newest, former[0], ends)


def _by_transition(case: _Case, newest: Applies, old: Applies, ends: dict[Transition, date]) -> _Found:
    """What the transitional rules of the newest document say of a dossier filed before it; ends: when each runs out."""
    filed, on = case.filed or case.on, case.on
    why = [reasons.time_limit(newest, item, end, filed) for item, end in ends.items()]
    if not ends:
        return _Found(outcome="undetermined", rules=case.sure, why=(reasons.no_transition(newest, filed),))
    over = [item for item, end in ends.items() if on >= end]
    if not over:
        return _Found(outcome="one", rules=(old,), why=tuple(why))
    if len(over) == len(ends):
        return _Found(outcome="undetermined", rules=case.sure, why=(*why, reasons.limit_over(ends, on)))
    return _Found(outcome="undetermined", rules=(old,), why=(*why, reasons.kind_matters(over)))


def _who(item: Applies, star: int | None) -> Authority | None:
    """Who recognises a star, or who receives dossiers where none is asked about: the last amendment that says so."""
    act = "receives" if star is None else "recognises"
    for document in reversed(item.documents):
        found = next((one for one in document.authorities if one.act == act and one.star == star), None)
        if found is not None:
            return found
    return None


def _unsettled(case: _Case, item: Applies, who: Authority | None) -> Reason | None:
    """Why a procedure that stands cannot be told all the same: its district is gone, or it changed under a dossier."""
    if who is not None and who.level == "district" and case.on >= MERGER:
        return reasons.no_district(item, who)
    if case.filed is not None and item.amended_by:
        last = Applies(document=item.amended_by[-1], amended_by=(), state=item.state)
        day = begin(last.document)
        if day is not None and case.filed < day:
            return reasons.no_transition(last, case.filed)
    return None
