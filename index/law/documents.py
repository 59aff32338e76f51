"""What all texts held tell of each document of law together, and its state on a day.

A document is known by what texts say of it: its own text first, then other texts of law, then guides. Where texts
differ, the better one counts and the others are kept beside it. "unknown" means that no text held tells, never that a
document was repealed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from index.law.address import DocumentNumber, find_document_numbers
from index.law.authority import Authority
from index.law.regulations import Regulation
from index.law.statements import Says, Statement
from index.law.subjects import Subject
from index.law.transitions import Transition

# doubtful: the very day that a counted end falls on or not, by whether the first day counts.
Status = Literal["in_force", "lapsed", "not_yet", "doubtful", "unknown"]
# document: its own text is held. guide: a text that restates it. citation: other texts only name it.
Held = Literal["document", "guide", "citation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The state of a document on a day, as far as the texts held tell.

    since: the day it began. computed: that day was counted, or is known only as about. by: the document that ended it.
    period: it ended with the years it was made for. assumed: no text says from when it is in force; its signing counts.
    statement: what tells, or None where nothing does.
    """

    status: Status
    since: date | None = None
    computed: bool = False
    by: DocumentNumber | None = None
    period: bool = False
    assumed: bool = False
    statement: Statement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of law as all texts held tell it.

    number: in its fullest form. held: whether its own text is here, a guide to it, or only others that name it.
    carriers: articles that are its text or restate it: its own text first, then those that name it in their title.
    statements: what is said of it, the best first. conflicts: of these, days of signing or force that differ.
    """

    number: DocumentNumber
    held: Held
    carriers: tuple[Regulation, ...]
    statements: tuple[Statement, ...]
    authorities: tuple[Authority, ...]
    transitions: tuple[Transition, ...]

    def best(self, says: Says) -> Statement | None:
        """What counts of one kind: said by the best text; one with a day before one without."""
        return next((item for item in self.statements if item.says == says and (item.on or says == "about")), None)

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What it rules, as the best texts that say so name it."""
        about = [item for item in self.statements if item.says == "about" and item.subject is not None]
        best = [item for item in about if item.summary == about[0].summary] if about else []
        return tuple(dict.fromkeys(item.subject for item in best if item.subject is not None))

    @property
    def signed(self) -> Statement | None:
        """When it was signed."""
        return self.best("signed")

    @property
    def effective(self) -> Statement | None:
        """From when it is in force, as a text says; a day of signing that a text refers to counts."""
        best = self.best("effective")
        if best is None:
            referred = next((item for item in self.statements if item.says == "effective"), None)
            if referred is not None and self.signed is not None:
                return replace(referred, on=self.signed.on)
        return best

    @property
    def ended(self) -> Statement | None:
        """What ended it and when: a text of law before a guide, a sentence that prints the day before others, one that
        names what ended it before others."""
        ends = [item for item in self.statements if item.says == "ended" and item.on is not None]
        return min(ends, key=lambda item: (item.summary, not item.said, item.by is None), default=None)

    @property
    def period(self) -> Statement | None:
        """The years it was made for."""
        return self.best("period")

    @property
    def amendments(self) -> tuple[Statement, ...]:
        """What says that others amend it, one statement a document that does."""
        found: dict[str, Statement] = {}
        for item in self.statements:
            if item.says == "amended" and item.by is not None:
                found.setdefault(item.by.number, item)
        return tuple(found.values())

    @property
    def conflicts(self) -> tuple[Statement, ...]:
        """Days of signing and of force that differ from those that count."""
        return tuple(
            item
            for item in self.statements
            for best in (self.signed if item.says == "signed" else self.effective,)
            if item.says in ("signed", "effective") and item.on and best is not None and item.on != best.on
        )


class Law:
    """Every document that the texts held tell of. Immutable; made once a generation of the index."""

    def __init__(self, regulations: Iterable[Regulation]) -> None:
        self.regulations: tuple[Regulation, ...] = tuple(regulations)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Every document, those held first, then by number."""
        names = _names(self.regulations)
        made = [_document(number, self.regulations, names) for number in names]
        order: dict[Held, int] = {"document": 0, "guide": 1, "citation": 2}
        return tuple(sorted(made, key=lambda item: (order[item.held], int(item.number.number), item.number.label)))

    def find(self, number: DocumentNumber) -> Document | None:
        """The document a number names; of several it may name the one held best, or None where no text tells of any."""
        fitting = [document for document in self._by_number.get(number.number, ()) if document.number.matches(number)]
        exact = [document for document in fitting if document.number.label == number.label]
        return next(iter((*exact, *fitting)), None)

    @cached_property
    def _by_number(self) -> dict[str, list[Document]]:
        """The documents by the figure their numbers begin with, in their order."""
        found: dict[str, list[Document]] = {}
        for document in self.documents:
            found.setdefault(document.number.number, []).append(document)
        return found

    def state(self, number: DocumentNumber, on: date) -> State:
        """The state of a document on a day."""
        document = self.find(number)
        return State(status="unknown") if document is None else self.state_of(document, on)

    def state_of(self, document: Document, on: date) -> State:
        """The state of a document on a day: ended, over with its period, not yet in force, in force, or unknown."""
        ended = document.ended
        if ended is not None and ended.on is not None:
            counted = ended.known == "counted"
            if on > ended.on or (on == ended.on and not counted):
                return State(
                    status="lapsed", since=ended.on, computed=ended.known == "counted", by=ended.by, statement=ended
                )
            if on == ended.on:
                return State(status="doubtful", since=ended.on, computed=True, by=ended.by, statement=ended)
        period = document.period
        if period is not None and period.until is not None and on > period.until:
            # a programme ends with its years; what was only made for them may go on
            over = "programme" in (period.subject, *document.subjects)
            return State(
                status="lapsed" if over else "unknown",
                since=period.until if over else None,
                period=True,
                statement=period,
            )
        effective = document.effective
        begun = effective or document.signed
        if begun is not None and begun.on is not None:
            if on < begun.on:
                return State(status="not_yet", since=begun.on, assumed=effective is None, statement=begun)
            return State(status="in_force", since=begun.on, assumed=effective is None, statement=begun)
        if ended is not None and ended.counted_from is not None and ended.counted_from <= on:
            # what ends on a day counted from then is in force until it
            return State(status="in_force", statement=ended)
        return State(status="unknown")

    def amending(self, document: Document, on: date) -> tuple[Document, ...]:
        """The documents that amend one and are in force on a day, the earlier first."""
        found: list[tuple[date, Document]] = []
        for statement in document.amendments:
            other = self.find(statement.by) if statement.by is not None else None
            if other is None or other.number.matches(document.number):
                continue
            state = self.state_of(other, on)
            if state.status in ("in_force", "doubtful") and state.since is not None:
                found.append((state.since, other))
        return tuple(other for _, other in sorted(found, key=lambda pair: pair[0]))

    def amends(self, document: Document) -> bool:
        """Whether a document only amends another."""
        return any(
            statement.by is not None and statement.by.matches(document.number)
            for other in self.documents
            for statement in other.amendments
        )


def is_local(number: DocumentNumber) -> bool:
    """Whether a number is of a province's, district's or commune's own paper."""
    return number.issuer is not None and number.issuer.startswith(("UBND", "HDND", "HĐND", "SNN", "BCD", "HĐ", "HD"))


def _names(regulations: Sequence[Regulation]) -> list[DocumentNumber]:
    """The number of every document the texts tell of, each once in its fullest form.

    A number without issuer ("QĐ 148") names a fuller one where one fits; of several it stands for none.
    """
    told: list[DocumentNumber] = []
    for regulation in regulations:
        told += regulation.numbers
        told += [statement.number for statement in regulation.statements]
        told += [statement.by for statement in regulation.statements if statement.by is not None]
        told += [authority.number for authority in regulation.authorities]
    full: dict[str, DocumentNumber] = {}
    short: dict[str, DocumentNumber] = {}
    for number in told:
        (short if number.issuer is None else full).setdefault(number.label, replace(number, start=0, end=0))
    kept = list(full.values())
    return kept + [number for number in short.values() if not any(number.matches(other) for other in kept)]


def _document(number: DocumentNumber, regulations: Sequence[Regulation], names: Sequence[DocumentNumber]) -> Document:
    def means(other: DocumentNumber | None) -> bool:
        if other is None or not other.matches(number):
            return False
        return other.issuer is not None or sum(other.matches(name) for name in names) == 1

    carriers = sorted(
        (item for item in regulations if any(means(own) for own in item.numbers)),
        key=lambda item: (
            item.summary,
            not any(means(one) for one in find_document_numbers(item.title)),
            # a guide to the whole document tells from when it holds, one to a part of it does not
            not any(told.says == "effective" and means(told.number) for told in item.statements),
        ),
    )
    own = [item.article_id for item in carriers if item.number is not None and means(item.number)]
    statements = [item for regulation in regulations for item in regulation.statements if means(item.number)]
    # the document itself, other texts of law, the guide to it, other guides; printed before known otherwise
    statements.sort(
        key=lambda item: (item.summary, item.article_id not in own, item.known == "declared", item.on is None)
    )
    authorities = [item for regulation in regulations for item in regulation.authorities if means(item.number)]
    # of two guides the one to the document itself, whatever order they were crawled in
    rank = {carrier.article_id: place for place, carrier in enumerate(carriers)}
    authorities.sort(key=lambda item: (item.summary, rank.get(item.article_id, len(rank))))
    transitions = [item for regulation in regulations for item in regulation.transitions if means(item.number)]
    transitions.sort(key=lambda item: (item.summary, rank.get(item.article_id, len(rank))))
    held: Held = "citation"
    if carriers:
        held = "guide" if carriers[0].summary else "document"
    return Document(
        number=number,
        held=held,
        carriers=tuple(carriers),
        statements=tuple(statements),
        authorities=tuple(authorities),
        transitions=tuple(transitions),
    )
