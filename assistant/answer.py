"""Answer, Claim, Citation and Status: what a reader gets, and the Vietnamese sentences they are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
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
    place: the province that the source, or whoever added it, declares the article to be of; its text need not name it.
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
    place: str | None = None
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
    """What a derived claim rests on: `operation` over `operands` gives `result`.

    days_after: the first operand and the result are days, written as the number yyyymmdd (20260721); the second is how
    many days lie between. months_after: the first operand is a day, the second how many months later; a third, where
    there is one, how many days after the day so found, negative for before. A day that a month lacks is its last one
    (Điều 148 khoản 3 of the Civil Code, 91/2015/QH13).
    """

    operation: Literal[
        "sum", "difference", "quotient", "share", "maximum", "minimum", "compare", "days_after", "months_after"
    ]
    operands: tuple[Operand, ...]
    result: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A line that a table may show as a row: what the figure is of, of when ("" where that is not said), and the
    figure, each in the words of the line."""

    name: str
    when: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A span of the answer's text and what supports it.

    quoted: its words are the quote's after NFC and white-space folding. stated: a rephrasing whose every number,
    date, name and document number occurs in the quotes cited or the headings they stand under; a document number may
    be that of the source's title. derived: the same, but for the `result` of its `calculation`.
    cells: of a line that sets one figure beside others, what a table would show of it; else None.
    """

    start: int
    end: int
    kind: ClaimKind
    citations: tuple[int, ...]
    calculation: Calculation | None = None
    cells: Cells | None = None


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
# Fixed connecting phrases: the only words of an answer that no citation covers. They state nothing of the world beyond
# what the claim after them shows: at most that the archive does not tell.
REQUIRED = "Không, vì quy định nêu điều kiện:"
AMONG_THOSE = "Được, quy định nêu:"
NOT_AMONG_THOSE = "Không có trong những đối tượng mà quy định nêu:"
ONLY_OF_TOURISM = "Chỉ với nhóm du lịch, quy định nêu:"
NOT_BUT_OF_TOURISM = "Không, chỉ với nhóm du lịch, quy định nêu:"
COMPARED = "Các số liệu được so sánh:"
FOUND_FIGURES = "Các số liệu tìm thấy:"
RECKONED = "Số liệu dùng để tính:"
HIGHEST_FIRST = "Xếp từ cao xuống thấp:"
READ_DECISIONS_ONLY = "Chỉ gồm sản phẩm có tên trong các quyết định mà kho đọc được."
NOTE_ALSO = "Đồng thời phải lưu ý:"
TWO_RULES = "Hai quy định cùng có hiệu lực, ngày nộp hồ sơ quyết định theo văn bản nào:"
IN_TURN = "Trong thời gian được hỏi có nhiều quy định nối nhau:"
UNDETERMINED = "Chưa xác định được quy định áp dụng. Những điều kho tài liệu cho biết:"
NO_TRANSITION = (
    "Chưa xác định được: kho không giữ quy định chuyển tiếp cho hồ sơ nộp trước ngày văn bản mới có hiệu lực."
)
NOT_BY_POINTS = "Không chắc, quy định đòi cả điểm và những điều sau:"
NO_SUCH_POINTS = "Không có mức điểm ấy, quy định nêu:"
OVERDUE = "Chưa xác định được: hạn chuyển tiếp đã qua, luật không nói hồ sơ quá hạn theo văn bản nào."
OVERDUE_TODAY = "Chưa xác định được: đúng ngày hết hạn chuyển tiếp, đã quá hạn hay chưa tùy có tính ngày đầu hay không."
STILL_WAITING = "Nếu đến nay hồ sơ ấy vẫn chưa được đánh giá, phân hạng:"
STANDS = "Còn hiệu lực:"
LAPSED = "Không còn hiệu lực:"
NOT_YET = "Chưa có hiệu lực:"
DOUBTFUL = "Chưa xác định được còn hiệu lực hay không:"
NOT_KNOWN_REPLACED = "Chưa thấy văn bản nào thay thế, cũng chưa có văn bản nào xác nhận còn hiệu lực:"
FALSE_PREMISE = "Điều nêu trong câu hỏi không còn đúng:"
TRUE_SAYING = "Đúng, quy định nêu:"
FALSE_SAYING = "Không đúng, quy định nêu:"
NOT_SO = "Không phải vậy, vì quy định nêu:"
NO_RULE_SAYS = "Không, quy định nêu:"
SO_RECORDED = "Đúng, quyết định ghi:"
NOT_RECORDED = "Không phải vậy, quyết định ghi:"
SO_SOURCED = "Đúng, nguồn ghi:"
NOT_SOURCED = "Không đúng, nguồn ghi:"
OTHERWISE_SOURCED = "Nguồn tìm thấy ghi khác với điều nêu trong câu hỏi:"
BY_LAW_NOW = "Theo quy định áp dụng:"
STEPS = "Các bước theo thứ tự:"
DEADLINES = "Thời hạn:"
LOCAL = "Phần tỉnh được tự quy định:"
MAY_JOIN = "Ai được tham gia:"
JUDGED_BY = "Sản phẩm chấm theo:"
FIRST_DOSSIER = "Hồ sơ lần đầu:"
FILED_WITH = "Nộp hồ sơ:"
NONE_KNOWN: dict[str, str] = {
    subject: f"Kho không giữ văn bản nào về {name} mà biết là có hiệu lực vào ngày được hỏi: chưa xác định, không phải "
    "là không có."
    for subject, name in (
        ("criteria", "bộ tiêu chí"),
        ("procedure", "trình tự, thẩm quyền"),
        ("programme", "chương trình OCOP"),
        ("label", "nhãn hiệu chứng nhận"),
        ("funding", "kinh phí"),
    )
}
WINDOW_AHEAD = "Chưa tới khung nộp hồ sơ đánh giá lại:"
WINDOW_OPEN = "Đang trong khung nộp hồ sơ đánh giá lại:"
WINDOW_PAST = "Đã quá khung nộp hồ sơ đánh giá lại:"
PAST_TERM = "Giấy chứng nhận đã hết thời hạn, chỉ còn hiệu lực nếu thuộc trường hợp sau:"
TO_BE_JUDGED = "Hồ sơ nộp trước khi văn bản mới có hiệu lực mà chưa được đánh giá, phân hạng:"
HOLDS = "Giấy chứng nhận còn hạn vào ngày được hỏi:"
HAS_ENDED = "Giấy chứng nhận đã hết hạn vào ngày được hỏi:"
WITHDRAWN = "Đã bị thu hồi hoặc thôi công nhận:"
KEPT_OR_NOT = "Chưa xác định còn hiệu lực hay không, vì kho không biết đã nộp hồ sơ đánh giá lại chưa:"
HISTORY = "Các lần được ghi trong quyết định:"
RENEWAL = "Khung nộp hồ sơ đánh giá lại:"
PAPERS = "Các quyết định tìm thấy:"
LISTED = "Các sản phẩm tìm thấy trong quyết định:"
ENDING = "Các giấy chứng nhận hết hạn, sớm trước:"
CHANGED = "Về sau đã có quyết định khác:"
OF_POINTS = "Về tổng điểm:"
HIGHER_STAR = "Hạng cao hơn đòi thêm hoặc đòi khác:"
LESS_BY_MARKS = "Chưa được hạng theo tổng điểm, vì thiếu mức tối thiểu:"
OF_MARKS = "Về mức tối thiểu theo dấu sao:"
CONNECTIVES: tuple[str, ...] = (
    REQUIRED,
    AMONG_THOSE,
    NOT_AMONG_THOSE,
    ONLY_OF_TOURISM,
    NOT_BUT_OF_TOURISM,
    COMPARED,
    FOUND_FIGURES,
    RECKONED,
    HIGHEST_FIRST,
    NOTE_ALSO,
    TWO_RULES,
    IN_TURN,
    UNDETERMINED,
    NO_TRANSITION,
    NOT_BY_POINTS,
    NO_SUCH_POINTS,
    OVERDUE,
    OVERDUE_TODAY,
    STILL_WAITING,
    STANDS,
    LAPSED,
    NOT_YET,
    DOUBTFUL,
    NOT_KNOWN_REPLACED,
    FALSE_PREMISE,
    TRUE_SAYING,
    FALSE_SAYING,
    NOT_SO,
    NO_RULE_SAYS,
    SO_RECORDED,
    NOT_RECORDED,
    SO_SOURCED,
    NOT_SOURCED,
    OTHERWISE_SOURCED,
    BY_LAW_NOW,
    STEPS,
    DEADLINES,
    LOCAL,
    MAY_JOIN,
    JUDGED_BY,
    FIRST_DOSSIER,
    FILED_WITH,
    *NONE_KNOWN.values(),
    WINDOW_AHEAD,
    WINDOW_OPEN,
    WINDOW_PAST,
    PAST_TERM,
    TO_BE_JUDGED,
    HOLDS,
    HAS_ENDED,
    WITHDRAWN,
    KEPT_OR_NOT,
    HISTORY,
    RENEWAL,
    PAPERS,
    LISTED,
    ENDING,
    CHANGED,
    OF_POINTS,
    OF_MARKS,
    HIGHER_STAR,
    LESS_BY_MARKS,
)

OUT_OF_SCOPE = (
    "Câu hỏi này nằm ngoài phạm vi. Tôi chỉ trả lời về Chương trình Mỗi xã một sản phẩm (OCOP): tiêu chí, hồ sơ, "
    "quyết định, tin tức và số liệu của các địa phương."
)
HEALTH = (
    "Tôi không đưa ra khẳng định về công dụng chữa bệnh của sản phẩm. Hạng sao OCOP đánh giá sản phẩm theo Bộ tiêu chí "
    "của chương trình, không phải là chứng nhận y tế; xin hỏi cơ quan y tế hoặc bác sĩ."
)
FORGED = (
    "Tôi không giúp làm giấy chứng nhận, tem, con dấu hay hồ sơ giả. Bạn có thể hỏi về hồ sơ và điều kiện để sản phẩm "
    "được công nhận."
)
UNLAWFUL = (
    "Tôi không giúp hối lộ, gian lận hay làm sai lệch kết quả đánh giá. Bạn có thể hỏi về tiêu chí, cách chấm điểm và "
    "điều kiện để sản phẩm được công nhận."
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
WELCOME = "Không có gì, rất vui được giúp bạn. Bạn cần biết thêm điều gì về OCOP cứ hỏi nhé."
OWN_DATA = "Bạn không cần gửi dữ liệu cá nhân của mình; phần ấy không được dùng và không được giữ lại."
PERSONAL = (
    "Tôi không tìm thấy và không cung cấp thông tin liên hệ hay dữ liệu cá nhân. Bạn có thể hỏi Văn phòng Điều phối "
    "nông thôn mới hoặc cơ quan quản lý OCOP của địa phương."
)
NO_DOCUMENT = "Tôi không tìm thấy {named} trong kho tài liệu hiện có."
NO_SUCH_UNIT = "{document} có từ Điều 1 đến Điều {last}, không có Điều {asked}."
NO_SUCH_PART = "{outer} {document} có từ {first} đến {last}, không có {asked}."
NO_PARTS = "{outer} {document} không chia thành {kind}."
NO_EVIDENCE = "Tôi không tìm thấy thông tin này trong kho tài liệu hiện có."
NO_MERGER = "Kho không có bài nào nói về việc này; điều ghi kèm dưới đây lấy từ danh mục tỉnh, thành phố."
WHICH_PLACE = "Bạn muốn hỏi số liệu của tỉnh, thành phố nào (hay của cả nước)?"
WHICH_PRODUCT = "Bạn hỏi sản phẩm nào? Hãy cho biết tên sản phẩm, kèm chủ thể hoặc địa phương, hoặc số điểm đã chấm."
WHICH_GOODS = "Bạn làm sản phẩm gì? Mỗi loại sản phẩm được chấm theo một bộ tiêu chí riêng."
OF_WHICH_SET = "Điểm của tiêu chí này tùy bộ tiêu chí. Bạn hỏi sản phẩm nào?"
FORGOTTEN = "Tôi không còn nhớ cuộc trò chuyện trước; câu này được hiểu riêng, như câu đầu tiên."
GO_ON = "Vâng, bạn cứ hỏi tiếp về OCOP nhé."
NOTED = "Tôi đã hiểu. Bạn muốn hỏi điều gì về việc này?"
NO_SUCH_DAY = "Lịch không có ngày {day}. Bạn hãy xem lại ngày ghi trên giấy tờ rồi hỏi lại."
WHICH_QUESTION = (
    "Tôi chưa rõ bạn hỏi tiếp điều gì. Bạn hãy nêu đủ trong một câu: về việc gì, của địa phương nào, vào thời gian nào."
)
FAILED = "Hệ thống gặp lỗi khi tìm câu trả lời. Bạn hãy thử lại sau ít phút."


def vietnamese_date(iso: str) -> str:
    """An ISO date as it is read in Viet Nam: "12/6/2020", "6/2020", "năm 2020"."""
    parts = iso[:10].split("-")
    if len(parts) == 1:
        return f"năm {parts[0]}"
    return "/".join(str(int(part)) if len(part) == 2 else part for part in reversed(parts))


def day_number(day: date) -> float:
    """A day as a calculation holds it: 20260721."""
    return float(f"{day:%Y%m%d}")


def day_of(number: float) -> date:
    """The day a calculation holds as a number.

    Raises:
        ValueError: no calendar has that day.
    """
    return date.fromisoformat(f"{number:.0f}")


def page_note(page: int | None, recognised: float | None) -> str:
    """Where in a document a quote stands, and that a machine recognised it: "trang 3, nhận dạng từ bản quét, độ tin cậy
    87 %"; "" where there is nothing to say."""
    notes = [] if page is None else [f"trang {page}"]
    if recognised is not None:
        notes.append(f"nhận dạng từ bản quét, độ tin cậy {recognised:.0%}".replace("%", " %"))
    return ", ".join(notes)


# What sums of money are said in, the larger first.
MONEY_FORMS = ("tỷ đồng", "triệu đồng")


def vietnamese_number(value: float) -> str:
    """A number with Vietnamese separators, at most two decimals: 1.4839 -> "1,48", 15000 -> "15.000"."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


# From these on, a share in percent, and an average or a ratio, are told with one decimal, below them with two.
_SHARE_IN_TENTHS, _RATIO_IN_TENTHS = 1, 10


def share_told(share: float, beside: Iterable[float] = ()) -> float:
    """A share in percent as it is told: "90,9 %", "0,71 %"; with two decimals where one of those told beside it, which
    differs, would read the same with one."""
    alike = any(other != share and round(other, 1) == round(share, 1) for other in beside)
    return round(share, 2 if alike or abs(share) < _SHARE_IN_TENTHS else 1)


def ratio_told(ratio: float) -> float:
    """An average or a ratio as it is told: "1,48", "36,6"."""
    return round(ratio, 2 if abs(ratio) < _RATIO_IN_TENTHS else 1)
