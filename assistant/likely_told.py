"""Answers from the khoản a question is likely about (`assistant.likely_unit`), where search found none or another."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from assistant.candidates import PASSAGES, Candidate, candidates
from assistant.clauses import of_law
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence
from assistant.judge import Judgement, Ranked, speaks_of_matters
from assistant.likely_unit import RULE, LikelyUnit, likely_unit
from assistant.likely_unit import fitted as fitted_units
from assistant.one_place import names_local_body
from assistant.proper_names import proper_names
from assistant.question import Question
from assistant.regime_asked import day_meant, named_documents
from assistant.relevance import fitted
from assistant.sentences import answer_sentences, told_by_law
from assistant.signals import FITTED_EMBEDDER, asked_of, look, signals
from assistant.units import about_tables
from assistant.wording import coverage
from crawler.article import Kind
from index.criteria.products import find_sets
from index.filters import Filters
from index.law.in_force import in_force
from index.passage import Hit
from index.search import Searcher

# A khoản is told in place of what search found, or of nothing, where it is at least this likely; where no other reading
# of a question found anything either, if this.
SURE, LIKELY = 0.8, 0.7
# What search found in an Điều is not told where it is this likely that no khoản answers.
ELSEWHERE = 0.95
# Kinds of answer with a number in them, and the numbers that only point to a part of a text.
_NUMBERED = ("figure", "duration", "share", "sum", "average")
_POINTS_TO = re.compile(r"(?:^|(?<=\n))\d+\.|(?:khoản|điều|mẫu số|phụ lục|quyết định)\s+[\w/.-]+", re.IGNORECASE)
_LAW: tuple[Kind, ...] = ("regulation", "guide")
# Syllables: a khoản up to this is told whole.
_SHORT = 130
# Passages of an Điều looked through for those headed by it alone.
_OF_UNIT = 40


def likely_draft(
    question: Question, found: Draft | None, searcher: Searcher, corpus: Corpus, on: date, *, least: float = SURE
) -> Draft | None:
    """What the likely khoản says of a question; None where none is as likely as `least`, or `found` tells it.

    Only where a question is one of law that names no other rule and means a day on which `RULE` is in force. Who names
    a product, or asks about the tables behind the decision, is not told a khoản in place of what was found.
    """
    if question.spoken or question.guessed or not of_law(question) or not _of_that_rule(question, corpus, on):
        return None
    if proper_names(question.text) or names_local_body(question, corpus):
        return None  # what one maker or place did
    if found is not None and question.wanted == "definition":
        return None  # words of the trade that the law does not use
    if about_tables(question) or find_sets(question.text):
        if found is not None:
            return None
        least = SURE
    unit = _likely(question, searcher, corpus)
    if unit.chance < max(least, unit.none) or (found is not None and _tells(found, unit.label)):
        return None
    every = [
        one
        for one in candidates(_passages(question, unit.label, searcher), corpus, law=True)
        if not one.beyond and _within(one.evidence, unit.label)
    ]
    if not every or not speaks_of_matters(question, every) or not _numbered(question, every):
        return None
    asked = asked_of(question, every, corpus, on)
    looked = [look(asked, item, corpus, kind=True) for item in every]
    weights = fitted().weights
    ranked = [
        Ranked(
            candidate=item,
            score=float(np.dot(signals(asked, item, one, corpus), weights)),
            chance=unit.chance,
            told=coverage(asked.telling, one.words, asked.telling_weights),
            fits_time=None,
        )
        for item, one in zip(every, looked, strict=True)
    ]
    ranked.sort(key=lambda one: -one.score)
    whole = _whole(ranked[0].candidate.evidence, unit.label)
    if whole:
        return told_by_law(question, ranked[0].candidate, whole, corpus, on, chance=unit.chance)
    return answer_sentences(question, Judgement(sentences=tuple(ranked), none=1.0 - unit.chance), corpus, on)


def _of_that_rule(question: Question, corpus: Corpus, on: date) -> bool:
    """Whether a question may be answered by `RULE`: it names no other, and means a day on which that is in force."""
    named = named_documents(question, corpus.law)
    if question.documents and not named:
        return False
    if any(not number.matches(RULE) for number in named):
        return False
    ruling = in_force(corpus.law, day_meant(question, on), "procedure")
    return any(item.document.number.matches(RULE) for item in ruling.rules)


def told_elsewhere(question: Question, found: Draft, searcher: Searcher, corpus: Corpus) -> bool:
    """Whether the words of an Điều of `RULE` were found for a question that no khoản of it answers."""
    first = next((segment.evidence[0] for segment in found.segments if segment.evidence), None)
    if first is None or question.spoken or not question.unit.empty or not first.heading.startswith("Điều"):
        return False  # a khoản named by its number is told whatever else is asked
    document = corpus.document(first.article.id)
    if document is None or not document.number.matches(RULE):
        return False
    return _likely(question, searcher, corpus).none >= ELSEWHERE


def load_likely(corpus: Corpus) -> None:
    """Load what the first question would wait for."""
    fitted_units(with_vector=corpus.embedder == FITTED_EMBEDDER)


def _likely(question: Question, searcher: Searcher, corpus: Corpus) -> LikelyUnit:
    if corpus.embedder != FITTED_EMBEDDER:
        return likely_unit(question.tokens, None)
    return likely_unit(question.tokens, searcher.vector(searcher.read(" ".join(question.tokens)).text))


def _numbered(question: Question, every: Sequence[Candidate]) -> bool:
    """Whether a khoản has a number, where one is asked for."""
    if question.wanted not in _NUMBERED:
        return True
    return any(char.isdecimal() for item in every for char in _POINTS_TO.sub("", item.text))


def _passages(question: Question, label: str, searcher: Searcher) -> list[Hit]:
    """The passages of a khoản, nearest to the question first; those of a first khoản are headed by the Điều alone."""
    query = " ".join(question.tokens)
    hits: list[Hit] = []
    for heading in dict.fromkeys((label, label.split(",", maxsplit=1)[0])):
        within = Filters(kinds=_LAW, numbers=(RULE,), heading=heading, appendices=False)
        found = searcher.search(query, within, limit=_OF_UNIT).hits
        own = heading == label
        hits += [one for one in found if own or one.passage.heading == heading]
    return hits[:PASSAGES]


def _whole(evidence: Evidence, label: str) -> tuple[Segment, ...]:
    """Every line of the khoản an evidence lies in, where that is short: one line of several is half of what it says."""
    article = evidence.article
    path = article.heading_path(evidence.start)
    unit = next((section for section in path if section.label == label.rsplit(", ", maxsplit=1)[-1]), None)
    if unit is None or len(article.text[unit.start : unit.end].split()) > _SHORT:
        return ()
    return tuple(
        quoted(Evidence(article=article, start=block.start, end=block.end))
        for block in article.blocks_within(unit.start, len(article.text[: unit.end].rstrip()))
    )


def _tells(draft: Draft, label: str) -> bool:
    """Whether a draft cites a khoản, or a part of it."""
    return any(_within(evidence, label) for segment in draft.segments for evidence in segment.evidence)


def _within(evidence: Evidence, label: str) -> bool:
    return evidence.heading == label or evidence.heading.startswith(f"{label},")
