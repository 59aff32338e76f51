"""The times a sentence speaks of, each as what it is to a number: its own date, a name's, one compared with, today.

`index.dates` finds what is written as a date; here come the words that need a day to count from ("năm nay", "cuối
năm", "hiện nay") and what the words before a date make of it.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from index.dates import UNTIL_NOW, find_dates

# own: when something was so. now: the day of the text. named: part of a name ("Chương trình OCOP năm 2020").
# compared: only compared with ("so với năm 2020"). since: when something began ("từ năm 2019").
# same: that of what was told before ("cùng thời điểm này").
# told: that too, else the day of the text ("đợt này", "lũy kế").
Role = Literal["own", "now", "named", "compared", "since", "same", "told"]

_NOW = re.compile(
    r"(?<!\w)(?:(?<!thực )(?<!thể )(?<!xuất )(?<!phát )(?<!biểu )(?<!tái )hiện(?:\s+(?:nay|tại))?"
    r"(?!\s+(?:đại|vật|thực|hữu|trạng|tượng|trường|diện|hành|kim|thân))|"
    r"(?:tính\s+|cho\s+)?(?:đến|tới)\s+(?:nay|thời\s+điểm\s+(?:này|hiện\s+(?:tại|nay))|lúc\s+này)|"
    r"hôm\s+nay|lúc\s+này|(?:chỉ|mà)\s+sau\s+\w+\s+năm|(?:bây\s+)?giờ(?=\s+(?:thì|đã|có))|"
    r"(?<=thì )nay|(?<=còn )nay|(?<=, )nay)(?!\w)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?<!\w)(?:(?:(?:phiên|hội|kỳ)\s+\w+|đợt|lần|kỳ)\s+(?:lần\s+)?này|lũy\s+kế|cộng\s+dồn|cộng\s+với\s+các\s+đợt\s+trước)(?!\w)",
    re.IGNORECASE,
)
# "hai năm sau" counts years
_UNNUMBERED = "".join(
    rf"(?<!{word} )" for word in (r"\d", *"mỗi hằng hàng từng hai ba bốn một mấy nhiều những các vài mười".split())
)
_SAME = re.compile(
    r"(?<!\w)(?:cùng|vào|tại)\s+(?:thời\s+(?:điểm|gian)|mốc)\s+(?:này|đó|ấy|trên)|(?<!\w)cùng\s+(?:thời\s+điểm|năm|tháng|ngày)(?!\w)",
    re.IGNORECASE,
)
# "Sang năm sau, đợt 1 năm 2024": the year after the one told of, which its own words date
_WHICH = r"nay|ngoái|trước(?!\s+(?:đó|mắt))|vừa\s+qua|tới|(?<!sang năm )sau(?!\s+(?:khi|đó|sáp))"
_YEAR_TOLD = re.compile(rf"\s+năm\s+(?P<which>{_WHICH})(?!\w)", re.IGNORECASE)  # "đến tháng 5 năm nay"
_RELATIVE = re.compile(
    r"(?<!\w)(?:"
    r"(?:(?:\d{1,2}|ba|sáu|chín)\s+tháng\s+(?:(?:đầu|cuối)\s+)?(?=năm\s))?"
    rf"(?P<end>(?:cuối|hết)\s+)?(?:đầu\s+|giữa\s+)?(?<!/)(?:{_UNNUMBERED}|(?=năm\s+(?:nay|ngoái)))năm\s+(?P<which>{_WHICH})|(?P<next>sang\s+năm)(?!\s+(?:sau|đó|ấy)(?!\w))"
    rf"|{_UNNUMBERED}(?P<before>năm\s+trước\s+đó)"
    r"|(?P<bare_end>(?<!tháng )(?<!dịp )(?<!mùa )(?<!nửa )(?:cuối|hết)\s+năm)"
    r"|(?P<bare>(?:đầu|giữa|trong|nửa\s+(?:đầu|cuối))\s+năm)"
    r"|(?:(?<=dự kiến )|(?<=phấn đấu )|(?<=mục tiêu )|(?<=ước ))cả\s+năm"
    r"|(?:(?<!phú )quý\s+(?:[1-4]|IV|I{1,3})|(?:\d{1,2}|ba|sáu|chín)\s+tháng\s+(?P<bare_months>đầu|cuối)\s+năm)"
    r")(?!\w)(?!\s+(?:\d|qua|học))",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    # a target has its date though it is compared with: "so với kế hoạch giai đoạn 2018 - 2020 là 20 sản phẩm"
    r"(?<!\w)so\s+với\s+(?:(?!mục\s+tiêu|kế\s+hoạch|chỉ\s+tiêu)[^,;.:()\d]){0,40}$|"
    r"(?<!\w)(?:so\s+(?:với\s+)?|cùng\s+kỳ\s+(?:của\s+)?|(?:nhiều|cao|ít|thấp)\s+hơn\s+|hơn\s+|bằng\s+)"
    r"(?:(?:thời\s+điểm|mốc|cùng\s+kỳ|kết\s+quả|con\s+số|số\s+liệu|của|tết|dịp|cuối|đầu|giữa|tháng|ngày|năm|(?:đợt|lần|quý|kỳ|vụ)\s+\w+)\s+){0,4}$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?<!\w)(?:kể\s+từ|bắt\s+đầu\s+từ|từ|sau)\s+(?:(?:đầu|cuối|giữa|khi|tháng|ngày|năm|sau)\s+){0,2}$", re.IGNORECASE
)
_IN_FORCE = re.compile(r"(?<!\w)hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ\s+(?:ngày\s+)?$", re.IGNORECASE)
_THEN_AS_NOW = re.compile(
    r"(?:.*[.;]\s)?\W*(?:còn\s+)?cùng\s+kỳ\s+(?:năm\s+)?", re.IGNORECASE
)  # "Cùng kỳ năm 2023, con số là 21"
# "Từ ngày 28/12/2023, 6 sản phẩm được công nhận"
_IN_FORCE_SINCE = re.compile(r"\W*(?:kể\s+)?từ\s+ngày\s+", re.IGNORECASE)
_DAY = len("2023-12-28")
_DAYS = re.compile(r"(?:ngày|từ)\s+\d{1,2}(?:\s?[-–]|\s+(?:và|đến)\s)", re.IGNORECASE)  # "từ ngày 6 đến 10/10"
_NEAR = 62  # days
_AS_EARLY = re.compile(r"(?<!\w)ngay\s+từ\s+(?:(?:đầu|cuối|giữa|tháng|ngày|năm)\s+){0,2}$", re.IGNORECASE)
_UNTIL = re.compile(
    r"(?<!\w)(?:đến|tới|hết|trước|tính\s+đến|vào)\s+(?:(?:cuối|hết|đầu|giữa|tháng|ngày|năm)\s+){0,3}$", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?<!\w)(?:chương\s+trình|đề\s+án|kế\s+hoạch|hội\s+nghị|hội\s+chợ|hội\s+thảo|hội\s+thi|festival|lễ|cuộc\s+thi|quyết\s+định|"
    r"nghị\s+quyết|nghị\s+định|thông\s+tư|công\s+văn|văn\s+bản|thông\s+báo|tờ\s+trình|luật|tuần\s+(?:lễ|hàng|ocop|văn)|diễn\s+đàn|"
    r"bộ\s+tiêu\s+chí|giải\s+thưởng|dự\s+án|phong\s+trào|phiên\s+chợ|ngày\s+hội|cuộc\s+họp|tham\s+gia\s+ocop|báo\s+cáo|"
    r"danh\s+mục|chính\s+sách)(?!\w)[^,;:()]{0,90}$",
    re.IGNORECASE,
)
# A short quotation that begins with a capital and ends with the date is a name; what someone says ends in a stop.
_QUOTED_NAME = re.compile(r"(?:^|[\s(])[“\"](?-i:[A-ZĐÀ-Ỹ])[^“”\".,;:]{0,80}$")
_UNQUOTED = re.compile(r"\s?[”\"]")
_LONGEST_NAME = 100
_IN = re.compile(r"(?<!\w)trong\s+$", re.IGNORECASE)  # "4 hội nghị và 2 đợt đánh giá trong năm 2024"
_ALONE = re.compile(r"(?<!\w)(?:riêng)(?:\s+(?:trong|tính|từ))?\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time said at `text[start:end]`.

    iso: the date, of a period its last year; None for now, and where the text gives no year and nothing tells it.
    yearless: the text says no year, so `iso` has that of the day of the text. until: something was counted up to it
    ("đến tháng 8/2023"). alone: it is set apart from what is around ("riêng năm nay"). start, end: with what it is
    read from, without the words before it.
    """

    iso: str | None
    role: Role
    start: int
    end: int
    yearless: bool
    until: bool
    alone: bool


def find_moments(text: str, day: str | None) -> list[Moment]:
    """Every time of a sentence in order. `day`: ISO date of the text, from which "năm nay" is counted, or None."""
    return list(_moments(text, day))


@lru_cache(maxsize=64)  # a sentence is asked for its own figures, and for what it leaves to the next
def _moments(text: str, day: str | None) -> tuple[Moment, ...]:
    found: list[Moment] = []
    taken: list[tuple[int, int]] = []
    for mention in find_dates(text):
        iso: str | None = mention.until or mention.iso
        if iso == UNTIL_NOW:
            iso = None
        role: Role = "now"
        if iso is not None:
            period = mention.until is not None or _DAYS.match(text, mention.start, mention.end) is not None
            role = _role(text, mention.start, period=period, day=len(iso) == _DAY)
            role = "named" if role == "own" and is_quoted(text, mention.start, mention.end) else role
        yearless, end = mention.year is None, mention.end
        if yearless and iso is not None:
            told = _YEAR_TOLD.match(text, end)
            year = None if day is None else _relative(told, day)[:4] if told else day[:4]
            yearless, end = told is None, told.end() if told else end
            iso = None if year is None else year + iso[1:]
        taken.append((mention.start, end))
        found.append(_moment(text, mention.start, end, iso, role, yearless=yearless))
    for match in _RELATIVE.finditer(text):
        if not _overlaps(match.span(), taken):
            taken.append(match.span())
            bare = match["which"] is None and match["next"] is None
            named = _year_named(found, match.start()) if bare or match["before"] else None
            counted_from = named or day
            iso = None if counted_from is None else _relative(match, counted_from)
            role = _role(text, match.start(), period=False)
            found.append(_moment(text, *match.span(), iso, role, yearless=bare and named is None))
    for match in _SAME.finditer(text):
        taken.append(match.span())
        found.append(_moment(text, *match.span(), None, "same", yearless=False))
    for match in _TOLD.finditer(text):
        if not _overlaps(match.span(), taken):
            found.append(_moment(text, *match.span(), None, "told", yearless=False))
    for match in _NOW.finditer(text):
        if not _overlaps(match.span(), taken):
            found.append(_moment(text, *match.span(), None, "now", yearless=False))
    return tuple(sorted(found, key=lambda moment: moment.start))


def _year_named(found: list[Moment], at: int) -> str | None:
    """The year that a sentence names before: of "Hết năm 2024 có 313 sản phẩm; riêng trong năm thêm 73" 2024."""
    return next(
        (
            one.iso[:4]
            for one in sorted(found, key=lambda one: -one.start)
            if one.end <= at and one.iso is not None and one.role == "own" and not one.yearless
        ),
        None,
    )


def _moment(text: str, start: int, end: int, iso: str | None, role: Role, *, yearless: bool) -> Moment:
    lead = text[max(0, start - 40) : start]
    return Moment(
        iso=iso,
        role=role,
        start=start,
        end=end,
        yearless=yearless,
        until=_UNTIL.search(lead) is not None or re.match(r"(?:hết|cuối|đến|tới)\s", text[start:end], re.I) is not None,
        alone=_ALONE.search(lead) is not None,
    )


def _role(text: str, start: int, *, period: bool, day: bool = False) -> Role:
    lead = text[max(0, start - 110) : start]
    if _COMPARED.search(lead) and not _THEN_AS_NOW.fullmatch(lead):
        return "compared"
    if _IN_FORCE.search(lead) or _AS_EARLY.search(lead):
        return "own"
    if _UNTIL.search(lead):
        return "own"
    if not period and _SINCE.search(lead):
        return "own" if day and _IN_FORCE_SINCE.fullmatch(lead) else "since"
    return "named" if _NAMED.search(lead) and not _IN.search(lead) else "own"


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether words stand in a name in quotation marks: the “Top 20 … năm 2025”."""
    return (
        _QUOTED_NAME.search(text, max(0, start - _LONGEST_NAME), start) is not None
        and _UNQUOTED.match(text, end) is not None
    )


def _relative(match: re.Match[str], day: str) -> str:
    year = int(day[:4])
    said = match.groupdict()
    which = " ".join((said["which"] or "").lower().split())
    if which in ("ngoái", "trước", "vừa qua") or said.get("before"):
        year -= 1
    elif which in ("tới", "sau") or said.get("next"):
        year += 1
    return f"{year:04d}-12" if said.get("end") or said.get("bare_end") else f"{year:04d}"


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def is_later(iso: str, day: str | None) -> bool:
    """Whether a date is after a day as far as both are known."""
    shared = 0 if day is None else min(len(iso), len(day[:10]))
    return day is not None and iso[:shared] > day[:shared]


def _is_near(iso: str, day: str | None) -> bool:
    if day is None or min(len(iso), len(day)) < _DAY:
        return False
    try:
        ahead = date.fromisoformat(iso) - date.fromisoformat(day[:_DAY])
    except ValueError:  # 29 February of another year
        return False
    return ahead.days <= _NEAR


def settled(moment: Moment, day: str | None, *, planned: bool) -> str | None:
    """The date of a moment; one said without its year is of the year before where it would be after the day of the
    text, unless it is a target's, or a day that is near ("Hội chợ diễn ra từ 10 - 15/12")."""
    iso = moment.iso
    if iso is not None and moment.yearless and not planned and is_later(iso, day) and not _is_near(iso, day):
        return f"{int(iso[:4]) - 1:04d}{iso[4:]}"
    return iso
