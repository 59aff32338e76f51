"""A grade at two times, or in two rounds, that a question tells by their totals: "lúc có 570 và lúc có 740"."""

import re
from collections.abc import Sequence

from assistant.amounts import dated_source
from assistant.answer import RECKONED, vietnamese_number
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment, connective, quoted
from assistant.fitted import evidence_of
from assistant.question import Question
from assistant.sought import PRODUCTS, Sought
from index.figures.figure import Figure
from index.figures.numbers import parse_number
from index.figures.stars import find_stars

_TOTAL = re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d{3})+|\d+)\s+(?:sản phẩm|món)(?!\s+(?:hạng\s+)?\d\s+sao)(?!\w)", re.I)


def beside_totals(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """How many of each grade asked go with each of the two totals given, and by how much they differ; None for other
    questions, and where a total, or the grade beside it, is not held."""
    if len(question.places) != 1 or question.documents:
        return None
    given = tuple(dict.fromkeys(map(parse_number, _TOTAL.findall(question.text))))
    if len(given) != 2:
        return None
    grades = sorted({one.low for one in find_stars(question.text) if one.low == one.high})
    if not grades:
        return None
    sides = [_with_grades(value, grades, question.places[0], corpus) for value in given]
    if any(side is None for side in sides):
        return None
    first, second = (side for side in sides if side is not None)
    derived = [_differing(first[1][grade], second[1][grade], grade, corpus) for grade in grades]
    told = dict.fromkeys(
        evidence_of(figure, corpus)
        for total, counted in (first, second)
        for figure in (total, *(counted[grade] for grade in grades))
    )
    sources = "; ".join(
        f"{vietnamese_number(total.value)}: {dated_source(total, corpus)}" for total, _ in (first, second)
    )
    return Draft(
        status="answered",
        segments=(*derived, connective(RECKONED), *map(quoted, told)),
        notices=(f"Nguồn của mỗi tổng số: {sources}.",),
        strength=0.9,
    )


def _with_grades(
    value: float, grades: Sequence[int], place: str, corpus: Corpus
) -> tuple[Figure, dict[int, Figure]] | None:
    """The total of that value, and what its article counts of each grade right behind it; None where one is not
    counted."""
    for total in corpus.figures_counting(PRODUCTS.what, [place]):
        if (
            total.value != value
            or total.planned
            or total.subplace is not None
            or (total.star is not None and total.star == total.star_to)
        ):
            continue
        beside = {
            grade: min(
                (one for one in corpus.figures_of(total.article_id) if _counts(one, grade, total)),
                key=lambda one: one.number_start,
                default=None,
            )
            for grade in grades
        }
        found = {grade: one for grade, one in beside.items() if one is not None}
        if len(found) == len(grades):
            return total, found
    return None


def _counts(figure: Figure, grade: int, total: Figure) -> bool:
    return (
        (figure.what, figure.place, figure.subplace) == (total.what, total.place, total.subplace)
        and figure.star == figure.star_to == grade
        and not (figure.potential or figure.planned)
        and figure.number_start > total.number_end
        and figure.value <= total.value
    )


def _differing(one: Figure, other: Figure, grade: int, corpus: Corpus) -> Segment:
    high, low = sorted((one, other), key=lambda figure: -figure.value)
    rest = high.value - low.value
    text = (
        f"Chênh nhau {vietnamese_number(rest)} sản phẩm {grade} sao "
        f"({vietnamese_number(high.value)} - {vietnamese_number(low.value)})."
        if rest
        else f"Bằng nhau: {vietnamese_number(high.value)} sản phẩm {grade} sao."
    )
    return Segment(
        text=text,
        kind="derived",
        evidence=(evidence_of(high, corpus), evidence_of(low, corpus)),
        reckoning=Reckoning(operation="difference", operands=((high.value, 0), (low.value, 1)), result=rest),
    )
