"""What a client of OpenAI's chat completions asks: which message is the question, what came before it, what is refused.

The last user message is the question, the user messages before it give what a follow-up takes over. What the client
says that the assistant or the system said is no evidence and changes nothing. Parameters that would word the answer
otherwise (temperature, max_tokens, seed, stop, …) are ignored, as are tools, which are never called; those whose
absence a program would stumble over (several choices, JSON by a schema, audio, a tool that must be called) are refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, WithJsonSchema

from web.problem import INVALID_VALUE, MODEL_NOT_FOUND, UNSUPPORTED_PARAMETER, FieldProblem, Problem, shown
from web.question import clean_question

MODEL = "ocop"
# Questions before the last that are read again to understand it; what lies further back, none leans on.
EARLIER = 4

Role = Literal["system", "developer", "user", "assistant", "tool", "function"]
_PARTS = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"type": {"const": "text"}, "text": {"type": "string"}},
                "required": ["type", "text"],
            },
        },
        {"type": "null"},
    ]
}
Content = Annotated[object, WithJsonSchema(_PARTS)]
# Looked at only to be refused where it asks for what there is not.
Unread = Annotated[object, WithJsonSchema({})]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """One message of a chat. content: text, or parts that are all text; null of an assistant that called a tool."""

    role: Role
    content: Content = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamOptions:
    """include_usage: a last piece that counts words, before the end."""

    include_usage: StrictBool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """The body of POST /v1/chat/completions; fields that are not named here are ignored.

    model: "ocop". messages: the last of role user is the question.
    """

    model: str
    messages: Annotated[tuple[ChatMessage, ...], Field(min_length=1)]
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    n: StrictInt | None = None
    logprobs: StrictBool | None = None
    response_format: Unread = None
    tool_choice: Unread = None
    function_call: Unread = None
    modalities: Unread = None
    audio: Unread = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """What is asked. earlier: the questions before it, the earliest first, at most `EARLIER`."""

    question: str
    earlier: tuple[str, ...]


def read_chat(request: ChatRequest) -> Chat:
    """The question of a request and those before it.

    Raises:
        Problem: the model is another, the request asks for what there is not, it has no question, or one that
            /api/ask would refuse.
    """
    known_model(request.model, "model")
    _refuse_unsupported(request)
    asked = [
        (number, _text(message.content, number))
        for number, message in enumerate(request.messages)
        if message.role == "user"
    ]
    if not asked:
        raise _wrong("messages", "“messages” cần ít nhất một tin của role user; tin cuối cùng của role ấy là câu hỏi")
    number, last = asked[-1]
    try:
        question = clean_question(last)
    except Problem as problem:
        field = f"#/messages/{number}/content"
        told = [FieldProblem(pointer=field, detail=error.detail) for error in problem.errors]
        raise Problem(problem.kind, problem.detail, errors=told) from None
    return Chat(question=question, earlier=tuple(_questions(asked[:-1]))[-EARLIER:])


def known_model(name: str, pointer: str) -> None:
    """Nothing, where the model is the one there is.

    Raises:
        Problem: it is another (404).
    """
    if name != MODEL:
        raise Problem(
            MODEL_NOT_FOUND,
            f"Không có mô hình {shown(name)}; máy chủ này chỉ có “{MODEL}”.",
            errors=[FieldProblem(pointer=f"#/{pointer}", detail=f"cần “{MODEL}”")],
        )


def _refuse_unsupported(request: ChatRequest) -> None:
    if request.n not in (None, 1):
        raise _unsupported("n", f"{shown(request.n)}; mỗi câu hỏi có đúng một câu trả lời")
    if request.logprobs:
        raise _unsupported("logprobs", "true; câu trả lời gồm các câu của nguồn, không có xác suất từng từ")
    if _type(request.response_format) not in (None, "text"):
        raise _unsupported("response_format", f"{shown(request.response_format)}; cần text. Nguồn ở trường citations")
    for name, value in (("tool_choice", request.tool_choice), ("function_call", request.function_call)):
        if value not in (None, "none", "auto"):
            raise _unsupported(name, f"{shown(value)}; máy chủ này không gọi công cụ, cần none hay auto")
    if request.modalities not in (None, ["text"]) or request.audio is not None:
        raise _unsupported("modalities", "âm thanh; máy chủ này chỉ trả lời bằng văn bản")


def _type(value: object) -> object:
    return value.get("type") if isinstance(value, Mapping) else value


def _text(content: object, number: int) -> str:
    """The text of a message; its parts are joined by line breaks."""
    pointer = f"messages/{number}/content"
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise _wrong(pointer, f"“{pointer}” nhận được {shown(content)}; cần một chuỗi ký tự hay các phần văn bản")
    texts: list[str] = []
    for part in content:
        if _type(part) != "text":
            raise _wrong(pointer, f"“{pointer}” có phần loại {shown(_type(part))}; máy chủ này chỉ đọc văn bản")
        text = part.get("text")
        if not isinstance(text, str):
            raise _wrong(pointer, f"“{pointer}” có phần text là {shown(text)}; cần một chuỗi ký tự")
        texts.append(text)
    return "\n".join(texts)


def _questions(asked: list[tuple[int, str]]) -> list[str]:
    """Those that can be asked; the others got no answer when they were."""
    found = []
    for _, text in asked:
        try:
            found.append(clean_question(text))
        except Problem:
            continue
    return found


def _wrong(pointer: str, detail: str) -> Problem:
    return Problem(INVALID_VALUE, f"{detail}.", errors=[FieldProblem(pointer=f"#/{pointer}", detail=detail)])


def _unsupported(name: str, detail: str) -> Problem:
    told = f"“{name}” nhận được {detail}"
    return Problem(UNSUPPORTED_PARAMETER, f"{told}.", errors=[FieldProblem(pointer=f"#/{name}", detail=told)])
