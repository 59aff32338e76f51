"""Documents of law as the interface gives them: what is known of each, from where, and which rules apply on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.law.address import DocumentNumber, UnitAddress, find_section
from index.law.authority import Act, Level
from index.law.documents import Document, Held, Law, State, Status
from index.law.in_force import Outcome, Ruling
from index.law.reasons import Reason
from index.law.regulations import Regulation
from index.law.statements import Known, Says, Statement
from index.law.subjects import Subject
from index.law.transitions import Covers, Dossier
from web.exports import Column, Table
from web.facet_values import HELD_LABELS, LAW_STATE_LABELS, FacetValue
from web.problem import RECORD_NOT_FOUND, Problem
from web.quoting import Place, Quoter


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing said of a document.

    says: what kind of thing. on: the day (of a period its first, until its last). known: "stated" is printed, "counted"
    reckoned from another day (counted_from, days) or given as about, "signing" from the day of signing, "declared" in
    the page's metadata only. by: what ended or amends it; units: the parts amended. place: where it is said, null for
    what is only declared.
    """

    says: Says
    on: date | None
    until: date | None
    known: Known
    counted_from: date | None
    days: int | None
    by: str | None
    units: str
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOn:
    """The state of a document on the day asked about.

    status: "unknown" means that nothing held tells, never that it was repealed; "doubtful" is the very day that a
    counted end falls on. since: when the state began; computed: no text prints that day. period: it ended with the
    years it was made for. assumed: no text says from when it is in force, its signing counts.
    """

    status: Status
    since: date | None
    computed: bool
    by: str | None
    period: bool
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationItem:
    """A document of law as all texts held tell it.

    held: "document" (its own text), "guide" (a text restating it) or "citation" (others only name it). title: of the
    best article that carries or restates it, with `article_id` and `digest`; null where it is only cited.
    amended_by: what amends it, whenever. transitions: how many transitional rules are known of it.
    """

    number: str
    name: str
    held: Held
    title: str | None
    article_id: str | None
    digest: str | None
    issuer: str | None
    subjects: tuple[Subject, ...]
    state: StateOn
    signed: Told | None
    effective: Told | None
    ended: Told | None
    period: Told | None
    amended_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonTold:
    """One step of why, in Vietnamese, with where it was read. computed: no text prints its day."""

    text: str
    on: date | None
    computed: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingTold:
    """Which rules apply on a day, to a subject and a dossier, and why.

    rules: alternatives, the newer first, each the document and what amends it. outcome: "one" of them, "two" that a
    fact not given chooses between, or "undetermined"; then `rules` holds what is certainly in force all the same.
    """

    on: date
    subject: Subject
    filed: date | None
    dossier: Dossier | None
    star: int | None
    outcome: Outcome
    rules: tuple[tuple[str, ...], ...]
    reasons: tuple[ReasonTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationsPage:
    """A page of the documents of law that the texts held tell of; the ruling where one was asked for.

    total: how many there are in all. facets: by `state` (on `on`) and `held`, each under all filters but its own.
    """

    on: date
    regulations: tuple[RegulationItem, ...]
    total: int
    limit: int
    offset: int
    facets: dict[str, tuple[FacetValue, ...]]
    ruling: RulingTold | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitItem:
    """A unit of the text: how it is cited ("Điều 7", "khoản 6", "Phụ lục II", "Mẫu số 01"), its heading, its depth."""

    label: str
    heading: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitText:
    """One unit whole. address: its labels, outermost first. text: null where the source's rights forbid it."""

    address: str
    heading: str
    text: str | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who receives dossiers, or recognises a star, under the document; body: as written."""

    act: Act
    star: int | None
    level: Level
    body: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionTold:
    """A transitional rule: what of before it covers, which kinds of dossier, for how many days."""

    covers: Covers
    dossiers: tuple[Dossier, ...]
    days: int | None
    where: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationDetail:
    """One document: all that is said of it, whom it lets act, its transitional rules, its units, and one of them whole
    where one was asked for. conflicts: days of signing or force that differ from those that count."""

    on: date
    regulation: RegulationItem
    statements: tuple[Told, ...]
    conflicts: tuple[Told, ...]
    authorities: tuple[Acting, ...]
    transitions: tuple[TransitionTold, ...]
    units: tuple[UnitItem, ...]
    unit: UnitText | None


def held_document(law: Law, number: DocumentNumber) -> Document:
    """What is known of a document of law.

    Raises:
        Problem: nothing held speaks of it.
    """
    document = law.find(number)
    if document is None:
        raise Problem(
            RECORD_NOT_FOUND,
            f"Kho không có văn bản nào nói về {number.name}. Điều đó không có nghĩa là văn bản ấy không tồn tại "
            "hay đã bị bãi bỏ.",
        )
    return document


def item(law: Law, document: Document, on: date, quoter: Quoter) -> RegulationItem:
    """A document as lists show it."""
    carrier = best_carrier(document)
    return RegulationItem(
        number=document.number.label,
        name=document.number.name,
        held=document.held,
        title=None if carrier is None else carrier.title,
        article_id=None if carrier is None else carrier.article_id,
        digest=None if carrier is None else carrier.digest,
        issuer=None if carrier is None else carrier.issuer,
        subjects=document.subjects,
        state=_state(law.state_of(document, on)),
        signed=_told_or_none(document.signed, quoter),
        effective=_told_or_none(document.effective, quoter),
        ended=_told_or_none(document.ended, quoter),
        period=_told_or_none(document.period, quoter),
        amended_by=tuple(one.by.label for one in document.amendments if one.by is not None),
    )


def best_carrier(document: Document) -> Regulation | None:
    """The article that is the document, else the one whose first document it is."""
    first = (one for one in document.carriers if one.number is not None and one.number.matches(document.number))
    return next(first, document.carriers[0] if document.carriers else None)


def ruling_told(ruling: Ruling, quoter: Quoter) -> RulingTold:
    """A ruling with the places its reasons were read from."""
    return RulingTold(
        on=ruling.on,
        subject=ruling.subject,
        filed=ruling.filed,
        dossier=ruling.dossier,
        star=ruling.star,
        outcome=ruling.outcome,
        rules=tuple(rule.labels for rule in ruling.rules),
        reasons=tuple(_reason(reason, quoter) for reason in ruling.reasons),
    )


def detail(law: Law, document: Document, on: date, quoter: Quoter, unit: UnitAddress | None) -> RegulationDetail:
    """One document whole.

    Raises:
        LookupError: it has no such unit, or none of its texts is held.
    """
    carrier = best_carrier(document)
    article = None if carrier is None else quoter.article(carrier.article_id, carrier.digest)
    text = None if unit is None else _unit(document, unit, quoter)
    sections = () if article is None else article.sections
    return RegulationDetail(
        on=on,
        regulation=item(law, document, on, quoter),
        statements=_all_told([one for one in document.statements if one.says != "about"], quoter),
        conflicts=_all_told(document.conflicts, quoter),
        authorities=tuple(
            Acting(
                act=one.act,
                star=one.star,
                level=one.level,
                body=one.body,
                place=quoter.place(one.article_id, one.digest, one.start, one.end),
            )
            for one in document.authorities
        ),
        transitions=tuple(
            TransitionTold(
                covers=one.covers,
                dossiers=one.dossiers,
                days=one.days,
                where=one.where,
                place=quoter.place(one.article_id, one.digest, one.start, one.end),
            )
            for one in document.transitions
        ),
        units=tuple(
            UnitItem(label=one.label, heading=one.heading, level=one.level, start=one.start, end=one.end)
            for one in sections
            if one.label
        ),
        unit=text,
    )


def regulations_table(items: Sequence[RegulationItem], on: date) -> Table[RegulationItem]:
    """Documents of law as lists show them, as a file."""
    day = f"{on:%d/%m/%Y}"
    columns: Sequence[Column[RegulationItem]] = (
        Column(header="Số hiệu", value=lambda one: one.number, width=20),
        Column(header="Tên", value=lambda one: one.title or one.name, width=60),
        Column(header="Cơ quan ban hành", value=lambda one: one.issuer, width=30),
        Column(header=f"Tình trạng (ngày {day})", value=lambda one: LAW_STATE_LABELS[one.state.status], width=20),
        Column(header="Từ ngày", value=lambda one: one.state.since, width=12),
        Column(header="Vì văn bản", value=lambda one: one.state.by, width=20),
        Column(header="Ngày ký", value=lambda one: None if one.signed is None else one.signed.on, width=12),
        Column(header="Có hiệu lực", value=lambda one: None if one.effective is None else one.effective.on, width=12),
        Column(header="Hết hiệu lực", value=lambda one: None if one.ended is None else one.ended.on, width=12),
        Column(header="Được sửa đổi bởi", value=lambda one: "; ".join(one.amended_by), width=30),
        Column(header="Trong kho", value=lambda one: HELD_LABELS[one.held], width=16),
        Column(header="Mã bài nguồn", value=lambda one: one.article_id, width=18),
        Column(header="Phiên bản bài", value=lambda one: one.digest, width=18),
    )
    return Table(name=f"van-ban-ocop-{on.isoformat()}", columns=columns, rows=iter(items), count=len(items))


def _unit(document: Document, unit: UnitAddress, quoter: Quoter) -> UnitText:
    """A unit of the best of the articles that have it."""
    address = ", ".join(unit.labels)
    for carrier in document.carriers:
        article = quoter.article(carrier.article_id, carrier.digest)
        section = find_section(article, unit.labels)
        if section is not None:
            end = section.start + len(article.text[section.start : section.end].rstrip())
            return UnitText(
                address=address,
                heading=section.heading,
                text=quoter.text(article.id, article.digest, section.start, end),
                place=quoter.place(article.id, article.digest, section.start, end),
            )
    raise LookupError(address)


def _state(state: State) -> StateOn:
    return StateOn(
        status=state.status,
        since=state.since,
        computed=state.computed,
        by=None if state.by is None else state.by.label,
        period=state.period,
        assumed=state.assumed,
    )


def _reason(reason: Reason, quoter: Quoter) -> ReasonTold:
    places = dict.fromkeys(
        (one.article_id, one.digest, one.start, one.end) for one in reason.sources if one.end > one.start
    )
    return ReasonTold(
        text=reason.text, on=reason.on, computed=reason.computed, places=tuple(quoter.place(*one) for one in places)
    )


def _told_or_none(statement: Statement | None, quoter: Quoter) -> Told | None:
    return None if statement is None else _all_told([statement], quoter)[0]


def _all_told(statements: Sequence[Statement], quoter: Quoter) -> tuple[Told, ...]:
    return tuple(
        Told(
            says=one.says,
            on=one.on,
            until=one.until,
            known=one.known,
            counted_from=one.counted_from,
            days=one.days,
            by=None if one.by is None else one.by.label,
            units=one.units,
            place=quoter.place(one.article_id, one.digest, one.start, one.end) if one.end > one.start else None,
        )
        for one in statements
    )
