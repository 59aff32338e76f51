"""Judging the evidence: of what was found, what holds the place, time, star and kind of thing asked for.

Scores order what passes; they let nothing through (docs/decisions/0008).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from assistant.candidates import Candidate, candidates
from assistant.columns import cell_asked, column_asked
from assistant.corpus import Corpus
from assistant.evidence import fits_kind
from assistant.exactness import exact_first
from assistant.gates import GATES, LISTED_LOOSELY_COVER, MONEY, Demanded, Seen, demanded_of, may_answer, placed
from assistant.proper_names import holds_office, introduces, proper_names, says_name
from assistant.question import Question
from assistant.relevance import Weights, chances, fitted
from assistant.retrieve import Found
from assistant.shortcomings import asks_shortcomings, tells_shortcoming
from assistant.signals import Asked, Looked, asked_of, look, question_signals, signals, transitional
from assistant.wording import coverage, says, supplied, words_of

# What is asked of a grade or certificate given under former law.
_STILL_HOLDS = ("còn giá trị", "còn hiệu lực", "còn dùng được", "còn xài", "giữ hạng", "giữ sao", "vẫn còn sao")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate that may answer. chance: that it is the answer, in [0, 1]; score: what it weighs, unbounded.

    told: the share of the telling words of the question that it holds, in [0, 1].
    """

    candidate: Candidate
    score: float
    chance: float
    told: float
    fits_time: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The sentences that may answer one question, best first. none: the chance that none of them does."""

    sentences: tuple[Ranked, ...]
    none: float


NOTHING_JUDGED = Judgement(sentences=(), none=1.0)


def judge(question: Question, found: Found, corpus: Corpus, *, on: date, by: Weights | None = None) -> Judgement:
    """The sentences found that hold what was asked, weighed."""
    by = by or fitted()
    asked, admitted = looked_at(question, found, corpus, on)
    weighed = chances(
        [signals(asked, item, looked, corpus) for item, looked in admitted], question_signals(asked, len(admitted)), by
    )
    order = np.argsort(-weighed.scores, kind="stable")
    by_rule = bool(_decided(asked, admitted))
    share = max(1.0 - weighed.none, 1e-9) if by_rule else 1.0  # that none answers is then ruled out
    ranked = tuple(
        Ranked(
            candidate=admitted[place][0],
            score=float(weighed.scores[place]),
            chance=float(weighed.each[place]) / share,
            told=coverage(asked.telling, admitted[place][1].words, asked.telling_weights),
            fits_time=admitted[place][1].time,
        )
        for place in order.tolist()
    )
    exact = exact_first(question, [(item.candidate.text, item.told) for item in ranked])
    return Judgement(sentences=tuple(ranked[place] for place in exact), none=0.0 if by_rule else weighed.none)


def looked_at(
    question: Question, found: Found, corpus: Corpus, on: date
) -> tuple[Asked, list[tuple[Candidate, Looked]]]:
    """The candidates that hold the place, star, numbers, document and kind of thing asked for, each as it was read."""
    every = [*candidates(found.news, corpus, law=False), *candidates(found.law, corpus, law=True)]
    asked = asked_of(question, every, corpus, on)
    demanded = demanded_of(question, corpus)
    admitted = list(_admitted(asked, demanded, every, corpus))
    if not admitted and question.wanted == "list" and not question.guessed:
        admitted = list(_admitted(asked, replace(demanded, listed=LISTED_LOOSELY_COVER), every, corpus))
    return asked, _decided(asked, admitted) or _of_shortcomings(asked.question, admitted) or admitted


_SAID = ("list", "text", "how")
# Of the words that tell what was said, the share that what was said must hold, in [0, 1].
_HOLDS_SAID = 0.7


def _said_by(asked: Asked, item: Candidate, looked: Looked) -> bool:
    """Whether a sentence goes on with what somebody asked about says ("Ông Lê Văn An đề nghị …. Chú ý các sản phẩm …")
    and holds what is asked of it."""
    if looked.opening is None:
        return False
    rest = [
        (word, weight)
        for word, weight in zip(asked.telling, asked.telling_weights, strict=True)
        if not looked.opening.holds(word)
    ]
    own = supplied(asked.question.synonyms, words_of(item.text))
    return bool(rest) and coverage([word for word, _ in rest], own, [weight for _, weight in rest]) >= _HOLDS_SAID


_OFFICE_ASKED = ("là ai", "chức vụ", "chức gì", "chức nào", "giữ chức", "làm chức")


def _decided(asked: Asked, admitted: list[tuple[Candidate, Looked]]) -> list[tuple[Candidate, Looked]]:
    """The candidates that a rule picks out, where one does.

    Of points, the grade whose range holds them; of something given under former law, what transitional provisions say
    of it; of money for a star, the line of a table for it; of things that head a column, the lines of that table; of
    something that a line of a table names, beside what is asked for, that line; of somebody asked for by name, the
    first that gives an office with the name; of what somebody said, what goes on with it; of somebody of whom nothing
    else is asked, what names that one.
    """
    question = asked.question
    if question.wanted == "star" and question.numbers:
        return [one for one in admitted if one[0].law and one[1].in_range]
    if says(question.tokens, *_STILL_HOLDS):
        return [one for one in admitted if transitional(one[0])]
    if question.wanted == "who" and says(question.tokens, *_OFFICE_ASKED) and (names := proper_names(question.text)):
        of_them = [one for one in admitted if not one[0].law and introduces(one[0].text, names)]
        return ([one for one in of_them if holds_office(one[0].text, names)] or of_them)[:1]
    if question.wanted == "list" and (
        rows := [one for one in admitted if one[1].time is not False and column_asked(question, one[0])]
    ):
        return rows
    if cells := [one for one in admitted if one[1].time is not False and cell_asked(question, one[0])]:
        return cells
    if question.wanted in _SAID and (said := [one for one in admitted if _said_by(asked, *one)]):
        return said
    if question.wanted in _SAID and asked.names and set(asked.telling) <= {w for n in asked.names for w in n.split()}:
        return [
            one for one in admitted if not one[0].law and all(says_name(one[1].words, name) for name in asked.names)
        ]
    if question.stars is not None and any(item.what == MONEY for item in question.counted):
        return [one for one in admitted if one[0].block.role == "row" and one[1].star and one[1].kind]
    return []


def _of_shortcomings(question: Question, admitted: list[tuple[Candidate, Looked]]) -> list[tuple[Candidate, Looked]]:
    """Where shortcomings are asked for, the candidates of news that tell of any."""
    if not asks_shortcomings(question):
        return []
    return [one for one in admitted if not one[0].law and tells_shortcoming(one[0].text)]


def _admitted(
    asked: Asked, demanded: Demanded, every: list[Candidate], corpus: Corpus
) -> Iterator[tuple[Candidate, Looked]]:
    question = asked.question
    for item in every:
        if not placed(question, item, corpus):
            continue
        kind = fits_kind(question, item.text)
        if not may_answer(question, kind=kind):
            continue
        looked = look(asked, item, corpus, kind=kind)
        seen = Seen(asked=asked, demanded=demanded, item=item, looked=looked, corpus=corpus)
        if all(passes(seen) for passes in GATES.values()):
            yield item, looked
