"""What one place had at one time and at another, and by how much that changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.amounts import line
from assistant.answer import FOUND_FIGURES, vietnamese_number
from assistant.compare import RATIO, Row, dates_notice, nearly, of_one_article, ratio_of, reckoned_difference
from assistant.corpus import Corpus
from assistant.draft import Draft, connective
from assistant.fitted import Fitted, best_of, evidence_of
from assistant.fitting import fit
from assistant.question import Question
from assistant.sought import PRODUCTS, Ask, Sought
from assistant.wording import says, tokens
from index.figures.figure import NATIONAL, Figure
from index.places.named import MERGER, PROVINCES, parts_of

# What asks for a change, besides naming two times.
CHANGES = (
    "tăng", "giảm", "thay đổi", "so với", "từ bao nhiêu", "từ mấy", "lần lượt", "các năm", "qua các năm", "chênh",
    "thêm", "hơn", "kém", "khác nhau", "so sánh", "nhích", "nhảy", "lên bao nhiêu", "lên mấy",
)  # fmt: skip
# What asks for the difference itself.
_DIFFERENCE = (
    "tăng", "giảm", "thêm", "hơn", "kém", "chênh", "thay đổi", "khác nhau", "so với", "so", "nhích", "nhảy",
)  # fmt: skip
# What only asks for a change, and limits nothing that is counted.
_FRAME = frozenset(word for phrase in CHANGES for word in phrase.split()) | {"đổi", "mức", "năm"}
_GROWN = ("tăng", "thêm", "giảm")
_BY_NOW = ("nay", "hiện", "bây giờ", "giờ", "lúc này")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Time:
    """A time set beside another: days as ISO dates, a period, or now, where it is neither. key: the first of its days,
    by which times are ordered."""

    key: str
    times: tuple[str, ...] = ()
    period: tuple[str, str] | None = None

    @property
    def now(self) -> bool:
        """Whether it is the day the question is asked."""
        return not self.times and self.period is None


def compares_times(question: Question) -> bool:
    """Whether a question sets two times beside one another."""
    if len(question.dates) > 1 and question.wanted == "figure" and not question.documents:
        return True
    timed = len(question.dates) > 1 or question.period is not None or (bool(question.dates) and _by_now(question))
    return timed and says(question.tokens, *CHANGES)


def over_time(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """What one place had at each of the times asked, and by how much it changed; None where a time has no figure.

    A number that the question gives is what the place had at one of them, or it is of something else.
    """
    asks = sought.asks or (replace(PRODUCTS, stars=question.stars),)
    ask = next((ask for ask in asks if ask.stars is not None), asks[0])
    times = _times(question, sought)
    if len(times) < 2 or len(sought.places) > 1 or not (sought.places or sought.subplaces):
        return None
    given = sought.numbers
    words = tuple(word for word in sought.limits.words if word not in _FRAME)
    sought = replace(sought, numbers=(), limits=replace(sought.limits, words=words))
    if times[-1].now:
        sought = replace(sought, era=None)  # "nay" is the day, not the province as it is now
    rows = _rows(question, sought, ask, times, corpus)
    if not rows and sought.period is not None and says(question.tokens, *_GROWN):
        # "trong hai năm 2023-2024 tăng thêm": from what the year before them ended with
        before = str(int(sought.period[0][:4]) - 1)
        rows = _rows(question, sought, ask, [_on(before), _on(sought.period[1])], corpus)
    if not rows or not set(given) <= {row.figure.value for row in rows}:
        return None
    grown = _grown(rows)
    if len(rows) == 2 and not grown and says(question.tokens, *_DIFFERENCE):
        draft = _changed(rows, ask, corpus)
        return _with_ratio(draft, rows, corpus) if says(question.tokens, *RATIO) else draft
    return Draft(
        status="partial" if grown and says(question.tokens, *_DIFFERENCE) else "answered",
        segments=(connective(FOUND_FIGURES), *(line(row.figure, corpus) for row in rows)),
        notices=(*grown, *dates_notice(rows, corpus, "mỗi số liệu thuộc một thời điểm")),
        strength=0.9,
    )


def _grown(rows: Sequence[Row]) -> tuple[str, ...]:
    """That a province took others in between its first number and its last, so that these are not of the same land."""
    key = rows[0].figure.place
    if key is None or key == NATIONAL or rows[0].figure.subplace is not None:
        return ()
    province, merged = PROVINCES[key], MERGER.isoformat()[:7]
    joined = [PROVINCES[other].name for other in parts_of(province.today_key) if other != key]
    between = (rows[0].figure.as_of or "9") < merged <= (rows[-1].figure.as_of or "")
    if province.today_key != key or not joined or not between:
        return ()
    return (f"Số liệu từ 1/7/2025 của {province.name} gồm cả {' và '.join(joined)}, không trừ được cho số trước đó.",)


def _times(question: Question, sought: Sought) -> list[_Time]:
    """The times asked, in order: of a period its first and last year, or all of it beside a day outside of it; of a
    single day that day and now."""
    days = [_on(time) for time in sorted(sought.times)]
    if sought.period is None:
        return [*days, _Time(key="9")] if len(days) == 1 and _by_now(question) else days
    first, last = sought.period
    beside = [day for day in days if not first[:4] <= day.key[:4] <= last[:4]]
    if beside:
        return sorted((_Time(key=first, period=sought.period), *beside), key=lambda time: time.key)
    return [_on(first), _on(last)]


def _on(time: str) -> _Time:
    return _Time(key=time, times=(time,))


def _by_now(question: Question) -> bool:
    return says(question.tokens, *_BY_NOW)


def _rows(question: Question, sought: Sought, ask: Ask, times: Sequence[_Time], corpus: Corpus) -> list[Row]:
    """The best figure of each time, of one article where one has all; none where a time has no figure of its own."""
    found: list[list[Fitted]] = []
    for time in times:
        then = replace(sought, times=time.times, period=time.period)
        fitted = [item for item in fit(question, then, ask, corpus) if item.own_place and item.fits_time is not False]
        fitted = [item for item in fitted if not _of_several(item.figure, times)]
        if sought.occasion:  # a list is set beside a list, not beside all that the place has
            fitted = [item for item in fitted if item.occasion] or fitted
        if time.now:
            fitted = [item for item in fitted if _later(item.figure, times[0].key, corpus)]
        if time.period is not None:
            fitted = [item for item in fitted if not _year_by_year(item.figure, corpus)]
        found.append(fitted)
    rows = [
        Row(key=best.figure.as_of or ("nay" if time.now else time.key), fitted=best)
        for time, fitted in zip(times, of_one_article(found), strict=True)
        if (best := best_of(fitted)) is not None
    ]
    rows.sort(key=lambda row: row.figure.as_of or "9")  # "cuối 2020" is its year, and after the June asked with it
    if len(rows) < len(times) or len({row.figure for row in rows}) < len(rows) or _restated(rows):
        return []
    return rows


def _later(figure: Figure, time: str, corpus: Corpus) -> bool:
    """Whether a figure is of a later day than one asked, or of none, and its sentence says "nay"."""
    if figure.as_of is None:
        return says(tokens(evidence_of(figure, corpus).quote), *_BY_NOW)
    return figure.as_of[: len(time)] > time[: len(figure.as_of)]


def _of_several(figure: Figure, times: Sequence[_Time]) -> bool:
    """Whether a figure, of a year, may be of more than one of the times asked, months of that year."""
    days = [day for time in times for day in time.times]
    return figure.as_of is not None and sum(day.startswith(figure.as_of) for day in days) > 1


def _year_by_year(figure: Figure, corpus: Corpus) -> bool:
    """Whether a sentence counts the same of other years too, so that its number is of one of them alone."""
    return any(
        (other.start, other.what, other.star, other.subplace)
        == (figure.start, figure.what, figure.star, figure.subplace)
        and other.as_of != figure.as_of
        for other in corpus.figures_of(figure.article_id)
    )


def _restated(rows: Sequence[Row]) -> bool:
    """Whether some number only tells another again: the same, and dated by its article alone."""
    said = {row.figure.value for row in rows if row.figure.as_of_from in ("sentence", "paragraph")}
    told = [row.figure.value for row in rows if row.figure.as_of_from in ("published", "event")]
    return any(value in said for value in told)


def _changed(rows: list[Row], ask: Ask, corpus: Corpus) -> Draft:
    """From how much to how much something changed, the difference reckoned."""
    first, last = rows[0].figure, rows[1].figure
    difference = last.value - first.value
    change, direction = ("Tăng", "lên") if difference > 0 else ("Giảm", "xuống")
    low, high = (vietnamese_number(value) for value in sorted((first.value, last.value)))
    ends = f"từ {vietnamese_number(first.value)} {direction} {vietnamese_number(last.value)} ({high} - {low})"
    text = (
        f"{change} {nearly(rows)}{vietnamese_number(abs(difference))} {ask.form}: {ends}."
        if difference
        else f"Không đổi: {vietnamese_number(last.value)} {ask.form}."
    )
    operands = rows if difference <= 0 else [rows[1], rows[0]]
    return reckoned_difference(text, operands, abs(difference), corpus, "nên mức tăng giảm chỉ để tham khảo")


def _with_ratio(draft: Draft, rows: list[Row], corpus: Corpus) -> Draft:
    """A change with how many times the first number the last one is, where it grew."""
    first, last = rows[0].figure, rows[1].figure
    if not 0 < first.value < last.value:
        return draft
    return replace(draft, segments=(draft.segments[0], ratio_of(last, first, corpus), *draft.segments[1:]))
