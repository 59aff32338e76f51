"""The seam between search and what holds vectors and terms: the Store protocol and its two implementations by name.

"faiss"   FAISS for the vectors, bm25s for the terms (the default)
"exact"   numpy and the BM25 formula written out: the definition of right, which other stores are tested against

A filter is a Boolean mask over all passages and holds during retrieval: asking for ten of the passages allowed gives
ten of them where there are ten, however badly they rank among the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Field = Literal["accented", "stripped"]
Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
Vectors = NDArray[np.float32]
Mask = NDArray[np.bool_]
# What a question asks for in one field: terms, each with its weight; 1 for each where no weights are given.
Terms = Sequence[str] | Mapping[str, float]

FIELDS: tuple[Field, ...] = ("accented", "stripped")
DEFAULT_STORE = "faiss"
STORES = ("faiss", "exact")

# Every store leaves the vectors in this file, so that a later build can reuse them.
VECTORS_FILE = "vectors.npy"

# BM25's saturation and length normalisation: the usual values, which none of the others tried beat on both test sets.
BM25_K1 = 1.5
BM25_B = 0.75


class StoreError(Exception):
    """A store cannot be loaded or opened; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a store is made from; row i of each is passage i.

    vectors: (n, dim) float32 unit rows. terms: per field, the terms of each passage with repetitions.
    """

    vectors: Vectors
    terms: dict[Field, list[list[str]]]

    def __post_init__(self) -> None:
        lengths = {len(self.vectors), *(len(self.terms[field]) for field in FIELDS)}
        if len(lengths) != 1:
            raise ValueError(f"Contents: rows of vectors and terms differ in number: {sorted(lengths)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Passages by score, best first, equal scores by id.

    ids (k,) int64, scores (k,) float32. floor: the lowest score of any passage allowed, listed or not (0 where none
    is). matched: how many passages allowed have a score a list without limit would show.
    """

    ids: Ids
    scores: Scores
    floor: float
    matched: int


class Store(Protocol):
    """Retrieval by vector and by terms over n passages numbered from 0; limits are 1 or more. Thread-safe."""

    @property
    def count(self) -> int:
        """How many passages it holds."""
        ...

    def dense(self, vector: Vectors, limit: int, allowed: Mask | None = None) -> Ranking:
        """The passages allowed whose vectors have the highest dot product with `vector` (dim,)."""
        ...

    def lexical(self, terms: Terms, limit: int, allowed: Mask | None = None, *, field: Field) -> Ranking:
        """The passages allowed that share a term, by BM25 (k1 1.5, b .75, Lucene's idf) over the distinct terms.

        A term's part counts as many times as its weight says; weights are above 0.
        """
        ...

    def knows(self, term: str, *, field: Field) -> bool:
        """Whether any passage has a term."""
        ...

    def close(self) -> None:
        """Let go of memory and files. The store cannot be used afterwards."""
        ...


class StoreKind(Protocol):
    """How a store is written and opened; what `load_store` gives."""

    def write(self, folder: Path, contents: Contents) -> None:
        """Write the store's files into a folder, the vectors as `VECTORS_FILE`."""
        ...

    def open(self, folder: Path) -> Store:
        """Open what `write` wrote.

        Raises:
            StoreError: the files are missing or damaged.
        """
        ...


def load_store(name: str = DEFAULT_STORE) -> StoreKind:
    """The store of that name.

    Raises:
        StoreError: there is none, or a package it needs is missing.
    """
    try:
        if name == "faiss":
            from index.dense import FaissStore  # noqa: PLC0415 (loads FAISS)

            return FaissStore
        if name == "exact":
            from index.exact import ExactStore  # noqa: PLC0415

            return ExactStore
    except ImportError as error:
        raise StoreError(f"the store {name!r} needs a package that is missing ({error}): pip install -e .") from error
    raise StoreError(f"no store {name!r}; there are {', '.join(STORES)}")


def term_weights(terms: Terms) -> dict[str, float]:
    """Each distinct term with its weight, in order."""
    return dict(terms) if isinstance(terms, Mapping) else dict.fromkeys(terms, 1.0)


def rank(ids: Ids, scores: Scores, limit: int) -> tuple[Ids, Scores]:
    """The `limit` best of scored passages, best first, equal scores by id."""
    if 0 < limit < len(ids):
        cut = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        chosen = np.flatnonzero(scores >= cut)
        ids, scores = ids[chosen], scores[chosen]
    order = np.lexsort((ids, -scores))[: max(limit, 0)]
    return ids[order], scores[order]


def bm25_ranking(scores: Scores, limit: int, allowed: Mask | None) -> Ranking:
    """A ranking from the BM25 score of every passage; those that share no term (score 0) are not listed."""
    within = scores if allowed is None else scores[allowed]
    ids = np.flatnonzero(scores > 0 if allowed is None else (scores > 0) & allowed).astype(np.int64)
    best, best_scores = rank(ids, scores[ids], limit)
    return Ranking(ids=best, scores=best_scores, floor=float(within.min()) if within.size else 0.0, matched=len(ids))
