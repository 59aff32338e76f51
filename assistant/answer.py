"""Answer, Claim, Citation and Status: what a reader gets, and the Vietnamese sentences they are made of."""

from dataclasses import dataclass
from typing import Literal

from crawler.article import Kind, Precision, Rights

Status = Literal["answered", "partial", "needs_clarification", "no_evidence", "out_of_scope", "refused", "failed"]
ClaimKind = Literal["quoted", "stated", "derived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another article that carries the same story. url: as in `Citation`."""

    article_id: str
    title: str
    source: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a claim is supported: the version `digest` of the article has `text[start:end] == quote`, always.

    url: the page that was fetched (None for a file without address); original_url: only a link.
    date_precision: of `event_date` where there is one, else of `published`; None where neither is known.
    heading: heading path of the quote ("Điều 4, khoản 3"), empty where there is none.
    page: the page of the document the quote begins on, counted from 1; None where it has no pages. recognised: from 0
    to 1, how sure the recogniser was of that page where its text was read from an image; None where it was not.
    rights, seal: whether the whole article may be read here, and what opens the quote in it where it may not
    (`assistant.rights`). also: where else the story stands.
    """

    number: int
    article_id: str
    url: str | None
    original_url: str | None
    title: str
    source: str
    kind: Kind
    published: str | None
    event_date: str | None
    date_precision: Precision | None
    heading: str
    quote: str
    start: int
    end: int
    digest: str
    page: int | None = None
    recognised: float | None = None
    rights: Rights = "full"
    seal: str = ""
    also: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A number of a calculation and the citation it was read from."""

    value: float
    citation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """What a derived claim rests on: `operation` over `operands` gives `result`."""

    operation: Literal["sum", "difference", "quotient", "maximum", "minimum", "compare"]
    operands: tuple[Operand, ...]
    result: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A span of the answer's text and what supports it.

    quoted: its words are the quote's after NFC and white-space folding. stated: a rephrasing whose every number,
    date, name and document number occurs in the quotes cited. derived: carries its `calculation`.
    """

    start: int
    end: int
    kind: ClaimKind
    citations: tuple[int, ...]
    calculation: Calculation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Milliseconds each part of one question took."""

    embed: float
    search: float
    compose: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said, and where each part of it stands.

    In `answered` and `partial`, claims cover every character of `text` but marks, white space and the connecting
    phrases of this file, and each has at least one citation. Elsewhere there are no claims and no citations.
    as_of: the day whose law and figures are meant. corpus_updated: when the archive last changed (UTC), or None.
    conversation: the id to send with the next question of the same conversation. id: what the same answer can be had
    again by (`GET /api/answers/{id}`), for a day; "" where it was not kept.
    read_as: the question with its marks and without its slips, where it was read otherwise than typed.
    """

    status: Status
    text: str
    as_of: str
    corpus_updated: str | None
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    conversation: str
    timings_ms: Timings
    id: str = ""
    read_as: str | None = None


# ---- What a reader reads ------------------------------------------------------------------------------------------
# Fixed connecting phrases: the only words of an answer that no citation covers. They state nothing.
CONNECTIVES: tuple[str, ...] = (
    "Không, vì quy định nêu điều kiện:",
    "Các số liệu được so sánh:",
    "Số liệu dùng để tính:",
    "Đồng thời phải lưu ý:",
)

OUT_OF_SCOPE = (
    "Câu hỏi này nằm ngoài phạm vi. Tôi chỉ trả lời về Chương trình Mỗi xã một sản phẩm (OCOP): tiêu chí, hồ sơ, "
    "quyết định, tin tức và số liệu của các địa phương."
)
HEALTH = (
    "Tôi không đưa ra khẳng định về công dụng chữa bệnh của sản phẩm. Hạng sao OCOP đánh giá sản phẩm theo Bộ tiêu chí "
    "của chương trình, không phải là chứng nhận y tế; xin hỏi cơ quan y tế hoặc bác sĩ."
)
REFUSED = (
    "Tôi không thực hiện yêu cầu thay đổi cách hoạt động của hệ thống. Bạn có thể hỏi về Chương trình OCOP: tiêu chí, "
    "hồ sơ, quyết định, số liệu của các địa phương."
)
IMPOLITE = "Tôi ở đây để giúp tra cứu về OCOP. Bạn hãy cho biết điều cần hỏi, tôi sẽ tìm trong kho tài liệu."
GREETING = (
    "Xin chào! Tôi tra cứu và trả lời có dẫn nguồn về Chương trình OCOP. Bạn muốn hỏi về tiêu chí, hồ sơ, thời hạn hay "
    "số liệu của địa phương nào?"
)
PERSONAL = (
    "Tôi không tìm thấy và không cung cấp thông tin liên hệ hay dữ liệu cá nhân. Bạn có thể hỏi Văn phòng Điều phối "
    "nông thôn mới hoặc cơ quan quản lý OCOP của địa phương."
)
NO_EVIDENCE = "Tôi không tìm thấy thông tin này trong kho tài liệu hiện có."
WHICH_PLACE = "Bạn muốn hỏi số liệu của tỉnh, thành phố nào (hay của cả nước)?"
FAILED = "Hệ thống gặp lỗi khi tìm câu trả lời. Bạn hãy thử lại sau ít phút."


def vietnamese_date(iso: str) -> str:
    """An ISO date as it is read in Viet Nam: "12/6/2020", "6/2020", "năm 2020"."""
    parts = iso[:10].split("-")
    if len(parts) == 1:
        return f"năm {parts[0]}"
    return "/".join(str(int(part)) if len(part) == 2 else part for part in reversed(parts))


def page_note(page: int | None, recognised: float | None) -> str:
    """Where in a document a quote stands, and that a machine recognised it: "trang 3, nhận dạng từ bản quét, độ tin cậy
    87 %"; "" where there is nothing to say."""
    notes = [] if page is None else [f"trang {page}"]
    if recognised is not None:
        notes.append(f"nhận dạng từ bản quét, độ tin cậy {recognised:.0%}".replace("%", " %"))
    return ", ".join(notes)


def vietnamese_number(value: float) -> str:
    """A number with Vietnamese separators, at most two decimals: 1.4839 -> "1,48", 15000 -> "15.000"."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")
