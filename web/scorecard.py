"""POST /api/scorecard: a criteria set's form scored, from `assistant.scorecard`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import Field

from assistant.form import FormMissing, find_form
from assistant.scorecard import ScorecardError, score
from assistant.scored import Choice, Scorecard
from index.law.address import asked_number
from index.today import vietnam_today
from web.days import Day
from web.problem import INVALID_VALUE, RECORD_NOT_FOUND, FieldProblem, Problem, shown
from web.service import Service

ANSWERS_LIMIT = 200
_EXAMPLE = {
    "set": 13,
    "answers": [{"criterion": "1.1", "option": 2}, {"criterion": "1.2", "option": 0}],
    "as_of": None,
    "document": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven:
    """What was chosen under a criterion. option: its number at /api/criteria/{set_number}; 0 where none holds."""

    criterion: Annotated[str, Field(max_length=20)]
    option: Annotated[int, Field(ge=0, le=99)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardRequest:
    """A form filled in, as far as it is: criteria without an answer give no points.

    set: its number. as_of: the day whose rules count, null for today in Viet Nam. document: the sets of this decision
    instead, as for a dossier filed under a former one.
    """

    set: Annotated[int, Field(ge=1, le=99)]
    answers: Annotated[tuple[AnswerGiven, ...], Field(max_length=ANSWERS_LIMIT)]
    as_of: Day = None
    document: Annotated[str | None, Field(max_length=60)] = None


def scorecard_routes(service: Service, refusals: Callable[..., dict[int | str, dict[str, Any]]]) -> APIRouter:
    """The route over a service. refusals: OpenAPI's responses for problems, by status."""
    router = APIRouter()

    @router.post(
        "/api/scorecard",
        operation_id="scorecard",
        response_description="Phiếu đã chấm",
        summary="Tự chấm một sản phẩm theo bộ tiêu chí: điểm, hạng sao, và còn thiếu gì để lên hạng",
        tags=["Văn bản"],
        responses=refusals(
            _400="JSON hỏng",
            _404="Không có bộ này trong quy định của ngày ấy, hoặc kho không có khoảng điểm của các hạng",
            _408="Gửi quá chậm",
            _413="Nội dung trên 64 KiB",
            _415="Không phải application/json",
            _422="Mã tiêu chí hay phương án không có trong bộ, một tiêu chí trả lời hai lần, hay trường sai kiểu",
            _503="Chưa có chỉ mục dùng được",
        ),
    )
    def scorecard(
        body: Annotated[
            ScorecardRequest,
            Body(openapi_examples={"coffee": {"summary": "Hai tiêu chí của bộ 13", "value": _EXAMPLE}}),
        ],
    ) -> Scorecard:
        """star là hạng khi tính cả mức tối thiểu, band chỉ theo điểm. Mọi chỗ trích có text[start:end] của đúng digest.
        Điểm tự chấm chỉ để tham khảo: indicative nói vì sao."""
        on = body.as_of or vietnam_today()
        document = None
        if body.document is not None:
            document = asked_number(body.document)
            if document is None:
                detail = f"“document”: {shown(body.document)} không phải số hiệu văn bản như 26/2026/QĐ-TTg."
                raise Problem(INVALID_VALUE, detail, errors=[FieldProblem(pointer="#/document", detail=detail)])
        choices = [Choice(criterion=one.criterion, option=one.option) for one in body.answers]
        searcher = service.searcher
        try:
            form = find_form(body.set, searcher.criteria(), searcher.law(), on, service.article, document=document)
            return score(form, choices)
        except FormMissing as error:
            raise Problem(RECORD_NOT_FOUND, str(error)) from None
        except ScorecardError as error:
            pointer = "#/answers" if error.answer is None else f"#/answers/{error.answer}"
            detail = str(error)
            raise Problem(INVALID_VALUE, detail, errors=[FieldProblem(pointer=pointer, detail=detail)]) from None

    return router
