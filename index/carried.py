"""What a sentence leaves to those after it: the date its paragraph opened with, a plan it began, what leads into a
list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.article import Article, Block
from index.figures.moments import Moment, find_moments, is_later, settled
from index.figures.planned import opens_plan, says_reached
from index.sentence import article_sentences
from index.span import Span

# A paragraph that is an item of a list in all but markup: "Thứ nhất: …", "Hai là …", "- …".
_LISTED = re.compile(
    r"(?:thứ \w+|(?:một|hai|ba|bốn|năm|sáu) là|[-–+•*]|\d{1,2}[.)]|[a-zđ]\))(?:\s*[:,.]|\s)", re.IGNORECASE
)
# The words before the date that opens a sentence: "Tính đến ", "Mục tiêu đến ", "Theo kế hoạch, đến ".
_OPENING = re.compile(
    r"\W*(?:(?:[Tt]rong\s+|[ỞởTt]ại\s+)?(?:[Đđ]ợt|[Ll]ần|[Kk]ỳ|[Vv]ụ)\s+(?:\d{1,2}|I{1,3}|IV)\s*[,/-]?\s+)?"
    r"(?:[A-ZĐa-zà-ỹđ][a-zà-ỹđ]*\s+){0,4}(?:[a-zà-ỹđ]+,\s+)?(?:[a-zà-ỹđ]+\s+){0,3}"
)
# "Quyết định 1765/QĐ-UBND ngày …" that opens a paragraph dates what it goes on to say of it.
_DOCUMENT = re.compile(
    r"\W*(?:(?:theo|tại|bằng|với)\s+)?(?:quyết định|nghị quyết|"
    r"kế hoạch|công văn|thông báo|tờ trình)(?:\s+số)?\s+[\w/.-]+,?\s+"
    r"(?:(?:ký|ban hành)\s+)?(?:ngày\s+)?",
    re.IGNORECASE,
)
# A sentence without a subject of its own goes on with the plan before it: "Duy trì …", "Trong đó …", "Riêng năm nay …".
_GOES_ON = re.compile(
    r"\W*(?:\d|(?:duy trì|nâng|phát triển|xây dựng|hỗ trợ|công nhận|"
    r"có|đạt|tổ chức|thành lập|đưa|phấn đấu|tăng|giảm|mở|hình thành|"
    r"đào tạo|tập huấn|củng cố|hoàn thiện|đánh giá|ít nhất|tối thiểu|"
    r"trên|khoảng|trong đó|riêng|đồng thời|cụ thể|ngoài ra|cùng với|"
    r"bên cạnh|trọng tâm|mỗi|đến|tiếp tục|lựa chọn|kết nối|đẩy mạnh|trong|bao gồm|gồm)(?!\w))",
    re.IGNORECASE,
)


# Who does something each year: "Mỗi năm, tỉnh tổ chức 2 hội chợ", "Sở định kỳ mở 4 lớp".
_DOER = (
    r"(?:(?:các|những|toàn|cả)\s+)?(?:tỉnh|thành\s+phố|thị\s+xã|huyện|quận|xã|phường|nước|địa\s+phương|sở|ngành|"
    r"ubnd|ban|hội|liên\s+minh|trung\s+tâm|chi\s+cục|cơ\s+sở|chủ\s+thể|htx|hợp\s+tác\s+xã|tổ\s+hợp\s+tác|tht|"
    r"doanh\s+nghiệp|công\s+ty|xưởng|làng|hộ|gia\s+đình|nhà|ngân\s+sách|nông\s+dân|bà\s+con|người|ông|bà|anh|chị|"
    r"(?-i:[A-ZĐÀ-Ỹ]\w*))(?!\w)"
)
_USUALLY = r"(?:(?:mỗi|hằng|hàng)\s+(?:năm|tháng|quý|tuần|vụ)|định\s+kỳ|thường\s+niên|thường\s+xuyên)(?!\w)"
_HABIT = re.compile(rf"\W*(?:{_USUALLY}\s*,?\s+{_DOER}|{_DOER}(?:\s+\w+){{0,8}}?\s+{_USUALLY})", re.IGNORECASE)
# "Mỗi năm, tỉnh có thêm 30 sản phẩm mới" goes on with the aim of so many products.
_ADDS = re.compile(r"(?<!\w)(?:thêm|mới|tăng|phấn\s+đấu|sẽ)(?!\w)", re.IGNORECASE)


_COUNTS_ON = re.compile(
    r"\W*(?:\d|(?:trong đó|trong số (?:đó|này)|bao gồm|gồm|cụ thể|chia theo|theo hạng|xét theo|"
    r"riêng|số còn lại|hạng|nhóm|tách riêng|chia ra|tính riêng|phân theo|xếp theo)(?!\w))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What stands before a sentence in its paragraph or list.

    date: the one the paragraph opened with ("Năm 2021, … Phấn đấu có 10 chủ thể") or that the sentence leading into
    the list names, and where in the article it stands. lead: that leading sentence (it ends with a colon), and where in
    the article it starts. planned:
    the words of a plan that later sentences go on with. All None where there is none.
    """

    date: str | None = None
    date_span: Span | None = None
    lead: str | None = None
    lead_start: int | None = None
    planned: Span | None = None


def carried_sentences(article: Article) -> Iterator[tuple[int, int, Block, Carried]]:
    """Every sentence with its block and what stands before it in its paragraph or list."""
    current: Block | None = None
    carried = Carried()
    listed = False
    day = article.event_date or article.published
    for start, end, block in article_sentences(article):
        sentence = article.text[start:end]
        if block != current:
            listed = block.role == "item" or _LISTED.match(sentence) is not None
            if not (listed and carried.lead is not None):
                carried = Carried()
            current = block
        ahead = carried.planned is not None or (carried.date is not None and is_later(carried.date, day))
        if not listed and carried.lead is None and ahead and is_habit(sentence):
            carried = Carried()
        yield start, end, block, carried
        if not listed:
            carried = _after(sentence, start, carried, day)


def goes_on(sentence: str) -> bool:
    """Whether a sentence has no subject of its own, so that it goes on with what the one before it began."""
    return _GOES_ON.match(sentence) is not None


def is_habit(sentence: str) -> bool:
    """Whether a sentence tells what somebody does each year, which is no part of the plan told before it."""
    return _HABIT.match(sentence) is not None and _ADDS.search(sentence) is None


def starts_with_count(sentence: str) -> bool:
    """Whether a sentence goes on counting what the one before it counted: "Trong đó 18 …", "5 sản phẩm được xếp …"."""
    return _COUNTS_ON.match(sentence) is not None


def _after(sentence: str, start: int, former: Carried, day: str | None) -> Carried:
    moments = find_moments(sentence, day)
    planned = _plan_after(sentence, start, former)
    if sentence.rstrip().endswith(":"):
        dated = [moment for moment in moments if moment.role in ("own", "named") and moment.iso]
        date, span = former.date, former.date_span
        if dated:
            date, span = settled(dated[-1], day, planned=planned is not None), _span(dated[-1], start)
        return Carried(date=date, date_span=span, lead=sentence, lead_start=start, planned=planned)
    carried = replace(former, lead=None, lead_start=None, planned=planned)
    opening = moments[0] if moments else None
    if opening is None or opening.alone:
        return carried
    if opening.role == "named" and opening.iso is not None and _DOCUMENT.fullmatch(sentence, 0, opening.start):
        return replace(carried, date=opening.iso, date_span=_span(opening, start))
    if not _OPENING.fullmatch(sentence, 0, opening.start):
        return carried
    if opening.role == "now":
        return replace(carried, date=None, date_span=None)
    date = settled(opening, day, planned=planned is not None)
    if opening.role == "own" and date is not None:
        return replace(carried, date=date, date_span=_span(opening, start))
    return carried


def _plan_after(sentence: str, start: int, former: Carried) -> Span | None:
    plan = opens_plan(sentence)
    if plan is not None:
        return plan.moved(start)
    return former.planned if goes_on(sentence) and not says_reached(sentence, len(sentence)) else None


def _span(moment: Moment, offset: int) -> Span:
    return Span(moment.start, moment.end).moved(offset)
