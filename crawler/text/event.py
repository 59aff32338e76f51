"""The date of the event that a news text reports, read from the opening of its lead; None when unsure."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from crawler.text.dates import iso_day

_DATELINE = re.compile(r"^(?:\([^()]{1,30}\)|[\w.Đ/]{2,15}(?: \([^()]{1,20}\))?)\s*[-–—]\s*")
_PREFACE = re.compile(r"^(?:Vừa qua|Mới đây|Trước đó|Cụ thể|Theo đó|Trong khuôn khổ[^,]{0,80}),\s*", re.IGNORECASE)
_PART_OF_DAY = r"(?:rạng sáng|sáng|trưa|chiều|tối|đêm|ngày|hôm)"
_OPENING = re.compile(
    rf"^(?:vào |trong )?(?:buổi )?(?P<part>{_PART_OF_DAY}(?: và {_PART_OF_DAY})?)"
    r"(?: (?P<deixis>nay|qua))?(?:,? ngày)?[ ,(]*"
    r"(?:(?P<day>0?[1-9]|[12]\d|3[01])(?:/|-| tháng )(?P<month>0?[1-9]|1[0-2])"
    r"(?:(?:/|-| năm )(?P<year>(?:19|20)\d\d))?(?![\d/]))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^\s*(?:-|–|và|đến|,)\s*(?:ngày )?\d")
_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?!\d)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-ỸĐ“\"])")
_LATE = timedelta(days=120)


def event_date(lead: Iterable[str], published: str | None) -> str | None:
    """The day of the event, as ISO date, if one of the lead's paragraphs opens with it.

    A date without year is the nearest one not after `published`, refused when it lies more than 120 days back (then
    the text more likely announces something); without `published` its year is that of the same sentence if the
    sentence names exactly one. "Sáng nay" without a date is the day of publication. A date inside a sentence ("đến
    cuối tháng 8/2023", "ngày ký") is what the sentence says of something else, and is not taken.
    """
    page_day = _day(published)
    for paragraph in lead:
        sentence = _SENTENCE_END.split(_PREFACE.sub("", _DATELINE.sub("", paragraph.strip(), count=1)))[0]
        found = _OPENING.match(sentence)
        if found is None or _RANGE.match(sentence[found.end() :]):
            continue
        if found["day"] is None:
            # "Ngày nay" means nowadays.
            if found["deixis"] is None or found["part"].lower() == "ngày" or page_day is None:
                continue
            return (page_day - timedelta(days=1 if found["deixis"].lower() == "qua" else 0)).isoformat()
        return _complete(found, sentence, page_day)
    return None


def _complete(found: re.Match[str], sentence: str, page_day: date | None) -> str | None:
    day, month = int(found["day"]), int(found["month"])
    if found["year"]:
        iso = iso_day(int(found["year"]), month, day)
        return None if iso is None or (page_day is not None and date.fromisoformat(iso) > page_day) else iso
    if page_day is None:
        years = set(_YEAR.findall(sentence))
        return iso_day(int(years.pop()), month, day) if len(years) == 1 else None
    for year in (page_day.year, page_day.year - 1):
        iso = iso_day(year, month, day)
        if iso is not None and date.fromisoformat(iso) <= page_day:
            return iso if page_day - date.fromisoformat(iso) <= _LATE else None
    return None


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published[:10]) if published is not None and len(published) >= 10 else None
