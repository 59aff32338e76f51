"""Answers from the khoản a question is likely about (`assistant.likely_unit`), where search found none or another."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from assistant.candidates import PASSAGES, Candidate, candidates
from assistant.clauses import of_law
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence, fits_kind
from assistant.judge import Judgement, Ranked
from assistant.likely_unit import RULE, LikelyUnit, likely_unit
from assistant.likely_unit import fitted as fitted_units
from assistant.one_place import names_local_body
from assistant.proper_names import proper_names
from assistant.question import Question
from assistant.regime_asked import day_meant, named_documents
from assistant.relevance import fitted
from assistant.sentences import answer_sentences, told_by_law
from assistant.signals import FITTED_EMBEDDER, asked_of, look, signals
from assistant.spoken_matters import speak_of_matters
from assistant.units import about_tables
from assistant.wording import coverage, same_word, tokens
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
# Syllables that say what a sentence is of, and the label before them.
_SUBJECT = 3
_LABEL = re.compile(r"^(?:\d+\.|[a-zđ]\))\s*")
_LAW: tuple[Kind, ...] = ("regulation", "guide")
# Syllables: a khoản up to this is told whole.
_SHORT = 130
# Passages of an Điều looked through for those headed by it alone.
_OF_UNIT = 40


def likelier(
    question: Question, found: Draft, searcher: Searcher, corpus: Corpus, on: date, *, whole: bool
) -> Draft | None:
    """What search found, or the khoản to be told in place of it; None where it stands in an Điều of `RULE` though no
    khoản answers. whole: whether this is all that was asked, and no part of it."""
    instead = whole and _may_be_of_law(question, found, corpus, on)
    if not instead and not _of_numbered_text(question, found, corpus):
        return found
    unit = _likely(question, searcher, corpus)
    if instead and unit.chance >= SURE and not _tells(found, unit.label):
        draft = _told(question, unit, searcher, corpus, on)
        if draft is not None:
            return draft
    return None if unit.none >= ELSEWHERE and _of_numbered_text(question, found, corpus) else found


def likely_draft(question: Question, searcher: Searcher, corpus: Corpus, on: date, *, in_scope: bool) -> Draft | None:
    """What the likely khoản says where nothing was found; None where none is likely enough.

    in_scope: whether the question was taken for one about the programme at all.
    """
    if not _may_be_of_law(question, None, corpus, on):
        return None
    unit = _likely(question, searcher, corpus)
    vague = not in_scope or _of_tables_or_products(question)
    return _told(question, unit, searcher, corpus, on) if unit.chance >= (SURE if vague else LIKELY) else None


def _may_be_of_law(question: Question, found: Draft | None, corpus: Corpus, on: date) -> bool:
    """Whether a khoản may be told: to a question of law that stands by itself, names no other rule, maker or place, and
    means a day on which `RULE` is in force; in place of what was found only where that is about no product, table or
    meaning of a word, which other texts tell better."""
    if question.spoken or question.guessed or not of_law(question):
        return False
    if found is not None and (question.wanted == "definition" or _of_tables_or_products(question)):
        return False
    named = bool(proper_names(question.text)) or names_local_body(question, corpus)
    return not named and _of_that_rule(question, corpus, on)


def _of_tables_or_products(question: Question) -> bool:
    return about_tables(question) or bool(find_sets(question.text))


def _told(question: Question, unit: LikelyUnit, searcher: Searcher, corpus: Corpus, on: date) -> Draft | None:
    """A short khoản whole, of a long one the sentence that weighs most; None where it speaks of no matter asked."""
    every = [
        one
        for one in candidates(_passages(question, unit.label, searcher), corpus, law=True)
        if not one.beyond and _within(one.evidence, unit.label)
    ]
    if not every or not speak_of_matters(question, every) or not _numbered(question, every):
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
    ranked.sort(key=lambda one: (not _is_of(question, one.candidate), -one.score))
    whole = _whole(ranked[0].candidate.evidence, unit.label)
    if whole:
        return told_by_law(question, ranked[0].candidate, whole, corpus, on, chance=unit.chance)
    return answer_sentences(question, Judgement(sentences=tuple(ranked), none=1.0 - unit.chance), corpus, on)


def _is_of(question: Question, item: Candidate) -> bool:
    """Whether a sentence begins as the question does ("tổ tư vấn làm những việc gì?"): it is the one on that."""
    asked = question.content[:_SUBJECT]
    begins = tokens(_LABEL.sub("", item.text))[:_SUBJECT]
    return len(asked) == _SUBJECT and all(map(same_word, asked, begins))


def _of_that_rule(question: Question, corpus: Corpus, on: date) -> bool:
    """Whether a question may be answered by `RULE`: it names no other, and means a day on which that is in force."""
    named = named_documents(question, corpus.law)
    if question.documents and not named:
        return False
    if any(not number.matches(RULE) for number in named):
        return False
    ruling = in_force(corpus.law, day_meant(question, on), "procedure")
    return any(item.document.number.matches(RULE) for item in ruling.rules)


def _of_numbered_text(question: Question, found: Draft, corpus: Corpus) -> bool:
    """Whether what was found stands in an Điều of `RULE`, and not because the question names it by its number."""
    first = next((segment.evidence[0] for segment in found.segments if segment.evidence), None)
    if first is None or question.spoken or not question.unit.empty or not first.heading.startswith("Điều"):
        return False
    document = corpus.document(first.article.id)
    return document is not None and document.number.matches(RULE)


def load_likely(corpus: Corpus) -> None:
    """Load what the first question would wait for."""
    fitted_units(with_vector=corpus.embedder == FITTED_EMBEDDER)


def _likely(question: Question, searcher: Searcher, corpus: Corpus) -> LikelyUnit:
    if corpus.embedder != FITTED_EMBEDDER:
        return likely_unit(question.tokens, None)
    return likely_unit(question.tokens, searcher.vector(searcher.read(" ".join(question.tokens)).text))


def _numbered(question: Question, every: Sequence[Candidate]) -> bool:
    """Whether a khoản has a number, or a length of time or a share, where one is asked for."""
    if question.wanted in ("duration", "share"):
        return any(fits_kind(question, item.text) for item in every)
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
