"""The seam between search and what holds vectors and terms: the Store protocol and its two implementations by name.

"faiss"   FAISS for the vectors, an inverted index for the terms (the default)
"exact"   numpy and the BM25 formula written out: the definition of right, which other stores are tested against

A filter is a Boolean mask over all passages and holds during retrieval: asking for ten of the passages allowed gives
ten of them where there are ten, however badly they rank among the rest.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.arrays import created, finished, mapped

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

# Every store leaves the vectors in this file, so that a later build can reuse them: (n, dim) float16, whose rounding
# moves a cosine by some hundred-thousandths and no measure of search.
VECTORS_FILE = "vectors.npy"
_ROWS = 1 << 16
# Passages of which only the best score is looked at to find a score that enough passages reach.
_BLOCK = 64

# Passages looked at to tell how low dot products with a question are.
SAMPLE = 1000

# BM25's saturation and length normalisation: the usual values, which none of the others tried beat on both test sets.
BM25_K1 = 1.5
BM25_B = 0.75


class StoreError(Exception):
    """A store cannot be loaded or opened; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedTerms:
    """The terms of n passages, as numbers.

    vocabulary: the distinct terms, sorted by code point. codes: (all terms,) int32, passage after passage, repetitions
    kept, each a place in `vocabulary`. offsets: (n + 1,) int64; passage i's are codes[offsets[i] : offsets[i + 1]].
    """

    vocabulary: tuple[str, ...]
    codes: NDArray[np.int32]
    offsets: Ids

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @classmethod
    def of(cls, documents: Iterable[Iterable[str]]) -> "CodedTerms":
        """Code the terms of passages; each list is let go of when it is coded."""
        known: dict[str, int] = {}
        codes, offsets = array("i"), array("q", [0])
        for document in documents:
            codes.extend([known.setdefault(term, len(known)) for term in document])
            offsets.append(len(codes))
        return cls._sorted(list(known), np.frombuffer(codes, np.int32), np.frombuffer(offsets, np.int64))

    def lengths(self) -> NDArray[np.int32]:
        """(n,) int32: how many terms each passage has, repetitions counted."""
        return np.diff(self.offsets).astype(np.int32)

    def mapped(self, change: Callable[[str], str]) -> "CodedTerms":
        """Every term changed; terms that become equal are one."""
        known: dict[str, int] = {}
        new = np.array([known.setdefault(change(term), len(known)) for term in self.vocabulary], np.int32)
        return self._sorted(list(known), new[self.codes] if len(new) else self.codes, self.offsets)

    @classmethod
    def _sorted(cls, known: list[str], codes: NDArray[np.int32], offsets: Ids) -> "CodedTerms":
        order = sorted(range(len(known)), key=known.__getitem__)
        place = np.empty(len(known), np.int32)
        place[order] = np.arange(len(known), dtype=np.int32)
        return cls(
            vocabulary=tuple(known[number] for number in order),
            codes=place[codes] if len(known) else codes,
            offsets=offsets,
        )

    def documents(self) -> Iterator[list[str]]:
        """The terms of each passage, as strings."""
        for start, end in pairwise(self.offsets.tolist()):
            yield [self.vocabulary[code] for code in self.codes[start:end].tolist()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a store is made from; row i of each is passage i.

    vectors: (n, dim) float32 unit rows. terms: per field, the terms of each passage with repetitions.
    """

    vectors: Vectors
    terms: dict[Field, CodedTerms]

    def __post_init__(self) -> None:
        lengths = {len(self.vectors), *(len(self.terms[field]) for field in FIELDS)}
        if len(lengths) != 1:
            raise ValueError(f"Contents: rows of vectors and terms differ in number: {sorted(lengths)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Passages by score, best first, equal scores by id.

    ids (k,) int64, scores (k,) float32. floor: the score that counts as nothing, see the retriever. complete: whether
    every passage allowed that has a score is listed. every: (n,) the score of each passage, allowed or not, where the
    retriever computes all.
    """

    ids: Ids
    scores: Scores
    floor: float
    complete: bool
    every: Scores | None = None


class Store(Protocol):
    """Retrieval by vector and by terms over n passages numbered from 0; limits are 1 or more. Thread-safe."""

    @property
    def count(self) -> int:
        """How many passages it holds."""
        ...

    def dense(self, vector: Vectors, limit: int, allowed: Mask | None = None) -> Ranking:
        """The passages allowed whose vectors have the highest dot product with `vector` (dim,).

        Of many passages some of the best may be missed; scores listed are exact. floor: the lowest score of the
        passages of `sample`, allowed or not.
        """
        ...

    def dense_scores(self, vector: Vectors, ids: Ids) -> Scores:
        """(k,) float32: the dot products of passages with `vector` (dim,)."""
        ...

    def lexical(self, terms: Terms, limit: int, allowed: Mask | None = None, *, field: Field) -> Ranking:
        """The passages allowed that share a term, by BM25 (k1 1.5, b .75, Lucene's idf) over the distinct terms.

        A term's part counts as many times as its weight says; weights are above 0. floor: 0, as no term shared gives.
        every: always given, 0 where no term is shared.
        """
        ...

    def matching(self, terms: Terms, allowed: Mask | None = None, *, field: Field) -> int:
        """How many of the passages allowed share a term."""
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

    def update(self, former: Path, folder: Path, kept: Ids, added: Contents) -> None:
        """Write the store's files from a former store's and from what was added, leaving out what is not kept.

        kept: (n,) int64; passage i is the former's passage kept[i], or where that is -1 the next one of `added`.
        What is kept keeps its order. The files are those that `write` would write of the whole.

        Raises:
            StoreError: the former files are missing or damaged.
        """
        ...

    def open(self, folder: Path) -> Store:
        """Open what `write` or `update` wrote.

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


def by_terms(every: Scores, limit: int, allowed: Mask | None) -> Ranking:
    """The ranking by terms from the score of every passage (n,): the passages allowed that have one, best first."""
    within = every if allowed is None else every * allowed
    least = _reached(within, limit)
    ids = np.flatnonzero(within >= least if least > 0 else within)
    best, scores = rank(ids, every[ids], limit)
    complete = bool(np.count_nonzero(within) <= limit)
    return Ranking(ids=best, scores=scores, floor=0.0, complete=complete, every=every)


def _reached(scores: Scores, limit: int) -> float:
    """A score that at least `limit` passages reach, not far from the `limit`-th highest; 0 where fewer have any."""
    whole = len(scores) // _BLOCK * _BLOCK
    highest = np.r_[scores[:whole].reshape(-1, _BLOCK).max(axis=1), scores[whole:]]
    # As many passages reach the score that as many blocks reach.
    return float(np.partition(highest, len(highest) - limit)[len(highest) - limit]) if len(highest) > limit else 0.0


def write_vectors(folder: Path, vectors: Vectors) -> None:
    """Write (n, dim) vectors as a store keeps them."""
    merge_vectors(folder, np.full(len(vectors), -1), np.zeros((0, vectors.shape[1]), np.float16), vectors)


def read_vectors(folder: Path) -> NDArray[np.float16]:
    """(n, dim) vectors of a store, mapped.

    Raises:
        StoreError: they are missing or damaged.
    """
    try:
        vectors = mapped(folder / VECTORS_FILE)
    except (OSError, ValueError, EOFError) as error:
        raise StoreError(f"the vectors in {folder} cannot be read ({error})") from error
    if vectors.ndim != 2 or vectors.dtype != np.float16:
        raise StoreError(
            f"{folder / VECTORS_FILE} holds {vectors.dtype} of shape {vectors.shape}, expected rows of float16"
        )
    return vectors


def merge_vectors(folder: Path, kept: Ids, former: NDArray[np.float16], added: NDArray[Any]) -> None:
    """Write the former's rows `kept`, and the next of those added where it is -1."""
    written = created(folder / VECTORS_FILE, np.float16, (len(kept), added.shape[1]))
    merge_rows(written, kept, former, added)
    finished(written)


def merge_rows(target: NDArray[Any], kept: Ids, former: NDArray[Any], added: NDArray[Any]) -> None:
    """Fill an array with the former's rows `kept`, and the next of those added where it is -1; a part at a time."""
    following = np.cumsum(kept < 0) - 1
    for start in range(0, len(kept), _ROWS):
        part, fresh = kept[start : start + _ROWS], following[start : start + _ROWS]
        rows = np.empty((len(part), *target.shape[1:]), target.dtype)
        rows[part >= 0] = former[part[part >= 0]]
        rows[part < 0] = added[fresh[part < 0]]
        target[start : start + len(part)] = rows


def sample(count: int) -> Ids:
    """The passages whose lowest dot product with a question counts as nothing: at most `SAMPLE`, evenly spread."""
    return np.arange(0, count, max(1, -(-count // SAMPLE)))
