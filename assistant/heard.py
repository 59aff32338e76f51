"""One turn of a conversation as it was understood: read -> understand, by what was said before."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

from assistant import answer as say
from assistant.aims import thanks
from assistant.answer import Citation
from assistant.conversation import Turn
from assistant.corpus import Corpus
from assistant.follow_up import with_document
from assistant.haste import spelt_out
from assistant.place_described import with_place_described
from assistant.place_told import with_place_told
from assistant.product_before import product_spoken_of
from assistant.question import Question, words_of_question
from assistant.retrieve import query_of
from assistant.steps import Steps
from assistant.talk import asks_nothing, corrected, tells, with_told
from assistant.understood import understood
from assistant.wording import tokens
from index.search import Searcher
from index.text import has_marks

# A syllable typed without marks is read with them only where it is this likely; else it stands for all it may be.
_SURE = 0.75
# Who types most marks hardly leaves one out.
_SURE_AMONG_MARKED = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One turn. read: with the marks it lacks, without its slips. meant: read, without "à nhầm, ý tôi là". typed: as it
    was put, without that. before: the turn it follows. aside: what is said to one that asks nothing, and the turn to
    remember then."""

    typed: str
    read: str
    meant: str
    asked: Question
    before: Turn | None
    aside: tuple[str, Turn] | None

    @property
    def former(self) -> Question | None:
        """The question before."""
        return None if self.before is None else self.before.question

    @property
    def told_of(self) -> str:
        """What the asker told before without asking."""
        return "" if self.before is None else self.before.told

    def within(self, asked: Question) -> frozenset[str]:
        """Ids of the articles that the answer before cited, where a reading of this turn goes on from it."""
        return frozenset(self.before.article_ids) if self.before and asked.follow_up else frozenset()

    def turn(
        self,
        asked: Question,
        body: str,
        claimed: Sequence[str],
        citations: Sequence[Citation],
        *,
        corpus: Corpus,
        of_before: bool,
    ) -> Turn:
        """What the next turn may go on from. asked: the reading that was answered. body: the answer. claimed: its
        sentences. of_before: whether they tell what the answer before rests on."""
        if self.aside is not None:
            return self.aside[1]
        if self.before is not None and (of_before or (not claimed and not asked.in_domain)):
            return self.before  # what was spoken of is spoken of still
        return Turn(
            question=replace(
                with_place_told(with_document(asked, body), claimed),
                around=_around(asked, citations, corpus),
                product=product_spoken_of(asked, claimed, corpus),
            ),
            article_ids=tuple(dict.fromkeys(citation.article_id for citation in citations)),
            reported="" if self.before is None else self.before.reported,
            told="" if self.told_of in asked.text else self.told_of,
        )


def hear(
    text: str,
    before: Turn | None,
    *,
    on: date,
    corpus: Corpus,
    searcher: Searcher,
    steps: Steps,
    ahead: ExitStack,
) -> Heard:
    """A turn read and understood by the one before. ahead: takes the end of the vector begun for it, which may turn out
    not to be needed."""
    if before is None and has_marks(text):  # reading seldom changes it
        ahead.callback(searcher.begin(" ".join(words_of_question(text, on))))
    read = steps.run("read", read_as_meant, text, corpus, searcher)
    former = None if before is None else before.question
    meant, typed = (corrected(one) if former is not None else one for one in (read, text))
    aside = _aside(read, before) if meant == read else None
    if before is None:  # does nothing where the words are those begun already
        ahead.callback(searcher.begin(" ".join(words_of_question(read, on))))
    told_of = "" if before is None else before.told
    asked = steps.run(
        "understand", understood, with_told(told_of, meant), former, on, with_told(told_of, typed), corpus
    )
    if before is not None and aside is None:  # what is searched for goes on from the question before
        ahead.callback(searcher.begin(query_of(asked)))
    return Heard(typed=typed, read=read, meant=meant, asked=asked, before=before, aside=aside)


def read_as_meant(text: str, corpus: Corpus, searcher: Searcher) -> str:
    """A question with its shorthand written out, with the marks it surely lacks, without its slips, and with the name
    of a province it describes."""
    restored = searcher.read(spelt_out(text))
    return with_place_described(restored.sure(_SURE, unmarked=_SURE if restored.bare else _SURE_AMONG_MARKED), corpus)


def _aside(text: str, before: Turn | None) -> tuple[str, Turn] | None:
    """(what is said, the turn to remember) of a text that asks nothing; None of any other."""
    if before is not None and asks_nothing(text):
        return say.WELCOME if thanks(tokens(text)) else say.GO_ON, before
    told = "" if before is None else before.told
    if tells(text, after_telling=bool(told)):
        return say.NOTED, replace(before or Turn(question=None), told=with_told(told, text))
    return None


def _around(asked: Question, citations: Sequence[Citation], corpus: Corpus) -> tuple[str, ...]:
    """The province a conversation is about where the question names none: that of the news told, else the one named
    before; none after a clause of law."""
    if any(corpus.document(one.article_id) for one in citations):
        return ()
    told = {key for one in citations for key in corpus.provinces(one.article_id, one.digest)}
    return tuple(told) if len(told) == 1 and not (asked.places or asked.districts) else asked.around
