"""When a number is true: the time said of it, else the one its paragraph opened with, else the day of the text."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from crawler.article import Article
from index.carried import Carried
from index.figures.clauses import chain
from index.figures.figure import AsOfFrom
from index.figures.moments import Moment, is_later, is_quoted, settled
from index.figures.reading import Reading
from index.span import Span

# "năm 2020 mới có 33 sản phẩm thì năm nay có 79": the second date opens what is said next.
_TURNS = re.compile(r"(?<!\w)(?:thì|nhưng|song|còn(?!\s+lại)|trong\s+khi)(?!\w)", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)từ\s+(?:\w+\s+){0,2}$", re.IGNORECASE)  # "từ 4 sản phẩm năm 2023 lên 8"
# "năm 2023 có 31 và năm 2024 có 45 sản phẩm"
_AND = re.compile(r"(?:,|(?<!\w)và)\s+(?:(?:đến|sang|tới)\s+)?(?:(?:cuối|đầu|hết)\s+)?$", re.IGNORECASE)
_HAS = re.compile(r"\s*(?:đã\s+|mới\s+|chỉ\s+)?(?:có|đạt|là|được|công nhận)(?!\w)", re.IGNORECASE)
_PERIOD = re.compile(r"\d{4}\s*(?:[-–]|đến|tới)", re.IGNORECASE)
_BRACKETED = re.compile(
    r"[^,;:.()]{0,30}\((?:(?:đợt|lần|kỳ)\s+\w+\s+)?(?:(?:tính|đến|tới|vào|cuối|đầu|hết|ngày)\s+){0,3}", re.IGNORECASE
)
_OPENS = re.compile(r"(?<!\w)(?:phấn\s+đấu|dự\s+kiến|sẽ|mục\s+tiêu|kế\s+hoạch|riêng)(?!\w)", re.IGNORECASE)


_EVENT = re.compile(
    r"(?<!\w)(?:hội\s+(?:chợ|nghị|thảo|thi)|festival|lễ\s+hội|tuần\s+(?:lễ|hàng|ocop|văn)|diễn\s+đàn|phiên\s+chợ|ngày\s+hội)(?!\w)[^.;:,]*$",
    re.IGNORECASE,
)
_OPENED = re.compile(r",\s+(?:sau|qua|trong|trải qua)\s+(?:\w+\s+){0,2}", re.IGNORECASE)  # "Năm 2021, sau hai năm …"
_LISTED_ON = re.compile(r"[^,;.:()\d]{0,40}(?:,|(?<!\w)và)\s+(?:\w+\s+)?", re.IGNORECASE)
# A year right behind its noun, or a round's: "30 sản phẩm OCOP 4 sao năm 2024", "đợt 1 năm 2024".
_APART = re.compile(r"(?<!\w)(?:trong|của|vào|cho|là|riêng|cả|suốt|từ|tới|đến)\s+$", re.IGNORECASE)
# "6 năm triển khai (2018-2024)", "trong 4 năm 2019 - 2022"
_NAMES_END = re.compile(r"[^,;.:()\d]{0,30}[\s(](?:giai\s+đoạn\s+|từ\s+(?:năm\s+)?)?", re.IGNORECASE)
_BEGUN = re.compile(
    r"\W*Từ\s+(?:chỗ\s+)?(?:(?:chỉ|mới)\s+)?(?:có\s+)?(?=\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)", re.IGNORECASE
)
_CHANGES = re.compile(r"\),?\s+(?:lên|xuống|còn|đến|tới|tăng|giảm)(?!\w)", re.IGNORECASE)
# "từ 12 điểm bán năm 2020 lên 31 điểm bán"
_RISES_TO = re.compile(
    r",?\s+(?:(?:tăng|giảm|nâng)\s+)?(?:lên|xuống|còn|đến|tới|thành)(?!\w)(?!\s+(?:cuối|hết|năm\s+\d|tháng|nay))",
    re.IGNORECASE,
)
_MEETING = re.compile(r"phiên|hội|kỳ", re.IGNORECASE)  # the text tells of a meeting that is its own
_DURATIONS = ("năm", "tháng", "ngày")
_TODAY = ("now", "told")


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """A date, the words in the article that say it, and where they stand. later: it is after the day of the text."""

    iso: str | None
    span: Span | None
    source: AsOfFrom | None
    later: bool = False


def as_of_event(article: Article) -> AsOf:
    """The day of the event an article tells of, else of its publication."""
    if article.event_date is not None:
        return AsOf(iso=article.event_date[:10], span=None, source="event")
    if article.published is not None:
        return AsOf(iso=article.published[:10], span=None, source="published")
    return AsOf(iso=None, span=None, source=None)


def as_of(
    reading: Reading,
    place: int,
    day: AsOf,
    carried: Carried,
    last: AsOf | None,
    *,
    planned: bool,
    reached: bool,
    aimed: bool = False,
) -> AsOf:
    """The date of the count at `place` of a sentence.

    aimed: whether it is a target rather than a registration. A day gone by is when a plan was made, not its aim.
    day: that of the article. carried: what stands before the sentence in its paragraph. last: the date of the figure
    before it there, for "cùng thời điểm này".
    """
    said = _said(reading, place, day, carried=carried.date is not None, planned=planned)
    if aimed and said is not None and _is_gone(said, day):
        plan = next((one for one in reading.moments if one.role == "named" and not _is_gone(one, day)), None)
        return day if plan is None else _dated(plan, day, reading.offset, planned=planned)
    if reading.counts[place].what in _DURATIONS:  # "sau 3 năm triển khai" is as long whenever it is told
        own_end = _own_end(reading, place)
        if own_end is not None:
            return _dated(own_end, day, reading.offset, planned=planned)
        opens = (
            said is not None
            and said.role == "own"
            and _BEGUN.match(reading.text, 0, said.start) is None
            and _OPENED.fullmatch(reading.text, said.end, reading.spans[place][0])
        )
        return _dated(said, day, reading.offset, planned=planned) if said is not None and opens else day
    if said is not None and said.role in _TODAY:
        if said.role == "told" and carried.date is not None and carried.date == (day.iso or "")[:4]:
            return AsOf(iso=carried.date, span=carried.date_span, source="paragraph")
        return day
    if said is not None and said.role == "same" and last is not None:
        return last
    if said is not None and said.role == "own" and said.iso is not None:
        past = planned and is_later(day.iso or "", said.iso) and is_later(carried.date or "", day.iso)
        dated = _dated(said, day, reading.offset, planned=planned)
        # "so với mục tiêu đến năm 2025, tỉnh đã đạt 92%"; a period is told by its last year all the same
        ahead = dated.later and reached and not planned and not _PERIOD.search(reading.text, said.start, said.end)
        if not past and not ahead:  # past: a plan for 2025 to keep what was reached in 2020
            return dated
        if ahead:
            return day
    if carried.date is not None and (planned or not (reached and is_later(carried.date, day.iso))):
        return AsOf(iso=carried.date, span=carried.date_span, source="paragraph", later=is_later(carried.date, day.iso))
    if said is not None and said.iso is not None:
        return _dated(said, day, reading.offset, planned=planned)
    return day


def _dated(moment: Moment, day: AsOf, offset: int, *, planned: bool) -> AsOf:
    iso = settled(moment, day.iso, planned=planned) or ""
    span = Span(moment.start, moment.end).moved(offset)
    # "cuối năm" is written in the last months of the year too
    ending = day.iso is not None and iso == f"{day.iso[:4]}-12" and day.iso[5:7] >= "10"
    return AsOf(iso=iso, span=span, source="sentence", later=is_later(iso, day.iso) and not ending)


def _is_aside(text: str, moment: Moment, number: int, behind: Collection[int], risen: Collection[int]) -> bool:
    """Whether a moment is only another count's: "từ 5 ha (năm 2019) lên 30 ha", "Từ 3 HTX năm 2018, xã đã có 9".

    risen: those behind a count that something rose or fell from.
    """
    if moment.start not in behind:
        return False
    if moment.start in risen and _RISES_TO.match(text, moment.end):
        return True
    opened = text.rfind("(", 0, moment.start)
    closed = text.find(")", moment.end, number)
    bracketed = opened > text.rfind(")", 0, moment.start) and _CHANGES.match(text, closed) is not None and closed >= 0
    return bracketed or _BEGUN.match(text, 0, moment.start) is not None


def _is_gone(moment: Moment, day: AsOf) -> bool:
    """Whether a moment is a day that is over: "Ngày 5/1/2023, tỉnh ban hành kế hoạch năm 2023"."""
    iso = moment.iso or ""
    return len(iso) == len("2023-01-05") and not moment.until and not is_later(iso, day.iso)


def _own_end(reading: Reading, place: int) -> Moment | None:
    """The period a duration names as its own: "trong 4 năm 2019 - 2022"."""
    text, end = reading.text, reading.spans[place][1]
    return next(
        (
            moment
            for moment in reading.moments
            if moment.iso is not None
            and moment.start >= end
            and _PERIOD.match(text, moment.start)
            and _NAMES_END.fullmatch(text, end, moment.start)
        ),
        None,
    )


def _adds_nothing(text: str, own: Moment, topic: Moment) -> bool:
    """Whether a round's year behind a count only repeats that of the more precise date the sentence opened with."""
    if own.iso is None or topic.iso is None or topic.role != "own" or len(own.iso) > len("2024"):
        return False
    return topic.iso.startswith(f"{own.iso}-") and _APART.search(text, 0, own.start) is None


def _said(reading: Reading, place: int, day: AsOf, *, carried: bool, planned: bool) -> Moment | None:
    """The moment the sentence gives a count: the one behind its noun, else the last that opened what is said before
    it, else that of a count before it; a name's date only where there is no other."""
    text, moments, clauses, counts = reading.text, reading.moments, reading.clauses, reading.spans
    start = counts[place][0]
    hanging = chain(clauses, place)  # "62 sản phẩm của 29 cơ sở được công nhận năm 2023": the year is said of both
    behind = {
        moment.start: number
        for number, ((_, end), clause) in enumerate(zip(counts, clauses, strict=True))
        for moment in moments
        if (end <= moment.start < clause.end or _BRACKETED.fullmatch(text, end, moment.start))
        and not _TURNS.search(text, end, moment.start)
        and not (_AND.search(text, end, moment.start) and _HAS.match(text, moment.end))
    }
    changed = _FROM.search(text, max(0, start - 20), start) is not None
    said = [moment for moment in moments if moment.role in ("own", "now", "same", "told")]
    if carried or any(moment.role == "own" and moment.end <= start for moment in said):
        said = [moment for moment in said if moment.role != "told" or _MEETING.match(text, moment.start)]
    own = next((moment for moment in said if behind.get(moment.start, -1) in hanging), None)
    lasting = {number for number, count in enumerate(reading.counts) if count.what in _DURATIONS}
    aside = [one for one, number in behind.items() if number not in lasting]
    risen = [one for one in aside if _FROM.search(text, max(0, counts[behind[one]][0] - 20), counts[behind[one]][0])]
    before = [moment for moment in said if moment.end <= start and not _is_aside(text, moment, start, aside, risen)]
    topics = [moment for moment in reversed(before) if moment.start not in behind]
    days = [one for one in topics if len(one.iso or "") > len("2024")]
    topic = next((one for one in topics if not any(_adds_nothing(text, one, exact) for exact in days)), None)
    ahead = own is not None and is_later(own.iso or "", day.iso)  # "vượt 10 sản phẩm so với mục tiêu đến năm 2025"
    if own is not None and topic is not None and not planned and (ahead or _adds_nothing(text, own, topic)):
        return topic
    if own is not None and (
        topic is None
        or planned
        or changed
        or own.role in _TODAY
        or not (topic.until or topic.role in _TODAY)
        or any(topic.end <= number for number, _ in counts[:place])
    ):
        return own
    # the year in the name of a fair of this year, or in any quoted name, tells less than the day of the text
    year = (day.iso or "")[:4]
    named = [
        moment
        for moment in moments
        if moment.role == "named"
        and not (moment.iso == year and _EVENT.search(text, 0, moment.start))
        and not is_quoted(text, moment.start, moment.end)
    ]
    own_name = next((moment for moment in named if behind.get(moment.start, -1) in hanging), None)
    names = [moment for moment in named if moment.end <= start]
    if own is None and topic is None and not before:  # "12 lớp, 4 hội nghị và 2 đợt đánh giá trong năm 2024"
        last = place
        while last + 1 < len(counts) and _LISTED_ON.fullmatch(text, counts[last][1], counts[last + 1][0]):
            last += 1
        own = next((moment for moment in said if last > place and behind.get(moment.start, -1) == last), None)
        if own is not None and not _OPENS.search(text, counts[last][1], own.start):
            return own
    if topic is not None or own_name is not None or before or names:
        return topic or own_name or (before or names)[-1]
    # "62 sản phẩm OCOP, tính đến tháng 8/2023"
    after = [moment for moment in moments if moment.role in ("own", *_TODAY) and moment.start not in behind]
    if after and after[0].start >= clauses[place].end and all(number < after[0].start for number, _ in counts):
        between = text[clauses[place].end : after[0].start]
        held = (
            _OPENS.search(between) or _TURNS.search(between) or (not planned and is_later(after[0].iso or "", day.iso))
        )
        return None if held else after[0]
    return None
