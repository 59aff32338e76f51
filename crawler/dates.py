"""Dates as Vietnamese pages print them beside the title, and dates in metadata, as ISO 8601.

Clock times are Vietnam's (UTC+7); a metadata instant with a zone is converted to it.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))

_DATE = re.compile(
    r"(?<![\d/])(?P<day>0?[1-9]|[12]\d|3[01])\s?(?P<mark>[/.-])\s?(?P<month>0?[1-9]|1[0-2])"
    r"(?:\s?(?P=mark)\s?(?P<year>(?:19|20)\d\d))?(?![\d/])"
)
_DATE_WORDS = re.compile(
    r"(?:ngày )?(?P<day>0?[1-9]|[12]\d|3[01]) tháng (?P<month>0?[1-9]|1[0-2])(?: năm |[/, ]+)(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])\s?[:hg]\s?(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)(?:\s?(?P<half>[AP]M)\b)?"
)
_LABELS = re.compile(
    r"(?:ngày|thời gian|giờ)\s*(?:đăng|xuất bản|tạo|cập nhật|phát hành)(?:\s*(?:tin|bài))?|đăng (?:ngày|lúc|tải)|"
    r"cập nhật(?: lúc| ngày)?|xuất bản(?: ngày)?|post(?:ed)?(?: on)?|published",
    re.IGNORECASE,
)
_COARSE = re.compile(
    r"(?:tháng\s+(?P<month>0?[1-9]|1[0-2])\s?(?:/|-|\s?năm\s)\s?|năm\s+)(?P<year>(?:19|20)\d\d)", re.IGNORECASE
)
_SMALL = re.compile(r"\b(?:ngày|lúc|vào|hồi|giờ|on|at)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|\bCN\b)(?!\w)", re.IGNORECASE)
_ZONE = re.compile(r"[\[(]*\s*(?:GMT|UTC)\s*[+-]?\s*\d{1,2}(?::?\d\d)?\s*[\])]*", re.IGNORECASE)
_VIEWS = re.compile(
    r"(?:số )?lượt (?:xem|đọc|truy cập)\s*:?\s*[\d.,]*|\bviews?\s*:?\s*[\d.,]*|[\d.,]+\s*lượt (?:xem|đọc)",
    re.IGNORECASE,
)
_POSTER = re.compile(r"(?:người đăng|đăng bởi)\s*:\s*(?P<name>[^|:]*)", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:tác giả|bài viết|người viết)\s*:\s*(?P<name>[^|:]*)", re.IGNORECASE)
_MARKS = " \t|-–—,:;.•·()[]/\\"
_NAME = re.compile(r"(?:[^\W\d_a-zà-ỹ][\w.'’]*)(?:[ ,/&–-]+[^\W\d_a-zà-ỹ][\w.'’]*){0,7}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGIT = re.compile(r"\d")
_MAX_DATE_LINE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A date line: `iso` (None where the year cannot be told), `note` on how it was completed, `author` if named.

    `labelled`: the line itself says that it is the date of publication.
    """

    iso: str | None
    note: str | None
    author: str | None
    labelled: bool


def printed_date(line: str, title: str) -> PrintedDate | None:
    """Read a line that prints nothing but when (and by whom) the page was published; None if it is another line.

    A date without year takes the year of the title if the title has exactly one.
    """
    if len(line) > _MAX_DATE_LINE or not _DIGIT.search(line):
        return None
    coarse = _COARSE.fullmatch(_LABELS.sub("", line).strip(_MARKS))
    if coarse is not None:
        iso = coarse["year"] + (f"-{int(coarse['month']):02d}" if coarse["month"] else "")
        return PrintedDate(iso=iso, note=None, author=None, labelled=_LABELS.search(line) is not None)
    found = _DATE_WORDS.search(line) or _DATE.search(line)
    if found is None:
        return None
    rest = line[: found.start()] + " | " + line[found.end() :]
    clock = _TIME.search(rest)
    if clock is not None:
        rest = rest[: clock.start()] + " | " + rest[clock.end() :]
    labelled = _LABELS.search(rest) is not None
    weekday = _WEEKDAY.search(rest) is not None
    author: str | None = None
    named = _AUTHOR.search(_LABELS.sub("|", _WEEKDAY.sub("|", rest)))
    if named is not None:
        author = named["name"].strip(_MARKS) or None
    for pattern in (_LABELS, _ZONE, _VIEWS, _WEEKDAY, _AUTHOR, _POSTER, _SMALL):
        rest = pattern.sub("|", rest)
    rest = rest.strip(_MARKS)
    if rest and not _NAME.fullmatch(rest):
        return None
    # "Chiều 12/6" is the beginning of a sentence, not a date line: a bare day and month need a clock or a label.
    if not found["year"] and clock is None and not labelled:
        return None
    if rest and clock is None and not labelled and not weekday:
        return None
    year, note = found["year"], None
    if not year:
        years = sorted(set(_YEAR.findall(title)))
        if len(years) != 1:
            return PrintedDate(iso=None, note=None, author=author or rest or None, labelled=labelled)
        year, note = years[0], f"trang chỉ in ngày và tháng; năm {years[0]} lấy từ tiêu đề"
    iso = iso_day(int(year), int(found["month"]), int(found["day"]))
    if iso is None:
        return None
    if clock is not None:
        iso += f"T{_hour(clock):02d}:{clock['minute']}"
    return PrintedDate(iso=iso, note=note, author=author or rest or None, labelled=labelled)


def _hour(clock: re.Match[str]) -> int:
    hour = int(clock["hour"])
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if clock["half"].upper() == "PM" else 0)
    return hour


def iso_day(year: int, month: int, day: int) -> str | None:
    """The ISO date, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def metadata_date(value: str) -> str | None:
    """An ISO 8601 value of a page's metadata, as a date or a minute of Vietnam's clock; None if it is no date.

    Midnight sharp is how a system writes a day without a time, so it counts as the day.
    """
    value = value.strip()
    if re.fullmatch(r"(?:19|20)\d\d(?:-\d\d)?", value):
        return value if len(value) == 4 or 1 <= int(value[5:]) <= 12 else None
    try:
        moment = datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", value))
    except ValueError:
        return None
    if not 1990 <= moment.year <= 2100:
        return None
    bare = re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
    if bare or (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    if moment.tzinfo is not None:
        moment = moment.astimezone(VIETNAM)
    return moment.strftime("%Y-%m-%dT%H:%M")


def signing_date(line: str) -> str | None:
    """The date of a legal text's place-and-date line ("Hà Nội, ngày 22 tháng 5 năm 2026"), or None."""
    match = re.fullmatch(
        r"[^\d,]{2,40}, ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})\.?", line.strip()
    )
    if match is None:
        return None
    return iso_day(int(match["year"]), int(match["month"]), int(match["day"]))
