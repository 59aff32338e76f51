"""What every page of records needs: parameters as forms send them, places to quote, the frame around it."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator, Field

from web.days import read_day
from web.problem import Problem, ProblemKind, invalid_parameter
from web.quoting import Quoter
from web.service import Service
from widget.listing import Address, Way, address
from widget.page import Template, render

_SHORTER = ProblemKind(slug="shorter-address", status=303, title="Có địa chỉ gọn hơn")


def blank(value: object) -> object:
    """A parameter as a form sends it: what was left empty was not asked."""
    return None if value == "" else value


# What bounds a value stands within: there is nothing to measure of one that was left empty.
AskedText = Annotated[Annotated[str, Field(max_length=200)] | None, BeforeValidator(blank)]
AskedOffset = Annotated[Annotated[int, Field(ge=0, le=10_000_000)] | None, BeforeValidator(blank)]
# pydantic runs the last of these first
AskedDay = Annotated[date | None, BeforeValidator(read_day), BeforeValidator(blank)]


def asked(request: Request, *, by: str = "", way: Way = "ascending") -> Address:
    """The address of a request as its links go on from it."""
    return address(request.url.path, request.query_params.multi_items(), by=by, way=way)


def _short(request: Request) -> None:
    """A form sends the fields that were left empty; the address to keep and to share is the one without them."""
    given = request.query_params.multi_items()
    if any(not value for _, value in given):
        short = asked(request).to("")
        raise Problem(_SHORTER, f"Trang này ở {short}", headers={"Location": short})


# Before anything else of the request is read.
SHORT_ADDRESS = Depends(_short)


def invalid(name: str, detail: str) -> Problem:
    """A parameter that means nothing."""
    return invalid_parameter(name, detail, said=detail)


def quoter(service: Service) -> Quoter:
    """What makes the places of one page."""
    return Quoter(service.article)


def drawn(template: Template, request: Request, service: Service, **values: object) -> HTMLResponse:
    """A page in its frame, with what the footer says of the corpus and its own address."""
    values.setdefault("at", asked(request))
    return HTMLResponse(render(template, readiness=service.ready(), **values))
