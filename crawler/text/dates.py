"""Dates as Vietnamese pages print them beside the title, and dates in metadata, as ISO 8601.

Clock times are Vietnam's (UTC+7); a metadata instant with a zone is converted to it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from crawler.text.byline import is_account

VIETNAM = timezone(timedelta(hours=7))

_D, _M, _Y = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_VIETNAMESE_MONTHS = {
    "mười hai": 12, "mười một": 11, "mười": 10, "chạp": 12, "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_ENGLISH_MONTHS = {
    name: month for month, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_ENGLISH = (
    r"(?P<english>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTH_WORD = (
    rf"{_ENGLISH}|tháng (?P<word>{'|'.join(_VIETNAMESE_MONTHS)})(?!\w)"
    rf"|th(?:áng ?|g ?|\.? ?)(?P<month>{_M})(?!\d)"
)
# In the order of trust; each has `day` and some of `month`, `english`, `word`, `year`.
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d/])(?P<year>{_Y})(?P<mark>[/.-])(?P<month>{_M})(?P=mark)(?P<day>{_D})(?=T\d|[^\d/]|$)T?",
        rf"(?:ngày )?\b(?P<day>{_D}) tháng (?P<month>{_M})(?: năm |[/, ]+)(?P<year>{_Y})",
        rf"\b(?P<day>{_D})(?:st|nd|rd|th)?(?: of)?[ -](?:{_MONTH_WORD})(?: năm |[,/ -]+)(?P<year>{_Y})\b",
        rf"\b(?:{_MONTH_WORD})[ ,]+(?P<day>{_D})(?:st|nd|rd|th)?(?: năm |[,/ -]+)(?P<year>{_Y})\b",
        rf"(?<![\d/])(?P<day>{_D})\s?(?P<mark>[/.-])\s?(?P<month>{_M})"
        rf"(?:\s?(?P=mark)\s?(?P<year>{_Y}))?(?![\d/])(?!(?P=mark)\d)",
    )
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])(?:\s?[:hg]\s?|\s?giờ\s?)(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?!\d)"
    r"(?:\s?(?:phút\b|p\b|['’]))?(?:\s?(?P<half>[AP]\.?M\b\.?|SA\b|CH\b|sáng\b|trưa\b|chiều\b|tối\b))?",
    re.IGNORECASE,
)
_UPDATED = (
    r"(?:lần )?(?:cập nhật|chỉnh sửa|sửa đổi|sửa)(?: lần)?(?: (?:lần )?cuối| mới nhất| gần nhất)?|"
    r"(?:last )?(?:updated|modified|edited)"
)
_UPDATE_LABEL = re.compile(rf"(?:{_UPDATED})(?: (?:lúc|ngày|vào|on|at))*\s*:?", re.IGNORECASE)
_LABELS = re.compile(
    r"(?:ngày|thời gian|giờ)\s*(?:đăng|xuất bản|tạo|cập nhật|phát hành)(?:\s*(?:tin|bài))?|"
    r"(?<!người )(?:(?:tin|bài) )?đăng(?: (?:ngày|lúc|tải|vào)|\s*:)|"
    r"đã đăng|xuất bản(?: ngày| lúc)?|post(?:ed)?(?: on)?|published(?: on)?|ngày đưa(?: tin)?|"
    rf"(?:{_UPDATED})(?: lúc| ngày)?",
    re.IGNORECASE,
)
_COARSE = re.compile(
    rf"(?:tháng\s+)?(?P<month>{_M})\s?[/.-]\s?(?P<year>{_Y})|tháng\s+(?P<month2>{_M})(?:\s?,|\s+năm)?\s+(?P<year2>{_Y})"
    rf"|{_ENGLISH},? (?P<year3>{_Y})|năm\s+(?P<year4>{_Y})",
    re.IGNORECASE,
)
_SMALL = re.compile(r"\b(?:ngày|lúc|vào|hồi|giờ|on|at|ICT)\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|\bCN\b|\bT[2-7]\b|"
    # "Thu" and "Mon" are given names too, unless a date follows (which stands as "|" here).
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b(?=\.?,|\.? *\|))(?!\w)",
    re.IGNORECASE,
)
_ZONE = re.compile(r"[\[(]*\s*(?:(?:GMT|UTC)\s*[+-]?\s*\d{1,2}(?::?\d\d)?|[+-]\d\d:?\d\d\b)\s*[\])]*", re.IGNORECASE)
_COUNT = r"\s*[:(]?\s*[\d.,]*\s*\)?"
_FURNITURE = re.compile(
    rf"(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập)(?: bài)?{_COUNT}|đã xem{_COUNT}|\bviews?{_COUNT}"
    r"|(?<!\w)xem\s*:\s*[\d.,]+"
    rf"|[\d.,]+\s*(?:(?:lượt|lần) (?:xem|đọc)|views?|bình luận|phút đọc)|(?:bình luận|comments?){_COUNT}"
    r"|cỡ chữ|font size|in (?:trang|bài(?: viết)?|tin)(?: này)?|(?<!\w)(?:A(?!\w)\s?+[+–-]?+[\s|]*+){2,}+|chia sẻ"
    r"|nghe bài(?: viết)?",
    re.IGNORECASE,
)
_ORIGIN = re.compile(r"(?:nguồn(?: tin| bài)?|chuyên mục|danh mục)\s*:\s*[^|:•]*", re.IGNORECASE)
_POSTER = re.compile(
    r"(?:người (?:đăng|gửi)|(?:được )?(?:đăng|gửi) bởi|(?:posted|submitted) by)\s*:?\s*(?P<name>(?:(?! trên )[^|:])*)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:(?:tác giả|bài viết|người viết|author)\s*:|(?<!đăng )(?<!gửi )(?<!ted )(?:viết )?\b(?:bởi|by)\b\s*:?)"
    r"\s*(?P<name>(?:(?! (?:vào|lúc|ngày|on)\b)[^|:])*)",
    re.IGNORECASE,
)
_MARKS = " \t|-–—,:;.•·()[]/\\'’"
_NAME = re.compile(r"(?:[^\W\d_a-zà-ỹ][\w.'’]*)(?:[ ,/&–-]+[^\W\d_a-zà-ỹ][\w.'’]*){0,7}")
_YEAR = re.compile(rf"(?<!\d){_Y}(?!\d)")
# What every line is asked first, because the patterns above are slow: may it hold a date, and is it no sentence?
_MAYBE = re.compile(r"\d\s?[/.-]\s?\d|(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]+")
_VOCABULARY = frozenset(
    "ngày thời gian giờ đăng xuất bản tạo cập nhật phát hành tin bài tải vào đã đưa lần chỉnh sửa đổi cuối mới nhất "
    "gần lúc hồi thứ hai ba tư năm sáu bảy tám chín mười một giêng chạp chủ tháng số lượt xem đọc truy bình luận cỡ "
    "chữ in trang viết này chia sẻ nghe nguồn chuyên danh mục người bởi tác giả phút".split()
)
_MAX_OTHER_WORDS = 6
_MAX_DATE_LINE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A date line: `iso` (None where the year cannot be told), `note` on how it was completed, `author` if named.

    labelled: the line itself says that it is the date of publication. updated: it says only when the page was changed.
    """

    iso: str | None
    note: str | None
    author: str | None
    labelled: bool
    updated: bool = False


def printed_date(line: str, title: str) -> PrintedDate | None:
    """Read a line that prints nothing but when (and by whom) the page was published; None if it is another line.

    A date without year takes the year of the title if the title has exactly one. Of a date of posting and one of
    updating the posting counts.
    """
    if len(line) > _MAX_DATE_LINE or not _MAYBE.search(line):
        return None
    others = [word for word in _WORD.findall(line) if word[0].islower() and word not in _VOCABULARY]
    if len(others) > _MAX_OTHER_WORDS:
        return None
    coarse = _coarse(line)
    if coarse is not None:
        return coarse
    found = _found(line)
    if not found or len(found) > 2:
        return None
    posted = [one for one in found if not one.updated]
    if len(found) == 2 and len(posted) != 1:  # a period, or two events
        return None
    chosen = (posted or found)[0]
    rest = line
    for one in reversed(found):
        for first, last in sorted([one.date.span(), *([one.clock.span()] if one.clock else [])], reverse=True):
            rest = rest[:first] + " | " + rest[last:]
    clock, date_ = chosen.clock, chosen.date.groupdict()
    labelled = _LABELS.search(rest) is not None
    weekday = _WEEKDAY.search(rest) is not None
    author: str | None = None
    named = _AUTHOR.search(_LABELS.sub("|", _WEEKDAY.sub("|", rest)))
    if named is not None:
        author = _person(named["name"].strip(_MARKS))
    for pattern in (_UPDATE_LABEL, _LABELS, _ZONE, _FURNITURE, _WEEKDAY, _AUTHOR, _POSTER, _ORIGIN, _SMALL):
        rest = pattern.sub("|", rest)
    rest = rest.strip(_MARKS)
    if rest and not _NAME.fullmatch(rest):
        return None
    # "Chiều 12/6" is the beginning of a sentence, not a date line: a bare day and month need a clock or a label.
    if not date_["year"] and clock is None and not labelled:
        return None
    if rest and clock is None and not labelled and not weekday:
        return None
    year, note = date_["year"], None
    if not year:
        years = sorted(set(_YEAR.findall(title)))
        if len(years) != 1:
            return PrintedDate(
                iso=None, note=None, author=author or _person(rest), labelled=labelled, updated=chosen.updated
            )
        year, note = years[0], f"trang chỉ in ngày và tháng; năm {years[0]} lấy từ tiêu đề"
    iso = iso_day(int(year), _month(chosen.date), int(date_["day"]))
    if iso is None:
        return None
    if clock is not None:
        iso += f"T{_hour(clock):02d}:{clock['minute']}"
    return PrintedDate(iso=iso, note=note, author=author or _person(rest), labelled=labelled, updated=chosen.updated)


def _person(name: str) -> str | None:
    """A name, None where it is empty or that of an account."""
    return None if not name or is_account(name) else name


def first_posted(found: Iterable[PrintedDate | None]) -> PrintedDate | None:
    """The first date of posting among the date lines of a page; the first of updating where there is no other."""
    dates = [one for one in found if one is not None]
    return next((one for one in dates if not one.updated), dates[0] if dates else None)


def _coarse(line: str) -> PrintedDate | None:
    """A line that prints a month or a year alone."""
    found = _COARSE.fullmatch(_LABELS.sub("", line).strip(_MARKS))
    if found is None:
        return None
    parts = found.groupdict()
    year = next(parts[name] for name in ("year", "year2", "year3", "year4") if parts[name])
    month = parts["month"] or parts["month2"] or _ENGLISH_MONTHS.get((parts["english"] or "")[:3].lower())
    return PrintedDate(
        iso=f"{year}-{int(month):02d}" if month else year,
        note=None,
        author=None,
        labelled=_LABELS.search(line) is not None,
        updated=_UPDATE_LABEL.search(line) is not None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A date in a line, the clock time nearest to it, and whether the label before it speaks of updating."""

    date: re.Match[str]
    clock: re.Match[str] | None
    updated: bool


def _found(line: str) -> list[_Found]:
    dates: list[re.Match[str]] = []
    for pattern in _DATES:
        dates += [
            match
            for match in pattern.finditer(line)
            if all(match.end() <= other.start() or other.end() <= match.start() for other in dates)
        ]
    dates.sort(key=lambda match: match.start())
    result: list[_Found] = []
    for index, date_ in enumerate(dates):
        begin = dates[index - 1].end() if index else 0
        end = dates[index + 1].start() if index + 1 < len(dates) else len(line)
        clock = _nearest_clock(line, begin, end, date_, [one.clock for one in result])
        label = line[begin : min(date_.start(), clock.start() if clock else date_.start())]
        labels = list(_LABELS.finditer(label))
        updated = bool(labels) and _UPDATE_LABEL.search(labels[-1][0]) is not None
        result.append(_Found(date=date_, clock=clock, updated=updated))
    return result


def _nearest_clock(
    line: str, begin: int, end: int, date_: re.Match[str], taken: list[re.Match[str] | None]
) -> re.Match[str] | None:
    """The clock time beside a date, with no label between the two."""
    used = [clock.span() for clock in taken if clock is not None]
    best: tuple[int, re.Match[str]] | None = None
    for clock in [*_TIME.finditer(line, begin, date_.start()), *_TIME.finditer(line, date_.end(), end)]:
        before = clock.end() <= date_.start()
        gap = line[clock.end() : date_.start()] if before else line[date_.end() : clock.start()]
        if clock.span() not in used and not _LABELS.search(gap) and (best is None or len(gap) < best[0]):
            best = (len(gap), clock)
    return best[1] if best else None


def _month(found: re.Match[str]) -> int:
    parts = found.groupdict()
    if parts.get("english"):
        return _ENGLISH_MONTHS[parts["english"][:3].lower()]
    return _VIETNAMESE_MONTHS[parts["word"].lower()] if parts.get("word") else int(parts["month"])


def _hour(clock: re.Match[str]) -> int:
    hour = int(clock["hour"])
    if clock["half"] and hour <= 12:
        # .NET writes "SA" (sáng) and "CH" (chiều) for AM and PM under Vietnamese settings, WordPress the words.
        half = clock["half"].lower()
        later = half[0] in "pc" or half == "tối" or (half == "trưa" and hour < 10)
        hour = hour % 12 + (12 if later or (half == "trưa" and hour == 12) else 0)
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
