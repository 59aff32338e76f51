"""Where a figure is of, against the place asked: of that very place, of a part of it, or of somewhere else."""

import re
from itertools import chain

from assistant.evidence import Evidence
from assistant.question import Question
from assistant.sought import Sought
from assistant.wording import tokens
from index.figures.figure import NATIONAL, Figure
from index.places.named import MERGER, PROVINCES, related

# Numbers below this are those of a province and of the country alike.
_COINCIDENCE = 10
# "Ninh Bình cũ", "Đồng Tháp (khi chưa nhập với Tiền Giang)"
_FORMER_AFTER = re.compile(r"\s*[,(]?\s*(?:cũ|trước đây|khi chưa|trước (?:khi|ngày) (?:nhập|sáp nhập|hợp nhất))(?!\w)")


def places_of(sought: Sought) -> list[str]:
    """The keys of which a figure may be asked for, by `place_fit`: none where it may be of any."""
    parts = [sorted(related(key)) for key in sought.places if key != NATIONAL]
    return [*sought.places, *chain.from_iterable(parts)]


def place_fit(question: Question, sought: Sought, figure: Figure) -> bool | None:
    """True: of the very place asked. False: of another part of today's province. None: of somewhere else."""
    if not sought.places:
        if sought.subplaces:
            return True
        free = not sought.limits.words and not question.documents and not sought.numbers
        return True if figure.place == NATIONAL or not free else None
    if figure.place in sought.places:
        return True
    if figure.place is None or figure.place == NATIONAL:
        return None
    for key in sought.places:
        # asked by today's name, counted under a former one; never the other way round
        asked_today = sought.era != "former" and key != NATIONAL and PROVINCES[key].today_key == key
        if asked_today and figure.place in related(key):
            return False
    return None


def counted(figure: Figure) -> tuple[float, str, int | None, int | None]:
    """What a figure counts, wherever and whenever."""
    return figure.value, figure.what, figure.star, figure.star_to


def of_nation(figure: Figure, evidence: Evidence, nation: frozenset[tuple[float, str, int | None, int | None]]) -> bool:
    """Whether a number read as that of the province its article is about is the whole country's: no place stands in
    the words up to it or with it, and other texts give the very number of the country."""
    if figure.place in (None, NATIONAL) or figure.subplace is not None or figure.value < _COINCIDENCE:
        return False
    span, text = figure.place_span, evidence.article.text
    named = span is not None and not (span.start > figure.number_end and ";" in text[figure.number_end : span.start])
    return not named and counted(figure) in nation


def fits_subplace(sought: Sought, figure: Figure) -> bool:
    """Whether a figure is of the district or commune asked for, or of none where none is."""
    if sought.others:
        return False
    if not sought.subplaces:
        return figure.subplace is None
    return figure.subplace is not None and " ".join(tokens(figure.subplace)) in sought.subplaces


def era_fit(sought: Sought, figure: Figure, evidence: Evidence) -> bool | None:
    """Whether a figure is of the province as it was, or as it is, where that was asked: True where it is or nothing
    was asked, False where it is of the former province and the present one was asked, None where it cannot be."""
    key = figure.place
    if key is None or key == NATIONAL or PROVINCES[key].merged or related(key) <= {key}:
        return True
    as_of = figure.as_of or ""
    before_merger = bool(as_of) and as_of < MERGER.isoformat()[: len(as_of)]
    called_former = figure.place_span is not None and _FORMER_AFTER.match(evidence.article.text, figure.place_span.end)
    if sought.era == "former":
        return True if called_former or before_merger else None
    if sought.era == "today":
        return not (called_former or before_merger)
    times = sought.times or sought.period or ()
    asked_before = bool(times) and all(time < MERGER.isoformat()[: len(time)] for time in times)
    return not called_former or asked_before or (bool(times) and before_merger)
