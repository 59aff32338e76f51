"""The pipeline: read -> understand -> records -> retrieve -> judge -> compose -> check (-> generate) -> cite."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant import answer as say
from assistant.answer import Answer, Citation, Claim, Status, Timings
from assistant.basis_asked import asks_basis, asks_of_news
from assistant.candidates import Candidate
from assistant.cite import cite
from assistant.conversation import Conversations, Turn
from assistant.corpus import Corpus
from assistant.courtesies import plainly_put
from assistant.decline import nothing_found
from assistant.default_place import placed
from assistant.draft import Draft
from assistant.generator import Generator
from assistant.heard import Heard, hear, read_as_meant
from assistant.judge import looked_at
from assistant.likely_told import load_likely
from assistant.look_up import Declined, Lookup, once
from assistant.mergers import merger_notices
from assistant.other_readings import other_readings
from assistant.own_data import without_own_data
from assistant.question import Question
from assistant.retrieve import retrieve
from assistant.signals import Asked, signals
from assistant.steps import StepName, Steps, Watch
from assistant.stream import Event, Put, Tell, streamed, tell_events
from assistant.told import told
from assistant.understood import understood
from assistant.waiting import Limits
from crawler.article import fold_space
from index.manifest import Manifest
from index.phrases import load_phrases
from index.places.named import PROVINCES
from index.search import Searcher
from index.today import FIRST_DAY, LAST_DAY, vietnam_today, within_reach

MAX_QUESTION_CHARACTERS = 2000
_COMPOSING: tuple[StepName, ...] = ("records", "judge", "compose", "check", "cite")
# Where a question ends so, it may have been meant otherwise.
_TRIED_AGAIN: tuple[Status, ...] = ("no_evidence", "out_of_scope", "needs_clarification")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What became of a question. asked: as it was understood at last. draft: what answers it, or asks back. declined:
    why nothing was looked for. assumed: notices of what was assumed. of_before: told from the answer before."""

    asked: Question
    draft: Draft | None = None
    declined: Declined | None = None
    assumed: tuple[str, ...] = ()
    of_before: bool = False

    @property
    def refusal(self) -> Declined:
        """The status and what is said where no sentence answers."""
        if self.draft is not None:  # it asks back
            return self.draft.status, " ".join(self.draft.notices)
        return self.declined or nothing_found(self.asked)

    def ends(self, *statuses: Status) -> bool:
        """Whether nothing answers and the status would be one of these."""
        return self.draft is None and self.refusal[0] in statuses


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
        typed = plainly_put(fold_space(question))
        asked = understood(read_as_meant(typed, corpus, self._searcher), None, on, typed, corpus)
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
        text, own = without_own_data(plainly_put(fold_space(question)))
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
        heard = hear(text, before, on=on, corpus=corpus, searcher=self._searcher, steps=steps, ahead=ahead)
        lookup = Lookup(
            corpus=corpus,
            searcher=self._searcher,
            on=on,
            within=frozenset() if heard.asked.elsewhere else heard.within(heard.asked),
            steps=steps,
            tell=once(tell),
            generator=self._generator if generate else None,
            limits=self._limits,
        )
        outcome = self._outcome(heard, lookup, lambda: once(tell), province)
        claims: tuple[Claim, ...] = ()
        citations: tuple[Citation, ...] = ()
        notices: tuple[str, ...] = ()
        status, body = outcome.refusal
        if outcome.draft is not None and outcome.draft.segments:
            status, notices = outcome.draft.status, outcome.draft.notices
            body, claims, citations = steps.run("cite", cite, outcome.draft, corpus.also)
        if status in ("answered", "partial", "no_evidence", "out_of_scope"):
            notices = (*outcome.assumed, *notices, *_about(outcome.asked))
        unknown = (say.FORGOTTEN,) if conversation is not None and before is None else ()
        notices = (*unknown, *beside, *notices)
        claimed = [body[one.start : one.end] for one in claims]
        turn = heard.turn(outcome.asked, body, claimed, citations, corpus=corpus, of_before=outcome.of_before)
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
                read_as=None if heard.read == text else heard.read,
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

    def _answer_meant(self, asked: Question, before: Turn | None) -> Answer | None:
        """The answer before, where what it rests on is asked; of an article, the last that cites news: "tác giả bài đó"
        is of no decision told since."""
        if before is None or not asks_basis(asked):
            return None
        return self._conversations.answer((asks_of_news(asked) and before.reported) or before.answer)

    def _outcome(self, heard: Heard, lookup: Lookup, anew: Callable[[], Tell], province: str | None) -> _Outcome:
        """What answers a turn, or why nothing does. anew: telling for another try, of which nothing was told yet."""
        asked, former = heard.asked, heard.former
        if heard.aside is not None:
            return _Outcome(asked=asked, declined=("needs_clarification", heard.aside[0]))
        answer = self._answer_meant(asked, heard.before)
        if answer is not None and (draft := lookup.basis(asked, answer)) is not None:
            return _Outcome(asked=asked, draft=draft, of_before=True)
        draft, declined = lookup.look_up(asked)
        outcome = _Outcome(asked=asked, draft=draft, declined=declined)
        if outcome.ends(*_TRIED_AGAIN):
            corpus, on = lookup.corpus, lookup.on
            alone = [understood(heard.meant, former, on, heard.typed, corpus)] if heard.told_of else []
            for other in (*alone, *other_readings(asked, former)):
                within = heard.within(other) or lookup.within
                draft, _ = replace(lookup, within=within, tell=anew()).look_up(other)
                if draft is not None and draft.segments:
                    outcome = _Outcome(asked=other, draft=draft)
                    break
        if outcome.ends("no_evidence", "out_of_scope"):
            draft = replace(lookup, tell=anew()).likely(outcome.asked, in_scope=outcome.declined is None)
            outcome = replace(outcome, draft=draft)
        if outcome.declined is None and outcome.ends("out_of_scope") and lookup.holds_names(outcome.asked):
            outcome = replace(outcome, declined=("no_evidence", say.NO_EVIDENCE))
        if province is not None and outcome.draft is None and outcome.refusal[1] == say.WHICH_PLACE:
            here, notice = placed(outcome.asked, province)
            draft, declined = replace(lookup, tell=anew()).look_up(here)
            outcome = _Outcome(asked=here, draft=draft, declined=declined, assumed=(notice,))
        return outcome


def _about(question: Question) -> tuple[str, ...]:
    notices = []
    if question.places_fuzzy:
        notices.append(
            "Tên địa phương được hiểu là: " + ", ".join(PROVINCES[key].name for key in question.places) + "."
        )
    notices += merger_notices(question)
    return tuple(notices)
