"""What a sentence says that can be compared: its numbers, grades, dates, provinces, documents, names and denials."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.wording import tokens
from index.dates import DateMention, find_dates
from index.figures.counted import counted_noun
from index.figures.numbers import bound_of, find_numbers, times_after
from index.figures.planned import says_planned
from index.figures.stars import StarMention, find_stars
from index.law.address import DocumentNumber, find_document_numbers
from index.places.named import find_places
from index.text import CAPITALS

_UNIT = re.compile(r"\s*(%|[^\W\d_]+)")
_CLAUSE_END = re.compile(r"[,;.:]\s|$")
# Bounds of a count that numbers.py reads in sentences of news, and those of law beside them.
_LAW_BOUND = re.compile(
    r"(?<!\w)(?:(?P<under>không\s+(?:quá|vượt\s+quá|nhiều\s+hơn|muộn\s+hơn|cao\s+hơn|lớn\s+hơn)|dưới|tối\s+đa|"
    r"nhiều\s+nhất|chậm\s+nhất|đến\s+dưới)|"
    r"(?P<over>không\s+(?:dưới|ít\s+hơn|sớm\s+hơn|thấp\s+hơn|nhỏ\s+hơn|kém)|tối\s+thiểu|ít\s+nhất|trên|quá|hơn))"
    r"\s+(?:(?:là|có|đạt|trong|từ|mức)\s+)?$",
    re.IGNORECASE,
)
_NAME = re.compile(rf"(?<!\w)[{CAPITALS}][\w&.-]*(?:\s+[{CAPITALS}][\w&.-]*)*")
# "Điều 5", "khoản 3": what a number is the number of.
_LABEL = re.compile(r"(?<!\w)(điều|khoản|điểm|phụ lục|mẫu số|mẫu|chương|mục|hạng|bước|đợt|số)\s+$", re.IGNORECASE)
# Denials, and what looks like one: bounds of numbers, "trong và ngoài nước", "không chỉ … mà".
_DENIAL = re.compile(
    r"(?<!\w)(?:(?P<no>không|chưa|chẳng|chả|đừng|cấm)|(?P<but>trừ|ngoại trừ|ngoài))(?!\w)", re.IGNORECASE
)
_NO_DENIAL = re.compile(
    r"(?:không\s+(?:quá|vượt\s+quá|nhiều\s+hơn|muộn\s+hơn|cao\s+hơn|lớn\s+hơn|dưới|ít\s+hơn|sớm\s+hơn|thấp\s+hơn|"
    r"nhỏ\s+hơn|kém|gian|khí)|chưa\s+(?:đầy|tới|đến)|ngoài\s+(?:ra|nước|trời|tỉnh|thị|các?h)|(?:nước|bên|phía)\s+ngoài)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?<!\w)(?:nếu|trường hợp|với điều kiện|chỉ khi|trừ|ngoại trừ)(?!\w)", re.IGNORECASE)
# Words that carry nothing to look for in a source: particles, and how a text refers to its source.
GLUE = frozenset(
    "theo là có được của các những này đó kia ấy và cũng như vậy thì ở tại trong cho với về đến tới từ một cụ thể gồm "
    "bao nêu rõ quy định biết ghi nhận thông tin nguồn tài liệu đoạn trích hiện ra do bởi để khi mà nên vì bị vào lên "
    "đã đang đạt số lượng nay việc sự cuộc phải bằng còn tính thời điểm sao ocop sản phẩm kể".split()
)
# Words that turn a sentence around: each must stand in what is cited.
TURNING = frozenset(
    "tăng giảm nhiều ít cao thấp lớn nhỏ trước sau sớm muộn trên dưới hơn kém nhất đầu cuối tất toàn mọi mỗi chỉ duy "
    "hầu đa phần nửa gấp đôi luôn buộc phải cần phép thể nên cấm hết cũ mới sẽ vượt tối tổng trung bình quân hoặc bỏ "
    "thiếu đủ thêm nữa lại".split()
)
_HARMLESS = ("như sau", "sau đây", "trên đây", "nêu trên", "trước hết", "có thể nói", "cụ thể", "trở lên", "nói trên")
_HEAD = 3  # words behind a denial that it denies


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number at `start`: value, upper end of a range, what it counts, and whether it is a bound."""

    start: int
    end: int
    value: float
    to: float | None
    unit: str
    bound: str | None
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A denial or exception, and the syllables right behind it that say something."""

    start: int
    exception: bool
    head: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """A sentence read. places: (key, start). names: proper names as syllables, in order. turning: the words of it that
    turn a sentence around. conditional: it holds on a condition or with an exception."""

    text: str
    tokens: tuple[str, ...]
    counts: tuple[Count, ...]
    stars: tuple[StarMention, ...]
    dates: tuple[DateMention, ...]
    places: tuple[tuple[str, int], ...]
    documents: tuple[DocumentNumber, ...]
    names: tuple[tuple[str, ...], ...]
    denials: tuple[Denial, ...]
    turning: frozenset[str]
    conditional: bool


@lru_cache(maxsize=4096)
def said(text: str) -> Said:
    """What a sentence says."""
    documents = find_document_numbers(text)
    taken = [(number.start, number.end) for number in documents]
    dates = [date for date in find_dates(text) if not _within(date.start, date.end, taken)]
    stars = find_stars(text)
    taken += [(date.start, date.end) for date in dates] + [(star.start, star.end) for star in stars]
    places = find_places(text)
    denials = tuple(_denials(text))
    plain = text.lower()
    for phrase in _HARMLESS:
        plain = plain.replace(phrase, " ")
    return Said(
        text=text,
        tokens=tokens(text),
        counts=tuple(_counts(text, taken)),
        stars=tuple(stars),
        dates=tuple(dates),
        places=tuple((place.key, place.start) for place in places),
        documents=tuple(documents),
        names=tuple(_names(text, [(number.start, number.end) for number in documents])),
        denials=denials,
        turning=frozenset(tokens(plain)) & TURNING,
        conditional=_CONDITION.search(text) is not None,
    )


def _within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)


def _counts(text: str, taken: list[tuple[int, int]]) -> list[Count]:
    found = []
    for number in find_numbers(text, taken):
        times, end = times_after(text, number.end)
        unit = _unit(text, end)
        if number.rare and counted_noun(text[end:].lstrip()) is None:
            continue  # "một" is an article here, "năm" a year
        clause = _CLAUSE_END.search(text, number.end)
        stop = len(text) if clause is None else clause.start()
        law = _LAW_BOUND.search(text, max(0, number.start - 40), number.start)
        bound = bound_of(text, number, stop)
        kind = law.lastgroup if law is not None else None if bound is None else bound[0]
        if number.to is not None and re.search(
            r"(?<!\w)dưới(?!\w)", text[number.first_end : number.end], re.IGNORECASE
        ):
            kind = "below"  # "từ 70 đến dưới 90" leaves 90 out
        label = _LABEL.search(text, max(0, number.start - 12), number.start)
        found.append(
            Count(
                start=number.start,
                end=end,
                value=number.value * times,
                to=None if number.to is None else number.to * times,
                unit=unit if label is None else label[1].lower(),
                bound=kind,
                planned=says_planned(text[:stop]),
            )
        )
    return found


def _unit(text: str, at: int) -> str:
    """What is counted: the noun as compared, else the next word; "" at the end of a clause."""
    noun = counted_noun(text[at:].lstrip())
    if noun is not None:
        return noun[0]
    match = _UNIT.match(text, at)
    return "" if match is None else match[1].lower()


def _denials(text: str) -> list[Denial]:
    seemingly = [match.span() for match in _NO_DENIAL.finditer(text)]
    found = []
    for match in _DENIAL.finditer(text):
        if _within(*match.span(), seemingly):
            continue
        stop = _CLAUSE_END.search(text, match.end())
        behind = tokens(text[match.end() : len(text) if stop is None else stop.start()])
        head = tuple(token for token in behind if token not in GLUE)[:_HEAD]
        found.append(Denial(start=match.start(), exception=match["but"] is not None, head=head))
    return found


def _names(text: str, taken: list[tuple[int, int]]) -> list[tuple[str, ...]]:
    """Proper names in order. A word that opens the sentence is capital for that alone: it counts with those behind it
    only where they are a name without it."""
    found = []
    for match in _NAME.finditer(text):
        if _within(*match.span(), taken):
            continue
        words = tokens(match[0])
        opens = not re.search(r"\w", text[: match.start()])
        if opens:
            words = words[1:]
        if any(word not in GLUE and not word.isdecimal() for word in words):
            found.append(words)
    return found
