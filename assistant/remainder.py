"""What is left of a total: the grade that its sentence does not count beside all others, or what is valid no more."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import RECKONED, vietnamese_number
from assistant.corpus import Corpus
from assistant.count import time_notices
from assistant.draft import Draft, Reckoning, Segment, connective, quoted
from assistant.fitted import Fitted, evidence_of, standing_of
from assistant.fitting import fit
from assistant.limits import limit_groups_in
from assistant.question import Question
from assistant.sought import PRODUCTS, Sought
from assistant.wording import says, words_of
from index.figures.figure import Figure
from index.figures.stars import find_stars

# What asks for a rest.
_LEFT = ("còn", "bỏ", "trừ", "bớt", "suy ra", "tính ra", "ngoài")
_LAPSED = ("hết hiệu lực", "không còn hiệu lực", "mất hiệu lực", "hết hạn", "không còn giá trị")
_VALID = limit_groups_in(words_of("còn hiệu lực"))
# Grades that are recognised.
_LOWEST, _HIGHEST = 3, 5


def remainder(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """How many of a total are of the grade that its sentence does not count, where it counts each other one, or of the
    total that the question gives how many are valid no more, where its sentence counts those that are.

    None for other questions, and where the source gives the number itself.
    """
    if question.documents or len(question.places) != 1:
        return None
    star = _grade_left(question)
    lapsed = bool(sought.numbers) and question.wanted == "figure" and says(question.tokens, *_LAPSED)
    if star is None and not lapsed:
        return None
    groups = frozenset[int]() if lapsed else sought.limits.groups
    plain = replace(sought, numbers=(), limits=replace(sought.limits, words=(), groups=groups))
    best: tuple[Fitted, list[Figure]] | None = None
    for total in sorted(fit(question, plain, PRODUCTS, corpus), key=standing_of, reverse=True):
        if not total.own_place or total.figure.part or (sought.numbers and total.figure.value not in sought.numbers):
            continue
        parts = _still_valid(total, corpus) if star is None else _other_grades(total, star, corpus)
        if parts and sum(part.value for part in parts) <= total.figure.value:
            best = total, parts
            break
    return None if best is None else _draft(*best, star, sought, corpus)


def _grade_left(question: Question) -> int | None:
    """The grade asked for as what is left, the last one named; None where none is."""
    if not (says(question.tokens, *_LEFT) and says(question.tokens, "bao nhiêu", "mấy")):
        return None
    named = find_stars(question.text)
    return named[-1].low if len(named) > 1 and named[-1].low == named[-1].high else None


def _other_grades(total: Fitted, star: int, corpus: Corpus) -> list[Figure]:
    """What a sentence counts of each grade of its total but one; none where it does not count all, or counts that."""
    whole = total.figure
    low, high = whole.star or _LOWEST, whole.star_to or _HIGHEST
    of_grade = {
        one.star: one
        for one in corpus.figures_of(whole.article_id)
        if (one.start, one.what, one.star) == (whole.start, whole.what, one.star_to)
        and one.number_start > whole.number_end
        and not one.potential
    }
    wanted = set(range(low, high + 1)) - {star}
    if star in of_grade or not low <= star <= high or not wanted or not wanted <= of_grade.keys():
        return []
    return [of_grade[grade] for grade in sorted(wanted, reverse=True)]


def _still_valid(total: Fitted, corpus: Corpus) -> list[Figure]:
    """What the article of a total says of it to be valid still, in the same sentence or behind it."""
    whole = total.figure
    return [
        one
        for one in corpus.figures_of(whole.article_id)
        if (one.what, one.place, one.subplace, one.star) == (whole.what, whole.place, whole.subplace, whole.star)
        and one.number_start > whole.number_end
        and not one.planned
        and limit_groups_in(words_of(one.context)) >= _VALID
    ][:1]


def _draft(total: Fitted, parts: Sequence[Figure], star: int | None, sought: Sought, corpus: Corpus) -> Draft:
    figures = (total.figure, *parts)
    evidences = [evidence_of(one, corpus) for one in figures]
    rest = total.figure.value - sum(part.value for part in parts)
    terms = " - ".join(vietnamese_number(one.value) for one in figures)
    graded = f" {star} sao" if star is not None and find_stars(evidences[0].quote) else ""
    derived = Segment(
        text=f"Còn lại {vietnamese_number(rest)} sản phẩm{graded} ({terms}).",
        kind="derived",
        evidence=tuple(evidences),
        reckoning=Reckoning(
            operation="difference",
            operands=tuple((one.value, place) for place, one in enumerate(figures)),
            result=rest,
        ),
    )
    return Draft(
        status="answered",
        segments=(derived, connective(RECKONED), *map(quoted, dict.fromkeys(evidences))),
        notices=tuple(time_notices(sought, [total])),
        strength=0.9,
    )
