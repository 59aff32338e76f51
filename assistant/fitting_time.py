"""When a figure is of, against the time asked: whether it fits, and of those that do not how far off it is."""

import re

from assistant.corpus import Corpus
from assistant.evidence import Evidence, same_time
from assistant.fitted import Fitted, evidence_of
from assistant.question import Question
from assistant.sought import Sought
from assistant.wording import says, tokens
from index.dates import find_dates
from index.figures.figure import NATIONAL, Figure
from index.figures.planned import says_planned


def time_fit(sought: Sought, figure: Figure, corpus: Corpus) -> tuple[bool | None, bool]:
    """(whether the time asked is the figure's, whether that is the time of its article's other figures)."""
    if not sought.times and sought.period is None:
        return None, False
    if figure.as_of is None:
        titled = None if figure.planned or figure.place in (None, NATIONAL) else _title_time(figure, corpus)
        fits = titled is not None and _at_time(sought, titled)
        return fits, fits
    if _at_time(sought, figure.as_of):
        return True, False
    if figure.as_of_from in ("published", "event"):
        said = {
            other.as_of[:7]
            for other in corpus.figures_of(figure.article_id)
            if other.place == figure.place
            and other.as_of is not None
            and not other.planned
            and other.as_of_from in ("sentence", "paragraph")
        }
        latest = max(said, key=len, default="")
        alone = latest and all(latest.startswith(other) for other in said)
        if (
            alone
            and _months(figure.as_of, late=False) - _months(latest, late=True) <= _SOON
            and _at_time(sought, latest)
        ):
            return True, True
    return False, False


def _title_time(figure: Figure, corpus: Corpus) -> str | None:
    """The one time that the title of a figure's article names, ISO; None where it names none or several."""
    named = find_dates(corpus.article(figure.article_id, figure.digest).title)
    return named[0].iso if len(named) == 1 and named[0].until is None else None


def also_dated(sought: Sought, figure: Figure, corpus: Corpus) -> bool:
    """Whether the words before a figure name the time asked beside the one it is read as of, no other number between
    them: "Kết quả đánh giá năm 2024 được trao vào đầu năm 2025: 108 sản phẩm".

    Not where that time is compared with ("so với năm 2023") or planned for.
    """
    if figure.as_of_span is None or not figure.start <= figure.as_of_span.start < figure.number_start:
        return False
    article = corpus.article(figure.article_id, figure.digest)
    said = article.text[figure.start : figure.number_start]
    dates = find_dates(said)
    own = next((one for one in dates if one.start <= figure.as_of_span.start - figure.start < one.end), None)
    for mention in dates:
        if own is None or mention is own or mention.until is not None or not _at_time(sought, mention.iso):
            continue
        if all(len(mention.iso) < len(time) for time in sought.times):
            continue  # the year alone of the month asked
        after = said[max(mention.end, own.end) :]
        before = said[max(0, mention.start - 30) : mention.start]
        first, last = figure.start + min(mention.end, own.end), figure.start + max(mention.start, own.start)
        if "|" in said or ";" in after or says_planned(said):
            continue
        if any(first <= other.number_start < last for other in corpus.figures_of(figure.article_id)):
            continue
        if not says(tokens(before), "so với", "hơn", "kém", "trước", "sau", "kể từ", "từ"):
            return True
    return False


# An article tells of what was counted so many months before it, at most.
_SOON = 8


def _months(iso: str, *, late: bool) -> int:
    """The months of a date since year 0; of a year alone its last month where `late`, else its first."""
    month = int(iso[5:7]) if len(iso) >= 7 else 12 if late else 1
    return 12 * int(iso[:4]) + month


def lateness(sought: Sought, figure: Figure) -> float:
    """What it is worth to be late: within the year asked, or of all where no time was asked."""
    if figure.as_of is None:
        return 0.0
    if sought.times:
        ends = any(season[2] == _DECEMBER and season[0] == figure.as_of[:4] for season in sought.seasons)
        if ends:
            return 0.8 * int(figure.as_of[5:7] or 0)  # of "cuối năm" the last month; a year alone is no such
        return 0.05 * int(figure.as_of[5:7] or _DECEMBER)
    return 0.0 if sought.period is not None else 0.15 * min(10, max(0, int(figure.as_of[:4]) - _FIRST_YEAR))


_DECEMBER = 12
# The programme began in 2018.
_FIRST_YEAR = 2018


def years_away(sought: Sought, figure: Figure) -> float:
    """How many years a figure is from the time asked, to the month, no more than four."""
    asked = sought.times or sought.period or ()
    if figure.as_of is None or not asked:
        return 4.0
    first, last = _months(figure.as_of, late=False), _months(figure.as_of, late=True)
    gaps = (max(_months(time, late=False) - last, first - _months(time, late=True), 0) for time in asked)
    return min(4.0, *(gap / 12 for gap in gaps))


def coarser(sought: Sought, figure: Figure) -> bool:
    """Whether a figure is of a year, and a month of it was asked."""
    return bool(sought.times) and len(figure.as_of or "") < min(len(time) for time in sought.times)


def _at_time(sought: Sought, as_of: str) -> bool:
    if sought.period is not None:
        return sought.period[0] <= as_of[:4] <= sought.period[1]
    for asked in sought.times:
        if not same_time(asked, as_of):
            continue
        season = next((season for season in sought.seasons if season[0] == asked), None)
        # of "cuối năm 2025" a month of its last third, or the year alone
        if season is None or len(as_of) < 7 or season[1] <= int(as_of[5:7]) <= season[2]:
            return True
    return False


def dated_later(figure: Figure, evidence: Evidence) -> bool:
    """Whether a figure is read as a plan only since its date is later than its article's: no word of it says so."""
    if figure.planned_span is None or figure.as_of is None:
        return False
    said = figure.planned_span.of(evidence.article.text)
    return bool(find_dates(said)) and len(tokens(said)) <= 4 and not says_planned(evidence.quote)


# "đến năm 2025 có 200 sản phẩm" is aimed at, "một bài đăng năm 2024" is not.
_BY_THEN = re.compile(r"(?<!\w)(?:đến|tới|hết|cuối|vào)\s+(?:(?:hết|cuối|tháng|quý)\s+)*$", re.IGNORECASE)


def no_target(figure: Figure, evidence: Evidence) -> bool:
    """Whether a figure read as a plan for its date alone is of a day that is only told, not one to be reached by."""
    if not dated_later(figure, evidence) or figure.planned_span is None:
        return False
    start = figure.planned_span.start
    said = figure.planned_span.of(evidence.article.text)
    return not (_BY_THEN.search(evidence.article.text, max(0, start - 20), start) or says(tokens(said), "đến", "tới"))


# Parts of a month or year, in order: numbers of its beginning and its end are of two times.
_PHASES = ("đầu", "giữa", "cuối", "hết")
_PHASE = re.compile(rf"(?<!\w)({'|'.join(_PHASES)})\s+(?:tháng|năm|quý)(?!\w)", re.IGNORECASE)


def of_the_phase(question: Question, fitted: list[Fitted], corpus: Corpus) -> list[Fitted]:
    """What fits, less what an article tells of another part of the same month or year ("đầu tháng 9") than those asked,
    or than the last where none is."""
    asked = {_PHASES.index(part.lower()) for part in _PHASE.findall(question.text)}
    told = [_phase(item, corpus) for item in fitted]
    meant: dict[tuple[str, str | None], set[int]] = {}
    for item, phase in zip(fitted, told, strict=True):
        if phase is not None:
            meant.setdefault((item.figure.article_id, item.figure.as_of), set()).add(phase)
    for key, phases in meant.items():
        meant[key] = phases & asked or (phases if asked else {max(phases)})
    return [
        item
        for item, phase in zip(fitted, told, strict=True)
        if phase is None or phase in meant[item.figure.article_id, item.figure.as_of]
    ]


def _phase(item: Fitted, corpus: Corpus) -> int | None:
    """Which part of a month or year the sentence of a figure speaks of first, as its place in `_PHASES`."""
    said = _PHASE.search(evidence_of(item.figure, corpus).quote)
    return None if said is None else _PHASES.index(said[1].lower())


def without_restated(found: list[Fitted]) -> list[Fitted]:
    """What fits, less a number dated by its article alone where the same number says an earlier day of its own and
    neither is of the time asked: told later it is still of that day."""
    said = {
        (item.figure.value, item.figure.place, item.figure.subplace): item.figure.as_of
        for item in found
        if item.figure.as_of_from in ("sentence", "paragraph")
    }
    return [
        item
        for item in found
        if item.fits_time is not False
        or item.figure.as_of_from != "published"
        or (said.get((item.figure.value, item.figure.place, item.figure.subplace)) or "9") > (item.figure.as_of or "")
    ]
