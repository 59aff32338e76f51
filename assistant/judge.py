"""Judging the evidence: of what was found, what holds the place, time, star and kind of thing asked for.

Scores order what passes; they let nothing through (docs/decisions/0008).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant.candidates import Candidate, candidates
from assistant.corpus import Corpus
from assistant.evidence import about_place, fits_kind, specific
from assistant.question import Question
from assistant.relevance import Weights, chances, fitted
from assistant.retrieve import Found
from assistant.signals import Asked, Looked, asked_of, look, signals
from assistant.units import Unit, is_rule, judge_units
from assistant.wording import coverage
from index.law.address import find_document_numbers

# The share of what was asked (weighted by rarity) that a unit of law must hold to answer; measured in docs/decisions.
UNIT_COVER = 0.62
# The share of the telling words a rule must repeat to answer a question that names a place.
PLACE_IN_LAW_COVER = 0.9
# Kinds of answer that a sentence without such a thing does not give.
_TYPED = ("figure", "who", "when", "duration", "number", "star", "share", "unit", "breakdown", "case")
_OF_A_STAR = (*_TYPED, "list", "yes_no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate that may answer. chance: that it is the answer, in [0, 1]; score: what it weighs, unbounded."""

    candidate: Candidate
    score: float
    chance: float
    fits_time: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What may answer one question, best first: units of law, and sentences. none: the chance that no sentence does."""

    units: tuple[Unit, ...]
    sentences: tuple[Ranked, ...]
    none: float


def judge(question: Question, found: Found, corpus: Corpus, *, on: date, by: Weights | None = None) -> Judgement:
    """The units of law and the sentences found that hold what was asked."""
    ranked, none = _ranked(question, found, corpus, on, by or fitted())
    return Judgement(
        units=tuple(
            unit for unit in judge_units(question, found.law, corpus, on) if _unit_answers(question, unit, corpus)
        ),
        sentences=ranked,
        none=none,
    )


def _ranked(
    question: Question, found: Found, corpus: Corpus, on: date, by: Weights
) -> tuple[tuple[Ranked, ...], float]:
    asked, admitted = looked_at(question, found, corpus, on)
    weighed = chances([signals(asked, item, looked, corpus) for item, looked in admitted], by)
    if not admitted:
        return (), 1.0
    top = max(float(weighed.scores.max()), by.none)
    total = float(np.exp(weighed.scores - top).sum() + np.exp(by.none - top))
    order = np.argsort(-weighed.scores, kind="stable")
    return tuple(
        Ranked(
            candidate=admitted[place][0],
            score=float(weighed.scores[place]),
            chance=float(np.exp(weighed.scores[place] - top)) / total,
            fits_time=admitted[place][1].time,
        )
        for place in order.tolist()
    ), weighed.none


def looked_at(
    question: Question, found: Found, corpus: Corpus, on: date
) -> tuple[Asked, list[tuple[Candidate, Looked]]]:
    """The candidates that hold the place, star, numbers, document and kind of thing asked for, each as it was read."""
    every = [*candidates(found.news, corpus, law=False), *candidates(found.law, corpus, law=True)]
    asked = asked_of(question, every, corpus, on)
    return asked, list(_admitted(asked, every, corpus))


def _admitted(asked: Asked, every: list[Candidate], corpus: Corpus) -> Iterator[tuple[Candidate, Looked]]:
    question = asked.question
    for item in every:
        looked = look(asked, item, corpus)
        if (
            _of_the_place(asked, item, looked)
            and (looked.kind or question.wanted not in _TYPED)
            and (looked.star or question.stars is None or question.wanted not in _OF_A_STAR)
            and _holds_numbers(question, looked)
            and _of_the_document(question, item, looked, corpus)
        ):
            yield item, looked


def _of_the_place(asked: Asked, item: Candidate, looked: Looked) -> bool:
    """Whether a sentence speaks of a place asked about. A rule for the whole country does not say what one province
    did: law answers a question about a place only where it holds nearly every word of it."""
    question = asked.question
    if not question.places:
        return True
    if item.law and not looked.places & set(question.places):
        return (
            len(asked.telling) >= 3
            and coverage(asked.telling, looked.words + looked.around, asked.telling_weights) >= PLACE_IN_LAW_COVER
        )
    return about_place(question, item.text, tuple(looked.article_places))


def _holds_numbers(question: Question, looked: Looked) -> bool:
    """Whether every number asked about stands in the sentence or around it, or lies in a range the sentence states."""
    if not question.numbers or looked.in_range:
        return True
    around = looked.words + looked.around
    return all(around.holds(number) for number in question.numbers)


def _of_the_document(question: Question, item: Candidate, looked: Looked, corpus: Corpus) -> bool:
    """Whether the sentence, its passage or its article names the document asked about; of one that is itself a rule
    any text of law may speak."""
    if not question.documents:
        return True
    named = (*looked.documents, *looked.article_documents)
    return any(number.matches(asked) for asked in question.documents for number in named) or (
        item.law and any(is_rule(asked, corpus) for asked in question.documents)
    )


def _rules_document(question: Question, unit: Unit, corpus: Corpus) -> bool:
    """Whether a unit may speak of the document asked about: it is of it or names it; where that document is itself a
    rule, any rule may say what became of it."""
    regulation = corpus.regulation(unit.article.id)
    named = find_document_numbers(unit.article.text[unit.start : unit.end])
    for asked in question.documents:
        if regulation is not None and regulation.number is not None and asked.matches(regulation.number):
            return True
        if any(asked.matches(number) for number in named):
            return True
        if is_rule(asked, corpus):
            return True
    return False


def _unit_answers(question: Question, unit: Unit, corpus: Corpus) -> bool:
    """Whether a unit of law holds enough of what was asked. A rule for the whole country does not say what one
    province did: a question about a place is answered by law only where law holds nearly every word of it."""
    if question.documents and not _rules_document(question, unit, corpus):
        return False
    if question.places and not question.documents:
        return question.wanted != "why" and len(specific(question)) >= 3 and unit.cover >= 0.9
    if question.wanted in ("figure", "share", "duration") and not fits_kind(
        question, unit.article.text[unit.start : unit.end]
    ):
        return False
    # the more words a question has, the fewer of them a rule must repeat
    return unit.cover >= UNIT_COVER - 0.03 * min(6, max(0, len(question.content) - 5))
