"""Judging the evidence: of what was found, what holds the place, time, star and kind of thing asked for.

Scores order what passes; they let nothing through (docs/decisions/0008).
"""

import re
from dataclasses import dataclass
from datetime import date

from assistant.corpus import Corpus
from assistant.evidence import Judged, fits_kind, judge_sentences, specific
from assistant.question import Question
from assistant.retrieve import Found
from assistant.units import Unit, is_rule, judge_units
from index.law.address import find_document_numbers

# Shares of what was asked (weighted by rarity) that evidence must hold to answer; measured in docs/decisions.
SENTENCE_COVER = 0.45
CAUSE_COVER = 0.2  # a reason is told in other words than what it explains; the passage must hold those
CONTEXT_COVER = 0.70
UNIT_COVER = 0.62


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What may answer one question, best first: units of law, and sentences of news and decisions."""

    units: tuple[Unit, ...]
    sentences: tuple[Judged, ...]


def judge(question: Question, found: Found, corpus: Corpus, *, on: date) -> Judgement:
    """The units of law and the sentences found that hold what was asked."""
    return Judgement(
        units=tuple(
            unit for unit in judge_units(question, found.law, corpus, on) if _unit_answers(question, unit, corpus)
        ),
        sentences=tuple(
            item for item in judge_sentences(question, found.news, corpus) if _sentence_answers(question, item)
        )
        if specific(question) or question.places
        else (),
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


def _sentence_answers(question: Question, item: Judged) -> bool:
    return (
        item.fits_kind
        and item.cover >= (CAUSE_COVER if question.wanted == "why" else SENTENCE_COVER)
        and item.context_cover >= CONTEXT_COVER
        and _holds_star(question, item)
        and _holds_numbers(question, item)
        and _holds_document(question, item)
    )


def _holds_star(question: Question, item: Judged) -> bool:
    if question.stars is None:
        return True
    return bool(re.search(rf"(?<!\d)0?[{question.stars[0]}-{question.stars[1]}]\s?sao|sao", item.evidence.quote)) and (
        re.search(rf"(?<!\d)0?{question.stars[0]}(?:\s?[-–]\s?\d)?\s?sao", item.evidence.quote) is not None
    )


def _holds_numbers(question: Question, item: Judged) -> bool:
    """Whether every number of the question stands in the article: it may tell which article is meant."""
    article = item.evidence.article
    return all(
        re.search(rf"(?<![\d.,])0?{re.escape(number)}(?![\d])", f"{article.title}\n{article.text}")
        for number in question.numbers
    )


def _holds_document(question: Question, item: Judged) -> bool:
    """Whether the sentence, or the title of its article, names the document asked about, where one is."""
    if not question.documents:
        return True
    named = find_document_numbers(f"{item.evidence.article.title}\n{item.evidence.quote}")
    return any(number.matches(asked) for asked in question.documents for number in named)
