"""POST /api/feedback: whether an answer was what was asked for."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import Field, StrictBool

from web.operation import Operation
from web.service import Service

WORD_CHARS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A reader's word on an answer. answer: its id. good: whether it helped. word: what the reader adds, null for none.

    The last one given counts; a word stays until another is given.
    """

    answer: Annotated[str, Field(max_length=64)]
    good: StrictBool
    word: Annotated[str | None, Field(max_length=WORD_CHARS)] = None


def feedback_routes(
    service: Service, operation: Operation, refusals: Callable[..., dict[int | str, dict[str, Any]]]
) -> APIRouter:
    """The route over a service. operation: is told of ratings. refusals: OpenAPI's responses for problems."""
    router = APIRouter()

    @router.post(
        "/api/feedback",
        operation_id="feedback",
        status_code=HTTPStatus.NO_CONTENT,
        response_description="Đã nhận",
        summary="Đánh giá một câu trả lời",
        tags=["Hỏi đáp"],
        responses=refusals(
            _400="JSON hỏng",
            _404="Không có câu trả lời này, hay đã quá một ngày",
            _408="Gửi quá chậm",
            _410="Một bài được dẫn đã bị xóa theo yêu cầu",
            _413="Nội dung trên 64 KiB",
            _415="Không phải application/json",
            _422="Trường thiếu hay sai kiểu, word dài hơn 500 ký tự",
            _429="Gửi quá nhiều; Retry-After cho biết khi nào gửi lại",
            _503="Chưa có chỉ mục dùng được",
        ),
    )
    def feedback(
        body: Annotated[
            Feedback,
            Body(
                openapi_examples={
                    "bad": {
                        "summary": "Không đúng ý, kèm một lời",
                        "value": {"answer": "Zx3kV9mQ1o0yJt5cB7uWlA", "good": False, "word": "Số liệu đã cũ"},
                    }
                }
            ),
        ],
    ) -> None:
        """Số điện thoại, số định danh và e-mail trong word bị bỏ trước khi lưu. Máy chủ không lưu thì nhận rồi bỏ."""
        service.answer(body.answer)
        operation.rated(body.answer, good=body.good, word=_one_line(body.word or ""))

    return router


def _one_line(text: str) -> str:
    kept = (" " if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char for char in text)
    return " ".join("".join(kept).split())
