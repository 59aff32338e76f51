"""Server-sent events of an answer (WHATWG HTML, 9.2): status, citation, delta, done, error."""

import logging
from collections.abc import Iterator

from pydantic import TypeAdapter

from assistant.answer import Answer, Citation
from assistant.stream import Event, Progress, Sentence
from web.problem import INTERNAL, Problem, ProblemBody

MEDIA_TYPE = "text/event-stream"

_ANSWER = TypeAdapter(Answer)
_CITATION = TypeAdapter(Citation)
_ANY: TypeAdapter[dict[str, object]] = TypeAdapter(dict[str, object])
_PROBLEM = TypeAdapter(ProblemBody)
_log = logging.getLogger("ocop.server")


def event_stream(events: Iterator[Event], request: str) -> Iterator[bytes]:
    """The bytes of the events: a step done is a status; a sentence its new citations, then a delta; the answer done.

    A delta is a whole checked sentence: `text` of done begins with all deltas, joined by line breaks. request: the
    request's id, for the problem that an error event carries.
    """
    try:
        for event in events:
            match event:
                case Progress():
                    yield _event("status", _ANY.dump_json({"step": event.step}))
                case Sentence():
                    for citation in event.citations:
                        yield _event("citation", _CITATION.dump_json(citation))
                    yield _event("delta", _ANY.dump_json({"start": event.start, "text": event.text}))
                case Answer():
                    yield _event("done", _ANSWER.dump_json(event))
    except Exception:  # the response has begun: only an event can still say so
        _log.exception("request %s failed: answer stream", request)
        problem = Problem(
            INTERNAL,
            "Máy chủ không hoàn thành được câu trả lời này; lỗi đã được ghi lại. Các câu đã hiện vẫn đúng với nguồn; "
            f"xin hỏi lại sau, và nếu vẫn vậy, báo cho người vận hành mã {request}.",
        )
        yield _event("error", _PROBLEM.dump_json(problem.body(request)))


def _event(name: str, data: bytes) -> bytes:
    # JSON as pydantic writes it has no line breaks
    return b"event: " + name.encode() + b"\ndata: " + data + b"\n\n"
