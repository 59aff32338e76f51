"""One understood question looked up: records, retrieve -> judge -> compose -> check (-> generate), part by part."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from assistant import answer as say
from assistant.about_article import about_article, asks_of_article
from assistant.answer import Answer, Status
from assistant.basis_asked import basis_of
from assistant.by_law import by_law
from assistant.by_record import by_record
from assistant.candidates import PASSAGES
from assistant.check import checked
from assistant.clauses import clauses_draft
from assistant.completed import rest_of
from assistant.compose import compose
from assistant.conditions import conditions_draft
from assistant.corpus import Corpus, VersionMissing
from assistant.decline import names_held, turned_away
from assistant.draft import Draft, Segment
from assistant.generate import may_be_worded, word
from assistant.generator import Generator
from assistant.judge import NOTHING_JUDGED, Judgement, judge
from assistant.likely_told import likelier, likely_draft
from assistant.one_place import asks_of_one_place, names_local_body, names_rule_of_country
from assistant.parts import joined, split_questions
from assistant.premise import read_premise
from assistant.procedure import names_certificate
from assistant.question import Question
from assistant.recorded import recorded
from assistant.regime_asked import names_rule
from assistant.retrieve import NOTHING_FOUND, Found, retrieve
from assistant.rules_together import rules_together
from assistant.steps import Steps
from assistant.stream import Tell
from assistant.targets import with_targets
from assistant.the_rest import asks_of_the_rest, the_rest_draft
from assistant.waiting import Limits
from index.search import Searcher

D = TypeVar("D", Draft, Draft | None)
# Why nothing is looked for: the status and what is said.
Declined = tuple[Status, str]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Looks up questions of one turn.

    on: the day whose law and figures are meant. within: ids of the articles that the answer before cited, where the
    question goes on from it. tell: told of every sentence as soon as it is certain. generator: a language model that
    may word what is found; None where none may. limits: how long it is waited for.
    """

    corpus: Corpus
    searcher: Searcher
    on: date
    within: frozenset[str]
    steps: Steps
    tell: Tell
    generator: Generator | None
    limits: Limits

    def told(self, draft: D) -> D:
        """A draft whose sentences were told."""
        for segment in () if draft is None else draft.segments:
            self.tell(segment)
        return draft

    def look_up(self, asked: Question) -> tuple[Draft | None, tuple[Status, str] | None]:
        """The answer, or why none is looked for; neither where nothing held answers."""
        corpus = self.corpus
        declined = turned_away(asked)
        if asked.aim == "foreign" and (names_rule(asked, corpus.law, self.on) or names_certificate(asked)):
            declined = None  # "theo 148 được không?" is about the programme, though no word of it says so
        if asked.aim == "foreign" and (named := corpus.held.names.find(asked.tokens)) is not None and named.whole:
            declined = None  # the price of a product of the programme, which may not be told
        if declined is not None:
            return None, declined
        try:
            return self._draft(asked), None
        except VersionMissing as error:  # the archive was changed under the index
            _log.error("%s", error)
            return None, ("failed", say.FAILED)

    def basis(self, asked: Question, former: Answer) -> Draft | None:
        """What an answer given before rests on; None where the archive went on since, or it tells nothing."""
        try:
            return self.told(self.kept(self.steps.attempt("compose", basis_of, asked, former, self.corpus)))
        except VersionMissing:
            return None

    def likely(self, asked: Question, *, in_scope: bool) -> Draft | None:
        """The sentence found that most likely answers where no rule finds one; None where none is likely enough."""
        draft = self.steps.attempt(
            "compose", likely_draft, asked, self.searcher, self.corpus, self.on, in_scope=in_scope
        )
        return self.told(self.kept(draft))

    def holds_names(self, asked: Question) -> bool:
        """Whether news found hold a name that a question gives, so that it is about the field after all."""
        return names_held(asked, self._retrieved(asked).news[:PASSAGES], self.corpus)

    def kept(self, draft: Draft | None) -> Draft | None:
        """What of a draft keeps the contract; None where nothing does."""
        if draft is None:
            return None
        kept, faults = self.steps.run("check", checked, draft)
        for fault in faults:
            _log.error("left out of an answer: %s", fault)
        return kept if kept.segments or kept.status in ("needs_clarification", "no_evidence") else None

    def _attempted(self, way: Callable[[Question, Corpus, date], Draft | None], asked: Question) -> Draft | None:
        """What of the answer that one way gives keeps the contract."""
        return self.kept(self.steps.attempt("compose", way, asked, self.corpus, self.on))

    def _draft(self, asked: Question) -> Draft | None:
        """The answer, with what is to be said first of what a question takes for granted; None where there is none."""
        if asked.guessed == "law":
            return self._attempted(clauses_draft, asked)
        if asked.guessed == "kind":  # only what sentences say may answer it
            return self._searched(asked)
        of_body = names_local_body(asked, self.corpus) or (asked.districts and asks_of_one_place(asked))
        premise = None if of_body else read_premise(asked, self.corpus, self.on)
        if premise is None:
            answer = self._composed(asked)
        else:
            # what is said first depends on the rest, which no model words then
            rest = None
            if not premise.whole:
                quiet = replace(self, tell=once(None), generator=None)
                # what answers the count as it is claimed comes before what only counts the same
                told = quiet._composed(asked) if premise.as_claimed else None
                if told is not None and told.segments:
                    return self.told(told)
                rest = quiet._composed(premise.question)
                if rest is None and premise.wider is not None:
                    rest = premise.of_other_grade(quiet._composed(premise.wider))
            answer = self.kept(premise.before(rest))
        return self.told(answer)

    def _composed(self, asked: Question) -> Draft | None:
        """Retrieve, judge, compose, check and word each part of a question; None where nothing held answers it."""
        for way in (conditions_draft, by_record):
            if (draft := self._attempted(way, asked)) is not None:
                return draft
        ruled = None
        if not names_local_body(asked, self.corpus) and not asks_of_one_place(asked):
            ruled = self._attempted(by_law, asked)
            if ruled is not None and not ((asked.places or asked.districts) and asked.wanted == "number"):
                return rules_together(asked, ruled, self._ruled)
        return self._searched(asked, ruled=ruled)

    def _ruled(self, part: Question) -> Draft | None:
        """What rules tell of a part of a question."""
        drafts = (self._attempted(way, part) for way in (conditions_draft, by_law))
        return next((draft for draft in drafts if draft is not None), None)

    def _searched(self, asked: Question, *, ruled: Draft | None = None) -> Draft | None:
        """What the passages found tell of each part of a question; `ruled` where they tell nothing."""
        if asks_of_article(asked) and (draft := self._about_found(about_article, asked)) is not None:
            return draft
        if asks_of_the_rest(asked) and (draft := self._about_found(the_rest_draft, asked)) is not None:
            return draft
        drafts: list[Draft] = []
        parts = self.steps.run("split", split_questions, asked)
        for part in parts:
            # of several questions in one, each may be one of law
            by_rule = len(parts) > 1 and not names_local_body(asked, self.corpus) and not asks_of_one_place(part)
            draft = self._attempted(by_law, part) if by_rule else None
            if draft is None:
                draft = self._found(part, whole=len(parts) == 1, of_country=ruled is not None)
            if draft is not None:
                drafts.append(self.told(draft))
        answer = joined(drafts)
        if answer is None:
            return ruled  # the rule of the time, where no text tells by which one a place went
        if not answer.segments:
            return answer  # that a document has no such unit, or what is asked back, leaves nothing untold
        for more in self.steps.attempt("compose", rest_of, asked, answer, self.corpus, self.searcher, self.on) or ():
            if (kept := self.kept(more) if more.segments else more) is not None:
                drafts.append(self.told(kept))
        return joined(drafts)

    def _about_found(
        self, way: Callable[[Question, Found, Corpus, frozenset[str]], Draft | None], asked: Question
    ) -> Draft | None:
        """What one way tells of the articles found, such as who wrote one, or what is said of the others."""
        draft = self.steps.attempt("compose", way, asked, self._retrieved(asked), self.corpus, self.within)
        return self.told(self.kept(draft))

    def _retrieved(self, asked: Question) -> Found:
        """The passages found, and the time that took noted."""
        found = self.steps.run("retrieve", retrieve, asked, self.searcher, self.within)
        self.steps.embed_ms += found.embed_ms
        self.steps.search_ms += found.search_ms
        return found

    def _judged(self, part: Question) -> tuple[Found, Judgement]:
        """The passages found, and the sentences of them that may answer."""
        _ = len(part.emphasis)  # read before the question's vector is waited for
        found = self._retrieved(part)
        return found, self.steps.run("judge", judge, part, found, self.corpus, on=self.on)

    def _found(self, part: Question, *, whole: bool, of_country: bool) -> Draft | None:
        """What the passages found tell of one question.

        whole: whether it is all that was asked. of_country: tell only what names a rule of the country.
        """
        corpus, steps = self.corpus, self.steps
        records = steps.run("records", recorded, part, corpus, self.on, self.within)
        found, evidence = NOTHING_FOUND, NOTHING_JUDGED
        if not records.settled:
            found, evidence = self._judged(part)
        draft = steps.run("compose", compose, part, records, evidence, corpus, on=self.on, within=self.within)
        if draft is not None:
            draft = steps.attempt("compose", likelier, part, draft, self.searcher, corpus, self.on, whole=whole)
        draft = steps.attempt("compose", with_targets, part, draft, corpus)
        kept = self.kept(draft)
        if kept is None or (of_country and not names_rule_of_country(kept)):
            return None
        if self.generator is None or not may_be_worded(part, kept):
            return kept
        if records.settled:
            found, evidence = self._judged(part)  # a model may word it by what stands around
        return steps.run(
            "generate",
            word,
            part,
            kept,
            evidence,
            found,
            corpus,
            generator=self.generator,
            limits=self.limits,
            tell=self.tell,
        ).draft


def once(tell: Tell | None) -> Tell:
    """Telling of each sentence once, as an answer has it once."""
    told: set[Segment] = set()

    def tell_once(segment: Segment) -> None:
        if tell is not None and segment not in told:
            told.add(segment)
            tell(segment)

    return tell_once
