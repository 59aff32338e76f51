"""/tu-cham-diem: a criteria set chosen by a product's name, filled in as a form, scored, and printed.

All of it stands in the address, so that a filled-in form can be kept, sent and opened again; nothing is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator, Field

from assistant.form import Form, FormMissing, find_form
from assistant.scorecard import ScorecardError, score
from assistant.scored import Choice, OptionShown
from index.criteria.held import sets_on
from index.criteria.misprints import spoken
from index.criteria.products import document as document_of_names
from index.criteria.products import find_sets
from index.criteria.sets import CriteriaSet, Criterion, effective_maximum, effective_points
from index.law.address import DocumentNumber, asked_number, find_document_numbers
from index.today import vietnam_today
from web.pages.drawn import AskedDay, AskedText, blank, drawn, invalid
from web.problem import RECORD_NOT_FOUND, Problem, shown
from web.service import Service

GAINS_SHOWN = 5
_ANSWERS_LIMIT = 200
_HIDDEN = "(nguồn không cho hiện nguyên văn)"
AskedSet = Annotated[Annotated[int, Field(ge=1, le=99)] | None, BeforeValidator(blank)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionDrawn:
    """A choice of the form. marks: of the stars that need at least this option. case: the line that heads it, where it
    is the first of an alternative."""

    number: int
    text: str
    points: str
    marks: int
    case: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionDrawn:
    """A criterion to answer. chosen: the option's number, 0 for none of them, None where it was not answered."""

    code: str
    label: str
    most: str
    notes: tuple[str, ...]
    options: tuple[OptionDrawn, ...]
    chosen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDrawn:
    """A numbered heading with its criteria; one that is its own criterion has no heading of its own."""

    heading: str | None
    criteria: tuple[CriterionDrawn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDrawn:
    """Part A, B or C."""

    code: str
    label: str
    most: str
    items: tuple[ItemDrawn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOffered:
    """A set to choose. of: what was typed that names it; why: what tells it from another the name could mean. held:
    whether its text is here."""

    number: int
    name: str | None
    of: str | None = None
    why: str | None = None
    held: bool = True


def scorecard_pages(service: Service) -> APIRouter:
    """The page over a service."""
    router = APIRouter()

    @router.api_route("/tu-cham-diem", methods=["GET", "HEAD"], include_in_schema=False)
    def scorecard(
        request: Request,
        *,
        bo: AskedSet = None,
        ten: AskedText = None,
        ngay: AskedDay = None,
        theo: AskedText = None,
        xem: Annotated[str | None, Query(max_length=1)] = None,
    ) -> HTMLResponse:
        searcher, on = service.searcher, ngay or vietnam_today()
        document = _document(theo)
        held = sets_on(searcher.criteria(), searcher.law(), on, document)
        form: Form | None = None
        card = None
        answers: dict[str, int] = {}
        if bo is not None:
            try:
                form = find_form(bo, searcher.criteria(), searcher.law(), on, service.article, document=document)
            except FormMissing as error:
                raise Problem(RECORD_NOT_FOUND, str(error)) from None
            answers = _answers(request, form.criteria_set)
            if xem or answers:
                try:
                    card = score(form, [Choice(criterion=code, option=option) for code, option in answers.items()])
                except ScorecardError as error:
                    raise invalid("tiêu chí", str(error)) from None
        return drawn(
            "scorecard.html",
            request,
            service,
            form=form,
            parts_drawn=() if form is None else _parts(form, answers),
            answers=answers,
            card=card,
            gains=() if card is None else card.gains[:GAINS_SHOWN],
            misprints=()
            if card is None
            else tuple(
                dict.fromkeys(
                    f"{line.code}: {line.chosen.misprint} Ở đây tính {spoken(line.points)} điểm."
                    for line in card.lines
                    if line.chosen is not None and line.chosen.misprint is not None
                )
            ),
            offered=[SetOffered(number=one.number or 0, name=one.name) for one in held],
            named=None if ten is None else _named(ten, held, on),
            ten=ten or "",
            on=on,
            today=vietnam_today(),
            spoken=spoken,
            option_words=_option_words,
            hidden=_HIDDEN,
        )

    return router


def _document(asked: str | None) -> DocumentNumber | None:
    if asked is None:
        return None
    number = asked_number(asked)
    if number is None:
        raise invalid("theo", f"{shown(asked)} không phải số hiệu văn bản như 26/2026/QĐ-TTg.")
    return number


def _named(name: str, held: Sequence[CriteriaSet], on: date) -> list[SetOffered]:
    """The sets a product's name means. Names are known of one decision's sets alone: of others none is told."""
    known = document_of_names()
    names = {
        one.number: one.name
        for one in held
        if any(number.matches(known) for number in find_document_numbers(one.document or ""))
    }
    if held and not names:
        return []
    found: dict[int, SetOffered] = {}
    for match in find_sets(name):
        found.setdefault(
            match.number,
            SetOffered(
                number=match.number,
                name=names.get(match.number),
                of=match.name,
                why=match.why,
                held=match.number in names,
            ),
        )
    return list(found.values())


def _answers(request: Request, criteria_set: CriteriaSet) -> dict[str, int]:
    """Code -> option, as the form's fields are named."""
    scored = {one.code for one in criteria_set.criteria if one.options}
    found: dict[str, int] = {}
    for name, value in request.query_params.multi_items()[:_ANSWERS_LIMIT]:
        if name in scored and value != "":
            if not value.isascii() or not value.isdecimal() or len(value) > 3:
                raise invalid(name, f"tiêu chí {name}: {shown(value)} không phải số của một phương án.")
            if name in found:
                raise invalid(name, f"tiêu chí {name} được trả lời hai lần; mỗi tiêu chí chỉ nhận một phương án.")
            found[name] = int(value)
    return found


def _parts(form: Form, answers: Mapping[str, int]) -> tuple[PartDrawn, ...]:
    criteria_set = form.criteria_set
    return tuple(
        PartDrawn(
            code=part.code,
            label=_words(form, part.start, part.end),
            most=spoken(effective_maximum(part, criteria_set)),
            items=tuple(
                ItemDrawn(
                    heading=None
                    if [one.code for one in item.criteria] == [item.code]
                    else f"{item.code}. {_words(form, item.start, item.end)}",
                    criteria=tuple(_criterion(form, one, answers) for one in item.criteria if one.options),
                )
                for item in part.items
            ),
        )
        for part in criteria_set.parts
    )


def _criterion(form: Form, criterion: Criterion, answers: Mapping[str, int]) -> CriterionDrawn:
    cases = [option.case for option in criterion.options]
    return CriterionDrawn(
        code=criterion.code,
        label=_words(form, criterion.start, criterion.end),
        most=spoken(effective_maximum(criterion, form.criteria_set)),
        notes=tuple(_words(form, *note) for note in criterion.notes),
        options=tuple(
            OptionDrawn(
                number=number,
                text=_words(form, option.start, option.end),
                points=spoken(effective_points(option, form.criteria_set)),
                marks=option.min_star or 0,
                case=None if option.case is None or option.case in cases[: number - 1] else _words(form, *option.case),
            )
            for number, option in enumerate(criterion.options, start=1)
        ),
        chosen=answers.get(criterion.code),
    )


def _words(form: Form, start: int, end: int) -> str:
    return form.quote(start, end).text or _HIDDEN


def _option_words(option: OptionShown) -> str:
    return f"“{option.option.text or _HIDDEN}”"
