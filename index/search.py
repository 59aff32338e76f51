"""One question -> Hits: both retrievers, fused and filtered, over the generation in use.

A Searcher follows its data folder: `refresh` takes up what a later build swapped in, without a pause for searches
under way. A generation that cannot be used is reported and the one before goes on serving.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from unicodedata import normalize

import numpy as np

from crawler.article import fold_space
from index.addressed import addressed
from index.catalogue.catalogue import Catalogue
from index.criteria.sets import CriteriaSet
from index.decisions.merged import Decision
from index.decisions.merging import merged
from index.embed import Embedder, load_embedder
from index.facets import FacetArrays, Source
from index.fields import question_terms
from index.figures.figure import Figure
from index.figures.sums import SumCheck
from index.filters import NO_FILTERS, Filters, Sieve
from index.fuse import Fused, fuse
from index.law.documents import Law
from index.manifest import (
    FOLDER,
    IndexDamaged,
    IndexMismatch,
    IndexUnusable,
    InUse,
    Manifest,
    build_command,
    current_name,
    in_use,
    read_manifest,
    verify,
)
from index.passage import Hit, Passage
from index.phrases import mended_phrases
from index.query_vectors import QueryVectors
from index.ranking import Mask
from index.records import Records
from index.restore import Restored, Restorer
from index.standing import depth, standing, weighed
from index.store import FIELDS, Store, StoreError, Vectors, load_store
from index.text import has_marks, without_capitals

logger = logging.getLogger(__name__)

_QUERY_CACHE = 256
_WORDS_KNOWN = 1 << 16
_OPEN_ATTEMPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What one question found.

    total: passages within the filters that share a term with the question, whatever the limit; vectors may find more.
    read_as: the question as it was read, with its marks and without its slips, where that is not how it was typed.
    embed_ms, search_ms: milliseconds for the question's vector (0 where none was needed, or it was remembered) and for
    all else. A vector that `Searcher.begin` asked for was computed beside other work, and is waited for in neither.
    force_unknown: as in `index.filters.Allowed`: legal passages left out since nothing tells if they were in force.
    """

    hits: tuple[Hit, ...]
    total: int
    embed_ms: float
    search_ms: float
    read_as: str | None = None
    force_unknown: int = 0


class Searcher:
    """Search over one data folder. Thread-safe; one per process is enough."""

    def __init__(self, data: Path, generation: "_Generation", store: str | None) -> None:
        """Use `Searcher.open`."""
        self._data = data
        self._store = store
        self._generation = generation
        self._swap = threading.Lock()
        self._trouble: str | None = None
        self._refused: str | None = None

    @classmethod
    def open(cls, data: Path, *, store: str | None = None, embedder: Embedder | None = None) -> "Searcher":
        """Open the index in use and load the model its manifest names.

        store: the store the index must have been built for; None takes the manifest's.
        embedder: a loaded model to use instead of loading one; it must be the one the index was made with.

        Raises:
            IndexUnusable: there is no index, or it is damaged, too new or made otherwise (see `index.manifest`).
            index.embed.EmbedderError: the model it was made with is not on this machine.
        """
        return cls(data, _open(data, store, embedder), store)

    def close(self) -> None:
        """Let go of the index; searches under way end first."""
        self._generation.retire()

    def refresh(self) -> bool:
        """Take up the generation that CURRENT names, if it is another; whether one was taken up.

        Cheap where nothing changed (one small file is read). A generation that cannot be used is logged once and kept
        in `trouble`; the one in use goes on serving.
        """
        try:
            name = current_name(self._data)
        except IndexUnusable as error:
            self._report("CURRENT", error)
            return False
        if name == self._generation.name:
            self._trouble = self._refused = None
            return False
        if name == self._refused or not self._swap.acquire(blocking=False):
            return False
        try:
            former = self._generation
            try:
                fresh = _open(self._data, self._store, former.embedder, reload_embedder=True)
            except Exception as error:
                # Whatever a model or a library raises, the index that works goes on serving.
                self._report(name, error)
                return False
            self._generation = fresh
            self._trouble = self._refused = None
            former.retire()
            return True
        finally:
            self._swap.release()

    def _report(self, name: str, error: Exception) -> None:
        if self._trouble != str(error):
            logger.error("the index %s cannot be used, %s goes on serving: %s", name, self._generation.name, error)
        self._trouble, self._refused = str(error), name

    @property
    def trouble(self) -> str | None:
        """Why the latest generation could not be taken up, or None where it is in use."""
        return self._trouble

    @property
    def manifest(self) -> Manifest:
        """How the index in use was made."""
        return self._generation.manifest

    @property
    def passage_count(self) -> int:
        """How many passages the index in use holds."""
        return self._generation.manifest.passages

    def search(self, question: str, filters: Filters = NO_FILTERS, *, limit: int = 10) -> SearchResult:
        """The passages that answer a question best, at most `limit`, all of them within the filters.

        Filters hold during retrieval: where they leave no more than `limit` passages, these are found, whatever the
        question (only with weight 0 for vectors must a passage share a term with it).

        A story told by several articles is found once, in its leading article (`Hit.also` names the others); what
        only one of them says is found there.

        A question that names a unit of law ("Điều 7 khoản 6 QĐ 26/2026") has its passages first: they score from .5
        to 1 and the others from 0 to .5. Scores compare passages of one question, not questions with each other.

        Raises:
            ValueError: `limit` is below 1.
        """
        if limit < 1:
            raise ValueError(f"limit is {limit}; expected 1 or more")
        question = without_capitals(fold_space(question))
        started = time.perf_counter()
        with self._generation_in_use() as generation:
            within = generation.sieve.allowed(filters)
            allowed = within.mask
            if not question or (allowed is not None and not allowed.any()):
                return SearchResult(
                    hits=(), total=0, embed_ms=0.0, search_ms=_ms(started), force_unknown=within.force_unknown
                )
            restored = generation.restored(question)
            settings = generation.manifest.settings
            dense_weight = settings.bare_dense_weight if restored.bare else settings.dense_weight
            awaited = time.perf_counter()
            vector, embed_ms = generation.vectors.take(restored.text) if dense_weight > 0 else (None, 0.0)
            waited_ms = _ms(awaited)
            field, terms = question_terms(restored, settings)

            def best(mask: Mask | None) -> Fused:
                found = fuse(
                    generation.store,
                    vector,
                    terms,
                    field=field,
                    dense_weight=dense_weight,
                    limit=depth(settings, limit),
                    allowed=mask,
                )
                return weighed(found, generation.facets, settings, limit)

            found = best(allowed)
            hits = generation.hits(found)
            unit = addressed(generation.facets, question, allowed)
            if unit is not None:
                first = generation.hits(best(unit))
                named = {hit.passage for hit in first}
                hits = [replace(hit, score=(1 + hit.score) / 2) for hit in first] + [
                    replace(hit, score=hit.score / 2) for hit in hits if hit.passage not in named
                ]
                hits = hits[:limit]
        return SearchResult(
            hits=tuple(hits),
            total=found.matched,
            embed_ms=embed_ms,
            search_ms=_ms(started) - waited_ms,
            read_as=restored.text if restored.text != normalize("NFC", question) else None,
            force_unknown=within.force_unknown,
        )

    def begin(self, question: str) -> Callable[[], None]:
        """Begin to compute the vector of a question that may be searched for, beside what the caller does next; what
        ends it where it is not.

        One with marks is taken as it stands; where its search reads it otherwise, what was begun is of no use. Worth it
        where the model computes outside Python's lock; does nothing where no second core is free.
        """
        with self._generation_in_use() as generation:
            settings, text = generation.manifest.settings, without_capitals(fold_space(question))
            restored = None if has_marks(text) else generation.restored(text)
            bare = restored is not None and restored.bare
            if (settings.bare_dense_weight if bare else settings.dense_weight) > 0:
                return generation.vectors.begin(text if restored is None else restored.text)
        return lambda: None

    def read(self, question: str) -> Restored:
        """A question with its marks and without its slips, as `search` reads it. The last 256 are remembered."""
        with self._generation_in_use() as generation:
            return generation.restored(without_capitals(fold_space(question)))

    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the index, in order of the articles; read once per generation."""
        with self._generation_in_use() as generation:
            return generation.extracted.figures

    def sums(self) -> tuple[SumCheck, ...]:
        """Every total of the index with its parts; read once per generation."""
        with self._generation_in_use() as generation:
            return generation.extracted.sums

    def law(self) -> Law:
        """What the index's articles tell of documents of law together; made once per generation."""
        with self._generation_in_use() as generation:
            return generation.extracted.law

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision the index's articles tell of, what several tell of one put together; made once per
        generation."""
        with self._generation_in_use() as generation:
            return generation.extracted.decisions

    def criteria(self) -> tuple[CriteriaSet, ...]:
        """Every criteria set of the index, in order of the articles; read once per generation."""
        with self._generation_in_use() as generation:
            return generation.extracted.criteria

    def catalogue(self) -> Catalogue:
        """The decisions and products of the index. It stays readable after a later build took over."""
        return self._generation.catalogue

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """An article's passages in order of its text; none where the index does not have it."""
        with self._generation_in_use() as generation:
            return generation.records.passages_of(article_id)

    def also(self, article_id: str) -> tuple[str, ...]:
        """Ids of the other articles that carry the story of one, the leading one first; none where it stands alone."""
        return self._generation.also(article_id)

    def lead(self, article_id: str) -> str | None:
        """Id of the article that leads the story of one; None where that one leads or stands alone."""
        return self._generation.leads.get(article_id)

    def article_ids(self) -> tuple[str, ...]:
        """Every article of the index, in order of id."""
        with self._generation_in_use() as generation:
            return generation.article_ids

    def sources(self) -> tuple[Source, ...]:
        """Every source whose articles the index has, in order of its name."""
        with self._generation_in_use() as generation:
            return generation.facets.sources

    def knows_source(self, name: str) -> bool:
        """Whether a filter by that source can find anything (`Filters.sources`)."""
        with self._generation_in_use() as generation:
            return generation.sieve.knows_source(name)

    def vector(self, question: str) -> Vectors:
        """(dim,) float32 of length 1: the question as the index's model sees it. The last 256 are remembered."""
        with self._generation_in_use() as generation:
            return generation.vectors.take(fold_space(question))[0]

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32 unit rows: texts as the index's model sees passages."""
        return self._generation.embedder.embed_passages(texts)

    @contextmanager
    def _generation_in_use(self) -> Iterator["_Generation"]:
        while True:
            generation = self._generation
            if generation.enter():
                break
        try:
            yield generation
        finally:
            generation.leave()


class _Generation:
    """One opened generation. It closes its files when it was retired and the last search on it has ended."""

    def __init__(self, name: str, manifest: Manifest, folder: Path, embedder: Embedder) -> None:
        self.name = name
        self.manifest = manifest
        self.embedder = embedder
        self.records = Records(folder)
        try:
            self.store: Store = load_store(manifest.store).open(folder)
            self.facets = FacetArrays.open(folder)
            self.catalogue = Catalogue.open(folder)
            copies = self.records.copies()
            restorer = Restorer.read(folder, lru_cache(maxsize=_WORDS_KNOWN)(self._knows))
        except BaseException:
            self.records.close()
            raise
        # An answer searches news and law by the same question.
        self.restored = lru_cache(maxsize=_QUERY_CACHE)(lambda typed: restorer.restore(mended_phrases(typed)))
        self.extracted = _Extracts(self.records)
        self.sieve = Sieve(self.facets, lambda: self.extracted.law)
        self._stories = _stories(copies)
        self.leads = copies
        self.vectors = QueryVectors(embedder)
        self._lock = threading.Lock()
        self._users = 0
        self._retired = False

    @cached_property
    def article_ids(self) -> tuple[str, ...]:
        """Every article, in order of id."""
        return tuple(self.facets.articles.all())

    def _knows(self, word: str) -> bool:
        return any(self.store.knows(word, field=field) for field in FIELDS)

    def enter(self) -> bool:
        """Begin a search; false where the generation was retired meanwhile."""
        with self._lock:
            if self._retired:
                return False
            self._users += 1
            return True

    def leave(self) -> None:
        with self._lock:
            self._users -= 1
            last = self._retired and self._users == 0
        if last:
            self._close()

    def retire(self) -> None:
        with self._lock:
            idle = not self._retired and self._users == 0
            self._retired = True
        if idle:
            self._close()

    def _close(self) -> None:
        self.vectors.close()
        self.records.close()
        self.store.close()
        self.facets.close()
        del self.catalogue  # who still reads it keeps it; its files are let go of with the last of them

    def also(self, article_id: str) -> tuple[str, ...]:
        """The other articles that carry an article's story, the leading one first."""
        return tuple(other for other in self._stories.get(article_id, ()) if other != article_id)

    def hits(self, found: Fused) -> list[Hit]:
        """The passages of a fused ranking, read from the records."""
        parts = standing(self.facets, found.ids)
        return [
            Hit(
                passage=passage,
                score=float(score),
                dense=None if np.isnan(dense) else float(dense),
                lexical=None if np.isnan(lexical) else float(lexical),
                authority=float(authority),
                freshness=float(freshness),
                also=self.also(passage.article_id),
            )
            for passage, score, dense, lexical, authority, freshness in zip(
                self.records.passages([int(number) for number in found.ids]),
                found.score,
                found.dense,
                found.lexical,
                parts.authority,
                parts.freshness,
                strict=True,
            )
        ]


class _Extracts:
    """The records of one generation, each kind read when it is first asked for. Thread-safe: at worst read twice."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure."""
        return self._records.figures()

    @cached_property
    def sums(self) -> tuple[SumCheck, ...]:
        """Every total with its parts."""
        return self._records.sums()

    @cached_property
    def law(self) -> Law:
        """Every document of law the articles tell of."""
        return Law(self._records.regulations())

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision the articles tell of."""
        return merged(self._records.decisions())

    @cached_property
    def criteria(self) -> tuple[CriteriaSet, ...]:
        """Every criteria set."""
        return self._records.criteria()


def _stories(copies: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Every article of a story told more than once -> all of them, the lead first."""
    told: dict[str, list[str]] = {}
    for copy, lead in copies.items():
        told.setdefault(lead, [lead]).append(copy)
    return {name: tuple(story) for story in told.values() for name in story}


def _open(data: Path, store: str | None, embedder: Embedder | None, *, reload_embedder: bool = False) -> _Generation:
    """Open the generation that CURRENT names, checked.

    reload_embedder: load another model where `embedder` is not the one the manifest names, instead of refusing.
    """
    for attempt in range(_OPEN_ATTEMPTS):
        generation = in_use(data)
        try:
            return _open_named(data, generation, store, embedder, reload_embedder)
        except IndexDamaged:
            # Two builds may have ended between reading CURRENT and opening what it named.
            if attempt == _OPEN_ATTEMPTS - 1 or in_use(data) == generation:
                raise
    raise AssertionError("unreachable")


def _open_named(
    data: Path, named: InUse, store: str | None, embedder: Embedder | None, reload_embedder: bool
) -> _Generation:
    manifest = read_manifest(data, named)
    folder = data / FOLDER / named.name
    if store is not None and store != manifest.store:
        raise IndexMismatch(
            f"the index {folder} was built for the store {manifest.store!r}, asked for is {store!r}: "
            f"build anew with {build_command(data)} --store {store}"
        )
    verify(data, named.name, manifest)
    if embedder is None or (reload_embedder and embedder.name != manifest.embedder):
        embedder = load_embedder(manifest.embedder)
    if (embedder.name, embedder.digest, embedder.dim) != (manifest.embedder, manifest.model_sha256, manifest.dim):
        raise IndexMismatch(
            f"the index {folder} was made with the model {manifest.embedder!r} ({manifest.dim} dimensions, sha256 "
            f"{manifest.model_sha256[:12]}…), this one is {embedder.name!r} ({embedder.dim} dimensions, sha256 "
            f"{embedder.digest[:12]}…): build anew with {build_command(data)} --embedder {embedder.name}"
        )
    try:
        generation = _Generation(named.name, manifest, folder, embedder)
    except (StoreError, OSError, ValueError, sqlite3.Error) as error:
        raise IndexDamaged(
            f"the index {folder} cannot be read ({error}): build anew with {build_command(data)}"
        ) from error
    if generation.store.count != manifest.passages:
        held = generation.store.count
        generation.retire()
        raise IndexDamaged(
            f"the index {folder} holds {held} passages, its manifest says {manifest.passages}: "
            f"build anew with {build_command(data)}"
        )
    return generation


def _ms(since: float) -> float:
    return (time.perf_counter() - since) * 1000
