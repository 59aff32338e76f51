"""Chat completions and models as OpenAI's clients read them, made of answers; and problems as those clients tell them.

The records follow https://platform.openai.com/docs/api-reference/chat; `citations`, `status` and `notices` are ours.
"""

import json
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import TypeAdapter

from assistant.answer import Answer, Citation, Status
from assistant.conversation import new_id
from assistant.stream import Event, Sentence
from web.chat_request import MODEL
from web.chat_text import Annotation, annotations, as_markdown, closing
from web.events import HEARTBEAT, broken_off, taken_back
from web.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What the assistant says: sentences with marks [n], notices, and the list of sources."""

    content: str
    annotations: tuple[Annotation, ...]
    role: Literal["assistant"] = "assistant"
    refusal: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The one choice there is."""

    message: Message
    index: Literal[0] = 0
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Words, counted at blanks: there are no tokens where sentences are quoted."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A whole answer. id: "chatcmpl-" and the answer's id, as GET /api/answers takes it. created: Unix seconds.

    citations, status, notices: as in `Answer`.
    """

    id: str
    created: int
    choices: tuple[Choice]
    usage: Usage
    citations: tuple[Citation, ...]
    status: Status
    notices: tuple[str, ...]
    model: str = MODEL
    object: Literal["chat.completion"] = "chat.completion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What a piece adds. annotations: in the last piece only."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: tuple[Annotation, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceChoice:
    """The one choice of a piece."""

    delta: Delta
    index: Literal[0] = 0
    finish_reason: Literal["stop"] | None = None
    logprobs: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a streamed answer. usage: of the piece after the last one, where it was asked for.

    citations, status, notices: as in `Answer`, in the last piece only.
    """

    id: str
    created: int
    choices: tuple[PieceChoice, ...]
    usage: Usage | None = None
    citations: tuple[Citation, ...] | None = None
    status: Status | None = None
    notices: tuple[str, ...] | None = None
    model: str = MODEL
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model that can be asked. created: Unix seconds of the texts it answers from, 0 while there are none."""

    created: int
    id: str = MODEL
    object: Literal["model"] = "model"
    owned_by: str = "ocop-assistant"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelList:
    """All models."""

    data: tuple[Model, ...]
    object: Literal["list"] = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatError:
    """What is wrong. param: the field it is about. code: the problem's kind, as its anchor on /docs."""

    message: str
    type: Literal["invalid_request_error", "rate_limit_error", "server_error"]
    param: str | None
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatErrorBody:
    """An error as OpenAI's clients read it."""

    error: ChatError


COMPLETION = TypeAdapter(Completion)
ERROR = TypeAdapter(ChatErrorBody)
_PIECE = TypeAdapter(Piece)
# What is described beside what routes name.
SCHEMAS: tuple[TypeAdapter[Any], ...] = (_PIECE, ERROR)
DONE = b"data: [DONE]\n\n"


def chat_status(problem: Problem) -> int:
    """The HTTP status: what is 422 elsewhere is 400 to these clients."""
    return 400 if problem.kind.status == 422 else problem.kind.status


def chat_error(problem: Problem) -> ChatErrorBody:
    """A problem as an error of this interface."""
    status = problem.kind.status
    pointer = problem.errors[0].pointer.removeprefix("#/").replace("/", ".") if problem.errors else None
    return ChatErrorBody(
        error=ChatError(
            message=problem.detail,
            type="server_error" if status >= 500 else "rate_limit_error" if status == 429 else "invalid_request_error",
            param=pointer or None,
            code=problem.kind.slug.replace("-", "_"),
        )
    )


def completion(answer: Answer, prompt: str) -> Completion:
    """An answer as a whole completion. prompt: all that was asked, for the count of words."""
    content = as_markdown(answer.text) + closing(answer)
    return Completion(
        id=f"chatcmpl-{answer.id}",
        created=int(time.time()),
        choices=(Choice(message=Message(content=content, annotations=annotations(answer))),),
        usage=_usage(prompt, content),
        citations=answer.citations,
        status=answer.status,
        notices=answer.notices,
    )


@dataclass(slots=True, kw_only=True)
class _Pieces:
    """Makes the pieces of one answer. usage: whether the count of words was asked for."""

    usage: bool
    prompt: str
    id: str = field(default_factory=lambda: f"chatcmpl-{new_id()}")
    created: int = field(default_factory=lambda: int(time.time()))
    sent: str = ""

    def begin(self) -> bytes:
        return self._piece(Delta(role="assistant", content=""))

    def say(self, text: str) -> bytes:
        self.sent += text
        return self._piece(Delta(content=text))

    def end(self, answer: Answer) -> bytes:
        last = Piece(
            id=self.id,
            created=self.created,
            choices=(PieceChoice(delta=Delta(annotations=annotations(answer)), finish_reason="stop"),),
            citations=answer.citations,
            status=answer.status,
            notices=answer.notices,
        )
        pieces = _data(last)
        if self.usage:
            words = _usage(self.prompt, self.sent)
            pieces += _data(Piece(id=self.id, created=self.created, choices=(), usage=words))
        return pieces + DONE

    def _piece(self, delta: Delta) -> bytes:
        return _data(Piece(id=self.id, created=self.created, choices=(PieceChoice(delta=delta),)))


async def completion_stream(
    events: AsyncGenerator[Event | None, None], prompt: str, request: str, *, usage: bool
) -> AsyncGenerator[bytes, None]:
    """The bytes of a streamed completion: each checked sentence a piece, then notices and sources, then the end.

    What was said and no longer holds is said to be so: a chat cannot take back. prompt, usage: as in `_Pieces`.
    request: the request's id, for what is told where the work breaks.
    """
    pieces = _Pieces(usage=usage, prompt=prompt)
    shown = ""
    async with aclosing(events) as told:
        try:
            yield pieces.begin()
            async for event in told:
                match event:
                    case None:
                        yield HEARTBEAT
                    case Sentence():
                        yield pieces.say(as_markdown(f"\n{event.text}" if shown else event.text))
                        shown = f"{shown}\n{event.text}" if shown else event.text
                    case Answer():
                        if taken_back(shown, event):
                            yield pieces.say(as_markdown(f"\n\nPhần trên không còn đúng. Câu trả lời là: {event.text}"))
                        elif rest := event.text.removeprefix(shown):
                            yield pieces.say(as_markdown(rest))
                        if last := closing(event):
                            yield pieces.say(last)
                        yield pieces.end(event)
        except Problem as problem:
            yield _error(problem)
        except Exception:  # the response has begun: only a piece can still say so
            yield _error(broken_off(request))


def _usage(prompt: str, content: str) -> Usage:
    asked, said = len(prompt.split()), len(content.split())
    return Usage(prompt_tokens=asked, completion_tokens=said, total_tokens=asked + said)


def _data(piece: Piece) -> bytes:
    """The piece without what it does not add: a client must not take `"content": null` for an empty one."""
    told = _without_nulls(_PIECE.dump_python(piece, mode="json"))
    told["choices"] = [{**choice, "delta": _without_nulls(choice["delta"])} for choice in told["choices"]]
    return b"data: " + json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"


def _without_nulls(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None}


def _error(problem: Problem) -> bytes:
    return b"event: error\ndata: " + ERROR.dump_json(chat_error(problem)) + b"\n\n"
