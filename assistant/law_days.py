"""Which days a question about the law means, and what was done on them: a dossier filed, a paper signed."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from assistant.question import Question
from assistant.wording import places_of, says, tokens
from index.dates import DateMention, find_dates
from index.law.address import find_document_numbers
from index.places.named import MERGER

FILED = ("nộp", "gửi", "trình hồ sơ", "xin", "đăng ký")
_JUDGED = (
    "chấm", "xét", "họp", "hỏi", "nay", "hiện", "giờ", "đánh giá", "chờ", "chưa", "kết quả", "tính", "vào", "tại",
    "công nhận", "áp dụng",
)  # fmt: skip
AGAIN = (
    "phân hạng lại", "đánh giá lại", "công nhận lại", "gia hạn", "chấm lại", "làm lại", "xét công nhận lại", "xét lại",
)  # fmt: skip
_FIRST = ("chấm lần đầu", "đánh giá lần đầu", "phân hạng lần đầu", "xét lần đầu")
_BEFORE_MERGER = (
    "trước khi bỏ huyện", "trước khi bỏ cấp huyện", "khi còn huyện", "khi còn cấp huyện", "hồi còn huyện",
    "hồi còn cấp huyện", "lúc còn huyện", "lúc còn cấp huyện", "còn ba cấp", "chưa bỏ huyện", "chưa bỏ cấp huyện",
    "trước khi bỏ cấp", "thời còn huyện",
)  # fmt: skip
_ISSUED = ("ban hành", "ký", "ra đời", "ghi")
# A dossier is to be filed on the day named, not one that waits.
# "định" alone may be that of "quyết định".
_INTENDED = (
    "định nộp", "định gửi", "định mang", "dự định", "đang định", "muốn", "chuẩn bị", "nếu", "sẽ", "sắp", "mới",
)  # fmt: skip
_PLANNED = ("định nộp", "định gửi", "định mang", "dự định", "đang định", "muốn", "chuẩn bị", "sẽ", "sắp")
_WAITING = (
    "chưa", "chờ", "bây giờ", "hiện", "giờ", "nay", "đến giờ", "vẫn", "quá hạn", "bỏ quên", "bặt tin", "im lặng",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days meant, one and the same where one is; dated: the question says when; filed: the day a dossier was."""

    first: date
    last: date
    dated: bool
    filed: date | None


def days_meant(question: Question, on: date) -> Days:
    """The days a question means, and the day of filing it names."""
    return _days(question.text, question.tokens, on)


@lru_cache(maxsize=64)
def _days(text: str, words: tuple[str, ...], on: date) -> Days:
    """The same, remembered: of one question many ways to answer it ask."""
    numbered = [(number.start, number.end) for number in find_document_numbers(text)]
    mentions = [
        mention
        for mention in find_dates(text)
        if mention.until is None and not any(s < mention.end and mention.start < e for s, e in numbered)
    ]
    mentions = mentions or _bare_years(text, numbered)
    filed: list[tuple[date, date]] = []
    meant: list[tuple[date, date, int]] = []
    for place, mention in enumerate(mentions):
        before = text[mentions[place - 1].end if place else 0 : mention.start]
        last = place + 1 == len(mentions)
        after = text[mention.end : len(text) if last else mentions[place + 1].start]
        span = _span(mention, mentions, before, on)
        if span is None:
            continue
        role = _role(tokens(before), tokens(after)[:3] if len(mentions) > 1 else ())
        if role == "filed":
            filed.append(span)
        elif role == "meant" or len(mentions) == 1:
            after_it = _AFTER.search(" ".join(tokens(before)[-3:])) is not None and span[1] < on
            first_day, last_meant = (span[1] + timedelta(days=1), on) if after_it else span
            meant.append((first_day, last_meant, len(mention.iso)))
    if meant:
        finest = max(size for *_, size in meant)
        first, last_day = [(first, last) for first, last, size in meant if size == finest][-1]
        day = filed[0][1] if filed else None
        return Days(first=first, last=last_day, dated=True, filed=day if day is not None and day <= last_day else None)
    if filed:
        first, last_day = filed[-1]
        waiting = says(words, *_WAITING) and not says(words, *_PLANNED)
        if waiting and last_day <= on:
            return Days(first=on, last=on, dated=True, filed=last_day)
        return Days(first=first, last=last_day, dated=True, filed=None if says(words, *_INTENDED) else last_day)
    if says(words, *_BEFORE_MERGER):
        eve = MERGER - timedelta(days=1)
        return Days(first=eve, last=eve, dated=True, filed=None)
    return Days(first=on, last=on, dated=False, filed=None)


# "sau ngày …", not "hôm sau …", "ba tháng sau …".
_AFTER = re.compile(r"(?<!hôm )(?<!ngày )(?<!tháng )(?<!năm )(?<!tuần )\bsau(?: \w+)?$")


def _bare_years(text: str, taken: list[tuple[int, int]]) -> list[DateMention]:
    """Years said without "năm" ("hồi 2020"), as dates."""
    return [
        DateMention(iso=match["year"], start=match.start("year"), end=match.end("year"))
        for match in _BARE_YEAR.finditer(text)
        if not any(s < match.end() and match.start() < e for s, e in taken)
    ]


_BARE_YEAR = re.compile(
    r"(?<!\w)(?:hồi|thời|từ|đầu|cuối|giữa|đến|tới|trước|vào|hoi|thoi|tu|dau|cuoi|giua|den|toi|truoc|vao)\s+(?P<year>20[12]\d)(?![\w/.,-])",
    re.IGNORECASE,
)


def _role(before: tuple[str, ...], after: tuple[str, ...]) -> Literal["filed", "issued", "meant"]:
    """What happened on a day: the verb nearest before it tells, else one right after it.

    A dossier's kind ("nộp hồ sơ đánh giá lại ngày …") is no verb of what happened.
    """
    before = without(before, (*AGAIN, *_FIRST))
    roles: tuple[tuple[Literal["filed", "issued", "meant"], tuple[str, ...]], ...] = (
        ("filed", FILED), ("issued", _ISSUED), ("meant", _JUDGED),
    )  # fmt: skip
    nearest = max(((_last(before, cue), role) for role, cues in roles for cue in cues), key=lambda pair: pair[0])
    if nearest[0] >= 0:
        return nearest[1]
    return "filed" if says(after, *FILED) and not says(after, *_INTENDED) else "meant"


def without(words: tuple[str, ...], phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Words without those of some phrases."""
    taken = {at for place in places_of(words, phrases) for at in place}
    return tuple(word for at, word in enumerate(words) if at not in taken)


def _last(words: tuple[str, ...], cue: str) -> int:
    """Where a cue stands last among words, or -1."""
    return max((place.start for place in places_of(words, (cue,))), default=-1)


def _span(mention: DateMention, mentions: list[DateMention], before: str, on: date) -> tuple[date, date] | None:
    """The days a mention may mean; "giữa tháng 3 năm 2019" is its 15th, a month or year alone all of it until today."""
    iso = mention.iso
    if mention.year is None:
        year = next((other.year for other in mentions if other.year is not None), str(on.year))
        iso = f"{year}{iso[1:]}"
    parts = [int(part) for part in iso.split("-")]
    part = tokens(before)[-2:]
    if len(parts) == 3:
        day = date(*parts)
        if says(part[-1:], "trước") or says(part, "trước ngày"):
            day -= timedelta(days=1)  # "nộp trước ngày 22/5/2026": on that day another rule may hold already
        return day, day
    year_only = len(parts) == 1
    month = 1 if year_only else parts[1]
    first, last = date(parts[0], month, 1), date(parts[0], 12 if year_only else month, 1)
    last = last.replace(day=monthrange(last.year, last.month)[1])
    if says(part, "giữa"):
        first = last = date(parts[0], 6, 30) if year_only else first.replace(day=15)
    elif says(part[-1:], "đầu") and not says(part, "lần đầu"):
        last = first
    elif says(part, "cuối", "hết"):
        first = last
    elif says(part[-1:], "trước"):
        first = last = first - timedelta(days=1)
    if first <= on < last:
        last = on
    return first, last
