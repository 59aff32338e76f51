"""Whatever stands in an address, a page or a refusal answers it, never a fault of ours.

The interface for programs is tried by schemathesis (tests/test_openapi.py); pages are not in its description.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from server import create_app
from tests.conftest import Served, served
from tests.shown_records import FIRST, Shown, shown_records
from tests.test_openapi import routes
from web.operation import Operation
from web.service import Service

TOKEN = "0123456789abcdef01234567"
# As they stand in an address: nothing, no text, numbers that are none or too large, days that are none, marks.
VALUES = (
    "",
    "%00",
    "%ff%fe",
    "-1",
    "99999999999999999999999",
    "%EF%BC%92%EF%BC%90",  # "２０", digits of another script
    "2025-02-30",
    "9999-12-31",
    "0912345678",
    "%27%22%3Cscript%3E%E2%80%AE",
    "a" * 3000,
)
PAGES = [
    route
    for route in routes(create_app(Service(Path("no-such-folder")), Operation(admin_token=TOKEN)))
    if "GET" in (route.methods or ()) and not route.path.startswith(("/api/", "/v1/", "/docs", "/metrics"))
]


def names_of(dependant: Dependant) -> Iterator[str]:
    """The parameters of a query that a route reads."""
    yield from (str(parameter.alias) for parameter in dependant.query_params)
    for needed in dependant.dependencies:
        yield from names_of(needed)


@pytest.fixture(scope="module")
def shown(law_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return shown_records(tmp_path_factory.mktemp("shown") / "data", law_data)


@pytest.fixture(scope="module")
def site(shown: Shown, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("log") / "server.log"
    with served(shown.data, log, settings={"OCOP_ADMIN_TOKEN": TOKEN}) as running:
        yield running


def status(site: Served, address: str) -> int:
    return site.client.get(address, headers={"Accept": "text/html"}, auth=("x", TOKEN)).status_code


@pytest.mark.parametrize("route", PAGES, ids=[route.path for route in PAGES])
def test_no_parameter_of_a_page_is_a_fault(site: Served, shown: Shown, route: APIRoute) -> None:
    known = {
        "article_id": shown.articles[FIRST].id,
        "page": "1",
        "key": next(iter(shown.products)) if route.path.startswith("/san-pham") else FIRST,
        "number": "26-2026-qd-ttg",
    }
    path = re.sub(r"\{(\w+)[^}]*\}", lambda part: known.get(part[1], "x"), route.path)
    asked = "&q=OCOP" if path == "/" else ""
    names = dict.fromkeys(names_of(route.dependant))
    tried = [f"{path}?{name}={value}{'' if name == 'q' else asked}" for name in names for value in VALUES]
    tried += [re.sub(r"\{(\w+)[^}]*\}", value, route.path) for value in VALUES if value and "{" in route.path]
    assert [address[:120] for address in tried if status(site, address) >= 500] == []


def test_pages_and_their_parameters_are_found() -> None:
    found = {route.path: set(names_of(route.dependant)) for route in PAGES}
    assert found["/"] == {"q", "c", "province", "year", "kind", "star", "limit"}
    assert {"/quyet-dinh", "/san-pham/{key}", "/so-lieu", "/tu-cham-diem", "/ra-soat", "/admin"} <= set(found)
