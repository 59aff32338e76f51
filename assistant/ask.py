"""The pipeline: understand -> retrieve -> judge the evidence -> compose -> check -> cite."""

import logging
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant import answer as say
from assistant.answer import Answer, Status, Timings
from assistant.check import checked
from assistant.cite import cite
from assistant.compose import Found, compose, merger_notices
from assistant.conversation import Conversations, Turn
from assistant.corpus import Corpus, VersionMissing
from assistant.draft import Draft
from assistant.law import unit_by_address
from assistant.premise import read_premise
from assistant.question import Question, resolve, understand
from assistant.regime import regime_draft
from assistant.regime_asked import names_rule
from assistant.units import about_tables
from crawler.article import Kind, fold_space
from index.filters import Filters
from index.manifest import Manifest
from index.places.named import PROVINCES
from index.places.territory import Territory
from index.search import Searcher
from index.today import vietnam_today

MAX_QUESTION_CHARACTERS = 2000
_log = logging.getLogger(__name__)
_NEWS: tuple[Kind, ...] = ("news", "decision")
_LAW: tuple[Kind, ...] = ("regulation", "guide")
_HITS = 30


class Assistant:
    """Answers questions over one data folder. Thread-safe; one per process is enough."""

    def __init__(self, data: Path, searcher: Searcher) -> None:
        self._data = data
        self._searcher = searcher
        self._conversations = Conversations()
        self._lock = threading.Lock()
        self._corpus: tuple[Manifest, Corpus] | None = None

    def warm(self) -> None:
        """Load what the first question would wait for: the corpus view and the embedder."""
        self._view()
        self._searcher.search("sản phẩm OCOP", limit=1)

    def ask(self, question: str, *, conversation: str | None = None, as_of: date | None = None) -> Answer:
        """Answer one question. `as_of` is the day whose law and figures are meant (default today, Viet Nam time).

        Raises:
            ValueError: the question is empty or longer than MAX_QUESTION_CHARACTERS.
        """
        began = time.perf_counter()
        text = fold_space(question)
        if not text or len(text) > MAX_QUESTION_CHARACTERS:
            raise ValueError(f"a question has 1 to {MAX_QUESTION_CHARACTERS} characters; this one has {len(text)}")
        on = as_of or vietnam_today()
        corpus = self._view()
        before = self._conversations.last(conversation)
        asked = resolve(understand(text), before.question if before else None)
        within = frozenset(before.article_ids) if before and asked.follow_up else frozenset()

        clock = Clock()
        status, canned = _turned_away(asked)
        if asked.aim == "foreign" and names_rule(asked, corpus.law, on):
            status = None  # "chấm theo 148 được không?" is about the programme, though no word of it says so
        draft: Draft | None = None
        if status is None:
            try:
                draft = self._answer(asked, corpus, on, within, clock)
            except VersionMissing as error:  # the archive was changed under the index
                _log.error("%s", error)
                status, canned = "failed", say.FAILED
        started = time.perf_counter()
        if draft is not None:
            status = draft.status
            body, claims, citations = cite(draft, corpus.also)
            notices = (*draft.notices, *_about(asked))
        else:
            claims, citations = (), ()
            if status is None:
                status, canned = _nothing_found(asked)
            body, notices = canned, _about(asked) if status in ("no_evidence", "out_of_scope") else ()
        name = self._conversations.remember(
            conversation,
            Turn(question=asked, article_ids=tuple(dict.fromkeys(citation.article_id for citation in citations))),
        )
        clock.compose += time.perf_counter() - started
        return Answer(
            status=status,
            text=body,
            as_of=on.isoformat(),
            corpus_updated=corpus.updated,
            claims=claims,
            citations=citations,
            notices=tuple(dict.fromkeys(notices)),
            conversation=name,
            timings_ms=Timings(
                embed=round(clock.embed_ms, 2),
                search=round(clock.search_ms, 2),
                compose=round(clock.compose * 1000, 2),
                total=round((time.perf_counter() - began) * 1000, 2),
            ),
        )

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

    def _answer(
        self, asked: Question, corpus: Corpus, on: date, within: frozenset[str], clock: "Clock"
    ) -> Draft | None:
        """The answer to a question, with what is to be said of its premise first; None where nothing held answers it."""
        premise = read_premise(asked, corpus, on)
        if premise is None:
            return self._composed(asked, corpus, on, within, clock)
        return _kept(premise.before(self._composed(premise.question, corpus, on, within, clock)))

    def _composed(
        self, asked: Question, corpus: Corpus, on: date, within: frozenset[str], clock: "Clock"
    ) -> Draft | None:
        """Retrieve, judge, compose and check each part of a question; None where nothing held answers it."""
        ruled = _kept(regime_draft(asked, corpus, on))
        if ruled is not None:
            return ruled
        drafts: list[Draft] = []
        for part in split_questions(asked):
            found = self._retrieve(part, within, clock)
            started = time.perf_counter()
            drafted = None if part.unit.empty else unit_by_address(part, corpus, on)
            drafted = drafted or compose(part, found, corpus, on=on, within=within)
            kept = _kept(drafted)
            if kept is not None:
                drafts.append(kept)
            clock.compose += time.perf_counter() - started
        return _joined(drafts)

    def _retrieve(self, question: Question, within: frozenset[str], clock: "Clock") -> Found:
        """Passages of news about the place asked, and of law. Follow-ups look only where the last answer came from."""
        query = " ".join(question.tokens)
        if question.follow_up:
            query = " ".join((query, *question.content, *(PROVINCES[key].name for key in question.places)))
        about = tuple(Territory.named(key) for key in question.places) or None
        news = self._searcher.search(query, Filters(kinds=_NEWS, provinces=about), limit=_HITS)
        law = self._searcher.search(query, Filters(kinds=_LAW, appendices=about_tables(question)), limit=_HITS)
        results = [news, law]
        hits = news.hits
        if within:
            own = self._searcher.search(query, Filters(kinds=_NEWS, article_ids=tuple(sorted(within))), limit=_HITS)
            results.append(own)
            hits = own.hits or hits
        clock.embed_ms += sum(result.embed_ms for result in results)
        clock.search_ms += sum(result.search_ms for result in results)
        return Found(news=tuple(hits), law=tuple(law.hits))


@dataclass(slots=True)
class Clock:
    """Time spent on one question: retrieval in milliseconds as it reports them, composing in seconds."""

    embed_ms: float = 0.0
    search_ms: float = 0.0
    compose: float = 0.0


def split_questions(question: Question) -> list[Question]:
    """Two questions asked in one sentence ("Khi nào bị thu hồi, ai thu hồi?") as two, the second leaning on the first.

    Counts stay together ("bao nhiêu sản phẩm, bao nhiêu chủ thể"): one sentence of a source often states both.
    """
    parts = [
        part
        for part in re.split(r"[?;]\s+|,\s+|\s+và\s+(?=ai|do ai|khi nào|bao lâu|ở đâu)", question.text)
        if part.strip()
    ]
    if len(parts) < 2 or question.wanted in ("figure", "compare", "average"):
        return [question]
    read = [understand(part) for part in parts]
    if any(part.wanted in ("text", "list", "figure", "breakdown") for part in read):
        return [question]
    first = replace(read[0], places=question.places, dates=question.dates, documents=question.documents)
    return [
        first,
        *(
            replace(
                part,
                places=question.places,
                dates=question.dates,
                documents=question.documents,
                content=tuple(dict.fromkeys((*part.content, *first.content))),
            )
            for part in read[1:]
        ),
    ]


def _kept(draft: Draft | None) -> Draft | None:
    """What of a draft keeps the contract; None where nothing does."""
    if draft is None:
        return None
    kept, faults = checked(draft)
    for fault in faults:
        _log.error("left out of an answer: %s", fault)
    return kept if any(segment.evidence for segment in kept.segments) else None


def _joined(drafts: Sequence[Draft]) -> Draft | None:
    if not drafts:
        return None
    segments = dict.fromkeys(segment for draft in drafts for segment in draft.segments)
    return Draft(
        status="partial" if any(draft.status == "partial" for draft in drafts) else "answered",
        segments=tuple(segments),
        notices=tuple(notice for draft in drafts for notice in draft.notices),
        strength=max(draft.strength for draft in drafts),
    )


def _turned_away(question: Question) -> tuple[Status | None, str]:
    match question.aim:
        case "instruction":
            return "refused", say.REFUSED
        case "insult":
            return "refused", say.IMPOLITE
        case "greeting":
            return "needs_clarification", say.GREETING
        case "health":
            return "out_of_scope", say.HEALTH
        case "foreign":
            return "out_of_scope", say.OUT_OF_SCOPE
        case "personal":
            return "no_evidence", say.PERSONAL
        case _:
            return None, ""


def _nothing_found(question: Question) -> tuple[Status, str]:
    if question.wanted == "figure" and question.counted and not question.places and len(question.content) <= 3:
        return "needs_clarification", say.WHICH_PLACE
    if not question.in_domain and not question.follow_up:
        return "out_of_scope", say.OUT_OF_SCOPE
    return "no_evidence", say.NO_EVIDENCE


def _about(question: Question) -> tuple[str, ...]:
    notices = []
    if question.places_fuzzy:
        notices.append(
            "Tên địa phương được hiểu là: " + ", ".join(PROVINCES[key].name for key in question.places) + "."
        )
    notices += merger_notices(question)
    return tuple(notices)
