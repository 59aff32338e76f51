"""The pipeline: read -> understand -> records -> retrieve -> judge -> compose -> check (-> generate) -> cite."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from assistant import answer as say
from assistant.about_article import about_article, asks_of_article
from assistant.aims import thanks
from assistant.answer import Answer, Citation, Claim, Status, Timings
from assistant.basis_asked import asks_basis, basis_of
from assistant.by_law import by_law
from assistant.by_record import by_record
from assistant.candidates import Candidate
from assistant.check import checked
from assistant.cite import cite
from assistant.clauses import clauses_draft
from assistant.completed import rest_of
from assistant.compose import compose
from assistant.conditions import conditions_draft
from assistant.conversation import Conversations, Turn
from assistant.corpus import Corpus, VersionMissing
from assistant.decline import nothing_found, turned_away
from assistant.default_place import placed
from assistant.draft import Draft, Segment
from assistant.follow_up import with_document
from assistant.generate import may_be_worded, word
from assistant.generator import Generator
from assistant.haste import spelt_out
from assistant.judge import NOTHING_JUDGED, Judgement, judge, looked_at
from assistant.likely_told import likelier, likely_draft, load_likely
from assistant.mergers import merger_notices
from assistant.one_place import asks_of_one_place, names_local_body, names_rule_of_country
from assistant.other_readings import other_readings
from assistant.own_data import without_own_data
from assistant.parts import joined, split_questions
from assistant.place_described import with_place_described
from assistant.place_told import with_place_told
from assistant.premise import read_premise
from assistant.procedure import names_certificate
from assistant.product_before import product_spoken_of
from assistant.question import Question, words_of_question
from assistant.recorded import recorded
from assistant.regime_asked import names_rule
from assistant.retrieve import NOTHING_FOUND, Found, query_of, retrieve
from assistant.rules_together import rules_together
from assistant.signals import Asked, signals
from assistant.steps import StepName, Steps, Watch
from assistant.stream import Event, Put, Tell, streamed, tell_events
from assistant.talk import asks_nothing, corrected, tells, with_told
from assistant.targets import with_targets
from assistant.told import told
from assistant.understood import understood
from assistant.waiting import Limits
from assistant.wording import tokens
from crawler.article import fold_space
from index.manifest import Manifest
from index.phrases import load_phrases
from index.places.named import PROVINCES
from index.search import Searcher
from index.text import has_marks
from index.today import FIRST_DAY, LAST_DAY, vietnam_today, within_reach

MAX_QUESTION_CHARACTERS = 2000
D = TypeVar("D", Draft, Draft | None)
_log = logging.getLogger(__name__)
# A syllable typed without marks is read with them only where it is this likely; else it stands for all it may be.
_SURE = 0.75
# Who types most marks hardly leaves one out.
_SURE_AMONG_MARKED = 0.95
_COMPOSING: tuple[StepName, ...] = ("records", "judge", "compose", "check", "cite")
# Where a question ends so, it may have been meant otherwise.
_TRIED_AGAIN: tuple[Status, ...] = ("no_evidence", "out_of_scope", "needs_clarification")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """What every step of one question is given. within: ids of the articles that the answer before cited, where the
    question goes on from it. tell: told of every sentence as soon as it is certain. generate: whether the language
    model may word what is found."""

    corpus: Corpus
    on: date
    within: frozenset[str]
    steps: Steps
    tell: Tell
    generate: bool

    def attempted(self, way: Callable[[Question, Corpus, date], Draft | None], asked: Question) -> Draft | None:
        """What of the answer that one way gives keeps the contract."""
        return _kept(self.steps.attempt("compose", way, asked, self.corpus, self.on), self.steps)

    def told(self, draft: D) -> D:
        """A draft whose sentences were told."""
        for segment in () if draft is None else draft.segments:
            self.tell(segment)
        return draft


class Assistant:
    """Answers questions over one data folder. Thread-safe; one per process is enough.

    generator: a language model that may word answers; None for none. limits: how long it is waited for. noted: told of
    each question as it was put, and of its answer, just before that is given; it must neither raise nor take long.
    """

    def __init__(
        self,
        data: Path,
        searcher: Searcher,
        generator: Generator | None = None,
        *,
        limits: Limits | None = None,
        noted: Callable[[str, Answer], None] | None = None,
    ) -> None:
        self._noted = noted
        self._generator = generator
        self._limits = limits or Limits()
        self._data = data
        self._searcher = searcher
        self._conversations = Conversations()
        self._lock = threading.Lock()
        self._corpus: tuple[Manifest, Corpus] | None = None

    def warm(self) -> None:
        """Load what the first question would wait for: the corpus, embedder, tagger of words, listed names, words."""
        corpus = self._view()
        _ = corpus.held.names, corpus.held.makers, corpus.held.communes
        load_likely(corpus)
        load_phrases()
        self.ask("Sản phẩm OCOP là gì?", generate=False)

    def answer(self, name: str) -> Answer | None:
        """An answer given before, unchanged, by its id; None where it is unknown or older than a day."""
        return self._conversations.answer(name)

    def looked_at(self, question: str, on: date) -> tuple[Asked, list[tuple[Candidate, list[float], str]]]:
        """A question by itself, and (candidate, its signals, the text it would be told in) for each it has: what
        `assistant.relevance` is fitted to."""
        corpus = self._view()
        typed = fold_space(question)
        asked = understood(self._read(typed, corpus), None, on, typed, corpus)
        measured, found = looked_at(asked, retrieve(asked, self._searcher), corpus, on)
        return measured, [
            (
                item,
                signals(measured, item, looked, corpus),
                "\n".join(segment.text for segment in told(asked, item)),
            )
            for item, looked in found
        ]

    def ask(
        self,
        question: str,
        *,
        conversation: str | None = None,
        as_of: date | None = None,
        province: str | None = None,
        watch: Watch | None = None,
        tell: Tell | None = None,
        generate: bool = True,
    ) -> Answer:
        """Answer one question.

        as_of: the day whose law and figures are meant (default today, Viet Nam time). province: the key of the one
        meant where the question needs a place and names none (`assistant.default_place`). watch: told of every step.
        tell: told of every sentence of the answer, in order, as soon as it is certain. generate: whether the language
        model may word it, where there is one.

        Raises:
            ValueError: the question is empty or longer than MAX_QUESTION_CHARACTERS, or the day is not
                `within_reach`.
        """
        began = time.perf_counter()
        text, own = without_own_data(fold_space(question))
        if not text or len(text) > MAX_QUESTION_CHARACTERS:
            raise ValueError(f"a question has 1 to {MAX_QUESTION_CHARACTERS} characters; this one has {len(text)}")
        if as_of is not None and not within_reach(as_of):
            raise ValueError(f"as_of is a day from {FIRST_DAY} to {LAST_DAY}; this one is {as_of}")
        with ExitStack() as ahead:
            answer = self._answer(
                text,
                as_of or vietnam_today(),
                began,
                ahead,
                conversation=conversation,
                province=province,
                steps=Steps(watch),
                tell=tell,
                generate=generate,
                beside=(say.OWN_DATA,) if own else (),
            )
        if self._noted is not None:
            self._noted(text, answer)
        return answer

    def _answer(
        self,
        text: str,
        on: date,
        began: float,
        ahead: ExitStack,
        *,
        conversation: str | None,
        province: str | None,
        steps: Steps,
        tell: Tell | None,
        generate: bool,
        beside: tuple[str, ...],
    ) -> Answer:
        """What `ask` gives. began: when it was asked. ahead: ends what was begun and turns out not to be needed.
        beside: notices of how it was asked."""
        corpus = self._view()
        before = self._conversations.last(conversation)
        if before is None and has_marks(text):  # reading seldom changes it
            ahead.callback(self._searcher.begin(" ".join(words_of_question(text, on))))
        former = None if before is None else before.question
        told_of = "" if before is None else before.told
        read = steps.run("read", self._read, text, corpus)
        meant, typed = (corrected(one) if former is not None else one for one in (read, text))
        aside = _aside(read, before) if meant == read else None
        if before is None:  # does nothing where the words are those begun already
            ahead.callback(self._searcher.begin(" ".join(words_of_question(read, on))))
        asked = steps.run(
            "understand", understood, with_told(told_of, meant), former, on, with_told(told_of, typed), corpus
        )
        if before is not None and aside is None:  # what is searched for goes on from the question before
            ahead.callback(self._searcher.begin(query_of(asked)))
        within = frozenset(before.article_ids) if before and asked.follow_up and not asked.elsewhere else frozenset()
        call = _Call(corpus=corpus, on=on, within=within, steps=steps, tell=_once(tell), generate=generate)
        draft = again = None if aside is not None else self._told_before(asked, before, call)
        declined: tuple[Status, str] | None = None if aside is None else ("needs_clarification", aside[0])
        if draft is None and aside is None:
            draft, declined = self._looked_up(asked, call)
        if draft is None and aside is None and (declined or nothing_found(asked))[0] in _TRIED_AGAIN:
            alone = [understood(meant, former, on, typed, corpus)] if told_of else []
            for other in (*alone, *other_readings(asked, former)):
                near = frozenset(before.article_ids) if before and other.follow_up else within
                draft, _ = self._looked_up(other, replace(call, within=near, tell=_once(tell)))
                if draft is not None and draft.segments:
                    asked, declined = other, None
                    break
                draft = None
        if draft is None and (declined or nothing_found(asked))[0] in ("no_evidence", "out_of_scope"):
            in_scope = declined is None
            likely = steps.attempt("compose", likely_draft, asked, self._searcher, corpus, on, in_scope=in_scope)
            draft = replace(call, tell=_once(tell)).told(_kept(likely, steps))
        assumed: tuple[str, ...] = ()
        if province is not None and draft is None and (declined or nothing_found(asked))[1] == say.WHICH_PLACE:
            asked, notice = placed(asked, province)
            assumed = (notice,)
            draft, declined = self._looked_up(asked, replace(call, tell=_once(tell)))
        if draft is not None and not draft.segments:
            declined, draft = (draft.status, " ".join(draft.notices)), None  # it asks back
        status: Status
        claims: tuple[Claim, ...] = ()
        citations: tuple[Citation, ...] = ()
        if draft is not None:
            status, notices = draft.status, draft.notices
            body, claims, citations = steps.run("cite", cite, draft, corpus.also)
        else:
            status, body = declined or nothing_found(asked)
            notices = ()
        if status in ("answered", "partial", "no_evidence", "out_of_scope"):
            notices = (*assumed, *notices, *_about(asked))
        unknown = (say.FORGOTTEN,) if conversation is not None and before is None else ()
        notices = (*unknown, *beside, *notices)
        claimed = [body[one.start : one.end] for one in claims]
        turn = Turn(
            question=replace(
                with_place_told(with_document(asked, body), claimed),
                around=() if any(corpus.document(one.article_id) for one in citations) else asked.around,
                product=product_spoken_of(asked, claimed, corpus),
            ),
            article_ids=tuple(dict.fromkeys(citation.article_id for citation in citations)),
            told="" if told_of in asked.text else told_of,
        )
        if aside is not None:
            turn = aside[1]
        elif before is not None and (again is not None or (draft is None and not asked.in_domain)):
            turn = before  # what was spoken of is spoken of still
        name = self._conversations.remember(conversation, turn)
        total_ms = (time.perf_counter() - began) * 1000
        return self._conversations.give(
            Answer(
                status=status,
                text=body,
                as_of=on.isoformat(),
                corpus_updated=corpus.updated,
                claims=claims,
                citations=citations,
                notices=tuple(dict.fromkeys(notices)),
                conversation=name,
                timings_ms=Timings(
                    embed=round(steps.embed_ms, 2),
                    search=round(steps.search_ms, 2),
                    compose=round(sum(steps.ms.get(step, 0.0) for step in _COMPOSING), 2),
                    total=round(total_ms, 2),
                ),
                read_as=None if read == text else read,
            )
        )

    def tell(
        self,
        question: str,
        put: Put,
        *,
        conversation: str | None = None,
        as_of: date | None = None,
        province: str | None = None,
    ) -> None:
        """Answer one question as `ask` does and put its steps and sentences as they come, then the whole answer.

        put: may raise `assistant.stream.Left` to end the work.

        Raises:
            ValueError: as `ask`.
        """
        tell_events(
            lambda watch, tell: self.ask(
                question, conversation=conversation, as_of=as_of, province=province, watch=watch, tell=tell
            ),
            self._view().also,
            put,
        )

    def stream(self, question: str, *, conversation: str | None = None, as_of: date | None = None) -> Iterator[Event]:
        """The same as an iterator.

        Raises:
            ValueError: as `ask`, at the first event.
        """
        return streamed(lambda put: self.tell(question, put, conversation=conversation, as_of=as_of))

    def _view(self) -> Corpus:
        """The corpus view of the generation being served, made once for each."""
        generation = self._searcher.manifest
        current = self._corpus
        if current is not None and current[0] == generation:
            return current[1]
        with self._lock:
            if self._corpus is None or self._corpus[0] != generation:
                self._corpus = (generation, Corpus(self._data, self._searcher))
            return self._corpus[1]

    def _read(self, text: str, corpus: Corpus) -> str:
        """The question with its shorthand written out, with the marks it surely lacks, without its slips, and with the
        name of a province it describes."""
        restored = self._searcher.read(spelt_out(text))
        return with_place_described(
            restored.sure(_SURE, unmarked=_SURE if restored.bare else _SURE_AMONG_MARKED), corpus
        )

    def _told_before(self, asked: Question, before: Turn | None, call: _Call) -> Draft | None:
        """What the answer before rests on, where that is asked for; None elsewhere."""
        former = None if before is None or not asks_basis(asked) else self._conversations.answer(before.answer)
        if former is None:
            return None
        try:
            return call.told(_kept(call.steps.attempt("compose", basis_of, asked, former, call.corpus), call.steps))
        except VersionMissing:  # the archive went on since
            return None

    def _looked_up(self, asked: Question, call: _Call) -> tuple[Draft | None, tuple[Status, str] | None]:
        """The answer, or why none is looked for; neither where nothing held answers."""
        corpus = call.corpus
        declined = turned_away(asked)
        if asked.aim == "foreign" and (names_rule(asked, corpus.law, call.on) or names_certificate(asked)):
            declined = None  # "theo 148 được không?" is about the programme, though no word of it says so
        if asked.aim == "foreign" and (named := corpus.held.names.find(asked.tokens)) is not None and named.whole:
            declined = None  # the price of a product of the programme, which may not be told
        if declined is not None:
            return None, declined
        try:
            return self._draft(asked, call), None
        except VersionMissing as error:  # the archive was changed under the index
            _log.error("%s", error)
            return None, ("failed", say.FAILED)

    def _draft(self, asked: Question, call: _Call) -> Draft | None:
        """The answer, with what is to be said first of what a question takes for granted; None where there is none."""
        if asked.guessed == "law":
            return call.attempted(clauses_draft, asked)
        if asked.guessed == "kind":  # only what sentences say may answer it
            return self._searched(asked, call)
        of_body = names_local_body(asked, call.corpus) or (asked.districts and asks_of_one_place(asked))
        premise = None if of_body else read_premise(asked, call.corpus, call.on)
        if premise is None:
            answer = self._composed(asked, call)
        else:
            # what is said first depends on the rest, which no model words then
            rest = None
            if not premise.whole:
                quiet = replace(call, tell=_once(None), generate=False)
                # what answers the count as it is claimed comes before what only counts the same
                told = self._composed(asked, quiet) if premise.as_claimed else None
                if told is not None and told.segments:
                    return call.told(told)
                rest = self._composed(premise.question, quiet)
                if rest is None and premise.wider is not None:
                    rest = premise.of_other_grade(self._composed(premise.wider, quiet))
            answer = _kept(premise.before(rest), call.steps)
        return call.told(answer)

    def _composed(self, asked: Question, call: _Call) -> Draft | None:
        """Retrieve, judge, compose, check and word each part of a question; None where nothing held answers it."""
        for way in (conditions_draft, by_record):
            if (draft := call.attempted(way, asked)) is not None:
                return draft
        ruled = None
        if not names_local_body(asked, call.corpus) and not asks_of_one_place(asked):
            ruled = call.attempted(by_law, asked)
            if ruled is not None and not ((asked.places or asked.districts) and asked.wanted == "number"):
                return rules_together(asked, ruled, lambda part: self._ruled(part, call))
        return self._searched(asked, call, ruled=ruled)

    def _ruled(self, part: Question, call: _Call) -> Draft | None:
        """What rules tell of a part of a question."""
        drafts = (call.attempted(way, part) for way in (conditions_draft, by_law))
        return next((draft for draft in drafts if draft is not None), None)

    def _searched(self, asked: Question, call: _Call, *, ruled: Draft | None = None) -> Draft | None:
        """What the passages found tell of each part of a question; `ruled` where they tell nothing."""
        if asks_of_article(asked) and (draft := self._about_article(asked, call)) is not None:
            return draft
        drafts: list[Draft] = []
        parts = call.steps.run("split", split_questions, asked)
        for part in parts:
            # of several questions in one, each may be one of law
            by_rule = len(parts) > 1 and not names_local_body(asked, call.corpus) and not asks_of_one_place(part)
            draft = call.attempted(by_law, part) if by_rule else None
            if draft is None:
                draft = self._found(part, call, whole=len(parts) == 1, of_country=ruled is not None)
            if draft is not None:
                drafts.append(call.told(draft))
        answer = joined(drafts)
        if answer is None:
            return ruled  # the rule of the time, where no text tells by which one a place went
        if not answer.segments:
            return answer  # that a document has no such unit, or what is asked back, leaves nothing untold
        for more in call.steps.attempt("compose", rest_of, asked, answer, call.corpus, self._searcher, call.on) or ():
            if (kept := _kept(more, call.steps) if more.segments else more) is not None:
                drafts.append(call.told(kept))
        return joined(drafts)

    def _about_article(self, asked: Question, call: _Call) -> Draft | None:
        """Who wrote an article, when it appeared and where."""
        found = self._retrieved(asked, call)
        draft = call.steps.attempt("compose", about_article, asked, found, call.corpus, call.within)
        return call.told(_kept(draft, call.steps))

    def _retrieved(self, asked: Question, call: _Call) -> Found:
        """The passages found, and the time that took noted."""
        found = call.steps.run("retrieve", retrieve, asked, self._searcher, call.within)
        call.steps.embed_ms += found.embed_ms
        call.steps.search_ms += found.search_ms
        return found

    def _judged(self, part: Question, call: _Call) -> tuple[Found, Judgement]:
        """The passages found, and the sentences of them that may answer."""
        _ = len(part.emphasis)  # read before the question's vector is waited for
        found = self._retrieved(part, call)
        return found, call.steps.run("judge", judge, part, found, call.corpus, on=call.on)

    def _found(self, part: Question, call: _Call, *, whole: bool, of_country: bool) -> Draft | None:
        """What the passages found tell of one question.

        whole: whether it is all that was asked. of_country: tell only what names a rule of the country.
        """
        corpus, steps = call.corpus, call.steps
        records = steps.run("records", recorded, part, corpus, call.on, call.within)
        found, evidence = NOTHING_FOUND, NOTHING_JUDGED
        if not records.settled:
            found, evidence = self._judged(part, call)
        draft = steps.run("compose", compose, part, records, evidence, corpus, on=call.on, within=call.within)
        if draft is not None:
            draft = steps.attempt("compose", likelier, part, draft, self._searcher, corpus, call.on, whole=whole)
        draft = steps.attempt("compose", with_targets, part, draft, corpus)
        kept = _kept(draft, steps)
        if kept is None or (of_country and not names_rule_of_country(kept)):
            return None
        if self._generator is None or not call.generate or not may_be_worded(part, kept):
            return kept
        if records.settled:
            found, evidence = self._judged(part, call)  # a model may word it by what stands around
        generator, limits, tell = self._generator, self._limits, call.tell
        return steps.run(
            "generate", word, part, kept, evidence, found, corpus, generator=generator, limits=limits, tell=tell
        ).draft


def _aside(text: str, before: Turn | None) -> tuple[str, Turn] | None:
    """(what is said, the turn to remember) of a text that asks nothing; None of any other."""
    if before is not None and asks_nothing(text):
        return say.WELCOME if thanks(tokens(text)) else say.GO_ON, before
    told = "" if before is None else before.told
    if tells(text, after_telling=bool(told)):
        return say.NOTED, replace(before or Turn(question=None), told=with_told(told, text))
    return None


def _kept(draft: Draft | None, steps: Steps) -> Draft | None:
    """What of a draft keeps the contract; None where nothing does."""
    if draft is None:
        return None
    kept, faults = steps.run("check", checked, draft)
    for fault in faults:
        _log.error("left out of an answer: %s", fault)
    return kept if kept.segments or kept.status in ("needs_clarification", "no_evidence") else None


def _once(tell: Tell | None) -> Tell:
    """Telling of each sentence once, as an answer has it once."""
    told: set[Segment] = set()

    def tell_once(segment: Segment) -> None:
        if tell is not None and segment not in told:
            told.add(segment)
            tell(segment)

    return tell_once


def _about(question: Question) -> tuple[str, ...]:
    notices = []
    if question.places_fuzzy:
        notices.append(
            "Tên địa phương được hiểu là: " + ", ".join(PROVINCES[key].name for key in question.places) + "."
        )
    notices += merger_notices(question)
    return tuple(notices)
