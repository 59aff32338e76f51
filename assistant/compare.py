"""Figures set beside one another: of several places, of one place at several times, of its districts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.amounts import amount, dated_source, line, naming, place_name, when_said
from assistant.answer import ratio_told, vietnamese_number
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment, connective
from assistant.evidence import Evidence
from assistant.fitted import Fitted, best_of, evidence_of, latest_of
from assistant.fitting import fit
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
    some = of_rounds(rows, sought)
    return Draft(
        status="partial" if some else "answered",
        segments=(
            verdict(rows, corpus, least=least),
            connective("Các số liệu được so sánh:"),
            *(line(row.figure, corpus) for row in rows),
        ),
        notices=(*some, *dates_notice(rows, corpus, "nên chỉ so sánh để tham khảo")),
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


RATIO = ("gấp mấy", "gấp bao nhiêu", "mấy lần", "bao nhiêu lần")


def times_as_many(high: float, low: float, *printed: str) -> tuple[str, float]:
    """(the sentence that says how many times one number another is, that ratio). low: not 0. printed: both as they are
    told, where not as numbers."""
    ratio = ratio_told(high / low)
    terms = " / ".join(printed or (vietnamese_number(high), vietnamese_number(low)))
    about = "" if ratio * low == high else "khoảng "
    return f"Gấp {about}{vietnamese_number(ratio)} lần ({terms}).", ratio


def ratio_of(high: Figure, low: Figure, corpus: Corpus) -> Segment:
    """How many times one figure another is."""
    text, times = times_as_many(high.value, low.value)
    return Segment(
        text=text,
        kind="derived",
        evidence=(evidence_of(high, corpus), evidence_of(low, corpus)),
        reckoning=Reckoning(operation="quotient", operands=((high.value, 0), (low.value, 1)), result=times),
    )


def ratio_of_places(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """How many times what one of two places has is what the other has; None where one has no figure."""
    if len(sought.places) != 2 or not sought.asks or not says(question.tokens, *RATIO):
        return None
    rows = rows_of_places(question, sought, sought.asks[0], sought.places, corpus)
    rows.sort(key=lambda row: -row.figure.value)
    if len(rows) < 2 or not rows[1].figure.value:
        return None
    high, low = rows[0].figure, rows[1].figure
    derived = ratio_of(high, low, corpus)
    return Draft(
        status="answered",
        segments=(derived, connective("Số liệu dùng để tính:"), *(line(row.figure, corpus) for row in rows)),
        notices=dates_notice(rows, corpus, "nên chỉ so sánh để tham khảo"),
        strength=0.9,
    )


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
        f"{said} {nearly(rows)}{vietnamese_number(difference)} {ask.form} "
        f"({vietnamese_number(top.figure.value)} - {vietnamese_number(bottom.figure.value)})."
    )
    return reckoned_difference(text, [top, bottom], difference, corpus, "nên chỉ so sánh để tham khảo")


def nearly(rows: Sequence[Row]) -> str:
    """ "khoảng " where some number of a reckoning is told as no exact one ("hơn 900"), else ""."""
    return "khoảng " if any(row.figure.bound is not None for row in rows) else ""


def reckoned_difference(text: str, operands: list[Row], result: float, corpus: Corpus, caution: str) -> Draft:
    """A difference told as `text`, with the lines of what it is reckoned from. operands: the larger first."""
    rows = sorted(operands, key=lambda row: row.figure.as_of or "9")  # of no date said is "nay"
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


def of_rounds(rows: Sequence[Row], sought: Sought) -> tuple[str, ...]:
    """That some numbers are of one round or list, where what each place has in all is compared or added up."""
    some = [row for row in rows if row.fitted.occasion and not (sought.occasion or row.figure.whole)]
    told = ", ".join(dict.fromkeys(f"{_name(row)} ({vietnamese_number(row.figure.value)})" for row in some))
    return (f"Chưa chắc là tổng số, vì thuộc một đợt hay một danh mục: {told}.",) if some else ()


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
