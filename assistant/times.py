"""When a question is about: the days its dates mean, and what it says by the day it is asked or by another question.

"đầu 2026" is January to April ("lần đầu 2026" is not), "giữa tháng 9/2025" the 10th to the 20th, "quý 3/2023" July to
September, "năm ngoái" the year before the day asked. "trước đó hai năm" has a meaning only after another question
(`shift_in`).
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from index.dates import find_dates
from index.period import first_day, last_day

_COUNT = {
    "một": 1, "mot": 1, "hai": 2, "ba": 3, "bốn": 4, "bon": 4, "năm": 5, "sáu": 6, "sau": 6, "bảy": 7, "bay": 7,
    "tám": 8, "tam": 8, "chín": 9, "chin": 9, "mười": 10, "muoi": 10,
}  # fmt: skip
_HOW_MANY = r"(?P<many>\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mot|bon|bay|tam|chin|muoi)"
# "nam" typed without marks is "năm", but not in "Quảng Nam tới giờ", "Việt Nam tới nay", "miền Nam"
_YEAR = (
    r"(?:năm|"
    + "".join(
        rf"(?<!{name} )" for name in ("quảng", "quang", "việt", "viet", "hà", "ha", "miền", "mien", "phía", "phia")
    )
    + "nam)"
)
_LAST_YEAR = re.compile(
    rf"(?<!\w){_YEAR}\s+(?:ngoái|ngoai|vừa\s+(?:rồi|qua)|vua\s+(?:roi|qua))(?!\w)|"
    # "được mấy năm rồi", "5 năm rồi": how long by now
    r"(?<!\w)(?<!mấy )(?<!may )(?<!nhiêu )(?<!nhiều )(?<!vài )(?<!\d )(?<!hai )(?<!ba )(?<!bốn )(?<!chục )"
    r"năm\s+rồi(?!\s+\d)(?!\w)",
    re.IGNORECASE,
)
_NEXT_YEAR = re.compile(
    # "những năm tới", "5 năm tới" are no single year, "sang năm 2025" is another
    r"(?<!\w)(?:(?<!những )(?<!các )(?<!mấy )(?<!vài )(?<!\d )(?<!nhung )(?<!cac )" + _YEAR + r"\s+(?:tới|toi)|"
    r"(?:sang|qua)\s+năm)(?!\s+(?:thứ|\d))(?!\w)",
    re.IGNORECASE,
)
_YEAR_BEFORE_LAST = re.compile(rf"(?<!\w){_YEAR}\s+kia(?!\w)", re.IGNORECASE)
# "năm nay" alone asks for what holds now; with a part of it said it is that year.
_PART_OF_THIS_YEAR = re.compile(
    r"(?P<part>(?<!\w)(?:đầu|giữa|cuối|dau|giua|cuoi|tháng\s+\d{1,2}|thang\s+\d{1,2}|quý\s+(?:\d|[IV]+)|quy\s+\d)\s+)"
    r"(?:năm|nam)\s+nay(?!\w)",
    re.IGNORECASE,
)
_LAST_MONTH = re.compile(
    r"(?<!\w)(?:tháng|thang)\s+(?:trước|truoc|vừa\s+rồi|vừa\s+qua|vua\s+roi|vua\s+qua)(?!\s+(?:đó|do|khi)|\w)",
    re.IGNORECASE,
)
# A year right after a word of time is one whatever follows: "đầu 2026 tỉnh Gia Lai", "hồi 2020 sản phẩm của tỉnh",
# "tính đến 2023 sản phẩm 3 sao chiếm …".
_YEAR_BARE = re.compile(
    r"(?<!\w)(?P<cue>hồi|hoi|tính đến|tính tới|tinh den|tinh toi|"
    r"(?:đầu|giữa|cuối|hết|bước sang|sang|trong|vào|dau|giua|cuoi|het)"
    r"(?=\s+\d{4}\s+(?:tỉnh|huyện|xã|tinh|huyen|xa)(?!\w)))\s+(?P<year>(?:19|20)\d\d)(?![\w/.,])",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?<!\w)(?<!lần )(?<!lan )(?<!bước )(?<!ban )"  # "lần đầu 2026" is no beginning of a year
    r"(?:(?P<early>đầu|dau|nửa đầu|nua dau|(?:6|sáu|sau)\s+tháng\s+đầu|6 thang dau|bước sang|buoc sang)|"
    r"(?P<mid>giữa|giua)|"
    r"(?P<late>cuối|cuoi|nửa cuối|nua cuoi|nửa sau|(?:6|sáu)\s+tháng\s+cuối|6 thang cuoi)|"
    r"(?P<end>(?:tính\s+)?(?:đến|tới)\s+hết|hết|khép lại|kết thúc|het|khep lai|ket thuc))\s+$",
    re.IGNORECASE,
)
_HALF = re.compile(r"nửa|nua|6|sáu|sau", re.IGNORECASE)
_END_WITHIN = re.compile(
    r"^(?P<early>(?:6|sáu|sau)\s+(?:tháng|thang)\s+(?:đầu|dau))|^(?P<late>(?:6|sáu|sau)\s+(?:tháng|thang)\s+(?:cuối|cuoi)|cuối|cuoi)|^(?P<end>hết|khép|kết|het|khep|ket)",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"^(?:quý|qúy|quy)\s+(?P<quarter>[1-4]|IV|I{1,3})(?!\w)", re.IGNORECASE)
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "I": 1, "II": 2, "III": 3, "IV": 4}
_SHIFT = re.compile(
    rf"(?<!\w)(?:"
    rf"(?P<before>(?:trước|truoc)\s+(?:đó|đấy|ấy|do)\s+{_HOW_MANY}\s+(?:năm|nam)|"
    rf"{_HOW_MANY.replace('many', 'many2')}\s+(?:năm|nam)\s+(?:trước|truoc)(?:\s+(?:đó|đấy|ấy|do))?|"
    rf"(?:năm|nam)\s+(?:liền\s+|ngay\s+)?(?:trước|truoc)(?:\s+(?:đó|đấy|ấy|nữa|do))?|"
    rf"(?:cùng kỳ|cung ky)\s+(?:năm|nam)\s+(?:trước|truoc))|"
    rf"(?P<after>(?:sau|sau)\s+(?:đó|đấy|ấy|do)\s+{_HOW_MANY.replace('many', 'many3')}\s+(?:năm|nam)|"
    rf"{_HOW_MANY.replace('many', 'many4')}\s+(?:năm|nam)\s+sau(?:\s+(?:đó|đấy|ấy|do))?|"
    rf"(?:năm|nam)\s+(?:kế tiếp|tiếp theo|liền sau|ngay sau|sau đó|sau|ke tiep|tiep theo)))(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date asked about: `text[start:end]`, the words that say which part of it is meant among them.

    iso: "2020", "2020-06" or "2020-06-12", as precise as it is said; a part of a year is its year. first, last: the
    days it means, ISO.
    """

    iso: str
    first: str
    last: str
    start: int
    end: int

    def agrees(self, known: str) -> bool:
        """Whether a date known (ISO, of any precision) may be of these days."""
        return first_day(known) <= last_day(self.last) and first_day(self.first) <= last_day(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The times of one question: single dates in order, and the first period."""

    dates: tuple[When, ...]
    period: tuple[str, str] | None
    spans: tuple[tuple[int, int], ...]


def days_meant(dates: Sequence[When], period: tuple[str, str] | None) -> tuple[tuple[date, date], ...]:
    """The times a question names as (first day, last day) of each; none where it names none."""
    spans = [(one.first, one.last) for one in dates] + ([] if period is None else [period])
    return tuple((date.fromordinal(first_day(first)), date.fromordinal(last_day(last))) for first, last in spans)


def by_the_day(text: str, on: date) -> str:
    """A question with what it says by the day it is asked ("cuối năm ngoái") as years and months."""
    text = _LAST_YEAR.sub(f"năm {on.year - 1}", text)
    text = _NEXT_YEAR.sub(f"năm {on.year + 1}", text)
    text = _YEAR_BEFORE_LAST.sub(f"năm {on.year - 2}", text)
    text = _PART_OF_THIS_YEAR.sub(lambda match: f"{match['part']}năm {on.year}", text)
    month = date(on.year - (on.month == 1), (on.month - 2) % 12 + 1, 1)
    text = _LAST_MONTH.sub(f"tháng {month.month}/{month.year}", text)
    return _YEAR_BARE.sub(lambda match: f"{match['cue']} năm {match['year']}", text)


_REACHES = re.compile(r"\s*(?:đến|tới|sang|và|den|toi|va|-|–)\s*(?:hết\s+|het\s+)?", re.IGNORECASE)


def times_in(text: str, taken: Sequence[tuple[int, int]] = ()) -> Asked:
    """The times a question names. taken: spans that are no dates, such as the numbers of documents."""
    found = [
        mention
        for mention in find_dates(text)
        if not any(start < mention.end and mention.start < end for start, end in taken)
    ]
    dates: list[When] = []
    spans: list[tuple[int, int]] = []
    for mention, following in zip_longest(found, found[1:]):
        iso = mention.iso
        if mention.year is None and following is not None and following.year is not None:
            # "từ tháng 7 đến tháng 9/2025": both of that year
            between = text[mention.end : following.start]
            iso = following.iso[:4] + iso[1:] if _REACHES.fullmatch(between) and len(following.iso) > 4 else iso
        if mention.until is not None or iso.startswith("-"):
            spans.append((mention.start, mention.end))
            continue
        when = _when(text, iso, mention.start, mention.end)
        dates.append(when)
        spans.append((when.start, when.end))
    return Asked(
        dates=tuple(dates),
        period=next(((one.iso, one.until) for one in found if one.until is not None), None),
        spans=tuple(spans),
    )


def _when(text: str, iso: str, start: int, end: int) -> When:
    said = text[start:end]
    quarter = _QUARTER.match(said)
    if quarter:
        number = _QUARTERS[quarter["quarter"].upper()]
        first, last = f"{iso[:4]}-{3 * number - 2:02d}-01", _last(f"{iso[:4]}-{3 * number:02d}")
        return When(iso=iso[:4], first=first, last=last, start=start, end=end)
    within = _END_WITHIN.match(said)
    part = within or _PART.search(text[:start])
    if within and len(iso) == 7:
        iso = iso[:4]  # "cuối năm 2025" is read as its December
    if part and not within:
        start = part.start()
    named = part.groupdict() if part else {}
    half = bool(part and _HALF.search(part[0]))
    if len(iso) == 4:
        months = (
            (1, 6 if half else 4) if named.get("early")
            else (4, 9) if named.get("mid")
            else (7 if half else 9, 12) if named.get("late")
            else (11, 12) if named.get("end")
            else (1, 12)
        )  # fmt: skip
        return When(
            iso=iso, first=f"{iso}-{months[0]:02d}-01", last=_last(f"{iso}-{months[1]:02d}"), start=start, end=end
        )
    if len(iso) == 7:
        days = (1, 12) if named.get("early") else (8, 22) if named.get("mid") else (20, 31) if part else (1, 31)
        month_end = _last(iso)
        last = min(f"{iso}-{days[1]:02d}", month_end)
        return When(iso=iso, first=f"{iso}-{days[0]:02d}", last=last, start=start, end=end)
    return When(iso=iso, first=iso, last=iso, start=start, end=end)


def _last(month: str) -> str:
    """The last day of an ISO month."""
    year, number = month.split("-")
    return f"{month}-{monthrange(int(year), int(number))[1]:02d}"


def shift_in(text: str) -> tuple[int, tuple[int, int]] | None:
    """(how many years a question is from the one before it, where it says so): "trước đó hai năm" -> -2; or None."""
    match = _SHIFT.search(text)
    if match is None:
        return None
    many = next((value for name, value in match.groupdict().items() if name.startswith("many") and value), None)
    count = 1 if many is None else int(many) if many.isdecimal() else _COUNT[many.lower()]
    return (-count if match["before"] else count), match.span()


def shifted(when: When, years: int) -> When:
    """The same part of a year some years off."""
    moved = int(when.iso[:4]) + years

    def move(iso: str) -> str:
        return f"{moved:04d}{iso[4:]}" if iso[5:] != "02-29" else f"{moved:04d}-02-28"

    return When(iso=f"{moved:04d}", first=move(when.first), last=move(when.last), start=0, end=0)
