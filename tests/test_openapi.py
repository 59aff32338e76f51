"""The OpenAPI description is complete, its examples are what the records say, and the server answers as described."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from evaluation.api_command import check_api
from server import create_app
from tests.conftest import Served
from web.examples import examples
from web.problem import KINDS, MEDIA_TYPE
from web.service import Service

app = create_app(Service(Path("no-such-folder")))
OPERATIONS: list[tuple[str, dict[str, Any]]] = [
    (f"{method.upper()} {path}", operation)
    for path, operations in app.openapi()["paths"].items()
    for method, operation in operations.items()
]
EXAMPLES = examples()


def routes(router: FastAPI | APIRouter = app) -> Iterator[APIRoute]:
    """The routes of the interface, whichever router they stand in."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        elif isinstance(included := getattr(route, "original_router", None), APIRouter):
            yield from routes(included)


@pytest.mark.parametrize("operation", [one for _, one in OPERATIONS], ids=[name for name, _ in OPERATIONS])
def test_an_operation_says_what_it_does_and_shows_it(operation: dict[str, Any]) -> None:
    assert operation["operationId"]
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    for parameter in operation.get("parameters", ()):
        assert parameter["description"], parameter["name"]
        shown = {"example", "examples"} & {*parameter, *parameter["schema"]}
        assert shown or not parameter["required"], f"{parameter['name']} has no example"
    for media in operation.get("requestBody", {}).get("content", {}).values():
        assert media["examples"]
    for status, response in operation["responses"].items():
        assert response["description"], status
        for media_type, media in response.get("content", {}).items():
            binary = media.get("schema", {}).get("format") == "binary"
            assert binary or {"example", "examples"} & set(media), (status, media_type)


@pytest.mark.parametrize("operation", [one for _, one in OPERATIONS], ids=[name for name, _ in OPERATIONS])
def test_an_operation_declares_the_errors_any_has(operation: dict[str, Any]) -> None:
    declared = set(operation["responses"])
    if operation["operationId"] in ("health", "ready"):
        return
    assert {"429", "500"} <= declared
    if "requestBody" in operation:
        assert {"400", "408", "413", "415"} <= declared
    for status in declared & {"429", "503"}:
        assert "Retry-After" in operation["responses"][status]["headers"]
    for status, response in operation["responses"].items():
        problem = response.get("content", {}).get(MEDIA_TYPE)
        if problem is not None:
            assert problem["example"]["status"] == int(status)
            assert problem["example"]["type"] in {kind.type for kind in KINDS}


def test_ids_of_operations_are_their_own() -> None:
    ids = [operation["operationId"] for _, operation in OPERATIONS]
    assert len(ids) == len(set(ids))


def test_links_lead_to_operations_and_their_parameters() -> None:
    parameters = {
        operation["operationId"]: {one["name"] for one in operation.get("parameters", ())}
        for _, operation in OPERATIONS
    }
    links = [
        link
        for _, operation in OPERATIONS
        for response in operation["responses"].values()
        for link in response.get("links", {}).values()
    ]
    assert links
    for link in links:
        assert set(link["parameters"]) <= parameters[link["operationId"]]


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_what_its_record_says(name: str) -> None:
    route = next(route for route in routes() if route.operation_id == name)
    record: TypeAdapter[Any] = TypeAdapter(route.response_model)
    read = record.validate_json(json.dumps(EXAMPLES[name]))
    assert json.loads(record.dump_json(read)) == EXAMPLES[name]


def test_schemas_that_are_named_are_there() -> None:
    schema = app.openapi()
    named = {part.split('"')[0] for part in json.dumps(schema).split("#/components/schemas/")[1:]}
    assert named <= set(schema["components"]["schemas"])


def test_the_server_answers_made_up_requests_as_described(server: Served) -> None:
    done = check_api(server.url, examples=3, seed=1, phases=("examples", "fuzzing", "stateful"))
    assert done.held, done.said
