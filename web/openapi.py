"""The OpenAPI description: FastAPI's, with problems as they are sent, events, and an example for every operation."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from web.chat import SCHEMAS as CHAT_SCHEMAS
from web.events import DATA
from web.examples import PROBLEM_INSTANCE, examples
from web.limits import PROBES
from web.problem import KINDS, MEDIA_TYPE

_REFERENCE = "#/components/schemas/{model}"
LIMITED = "Hỏi quá nhiều trong một lúc; Retry-After cho biết khi nào hỏi lại"
_WAIT = {
    "Retry-After": {
        "description": "Sau bấy nhiêu giây hãy thử lại",
        "schema": {"type": "integer", "minimum": 0},
        "example": 2,
    }
}
_NO_WAIT = ("ready",)  # its 503 is an answer, not a refusal
_ANSWERED = {
    "answer": {"operationId": "answer", "parameters": {"answer_id": "$response.body#/id"}},
    "article": {
        "operationId": "article",
        "parameters": {
            "article_id": "$response.body#/citations/0/article_id",
            "digest": "$response.body#/citations/0/digest",
        },
    },
}
# Where what an operation gives is looked up further, by the operation's id.
_LINKS: dict[str, dict[str, Any]] = {
    "ask": _ANSWERED,
    "search": {
        "article": {
            "operationId": "article",
            "parameters": {
                "article_id": "$response.body#/hits/0/article_id",
                "digest": "$response.body#/hits/0/digest",
            },
        }
    },
    "decisions": {"decision": {"operationId": "decision", "parameters": {"key": "$response.body#/decisions/0/key"}}},
    "products": {"product": {"operationId": "product", "parameters": {"key": "$response.body#/products/0/key"}}},
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


# What any of the interface may answer before its route is reached (web.origins, web.rate_limit).
_ANYWHERE = {
    status: refusal
    for status, refusal in refusals(
        _403="Trang gọi tới nêu một cổng (X-OCOP-Portal hay portal) mà nó không thuộc về",
        _404="Không có cổng được nêu (X-OCOP-Portal hay portal)",
    ).items()
    if status != 500
}


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
                if path.startswith("/api/") and path not in PROBES:
                    for status, refusal in _ANYWHERE.items():
                        responses.setdefault(str(status), refusal)
                _give_example(operation, shown)
                for status in ("429", "503"):
                    if status in responses and operation["operationId"] not in _NO_WAIT:
                        responses[status]["headers"] = _WAIT
                if operation["operationId"] in _LINKS:
                    responses["200"]["links"] = _LINKS[operation["operationId"]]
        app.openapi_schema = schema
    return app.openapi_schema


def _drop_unused(responses: dict[str, Any]) -> None:
    for status, response in list(responses.items()):
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        if schema.get("$ref") == _REFERENCE.format(model=_UNUSED[0]):
            del responses[status]


def _give_example(operation: dict[str, Any], shown: dict[str, Any]) -> None:
    """Put an operation's example where it has one; FastAPI would leave out its nulls, which a reader needs to see."""
    example = shown.get(operation["operationId"])
    content = operation["responses"].get("200", {}).get("content", {}).get("application/json")
    if example is not None and content is not None:
        content["example"] = example
