"""When a number is true: the time said of it, else the one its paragraph opened with, else the day of the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.article import Article
from index.carried import Carried
from index.clauses import Clause, chain
from index.figure import AsOfFrom
from index.moments import Moment, is_later, settled
from index.span import Span

# "năm 2020 mới có 33 sản phẩm thì năm nay có 79": the second date opens what is said next.
_TURNS = re.compile(r"(?<!\w)(?:thì|nhưng|song|còn|trong\s+khi)(?!\w)", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)từ\s+(?:\w+\s+){0,2}$", re.IGNORECASE)  # "từ 4 sản phẩm năm 2023 lên 8"
_OPENS = re.compile(r"(?<!\w)(?:phấn\s+đấu|dự\s+kiến|sẽ|mục\s+tiêu|kế\s+hoạch|riêng)(?!\w)", re.IGNORECASE)


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
    text: str,
    day: AsOf,
    moments: Sequence[Moment],
    counts: Sequence[tuple[int, int]],
    clauses: Sequence[Clause],
    place: int,
    carried: Carried,
    last: AsOf | None,
    offset: int,
    *,
    planned: bool,
    reached: bool,
    of_duration: bool,
) -> AsOf:
    """The date of the count at `place`.

    day: that of the article. counts, clauses: of the sentence `text`, which begins at `offset` of the article.
    last: the date of the figure before it in its paragraph, for "cùng thời điểm này".
    """
    if of_duration:  # "sau 3 năm triển khai" is as long whenever it is told
        return day
    said = _said(text, moments, counts, clauses, place, planned=planned)
    if said is not None and said.role == "now":
        return day
    if said is not None and said.role == "same" and last is not None:
        return last
    if said is not None and said.role == "own" and said.iso is not None:
        past = planned and is_later(day.iso or "", said.iso) and is_later(carried.date or "", day.iso)
        if not past:  # a plan for 2025 to keep what was reached in 2020
            return _dated(said, day, offset, planned=planned)
    if carried.date is not None and (planned or not (reached and is_later(carried.date, day.iso))):
        return AsOf(
            iso=carried.date, span=carried.date_span, source="paragraph", later=is_later(carried.date, day.iso)
        )
    if said is not None and said.iso is not None:
        return _dated(said, day, offset, planned=planned)
    return day


def _dated(moment: Moment, day: AsOf, offset: int, *, planned: bool) -> AsOf:
    iso = settled(moment, day.iso, planned=planned) or ""
    span = Span(moment.start, moment.end).moved(offset)
    return AsOf(iso=iso, span=span, source="sentence", later=is_later(iso, day.iso))


def _said(
    text: str,
    moments: Sequence[Moment],
    counts: Sequence[tuple[int, int]],
    clauses: Sequence[Clause],
    place: int,
    *,
    planned: bool,
) -> Moment | None:
    """The moment the sentence gives a count: the one behind its noun, else the last that opened what is said before
    it, else that of a count before it; a name's date only where there is no other."""
    start = counts[place][0]
    hanging = chain(clauses, place)  # "62 sản phẩm của 29 cơ sở được công nhận năm 2023": the year is said of both
    behind = {
        moment.start: number
        for number, ((_, end), clause) in enumerate(zip(counts, clauses, strict=True))
        for moment in moments
        if end <= moment.start < clause.end and not _TURNS.search(text, end, moment.start)
    }
    changed = _FROM.search(text, max(0, start - 20), start) is not None
    for roles in (("own", "now", "same"), ("named",)):
        usable = [moment for moment in moments if moment.role in roles]
        own = next((moment for moment in usable if behind.get(moment.start, -1) in hanging), None)
        before = [moment for moment in usable if moment.end <= start]
        topic = next((moment for moment in reversed(before) if moment.start not in behind), None)
        if own is not None and (
            topic is None or planned or changed or own.role == "now" or not (topic.until or topic.role == "now")
        ):
            return own
        if topic is not None:
            return topic
        if before:
            return before[-1]
    # "62 sản phẩm OCOP, tính đến tháng 8/2023"
    after = [moment for moment in moments if moment.role in ("own", "now") and moment.start not in behind]
    if after and after[0].start >= clauses[place].end and all(number < after[0].start for number, _ in counts):
        return None if _OPENS.search(text, clauses[place].end, after[0].start) else after[0]
    return None
