"""Server-sent events of an answer (WHATWG HTML, 9.2): status, citation, delta, replace, done, error."""

import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from assistant.answer import Answer, Citation
from assistant.steps import StepName
from assistant.stream import Event, Progress, Sentence
from web.problem import INTERNAL, Problem, ProblemBody

MEDIA_TYPE = "text/event-stream"
# A proxy that collects an answer before it passes it on would undo the streaming (nginx, ngx_http_proxy_module).
HEADERS = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
# A line that begins with a colon is a comment: it keeps the connection alive and no reader sees it.
HEARTBEAT = b":\n\n"


def described(records: Mapping[str, str], *, example: str, closing: str | None = None) -> dict[str, Any]:
    """A stream of events as OpenAPI 3.2 describes one (4.14.4.3).

    records: the schema of the data of each kind of event. closing: what the last event says where it is no JSON.
    """
    kinds = [
        _kind(name, {"contentMediaType": "application/json", "contentSchema": {"$ref": f"#/components/schemas/{one}"}})
        for name, one in records.items()
    ]
    if closing is not None:
        kinds.append(_kind("message", {"const": closing}))
    return {"itemSchema": {"oneOf": kinds}, "example": example}


def _kind(name: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["data"] if name == "message" else ["event", "data"],  # a message needs no name
        "properties": {"event": {"const": name}, "data": {"type": "string", **data}},
    }


_log = logging.getLogger("ocop.server")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusEvent:
    """A step that was just done."""

    step: StepName


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaEvent:
    """A whole checked sentence with its marks. start: where it begins in the whole text (code points)."""

    start: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceEvent:
    """What stands instead of all deltas and citations so far, which no longer hold: to be shown in their place."""

    text: str
    citations: tuple[Citation, ...]


# The data of every kind of event, as JSON.
DATA: dict[str, TypeAdapter[Any]] = {
    "status": TypeAdapter(StatusEvent),
    "citation": TypeAdapter(Citation),
    "delta": TypeAdapter(DeltaEvent),
    "replace": TypeAdapter(ReplaceEvent),
    "done": TypeAdapter(Answer),
    "error": TypeAdapter(ProblemBody),
}


async def event_stream(events: AsyncGenerator[Event | None, None], request: str) -> AsyncGenerator[bytes, None]:
    """The bytes of the events: a step done is a status; a sentence its new citations, then a delta; the answer done.

    A delta is a whole checked sentence: `text` of done begins with all deltas, joined by line breaks; where it does
    not, a replace comes before it. None among the events becomes a heartbeat. request: the request's id, for the
    problem that an error event carries.
    """
    shown = ""
    async with aclosing(events) as told:
        try:
            async for event in told:
                match event:
                    case None:
                        yield HEARTBEAT
                    case Progress():
                        yield _event("status", StatusEvent(step=event.step))
                    case Sentence():
                        for citation in event.citations:
                            yield _event("citation", citation)
                        yield _event("delta", DeltaEvent(start=event.start, text=event.text))
                        shown = f"{shown}\n{event.text}" if shown else event.text
                    case Answer():
                        if taken_back(shown, event):
                            yield _event("replace", ReplaceEvent(text=event.text, citations=event.citations))
                        yield _event("done", event)
        except Problem as problem:
            yield _event("error", problem.body(request))
        except Exception:  # the response has begun: only an event can still say so
            yield _event("error", broken_off(request).body(request))


def taken_back(shown: str, answer: Answer) -> bool:
    """Whether sentences that were shown are not how the answer begins."""
    return bool(shown) and answer.text != shown and not answer.text.startswith(f"{shown}\n")


def broken_off(request: str) -> Problem:
    """Logs the exception being handled; the problem to tell of it after sentences were sent."""
    _log.exception("request %s failed: answer stream", request)
    return Problem(
        INTERNAL,
        "Máy chủ không hoàn thành được câu trả lời này; lỗi đã được ghi lại. Các câu đã hiện vẫn đúng với nguồn; "
        f"xin hỏi lại sau, và nếu vẫn vậy, báo cho người vận hành mã {request}.",
    )


def _event(name: str, data: object) -> bytes:
    # JSON as pydantic writes it has no line breaks
    return b"event: " + name.encode() + b"\ndata: " + DATA[name].dump_json(data) + b"\n\n"
