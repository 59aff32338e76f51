"""What every page of records needs: parameters as forms send them, places to quote, the frame around it."""

from datetime import date
from functools import partial
from typing import Annotated

from fastapi import Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator, Field

from crawler.article import Article
from web.days import read_day
from web.problem import INVALID_VALUE, FieldProblem, Problem
from web.quoting import Quoter
from web.service import Service
from widget.listing import Address, address
from widget.page import Template, render


def blank(value: object) -> object:
    """A parameter as a form sends it: what was left empty was not asked."""
    return None if value == "" else value


AskedText = Annotated[str | None, BeforeValidator(blank), Field(max_length=200)]
AskedPage = Annotated[int | None, BeforeValidator(blank), Field(ge=1, le=1_000_000)]
# pydantic runs the last of these first
AskedDay = Annotated[date | None, BeforeValidator(read_day), BeforeValidator(blank)]


def asked(request: Request) -> Address:
    """The address of a request as its links go on from it."""
    return address(request.url.path, request.query_params.multi_items())


def invalid(name: str, detail: str) -> Problem:
    """A parameter that means nothing."""
    return Problem(INVALID_VALUE, detail, errors=[FieldProblem(pointer=f"?{name}", detail=detail)])


def quoter(service: Service) -> Quoter:
    """What makes the places of one page."""
    return Quoter(partial(_article, service))


def _article(service: Service, article_id: str, digest: str) -> Article:
    return service.article(article_id, digest)


def drawn(template: Template, request: Request, service: Service, **values: object) -> HTMLResponse:
    """A page in its frame, with what the footer says of the corpus and its own address."""
    return HTMLResponse(render(template, readiness=service.ready(), at=asked(request), **values))
