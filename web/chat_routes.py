"""POST /v1/chat/completions, GET /v1/models and /v1/models/{model}: answers for what speaks OpenAI's protocol."""

import asyncio
from contextvars import Context
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from fastapi import Path as PathParameter
from fastapi.responses import StreamingResponse

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.stream import Put
from web import events
from web.caller import asked_province
from web.chat import COMPLETION, ERROR, Completion, Model, ModelList, chat_error, chat_status, completion
from web.chat import completion_stream as stream_of
from web.chat_request import MODEL, Chat, ChatRequest, known_model, read_chat
from web.limits import request_id
from web.openapi import LIMITED as _LIMITED
from web.problem import KINDS, Problem
from web.service import Service
from web.telling import told

_ASKED = {"model": MODEL, "messages": [{"role": "user", "content": "Giấy chứng nhận OCOP có hiệu lực bao lâu?"}]}
_FOLLOWED = {
    "model": MODEL,
    "stream": True,
    "stream_options": {"include_usage": True},
    "messages": [
        {"role": "user", "content": "Tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?"},
        {"role": "assistant", "content": "62 sản phẩm. [1]"},
        {"role": "user", "content": "Còn An Giang cuối tháng 8/2023?"},
    ],
}

_STREAM = (
    'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"…"}}],…}\n\n'
    "data: [DONE]\n\n"
)


def chat_problem(problem: Problem) -> Response:
    """A problem as OpenAI's clients read it."""
    return Response(
        ERROR.dump_json(chat_error(problem)),
        status_code=chat_status(problem),
        media_type="application/json",
        headers=problem.headers,
    )


def _refusals(**reasons: str) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's responses for errors of this interface, with what each looks like: `_404="…"` -> {404: …}."""
    by_status = {int(status.removeprefix("_")): reason for status, reason in reasons.items()}
    return {
        status: {"description": reason, "content": {"application/json": _error_content(status, reason)}}
        for status, reason in {**by_status, 429: _LIMITED, 500: "Máy chủ gặp lỗi"}.items()
    }


def _error_content(status: int, reason: str) -> dict[str, Any]:
    kind = next(kind for kind in KINDS if chat_status(Problem(kind, "")) == status)
    example = ERROR.dump_python(chat_error(Problem(kind, f"{reason}.")), mode="json")
    return {"schema": {"$ref": "#/components/schemas/ChatErrorBody"}, "example": example}


def chat_routes(service: Service) -> APIRouter:
    """The routes over a service."""
    router = APIRouter()

    @router.post(
        "/v1/chat/completions",
        operation_id="chat_completion",
        summary="Hỏi bằng thư viện của OpenAI",
        tags=["Tương thích OpenAI"],
        response_model=Completion,
        responses={
            200: {
                "description": "Câu trả lời. Với stream: true là các mảnh chat.completion.chunk, mỗi mảnh trọn một câu "
                "đã đối chiếu, rồi nguồn, rồi [DONE]; lỗi giữa chừng là một mảnh có error",
                "content": {
                    events.MEDIA_TYPE: events.described(
                        {"message": "Piece", "error": "ChatErrorBody"}, example=_STREAM, closing="[DONE]"
                    )
                },
            },
            **_refusals(
                _400="Thân yêu cầu hỏng, câu hỏi trống, quá dài hay không phải văn bản, hoặc tham số không được hỗ trợ",
                _404="Không có mô hình này",
                _408="Gửi quá chậm",
                _413="Nội dung quá dài",
                _415="Không phải application/json",
                _503="Chưa có chỉ mục dùng được, hay đang có quá nhiều câu hỏi; Retry-After cho biết khi nào hỏi lại",
            ),
        },
    )
    async def chat_completion(
        request: Request,
        body: Annotated[
            ChatRequest,
            Body(
                openapi_examples={
                    "ask": {"summary": "Một câu hỏi", "value": _ASKED},
                    "follow_up": {"summary": "Hỏi tiếp, nhận từng câu", "value": _FOLLOWED},
                }
            ),
        ],
    ) -> Response:
        """Tin cuối cùng của user là câu hỏi, các câu hỏi trước đó là ngữ cảnh; lời của system và assistant không thay
        đổi câu trả lời. Mỗi dấu [n] có nguồn trong danh sách sau câu trả lời, trong annotations và citations."""
        chat, assistant, province = read_chat(body), service.assistant, asked_province()
        prompt = " ".join((*chat.earlier, chat.question))
        if body.stream:
            coming = told(service.admission, lambda put: _tell(assistant, chat, province, put))
            counted = body.stream_options is not None and bool(body.stream_options.include_usage)
            return StreamingResponse(
                stream_of(coming, prompt, request_id(request.scope), usage=counted),
                media_type=events.MEDIA_TYPE,
                headers=events.HEADERS,
            )
        work = service.admission.submit(lambda: completion(_ask(assistant, chat, province), prompt))
        return Response(COMPLETION.dump_json(await asyncio.wrap_future(work)), media_type="application/json")

    @router.get(
        "/v1/models",
        operation_id="models",
        response_description="Một mô hình",
        summary="Các mô hình hỏi được",
        tags=["Tương thích OpenAI"],
        responses=_refusals(),
    )
    def models() -> ModelList:
        """Chỉ có một, tên là ocop."""
        return ModelList(data=(_model(service),))

    @router.get(
        "/v1/models/{model}",
        operation_id="model",
        response_description="Mô hình ấy",
        summary="Một mô hình",
        tags=["Tương thích OpenAI"],
        responses=_refusals(_404="Không có mô hình này"),
    )
    def model(model: Annotated[str, PathParameter(description="Tên mô hình", examples=[MODEL])]) -> Model:
        """created là lúc kho tư liệu thay đổi lần cuối."""
        known_model(model, "model")
        return _model(service)

    return router


def _context(assistant: Assistant, chat: Chat, province: str | None) -> str | None:
    """A conversation in which the earlier questions were just asked; None where there are none.

    They are read again each time: two readers whose chats begin alike must not share what follows.
    """
    conversation = None
    for question in chat.earlier:
        # asked before, and noted then: this time nobody asks
        again = partial(assistant.ask, question, conversation=conversation, province=province, generate=False)
        conversation = Context().run(again).conversation
    return conversation


def _ask(assistant: Assistant, chat: Chat, province: str | None) -> Answer:
    conversation = _context(assistant, chat, province)
    return assistant.ask(chat.question, conversation=conversation, province=province)


def _tell(assistant: Assistant, chat: Chat, province: str | None, put: Put) -> None:
    conversation = _context(assistant, chat, province)
    assistant.tell(chat.question, put, conversation=conversation, province=province)


def _model(service: Service) -> Model:
    updated = service.ready().corpus_updated
    return Model(created=0 if updated is None else int(datetime.fromisoformat(updated).timestamp()))
