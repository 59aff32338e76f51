"""Problems: every error a client sees, as RFC 9457 `application/problem+json` or as a page, in Vietnamese.

Problem (raised anywhere below a route; never carries internals)
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MEDIA_TYPE = "application/problem+json"
SHOWN_VALUE_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemKind:
    """One kind of trouble. `slug` is its anchor on the page /docs, which the problem's `type` points at."""

    slug: str
    status: int
    title: str

    @property
    def type(self) -> str:
        """The problem type of RFC 9457 section 3.1.1, a reference relative to this server."""
        return f"/docs#{self.slug}"


EMPTY_QUESTION = ProblemKind(slug="empty-question", status=422, title="Chưa có câu hỏi")
QUESTION_TOO_LONG = ProblemKind(slug="question-too-long", status=422, title="Câu hỏi quá dài")
CONTROL_CHARACTERS = ProblemKind(slug="control-characters", status=422, title="Câu hỏi có ký tự không đọc được")
MALFORMED_JSON = ProblemKind(slug="malformed-json", status=400, title="Dữ liệu gửi lên không phải JSON hợp lệ")
INVALID_VALUE = ProblemKind(slug="invalid-value", status=422, title="Giá trị gửi lên không hợp lệ")
UNSUPPORTED_MEDIA_TYPE = ProblemKind(
    slug="unsupported-media-type", status=415, title="Kiểu dữ liệu gửi lên không được nhận"
)
BODY_TOO_LARGE = ProblemKind(slug="body-too-large", status=413, title="Dữ liệu gửi lên quá lớn")
BODY_TIMEOUT = ProblemKind(slug="body-timeout", status=408, title="Dữ liệu gửi lên quá chậm")
ARTICLE_NOT_FOUND = ProblemKind(slug="article-not-found", status=404, title="Không có bài này")
ARTICLE_FORGOTTEN = ProblemKind(slug="article-forgotten", status=410, title="Bài đã được xóa theo yêu cầu")
RECORD_NOT_FOUND = ProblemKind(slug="record-not-found", status=404, title="Kho không có dữ liệu này")
ANSWER_NOT_FOUND = ProblemKind(slug="answer-not-found", status=404, title="Không còn câu trả lời này")
VERSION_NOT_FOUND = ProblemKind(slug="version-not-found", status=404, title="Không có phiên bản này của bài")
MODEL_NOT_FOUND = ProblemKind(slug="model-not-found", status=404, title="Không có mô hình này")
UNSUPPORTED_PARAMETER = ProblemKind(slug="unsupported-parameter", status=422, title="Tham số không được hỗ trợ")
SPAN_OUTSIDE = ProblemKind(slug="span-outside", status=422, title="Đoạn trích nằm ngoài bài")
NOT_FOUND = ProblemKind(slug="not-found", status=404, title="Không có địa chỉ này")
METHOD_NOT_ALLOWED = ProblemKind(
    slug="method-not-allowed", status=405, title="Địa chỉ này không nhận phương thức đã dùng"
)
PORTAL_NOT_FOUND = ProblemKind(slug="portal-not-found", status=404, title="Không có cổng này")
PORTAL_REFUSED = ProblemKind(slug="portal-refused", status=403, title="Trang này không được hỏi thay cổng ấy")
TOKEN_NEEDED = ProblemKind(slug="token-needed", status=401, title="Cần mã của người vận hành")
TOO_MANY = ProblemKind(slug="too-many", status=429, title="Bạn hỏi hơi nhanh")
ARCHIVE_UNUSABLE = ProblemKind(slug="archive-unusable", status=503, title="Không đọc được kho tư liệu")
NOT_READY = ProblemKind(slug="not-ready", status=503, title="Chưa sẵn sàng trả lời")
BUSY = ProblemKind(slug="busy", status=503, title="Máy chủ đang bận")
INTERNAL = ProblemKind(slug="internal", status=500, title="Máy chủ gặp lỗi")

KINDS: tuple[ProblemKind, ...] = (
    EMPTY_QUESTION,
    QUESTION_TOO_LONG,
    CONTROL_CHARACTERS,
    MALFORMED_JSON,
    INVALID_VALUE,
    UNSUPPORTED_MEDIA_TYPE,
    BODY_TOO_LARGE,
    BODY_TIMEOUT,
    ARTICLE_NOT_FOUND,
    ARTICLE_FORGOTTEN,
    VERSION_NOT_FOUND,
    ANSWER_NOT_FOUND,
    RECORD_NOT_FOUND,
    MODEL_NOT_FOUND,
    UNSUPPORTED_PARAMETER,
    SPAN_OUTSIDE,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    PORTAL_NOT_FOUND,
    PORTAL_REFUSED,
    TOKEN_NEEDED,
    TOO_MANY,
    NOT_READY,
    ARCHIVE_UNUSABLE,
    BUSY,
    INTERNAL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """What is wrong with one field. `pointer` is a JSON pointer fragment (RFC 6901) or `?name` of a query parameter."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemBody:
    """The document of RFC 9457 section 3.1, with the extension member `errors`.

    instance: `urn:uuid:` and the id under which the server logged the request (also the header X-Request-ID).
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[FieldProblem, ...] = ()


class Problem(Exception):
    """Ends a request with this kind of problem. `detail` is one or two Vietnamese sentences for the reader."""

    def __init__(
        self,
        kind: ProblemKind,
        detail: str,
        *,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{kind.slug}: {detail}")
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def body(self, request_id: str) -> ProblemBody:
        """The document to send."""
        return ProblemBody(
            type=self.kind.type,
            title=self.kind.title,
            status=self.kind.status,
            detail=self.detail,
            instance=f"urn:uuid:{request_id}",
            errors=self.errors,
        )


def invalid_parameter(name: str, detail: str, *, said: str | None = None) -> Problem:
    """A parameter of a query that means nothing. said: the sentence for the reader, where it is not made of both."""
    problem = FieldProblem(pointer=f"?{name}", detail=detail)
    return Problem(INVALID_VALUE, said or f"“{name}”: {detail}.", errors=[problem])


def shown(value: object) -> str:
    """A value from outside as it may stand in a message: one line, at most 60 characters, always encodable."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    text = "".join(char if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} else "�" for char in text)
    return text if len(text) <= SHOWN_VALUE_CHARS else text[: SHOWN_VALUE_CHARS - 1] + "…"


def _expected(error: Mapping[str, Any]) -> str:
    """What pydantic wanted, in Vietnamese (https://docs.pydantic.dev/latest/errors/validation_errors/)."""
    kind = str(error["type"])
    context: Mapping[str, Any] = error.get("ctx") or {}
    match kind:
        case "string_type":
            return "một chuỗi ký tự"
        case "string_unicode":
            return "một chuỗi Unicode hợp lệ"
        case "string_too_long":
            return f"không quá {context['max_length']} ký tự"
        case "string_too_short":
            return f"ít nhất {context['min_length']} ký tự"
        case "bool_type":
            return "true hoặc false"
        case "int_type" | "int_parsing" | "int_from_float" | "int_parsing_size":
            return "một số nguyên"
        case "greater_than_equal":
            return f"một số từ {context['ge']} trở lên"
        case "less_than_equal":
            return f"một số không quá {context['le']}"
        case "literal_error":
            # pydantic joins the last two with the English "or".
            return "một trong các giá trị " + str(context["expected"]).replace(" or ", ", ")
        case "value_error":
            return str(context["error"])
        case "dataclass_type" | "model_attributes_type" | "dict_type" | "model_type" | "dataclass_exact_type":
            return 'một đối tượng JSON, ví dụ {"question": "OCOP là gì?"}'
        case _ if kind.startswith("date"):
            return "một ngày dạng YYYY-MM-DD, ví dụ 2026-11-22"
        case _:
            return "một giá trị đúng như mô tả ở /docs"


def from_validation(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """Pydantic's errors as one problem: which field, what was found, what is expected."""
    fields: list[FieldProblem] = []
    for error in errors:
        location = [str(part) for part in error["loc"]]
        place, names = location[0], location[1:]
        if error["type"] == "json_invalid":
            at = names[0] if names else "0"
            return Problem(
                MALFORMED_JSON,
                f'Không đọc được JSON ở ký tự thứ {at}. Cần một đối tượng JSON, ví dụ {{"question": "OCOP là gì?"}}.',
            )
        name = ".".join(names) or "nội dung gửi lên"
        pointer = f"?{name}" if place == "query" else "#" + "".join(f"/{part}" for part in names)
        if error["type"] == "missing":
            detail = f"Thiếu “{name}”." if names else 'Thiếu nội dung. Cần một đối tượng JSON, ví dụ {"question": "…"}.'
        else:
            detail = f"“{name}” nhận được {shown(error.get('input'))}; cần {_expected(error)}."
        fields.append(FieldProblem(pointer=pointer, detail=detail))
    return Problem(INVALID_VALUE, " ".join(field.detail for field in fields), errors=fields)
