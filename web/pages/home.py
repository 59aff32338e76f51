"""/: one box for questions and searches; the answer with its sources, and the passages nearest to what was typed."""

from http import HTTPStatus
from typing import Annotated, get_args
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.answer import Answer
from assistant.ask import MAX_QUESTION_CHARACTERS
from crawler.article import Kind
from index.filters import NO_FILTERS
from index.places.named import PROVINCES
from index.text import strip_marks
from web.ask_routes import CONVERSATION_LIMIT_CHARS
from web.caller import asked_province
from web.limits import request_id
from web.origins import PORTAL_PARAMETER
from web.pages.drawn import AskedText, asked, invalid
from web.problem import Problem, ProblemBody, shown
from web.question import clean_question
from web.results import SearchPage, search_hits
from web.search_filters import AskedFilters, search_filters
from web.service import Service
from widget.page import render

HITS = 10
MOST_HITS = 50
# What a form may send; the rest of it is nobody's business.
_POSTED = ("q", PORTAL_PARAMETER, "province", "year", "kind", "star")
_HITS = ("20", "30", "40", "50")
_STARS = ("3", "4", "5")
_KINDS: tuple[Kind, ...] = get_args(Kind)
_NAMES = sorted(
    {province.name for province in PROVINCES.values()} | {province.today for province in PROVINCES.values()},
    key=lambda name: strip_marks(name).lower(),
)


def home_pages(service: Service) -> APIRouter:
    """The page over a service."""
    router = APIRouter()

    @router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    def home(
        request: Request,
        *,
        q: str | None = None,
        c: Annotated[str | None, Query(max_length=CONVERSATION_LIMIT_CHARS)] = None,
        province: AskedText = None,
        year: AskedText = None,
        kind: AskedText = None,
        star: AskedText = None,
        limit: AskedText = None,
    ) -> HTMLResponse:
        answer: Answer | None = None
        found: SearchPage | None = None
        problem: ProblemBody | None = None
        headers: dict[str, str] = {}
        many = int(limit) if limit in _HITS else HITS
        try:
            for name, value, known in (("kind", kind, _KINDS), ("star", star, _STARS), ("limit", limit, _HITS)):
                if value is not None and value not in known:
                    raise invalid(name, f"nhận được {shown(value)}; cần một trong các giá trị {', '.join(known)}")
            assistant, searcher = service.assistant, service.searcher
            if q is not None:
                question, here = clean_question(q), asked_province()
                answer = service.admission.run(lambda: assistant.ask(question, conversation=c or None, province=here))
                filters = search_filters(
                    AskedFilters(
                        kind=None if kind is None else [one for one in _KINDS if one == kind],
                        province=None if province is None else [province],
                        from_=year,
                        to=year,
                        star=None if star is None else [int(star)],
                    ),
                    searcher,
                )
                read = answer.read_as or question
                if answer.status != "refused" or filters != NO_FILTERS:
                    found = service.admission.run(
                        lambda: search_hits(service.data, searcher, read, filters, limit=many)
                    )
        except Problem as error:
            problem = error.body(request_id(request.scope))
            headers = error.headers
        page = render(
            "home.html",
            question=(q or "")[: MAX_QUESTION_CHARACTERS * 2],
            answer=answer,
            found=found,
            limit=many,
            more=many + HITS if many < MOST_HITS else None,
            problem=problem,
            problem_field=problem is not None and any(one.pointer == "#/question" for one in problem.errors or ()),
            examples=service.samples,
            readiness=service.ready(),
            at=asked(request),
            sifted=any((province, year, kind, star)),
            province_names=_NAMES,
        )
        return HTMLResponse(page, status_code=problem.status if problem else 200, headers=headers)

    @router.post("/", include_in_schema=False)
    async def posted(request: Request) -> RedirectResponse:
        """The form of another page, where no script runs: on to the address of its answer, which can be kept, shared
        and gone back to."""
        fields = parse_qs((await request.body()).decode("utf-8", "replace"))
        kept = {name: fields[name][0] for name in _POSTED if name in fields}
        return RedirectResponse(f"/?{urlencode(kept)}" if kept else "/", HTTPStatus.SEE_OTHER)

    return router
