"""The OpenAPI description: FastAPI's, with problems as they are sent, events, and an example for every operation."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from web.chat import SCHEMAS as CHAT_SCHEMAS
from web.events import DATA
from web.examples import PROBLEM_INSTANCE, examples
from web.problem import KINDS, MEDIA_TYPE

_REFERENCE = "#/components/schemas/{model}"
LIMITED = "Hỏi quá nhiều trong một lúc; Retry-After cho biết khi nào hỏi lại"
# What every route under /api/ may be refused with, whatever it does: the portal that a page names.
_PORTAL = {403: "Trang gọi tới không nằm trong origins của cổng mà nó nêu", 404: "Không có cổng mang mã ấy"}
_WAIT = {
    "Retry-After": {
        "description": "Sau bấy nhiêu giây hãy thử lại",
        "schema": {"type": "integer", "minimum": 0},
        "example": 2,
    }
}
_UNUSED = ("HTTPValidationError", "ValidationError")


def refusals(**reasons: str) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's responses for problems, with what each looks like: `_422="…"` -> {422: …}; 429 and 500 always."""
    by_status = {int(status.removeprefix("_")): reason for status, reason in reasons.items()}
    return {
        status: {"description": reason, "content": {MEDIA_TYPE: _problem_content(status, reason)}}
        for status, reason in {**by_status, 429: LIMITED, 500: "Máy chủ gặp lỗi"}.items()
    }


def _problem_content(status: int, reason: str) -> dict[str, Any]:
    kind = next(kind for kind in KINDS if kind.status == status)
    example = {
        "type": kind.type,
        "title": kind.title,
        "status": status,
        "detail": f"{reason}.",
        "instance": PROBLEM_INSTANCE,
        "errors": [],
    }
    return {"schema": {"$ref": "#/components/schemas/ProblemBody"}, "example": example}


def described(app: FastAPI) -> dict[str, Any]:
    """The description of an application's routes, made once."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas: dict[str, Any] = schema["components"]["schemas"]
        for data in (*DATA.values(), *CHAT_SCHEMAS):
            told = data.json_schema(mode="serialization", ref_template=_REFERENCE)
            schemas.update(told.pop("$defs", {}))
            schemas[told["title"]] = told
        # FastAPI's own form of a refusal, which this server never sends.
        for unused in _UNUSED:
            schemas.pop(unused, None)
        shown = examples()
        for path, operations in schema["paths"].items():
            for operation in operations.values():
                responses = operation["responses"]
                _drop_unused(responses)
                if path.startswith("/api/"):
                    _add_portal(responses)
                _give_example(operation, shown)
                for status in ("429", "503"):
                    if status in responses:
                        responses[status]["headers"] = _WAIT
        app.openapi_schema = schema
    return app.openapi_schema


def _drop_unused(responses: dict[str, Any]) -> None:
    for status, response in list(responses.items()):
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        if schema.get("$ref") == _REFERENCE.format(model=_UNUSED[0]):
            del responses[status]


def _add_portal(responses: dict[str, Any]) -> None:
    for status, reason in _PORTAL.items():
        told = {"description": reason, "content": {MEDIA_TYPE: _problem_content(status, reason)}}
        responses.setdefault(str(status), told)


def _give_example(operation: dict[str, Any], shown: dict[str, Any]) -> None:
    """Put an operation's example where it has one; FastAPI would leave out its nulls, which a reader needs to see."""
    example = shown.get(operation["operationId"])
    content = operation["responses"].get("200", {}).get("content", {}).get("application/json")
    if example is not None and content is not None:
        content["example"] = example
