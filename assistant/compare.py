"""Figures set beside one another: of several places, of one place at several times, of its districts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.amounts import amount, dated_source, line, naming, place_name, when_said
from assistant.answer import FOUND_FIGURES, vietnamese_number
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment, connective
from assistant.evidence import Evidence
from assistant.fitting import Fitted, best_of, evidence_of, fit, latest_of
from assistant.leading import asks_least, asks_within, leading_subplaces, more_than
from assistant.limits import stock_in
from assistant.question import Question
from assistant.sought import PRODUCTS, Ask, Sought
from assistant.wording import says, tokens
from index.figures.figure import NATIONAL, Figure
from index.places.named import PROVINCES

_HOW_MUCH = (
    "thua bao nhiêu",
    "thua mấy",
    "hơn bao nhiêu",
    "hơn mấy",
    "kém bao nhiêu",
    "kém mấy",
    "chênh",
    "chênh lệch",
    "cách biệt",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of a comparison and what it is of: a place's key, a district, a time."""

    key: str
    fitted: Fitted

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.fitted.figure


def compare(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """Which place has most (or least) of what is asked, every figure shown with its own date, or None."""
    asks = sought.asks or (replace(PRODUCTS, stars=question.stars),)
    if asks_within(question.tokens) and len(sought.places) == 1:
        return leading_subplaces(question, sought, asks[0], corpus)
    if len(sought.places) == 1 and (beyond := more_than(question, sought, asks[0], corpus)) is not None:
        return beyond
    least = asks_least(question.tokens)
    keys = sought.places or _provinces_held(corpus)
    if not sought.places and len(sought.subplaces) > 1:
        keys = ()
    rows = rows_of_places(question, sought, asks[0], keys, corpus, totals=not sought.places) if keys else []
    if len(sought.subplaces) > 1:
        rows = rows_of_subplaces(question, sought, asks[0], corpus)
        keys = sought.subplaces
    if len(rows) < 2 or (question.places and len(rows) < len(keys)):
        return None
    if len(rows) == 2 and _asks_how_much(question):
        return differing(rows, asks[0], corpus)
    rows.sort(key=lambda row: row.figure.value if least else -row.figure.value)
    return Draft(
        status="answered",
        segments=(
            verdict(rows, corpus, least=least),
            connective("Các số liệu được so sánh:"),
            *(line(row.figure, corpus) for row in rows),
        ),
        notices=dates_notice(rows, corpus, "nên chỉ so sánh để tham khảo"),
        strength=0.9,
    )


def _asks_how_much(question: Question) -> bool:
    asked = question.tokens
    return says(asked, *_HOW_MUCH) or (
        says(asked, "hơn", "kém", "thua") and says(asked, "bao nhiêu", "mấy") and not says(asked, "hơn hay", "nào")
    )


def rows_of_places(
    question: Question, sought: Sought, ask: Ask, keys: Sequence[str], corpus: Corpus, *, totals: bool = False
) -> list[Row]:
    """The best figure of every place that has one of the time asked. totals: only what is all that a place has, which
    alone may be set beside that of any other."""
    rows: list[Row] = []
    # "Quảng Nam (2024) và Quảng Ngãi (2022)"
    paired = len(sought.times) == len(keys) > 1 and sought.period is None
    for place, key in enumerate(keys):
        era = sought.era or ("former" if key in question.former else "today" if key in question.today else None)
        times = (sought.times[place],) if paired else sought.times
        alone = replace(sought, places=(key,), times=times, era=era)
        fitted = [item for item in fit(question, alone, ask, corpus) if item.own_place]
        best = best_of(item for item in fitted if not totals or _is_total(item, ask))
        best = None if best is None else latest_of(best, fitted)
        if best is not None and best.fits_time is not False:
            rows.append(Row(key=key, fitted=best))
    if paired and len(rows) < len(keys):
        return rows_of_places(question, replace(sought, times=(*sought.times, *sought.times)), ask, keys, corpus)
    return rows


def totals_held(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> list[Row]:
    """What every province held has in all, most first; of those that have some."""
    rows = rows_of_places(question, sought, ask, _provinces_held(corpus), corpus, totals=True)
    return sorted((row for row in rows if row.figure.value > 0), key=lambda row: -row.figure.value)


def _provinces_held(corpus: Corpus) -> tuple[str, ...]:
    return tuple(sorted({figure.place for figure in corpus.figures if figure.place and figure.place != NATIONAL}))


def _is_total(item: Fitted, ask: Ask) -> bool:
    """Whether a figure counts all that a place has: a source says so, or it is a grade of what is not one round's."""
    if item.figure.whole or stock_in(item.figure.context):
        return not says(tokens(item.figure.context), "thêm", "đợt", "trao")
    return not item.occasion and (ask.stars is not None or ask.what != "sản phẩm")


def rows_of_subplaces(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> list[Row]:
    """The best figure of every district named that has one of the time asked."""
    rows: list[Row] = []
    for name in sought.subplaces:
        best = best_of(fit(question, replace(sought, subplaces=(name,)), ask, corpus))
        if best is not None and best.fits_time is not False:
            rows.append(Row(key=name, fitted=best))
    return rows


def of_one_article(found: list[list[Fitted]]) -> list[list[Fitted]]:
    """What fits, of the one article that has something for each, where there is one; else all of it.

    Figures of one source are counted alike.
    """
    common = set.intersection(*({item.figure.article_id for item in fitted} for fitted in found)) if found else set()
    if not common:
        return found
    best = max(
        sorted(common),
        key=lambda name: sum(max(item.score for item in fitted if item.figure.article_id == name) for fitted in found),
    )
    return [[item for item in fitted if item.figure.article_id == best] for fitted in found]


def over_time(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """What one place had at each of the times asked, and by how much it changed; None where a time has no figure."""
    asks = sought.asks or (replace(PRODUCTS, stars=question.stars),)
    ask = next((ask for ask in asks if ask.stars is not None), asks[0])
    times = sought.times if sought.period is None else sought.period
    if len(times) < 2 or len(sought.places) > 1 or not (sought.places or sought.subplaces):
        return None
    rows = _rows_over_time(question, sought, ask, sorted(times), corpus)
    if not rows and sought.period is not None and says(question.tokens, *_GROWN):
        # "trong hai năm 2023-2024 tăng thêm": from what the year before them ended with
        before = str(int(sought.period[0][:4]) - 1)
        rows = _rows_over_time(question, sought, ask, [before, sought.period[1]], corpus)
    if not rows:
        return None
    if len(rows) == 2 and says(
        question.tokens, "tăng", "giảm", "thêm", "hơn", "kém", "chênh", "thay đổi", "khác nhau", "so với", "so"
    ):
        draft = changed(rows, ask, corpus)
        return _with_ratio(draft, rows, corpus) if says(question.tokens, *RATIO) else draft
    return Draft(
        status="answered",
        segments=(connective(FOUND_FIGURES), *(line(row.figure, corpus) for row in rows)),
        notices=dates_notice(rows, corpus, "mỗi số liệu thuộc một thời điểm"),
        strength=0.9,
    )


RATIO = ("gấp mấy", "gấp bao nhiêu", "mấy lần", "bao nhiêu lần")


def times_as_many(high: float, low: float, *printed: str) -> tuple[str, float]:
    """(the sentence that says how many times one number another is, that ratio). low: not 0. printed: both as they are
    told, where not as numbers."""
    ratio = round(high / low, 2)
    terms = " / ".join(printed or (vietnamese_number(high), vietnamese_number(low)))
    return f"Gấp khoảng {vietnamese_number(ratio)} lần ({terms}).", ratio


def _ratio(high: Figure, low: Figure, corpus: Corpus) -> Segment:
    """How many times one figure another is."""
    text, ratio = times_as_many(high.value, low.value)
    return Segment(
        text=text,
        kind="derived",
        evidence=(evidence_of(high, corpus), evidence_of(low, corpus)),
        reckoning=Reckoning(operation="quotient", operands=((high.value, 0), (low.value, 1)), result=ratio),
    )


def _with_ratio(draft: Draft, rows: list[Row], corpus: Corpus) -> Draft:
    """A change with how many times the first number the last one is, where it grew."""
    first, last = rows[0].figure, rows[1].figure
    if not 0 < first.value < last.value:
        return draft
    return replace(draft, segments=(draft.segments[0], _ratio(last, first, corpus), *draft.segments[1:]))


def ratio_of_places(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """How many times what one of two places has is what the other has; None where one has no figure."""
    if len(sought.places) != 2 or not sought.asks or not says(question.tokens, *RATIO):
        return None
    rows = rows_of_places(question, sought, sought.asks[0], sought.places, corpus)
    rows.sort(key=lambda row: -row.figure.value)
    if len(rows) < 2 or not rows[1].figure.value:
        return None
    high, low = rows[0].figure, rows[1].figure
    derived = _ratio(high, low, corpus)
    return Draft(
        status="answered",
        segments=(derived, connective("Số liệu dùng để tính:"), *(line(row.figure, corpus) for row in rows)),
        notices=dates_notice(rows, corpus, "nên chỉ so sánh để tham khảo"),
        strength=0.9,
    )


_GROWN = ("tăng", "thêm", "giảm")


def _rows_over_time(question: Question, sought: Sought, ask: Ask, times: Sequence[str], corpus: Corpus) -> list[Row]:
    """The best figure of each time, of one article where one has all; none where a time has no figure of its own."""
    found: list[list[Fitted]] = []
    for time in times:
        then = replace(sought, times=(time,), period=None)
        found.append(
            [item for item in fit(question, then, ask, corpus) if item.own_place and item.fits_time is not False]
        )
    rows = [
        Row(key=time, fitted=best)
        for time, fitted in zip(times, of_one_article(found), strict=True)
        if (best := best_of(fitted)) is not None
    ]
    if len(rows) < len(times) or len({row.figure for row in rows}) < len(rows) or _restated(rows):
        return []
    return rows


def _restated(rows: list[Row]) -> bool:
    """Whether some number only tells another again: the same, and dated by its article alone."""
    said = {row.figure.value for row in rows if row.figure.as_of_from in ("sentence", "paragraph")}
    told = [row.figure.value for row in rows if row.figure.as_of_from in ("published", "event")]
    return any(value in said for value in told)


def changed(rows: list[Row], ask: Ask, corpus: Corpus) -> Draft:
    """From how much to how much something changed, the difference reckoned."""
    first, last = rows[0].figure, rows[1].figure
    difference = last.value - first.value
    change = "Tăng" if difference > 0 else "Giảm" if difference < 0 else "Không đổi"
    text = (
        f"{change} {vietnamese_number(abs(difference))} {ask.form}: từ {vietnamese_number(first.value)} lên "
        f"{vietnamese_number(last.value)} ({vietnamese_number(last.value)} - {vietnamese_number(first.value)})."
        if difference > 0
        else f"{change} {vietnamese_number(abs(difference))} {ask.form}: từ {vietnamese_number(first.value)} xuống "
        f"{vietnamese_number(last.value)} ({vietnamese_number(first.value)} - {vietnamese_number(last.value)})."
        if difference < 0
        else f"Không đổi: {vietnamese_number(last.value)} {ask.form}."
    )
    operands = rows if difference <= 0 else [rows[1], rows[0]]
    return _reckoned(text, operands, abs(difference), corpus, "nên mức tăng giảm chỉ để tham khảo")


def _called(figure: Figure) -> str:
    """The district or commune a figure is of, else its province."""
    return figure.subplace or place_name(figure)


def differing(rows: list[Row], ask: Ask, corpus: Corpus) -> Draft:
    """By how much the larger of two figures exceeds the other."""
    top, bottom = sorted(rows, key=lambda row: -row.figure.value)
    difference = top.figure.value - bottom.figure.value
    named = [naming(row.figure, corpus) for row in (top, bottom)]
    said = (
        f"{_called(top.figure)} hơn {_called(bottom.figure)}"
        if None not in named and difference and top.key != bottom.key
        else "Chênh nhau"
    )
    text = (
        f"{said} {vietnamese_number(difference)} {ask.form} "
        f"({vietnamese_number(top.figure.value)} - {vietnamese_number(bottom.figure.value)})."
    )
    return _reckoned(text, [top, bottom], difference, corpus, "nên chỉ so sánh để tham khảo")


def _reckoned(text: str, operands: list[Row], result: float, corpus: Corpus, caution: str) -> Draft:
    rows = sorted(operands, key=lambda row: row.figure.as_of or "")
    evidences = tuple(evidence_of(row.figure, corpus) for row in operands)
    named = [one for row in operands for one in naming(row.figure, corpus) or ()]
    derived = Segment(
        text=text,
        kind="derived",
        evidence=(*evidences, *named),
        reckoning=Reckoning(
            operation="difference",
            operands=tuple((row.figure.value, place) for place, row in enumerate(operands)),
            result=result,
        ),
    )
    return Draft(
        status="answered",
        segments=(derived, connective("Số liệu dùng để tính:"), *(line(row.figure, corpus) for row in rows)),
        notices=dates_notice(rows, corpus, caution),
        strength=0.9,
    )


def dates_notice(rows: Sequence[Row], corpus: Corpus, caution: str) -> tuple[str, ...]:
    """The date and source of every figure, and a caution where they are of different days."""
    told = "; ".join(dict.fromkeys(_sourced(_name(row), dated_source(row.figure, corpus)) for row in rows))
    if len({row.figure.as_of for row in rows}) > 1:
        return (f"Các số liệu khác thời điểm ({told}), {caution}.",)
    return (f"Nguồn số liệu: {told}.",)


def _sourced(name: str, source: str) -> str:
    return source if source.startswith(f"{name},") else f"{name}: {source}"


def _name(row: Row) -> str:
    if row.key in PROVINCES or row.key == NATIONAL:
        return place_name(row.figure)
    return row.figure.subplace or (when_said(row.key) if row.key[:4].isdecimal() else row.key)


def verdict(rows: list[Row], corpus: Corpus, *, least: bool, named: bool = True) -> Segment:
    """The winner, the first of the rows, in a derived sentence, where `named` with its place where a quote has it."""
    figure = rows[0].figure
    evidences: tuple[Evidence, ...] = tuple(evidence_of(row.figure, corpus) for row in rows)
    degree = "Ít" if least else "Nhiều"
    degree += " nhất" if len(rows) > 2 else " hơn"
    naming_it = naming(figure, corpus) if named else None
    place = "" if naming_it is None else f" là {figure.subplace or place_name(figure)}"
    if len(rows) > 1 and figure.value == rows[1].figure.value:
        degree, place = "Bằng nhau", ""
    return Segment(
        text=f"{degree}{place}: {amount(figure, evidences[0])}.",
        kind="derived",
        evidence=(*evidences, *(naming_it or ())),
        reckoning=Reckoning(
            operation="minimum" if least else "maximum",
            operands=tuple((row.figure.value, place) for place, row in enumerate(rows)),
            result=figure.value,
        ),
    )
