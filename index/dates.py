"""Dates said in Vietnamese running text, as spans with the precision they are said in."""

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

# What a number before it counts: "2000 sản phẩm" is no year, "5/9 xã" no day.
_COUNTED = (
    "sản phẩm|sp|chủ thể|hộ|cơ sở|hợp tác xã|htx|doanh nghiệp|xã|phường|huyện|tỉnh|địa phương|lao động|người|học viên|"
    "đồng|tỷ|triệu|nghìn|usd|tấn|kg|ha|hecta|con|mẫu|điểm|gian hàng|hồ sơ|lượt|tiêu chí|san pham|chu the|"
    "hop tac xa|doanh nghiep|dia phuong|ty|trieu|nghin|nguoi|tan|diem"
)
# The last year of what goes on until now ("từ năm 2018 đến nay"), as ISO 9075-2 periods without an end are stored.
UNTIL_NOW = "9999"

_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_MONTH_WORD = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
# What cannot be without each: a year (Y), the word for a month (T), what parts numbers of a date (S).
_CLUES = {"Y": re.compile(r"(?:19|20)\d\d"), "T": re.compile("th[aá]ng", re.IGNORECASE), "S": re.compile("[-/.–]")}
_DIGIT = re.compile(r"\d")
_JUDGING = "(?:chấm|xét|thi|đánh giá|phân hạng|công nhận|cham|xet|danh gia|phan hang|cong nhan)(?: điểm| diem)?"
_PATTERNS = tuple(
    (frozenset(needs), re.compile(pattern, re.IGNORECASE))
    for needs, pattern in (
        ("YS", rf"(?<!\w)(?:đợt|dot|kỳ|ky)\s+(?:{_JUDGING}\s+)?\d{{1,2}}\s?[/\-]\s?{_YEAR}(?![\d/])"),
        ("YS", rf"(?<![\d/]){_DAY}\s?[/.\-]\s?{_MONTH}\s?[/.\-]\s?{_YEAR}(?![\d/])"),
        ("YS", rf"(?<![\w/.\-]){_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d/])"),
        ("T", rf"(?<!\w)ngày\s+{_DAY}\s+tháng\s+{_MONTH}(?:\s+năm\s+{_YEAR})?(?!\w)"),
        ("T", rf"(?<!\w)ngay\s+{_DAY}\s+thang\s+{_MONTH}(?:\s+nam\s+{_YEAR})?(?!\w)"),
        ("YT", rf"(?<!\w)(?:tháng|thang)\s+{_MONTH}\s?(?:[/.\-]|,?\s*(?:năm|nam)\s)\s?{_YEAR}(?![\d/])"),
        ("YT", rf"(?<!\w)tháng\s+(?P<word>{_MONTH_WORD})\s+năm\s+{_YEAR}(?![\d/])"),
        ("Y", rf"(?<!\w)(?:quý|qúy|quy)\s+(?:[1-4]|IV|I{{1,3}})\s?(?:[/.\-]|,?\s*(?:năm|nam)\s)\s?{_YEAR}(?![\d/])"),
        (
            "YT",
            rf"(?<!\w)(?:\d{{1,2}}|sáu|chín|ba|sau|chin)\s+(?:tháng|thang)\s+(?:(?:đầu|cuối|dau|cuoi)\s+)?(?:năm|nam)\s+{_YEAR}(?![\d/])",
        ),
        ("YS", rf"(?<![\d/\w.,]){_MONTH}\s?/\s?{_YEAR}(?![\d/])"),
        (
            "S",
            rf"(?<!\w)(?:ngày|từ)\s+(?:0?[1-9]|[12]\d|3[01])(?:\s?[-–]\s?|\s+(?:và|đến)\s+(?:ngày\s+)?){_DAY}\s?/\s?{_MONTH}(?![\d/])",
        ),
        ("S", rf"(?<![\d/])(?:ngày|sáng|chiều|tối|nay|ngay|sang|chieu|toi)\s+{_DAY}\s?/\s?{_MONTH}(?![\d/])"),
        ("S", rf"(?<!\w)(?:đến|tới|hết|trước|sau|kể từ|den|truoc)\s+{_DAY}/{_MONTH}(?![\d/]|\s+(?:{_COUNTED})(?!\w))"),
        (
            "T",
            r"(?:(?<=trong )|(?<=đến )|(?<=tới )|(?<=cuối )|(?<=đầu )|(?<=giữa )|(?<=vào )|(?<=sang )|(?<=hết ))"
            rf"tháng\s+{_MONTH}(?!\s?[/.\-]?\d)",
        ),
        (
            "T",
            rf"(?<!\w)(?<!\d )(?:tháng|thang)\s+{_MONTH}"
            rf"(?!\s?[/.\-]?\d|\s+(?:tuổi|lần|lan|buổi|ngày|kỳ|{_COUNTED})(?!\w))",
        ),
        (
            "Y",
            rf"(?<!\w)(?:cuối|hết|khép lại|kết thúc|cuoi|het|khep lai|ket thuc)\s+(?:năm|nam)\s+{_YEAR}(?P<end>)"
            r"(?![\d/])",
        ),
        ("Y", rf"(?<!\w)(?:năm|nam)\s+{_YEAR}(?![\d/])"),
        (
            "Y",
            rf"(?:(?<=đến )|(?<=tới )|(?<=hết )|(?<=cuối )|(?<=từ )|(?<=trước )|(?<=sau ))"
            rf"{_YEAR}(?=,?\s+(?:tỉnh|huyện|xã)(?!\w))",
        ),
        ("Y", rf"(?<![\d/\w.,\-–]){_YEAR}(?![\d/\w]|[.,]\d|\s?[-–]|\s+(?:{_COUNTED})(?!\w))"),
    )
)
_PERIOD = re.compile(
    r"(?<![\d/])(?P<from>(?:19|20)\d\d)(?:\s?[-–]\s?|\s+(?:đến|tới|den|toi)\s+(?:(?:hết|het)\s+)?(?:(?:năm|nam)\s+)?)"
    r"(?P<to>(?:19|20)\d\d)(?![\d/])",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?<!\w)(?:từ|kể từ|tu|ke tu)\s+(?:(?:năm|nam)\s+)?(?P<from>(?:19|20)\d\d)\s+(?:đến|tới|den|toi)\s+nay(?!\w)",
    re.IGNORECASE,
)
# "số 12/2020", "QĐ 10/2026" number a document, and "hơn 2000 người" counts
_NUMBERED = re.compile(
    r"(?:(?<!\w)(?:số|so|qđ|qd|nđ|nd|nq|tt|quyết định|nghị định|nghị quyết|thông tư|luật|hơn|hon|trên|gần|khoảng)\s*|"
    r"\w/\s?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date said at `text[start:end]`.

    iso: "2020", "2020-06" or "2020-06-12"; "--06-12" and "--06" where the year is not said; a quarter or half-year
    is its year, and so is a round of it ("đợt 2/2025"), the end of a year its December. until: of a period
    ("2021-2025", "từ năm 2018 đến nay"), its last year or `UNTIL_NOW`; None for a single date.
    """

    iso: str
    start: int
    end: int
    until: str | None = None

    @property
    def year(self) -> str | None:
        """The four digits of its year, or None where it is not said."""
        return None if self.iso.startswith("--") else self.iso[:4]


def find_dates(text: str) -> list[DateMention]:
    """Every date and period said in a text, in order, without overlaps, the most precise reading of each.

    Days that no calendar has (31/4) are left out.
    """
    return [] if _DIGIT.search(text) is None else list(_dates(text))


_NO_DAY = re.compile(
    rf"(?<![\d/]){_DAY}\s?[/.\-]\s?{_MONTH}\s?[/.\-]\s?{_YEAR}(?![\d/])|"
    r"(?<!\w)(?:ngày|ngay)\s+(?P<d>0?[1-9]|[12]\d|3[01])\s+(?:tháng|thang)\s+(?P<m>0?[1-9]|1[0-2])"
    r"(?:\s+(?:năm|nam)\s+(?P<y>(?:19|20)\d\d))?(?!\w)",
    re.IGNORECASE,
)
_A_LEAP_YEAR = 2024


def find_no_day(text: str) -> str | None:
    """The first day said that no calendar has, as "31/2/2024" or, where no year is said, "31/4"; None where there is
    none."""
    for match in _NO_DAY.finditer(text):
        day, month = int(match["day"] or match["d"]), int(match["month"] or match["m"])
        year = match["year"] or match["y"]
        if day > monthrange(int(year) if year else _A_LEAP_YEAR, month)[1]:
            return "/".join([str(day), str(month), *([year] if year else [])])
    return None


@lru_cache(maxsize=20_000)  # a sentence that is quoted is read for many things
def _dates(text: str) -> tuple[DateMention, ...]:
    clues = {clue for clue, said in _CLUES.items() if said.search(text)}
    found: list[DateMention] = []
    taken = bytearray(len(text))
    for match in [*_SINCE.finditer(text), *_PERIOD.finditer(text)] if "Y" in clues else ():
        until = UNTIL_NOW if match.re is _SINCE else match["to"]
        if match["from"] < until and not any(taken[match.start() : match.end()]):
            taken[match.start() : match.end()] = b"1" * len(match[0])
            found.append(DateMention(iso=match["from"], until=until, start=match.start(), end=match.end()))
    for needs, pattern in _PATTERNS:
        for match in pattern.finditer(text) if needs <= clues else ():
            if any(taken[match.start() : match.end()]):
                continue
            iso = _iso(match.groupdict())
            if iso is None or (match[0][0].isdecimal() and _numbered(text, match)):
                continue
            taken[match.start() : match.end()] = b"1" * len(match[0])
            found.append(DateMention(iso=iso, start=match.start(), end=match.end()))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _iso(parts: dict[str, str | None]) -> str | None:
    """The parts of a match as ISO 8601, or None for a day no calendar has."""
    year, day = parts.get("year"), parts.get("day")
    word = parts.get("word")
    month = _MONTH_WORDS[" ".join(word.lower().split())] if word else int(parts.get("month") or 0)
    if parts.get("end") is not None:
        month = 12
    iso = year or "-"
    if month:
        iso += f"-{month:02d}"
    if month and day:
        # a day without its year may be 29 February
        if int(day) > monthrange(int(year) if year else 2024, month)[1]:
            return None
        iso += f"-{int(day):02d}"
    return iso


def _numbered(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a year, or a month with its year, is the number of a document or a count."""
    lead = _NUMBERED.search(text[max(0, match.start() - 14) : match.start()])
    if match.groupdict().get("day") is not None or lead is None:
        return False
    return not (lead[0].strip().lower() in ("hơn", "hon") and _MORE_THAN_THEN.match(text, match.end()))


# "tháng 11/2025 hơn 2023 bao nhiêu sản phẩm": than in that year
_MORE_THAN_THEN = re.compile(r"\s+(?:là\s+|la\s+)?(?:bao nhiêu|mấy|bao nhieu|may)(?!\w)", re.IGNORECASE)
