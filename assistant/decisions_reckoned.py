"""How many products decisions of one place recognise, set beside one another or added up: "đợt 1 năm 2026 nhiều hơn
đợt 1 năm 2025 mấy sản phẩm", "hai quyết định ấy cộng lại bao nhiêu sản phẩm 4 sao"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from assistant import answer as say
from assistant.answer import RECKONED, vietnamese_number
from assistant.compare import RATIO, times_as_many
from assistant.corpus import Corpus
from assistant.decision_place import issuer_said, numbers_named, of_place, round_of
from assistant.draft import Draft, Operation, Reckoning, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.fitted import evidence_of
from assistant.later_decisions import replaced_whole
from assistant.limits import ROMAN
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.wording import says
from index.decisions.merged import Decision
from index.figures.figure import Figure
from index.text import strip_marks

_ADDS = ("cộng", "cộng lại", "gộp lại", "cả hai", "cả ba", "tổng cộng", "tổng", "cả thảy", "tất cả")
_BESIDE = (
    "hơn", "kém", "chênh", "chênh lệch", "so với", "so sánh", "bằng nhau", "gấp", "lệch", "nhiều nhất", "ít nhất",
)  # fmt: skip
_LESS = ("ít hơn", "kém", "ít nhất")
_HOW_MANY = ("bao nhiêu", "mấy", "nào")
_PRODUCTS = ("sản phẩm", "món", "mặt hàng", "sp")
# Without marks: "dot 1 nam 2026", "dot 2/2025", a year by itself.
_TIME = re.compile(
    r"(?<!\w)dot\s+(?P<round>\d{1,2}|i{1,3}|iv)(?!\w)(?:\s*(?:/|,?\s*(?:cua\s+)?(?:nam\s+)?)(?P<of>20[12]\d))?"
    r"|(?<![\w/.])(?P<year>20[12]\d)(?![\w/])"
)
_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """The decisions of one round, year or number, each with the figure that says how many products it recognises."""

    decisions: tuple[Decision, ...]
    figures: tuple[Figure, ...]

    @property
    def value(self) -> float:
        return sum(figure.value for figure in self.figures)


def decisions_reckoned(question: Question, corpus: Corpus) -> Draft | None:
    """The difference, ratio or sum of what decisions of one place recognise; None for other questions, and where one of
    them is not held or does not say how many."""
    asked = question.tokens
    adds, beside = says(asked, *_ADDS), says(asked, *_BESIDE)
    counted = {one.what for one in question.counted}
    if not (adds or beside) or not says(asked, *_HOW_MANY) or not len(corpus.held):
        return None
    if counted - {"sản phẩm"} or not (counted or says(asked, *_PRODUCTS)):
        return None
    sides = [_side(decisions, question, corpus) for decisions in _meant(question, corpus)]
    held = [side for side in sides if side is not None]
    if len(held) < 2 or len(held) < len(sides):
        return None
    writer = ProductWriter(corpus, None)
    line = _set_beside(question, held, writer, corpus) if beside else _added(question, held, writer, corpus)
    figures = dict.fromkeys(chain.from_iterable(side.figures for side in held))
    segments = [*line, connective(RECKONED), *dict.fromkeys(quoted(evidence_of(figure, corpus)) for figure in figures)]
    if not line:
        return None
    notices = () if question.documents else (say.READ_DECISIONS_ONLY,)
    return Draft(status="answered", segments=tuple(segments), notices=notices, strength=1.0)


def _meant(question: Question, corpus: Corpus) -> list[list[Decision]]:
    """The decisions of each number, round or year that a question names, in its order; none where it names one only."""
    of_asked = of_place(question, corpus, question.tokens)
    numbers = numbers_named(question)
    if len(numbers) > 1:
        return [
            [one for one in corpus.held.decisions(number) if _recognises(one) and of_asked(one)] for number in numbers
        ]
    held = [one for one in corpus.held.listings if _recognises(one) and of_asked(one)]
    own = [one for one in held if issuer_said(one, question)]
    held = [one for one in own or held if not replaced_whole(one, held)]
    times = _times(question)
    # what a province on the map has of a year, figures tell
    if question.places and not any(number for number, _ in times):
        return []
    if not (question.places or own):
        return []
    if len(times) == 1 and times[0][0] is None:  # "hai đợt năm 2025", "cả năm 2025"
        return [[one] for one in held if _is_of(one, *times[0])]
    return [[one for one in held if _is_of(one, number, year)] for number, year in times]


def _times(question: Question) -> list[tuple[str | None, str | None]]:
    """(round, year) of each time named, either None where it is not said."""
    found = list(_TIME.finditer(strip_marks(question.text).lower()))
    years = list(dict.fromkeys(match["year"] for match in found if match["year"]))
    rounds = [
        (f"đợt {ROMAN.get(match['round']) or int(match['round'])}", match["of"]) for match in found if match["round"]
    ]
    if not rounds:
        return [(None, year) for year in years]
    if len(rounds) == 1 and rounds[0][1] is None:
        return [(rounds[0][0], year) for year in years]
    shared = rounds[-1][1] or (years[0] if years else None)  # "đợt 1 và đợt 2 năm 2025"
    return list(dict.fromkeys((number, year or shared) for number, year in rounds))


def _is_of(decision: Decision, number: str | None, year: str | None) -> bool:
    """Whether a decision is of a round and year, as it says what it is about; else of the year it was issued in."""
    subject = decision.listing.subject
    said = [] if subject is None else _YEAR.findall(subject.text)
    return (number is None or round_of(decision) == number) and (
        year is None or year in (said or [(decision.best.issued or "")[:4]])
    )


def _recognises(decision: Decision) -> bool:
    return any(row.act == "recognises" for row in decision.rows)


def _side(decisions: list[Decision], question: Question, corpus: Corpus) -> _Side | None:
    """What decisions recognise of the star asked, as each says itself; None where there is none, or one does not."""
    figures = [_stated(decision, question, corpus) for decision in decisions]
    known = tuple(figure for figure in figures if figure is not None)
    return _Side(decisions=tuple(decisions), figures=known) if known and len(known) == len(figures) else None


def _stated(decision: Decision, question: Question, corpus: Corpus) -> Figure | None:
    """The figure of all products a decision recognises, or of those of the star asked: no fewer than its list has."""
    rows = [row for row in decision.rows if row.act == "recognises"]
    stars = {row.star for row in rows}
    wanted = question.stars
    if wanted is not None:
        rows = [row for row in rows if row.star is not None and wanted[0] <= row.star <= wanted[1]]
    single = next(iter(stars)) if len(stars) == 1 else None  # "công nhận 5 sản phẩm hạng 4 sao" is all there is
    # of a page published twice, one of the two has the figures
    texts = [decision.listing, *(one for one in decision.told if not one.reported)]
    figures = (
        figure
        for one in texts
        for figure in corpus.figures_of(one.article_id)
        if figure.what == "sản phẩm"
        and figure.value >= len(rows)
        and (
            (wanted is not None and (figure.star, figure.star_to) == wanted)
            or (wanted is None and (figure.star is None or figure.star == single))
        )
    )
    return next(figures, None)


def _set_beside(question: Question, sides: list[_Side], writer: ProductWriter, corpus: Corpus) -> list[Segment]:
    if len(sides) != 2:
        return []
    less = says(question.tokens, *_LESS) and not says(question.tokens, "nhiều hơn", "hơn kém")
    high, low = sorted(sides, key=lambda side: -side.value)
    difference = high.value - low.value
    noun = _noun(question)
    spoken = _spoken(writer)
    terms = f"{_terms(high)} - {_terms(low)}"
    if not difference:
        text = f"Bằng nhau: {vietnamese_number(high.value)} {noun}."
    else:
        first, second = (low, high) if less else (high, low)
        degree = "ít hơn" if less else "nhiều hơn"
        text = f"{spoken(first)} {degree} {spoken(second)} {vietnamese_number(difference)} {noun} ({terms})."
    lines = _derived(text, [high, low], ("difference", difference), writer, corpus)
    if says(question.tokens, *RATIO) and low.value:
        told, ratio = times_as_many(high.value, low.value)
        lines += _derived(told, [high, low], ("quotient", ratio), writer, corpus)
    return lines


def _added(question: Question, sides: list[_Side], writer: ProductWriter, corpus: Corpus) -> list[Segment]:
    result = sum(side.value for side in sides)
    terms = " + ".join(vietnamese_number(figure.value) for side in sides for figure in side.figures)
    text = f"Cộng các số liệu tìm thấy: {terms} = {vietnamese_number(result)} {_noun(question)}."
    return _derived(text, sides, ("sum", result), writer, corpus)


def _derived(
    text: str, sides: list[_Side], reckoned: tuple[Operation, float], writer: ProductWriter, corpus: Corpus
) -> list[Segment]:
    """The claim with the clause of every decision that it rests on, and where each says what it is."""
    clauses = [evidence_of(figure, corpus) for side in sides for figure in side.figures]
    values = [figure.value for side in sides for figure in side.figures]
    papers = [one for side in sides for decision in side.decisions for one in writer.paper_spoken(decision.listing)[1]]
    evidence: tuple[Evidence, ...] = tuple(dict.fromkeys((*clauses, *papers)))
    operands = tuple((value, evidence.index(clause)) for value, clause in zip(values, clauses, strict=True))
    operation, result = reckoned
    return writer.counted(text, evidence, Reckoning(operation=operation, operands=operands, result=result))


def _spoken(writer: ProductWriter) -> Callable[[_Side], str]:
    return lambda side: " và ".join(writer.paper_spoken(decision.listing)[0] for decision in side.decisions)


def _terms(side: _Side) -> str:
    terms = " + ".join(vietnamese_number(figure.value) for figure in side.figures)
    return f"({terms})" if len(side.figures) > 1 else terms


def _noun(question: Question) -> str:
    stars = question.stars
    if stars is None:
        return "sản phẩm"
    return f"sản phẩm {stars[0]} sao" if stars[0] == stars[1] else f"sản phẩm {stars[0]}-{stars[1]} sao"
