"""POST /api/ask, whole or as events, and GET /api/answers/{answer_id}."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from fastapi import Path as PathParameter
from fastapi.responses import StreamingResponse
from pydantic import Field, TypeAdapter

from assistant.answer import Answer
from web import events
from web.caller import asked_province
from web.days import Day
from web.limits import request_id
from web.question import clean_question
from web.service import Service
from web.telling import told

CONVERSATION_LIMIT_CHARS = 4000
_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRequest:
    """A question.

    question: 1 to 2,000 characters. conversation: what the former answer gave, to ask a follow-up; null to begin.
    as_of: the day whose law and figures are meant; null for today in Viet Nam.
    """

    question: str
    conversation: Annotated[str | None, Field(max_length=CONVERSATION_LIMIT_CHARS)] = None
    as_of: Day = None


_EVENTS = (
    "Câu trả lời; status cho biết có trả lời được không. Với Accept: text/event-stream là các sự kiện, dữ liệu của mỗi "
    "loại là một đối tượng JSON theo itemSchema: status (bước vừa xong), citation (nguồn mới, trước câu dùng nó), "
    "delta (trọn một câu đã đối chiếu), replace (thay cho mọi delta và citation đã gửi, khi chúng không còn đúng), "
    "done (cả câu trả lời, luôn là cuối cùng), error (application/problem+json, cũng là cuối cùng). Dòng bắt đầu bằng "
    "dấu hai chấm chỉ để giữ kết nối."
)

_RECORDS = {
    "status": "StatusEvent",
    "citation": "Citation",
    "delta": "DeltaEvent",
    "replace": "ReplaceEvent",
    "done": "Answer",
    "error": "ProblemBody",
}
_STREAM = (
    'event: status\ndata: {"step":"retrieve"}\n\n'
    'event: citation\ndata: {"number":1,…}\n\n'
    'event: delta\ndata: {"start":0,"text":"Đến hết năm 2023, huyện có 12 sản phẩm OCOP. [1]"}\n\n'
    'event: done\ndata: {"status":"answered",…}\n\n'
)


def ask_routes(service: Service, refusals: Callable[..., dict[int | str, dict[str, Any]]]) -> APIRouter:
    """The routes over a service. refusals: OpenAPI's responses for problems, by status."""
    router = APIRouter()

    @router.post(
        "/api/ask",
        operation_id="ask",
        summary="Hỏi và nhận câu trả lời có dẫn nguồn",
        tags=["Hỏi đáp"],
        response_model=Answer,
        responses={
            200: {"description": _EVENTS, "content": {events.MEDIA_TYPE: events.described(_RECORDS, example=_STREAM)}},
            **refusals(
                _400="JSON hỏng",
                _408="Gửi quá chậm",
                _413="Nội dung trên 64 KiB",
                _415="Không phải application/json",
                _422="Câu hỏi trống, dài hơn 2.000 ký tự, có ký tự điều khiển, hay trường sai kiểu",
                _503="Chưa có chỉ mục dùng được, hay đang có quá nhiều câu hỏi; Retry-After cho biết khi nào hỏi lại",
            ),
        },
    )
    async def ask(
        request: Request,
        body: Annotated[
            AskRequest,
            Body(
                openapi_examples={
                    "first": {
                        "summary": "Câu hỏi đầu",
                        "value": {"question": "Giấy chứng nhận OCOP có hiệu lực bao lâu?"},
                    },
                    "as_of": {
                        "summary": "Tính theo một ngày đã qua",
                        "value": {
                            "question": "Sản phẩm 68 điểm được mấy sao?",
                            "conversation": None,
                            "as_of": "2024-06-01",
                        },
                    },
                }
            ),
        ],
    ) -> Response:
        """Trong answered và partial, claims phủ mọi câu của text và mỗi claim có ít nhất một nguồn trong citations."""
        question, province = clean_question(body.question), asked_province()
        assistant = service.assistant
        if events.MEDIA_TYPE in request.headers.get("accept", ""):
            coming = told(
                service.admission,
                lambda put: assistant.tell(
                    question, put, conversation=body.conversation, as_of=body.as_of, province=province
                ),
            )
            return StreamingResponse(
                events.event_stream(coming, request_id(request.scope)),
                media_type=events.MEDIA_TYPE,
                headers=events.HEADERS,
            )
        work = service.admission.submit(
            lambda: _ANSWER.dump_json(
                assistant.ask(question, conversation=body.conversation, as_of=body.as_of, province=province)
            )
        )
        return Response(await asyncio.wrap_future(work), media_type="application/json")

    @router.get(
        "/api/answers/{answer_id}",
        operation_id="answer",
        response_description="Câu trả lời ấy, không đổi",
        summary="Đọc lại một câu trả lời đã nhận",
        tags=["Hỏi đáp"],
        responses=refusals(
            _404="Không có mã này, hay đã quá một ngày",
            _410="Một bài được dẫn đã bị xóa theo yêu cầu",
            _422="Mã dài hơn 64 ký tự",
            _503="Chưa có chỉ mục dùng được",
        ),
    )
    def answer(
        answer_id: Annotated[
            str,
            PathParameter(max_length=64, description="id của câu trả lời", examples=["Zx3kV9mQ1o0yJt5cB7uWlA"]),
        ],
    ) -> Answer:
        """Giữ trong bộ nhớ một ngày, tối đa 10.000 câu; câu hỏi không được giữ cùng."""
        return service.answer(answer_id)

    return router
