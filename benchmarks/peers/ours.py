"""This project's store: the default kind, fused by min-max normalisation over all passages, as it is served.

Both fields are written, with and without marks, and the one with marks is asked. Dense search is exact, whatever the
store does inside; so is the fusion. A filter is a Boolean mask, and the time of making it counts. Adding and deleting
write the store's next generation from the former one and open it, as a build does.
"""

import shutil
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks.peers.corpus import Corpus, Facets, Filter, Ids, Question
from benchmarks.peers.exact import Bm25, Right
from benchmarks.peers.peer import LIMIT, Mode
from index.fuse import fuse
from index.manifest import IndexSettings
from index.store import BM25_B, BM25_K1, CodedTerms, Contents, Store, load_store
from index.text import strip_marks


class Ours:
    """The store of `index.store.load_store()`. Its passages are numbered anew when some leave: `_ids` has the rows."""

    hybrid: str | None = "min-max, exact"
    formula: Bm25 | None = Bm25(k1=BM25_K1, b=BM25_B, idf="lucene")

    def __init__(self, folder: Path) -> None:
        self.versions = f"faiss {version('faiss-cpu')}"
        self._folder = folder
        self._generation = 0
        self._kind = load_store()
        self._weight = IndexSettings().dense_weight
        self._store: Store
        self._corpus: Corpus
        self._facets: Facets
        self._ids: Ids = np.zeros(0, np.int64)

    def build(self, corpus: Corpus) -> None:
        """Write both fields and the vectors."""
        here = self._here()
        here.mkdir(parents=True)
        self._kind.write(here, _contents(corpus, 0, corpus.passages))

    def open(self, corpus: Corpus) -> None:
        """Open the generation."""
        self._holds(corpus, np.arange(corpus.passages))
        self._store = self._kind.open(self._here())

    def search(self, question: Question, wanted: Filter, mode: Mode) -> list[int]:
        """Fused, or the vectors alone."""
        allowed = self._facets.allowed(wanted)
        if mode == "dense":
            return [int(self._ids[place]) for place in self._store.dense(question.vector, LIMIT, allowed).ids]
        found = fuse(
            self._store,
            question.vector,
            question.terms,
            field="accented",
            dense_weight=self._weight,
            limit=LIMIT,
            allowed=allowed,
        )
        return [int(self._ids[place]) for place in found.ids]

    def fuse(self, right: Right) -> list[int]:
        """Min-max over all passages."""
        return list(right.min_max)

    def add(self, corpus: Corpus, start: int, stop: int) -> None:
        """The next generation, with more."""
        kept = np.concatenate([np.arange(len(self._ids)), np.full(stop - start, -1)])
        self._next(kept, _contents(corpus, start, stop))
        self._holds(corpus, np.concatenate([self._ids, np.arange(start, stop)]))

    def delete(self, ids: Ids) -> None:
        """The next generation, with less."""
        kept = np.flatnonzero(~np.isin(self._ids, ids))
        nothing = CodedTerms.of([])
        none = Contents(vectors=np.zeros((0, self._dim), np.float32), terms={"accented": nothing, "stripped": nothing})
        self._next(kept, none)
        self._holds(self._corpus, self._ids[kept])

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _holds(self, corpus: Corpus, ids: Ids) -> None:
        """Which rows of the corpus the passages are; what filters look at lies in their order, as in an index."""
        self._corpus, self._ids = corpus, ids
        held = corpus.facets
        self._facets = Facets(province=held.province[ids], kind=held.kind[ids], year=held.year[ids])

    def _next(self, kept: Ids, added: Contents) -> None:
        former, following = self._here(), self._here(1)
        shutil.rmtree(following, ignore_errors=True)
        following.mkdir()
        self._kind.update(former, following, kept, added)
        fresh = self._kind.open(following)
        self._store.close()
        self._store = fresh
        self._generation += 1
        shutil.rmtree(former)

    def _here(self, ahead: int = 0) -> Path:
        return self._folder / f"generation-{self._generation + ahead}"

    @property
    def _dim(self) -> int:
        return int(np.load(self._here() / "vectors.npy", mmap_mode="r").shape[1])


def _contents(corpus: Corpus, start: int, stop: int) -> Contents:
    accented = CodedTerms(
        vocabulary=corpus.vocabulary,
        codes=corpus.codes(start, stop),
        offsets=corpus.offsets[start : stop + 1] - corpus.offsets[start],
    )
    return Contents(
        vectors=corpus.vectors(start, stop), terms={"accented": accented, "stripped": accented.mapped(strip_marks)}
    )


def made(folder: Path) -> Ours:
    """The peer over a folder."""
    return Ours(folder)
