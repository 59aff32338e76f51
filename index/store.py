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
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.ranking import Ids, Mask, Ranking, Scores

Field = Literal["accented", "stripped"]
Vectors = NDArray[np.float32]
# What a question asks for in one field: terms, each with its weight; 1 for each where no weights are given.
Terms = Sequence[str] | Mapping[str, float]

FIELDS: tuple[Field, ...] = ("accented", "stripped")
DEFAULT_STORE = "faiss"
STORES = ("faiss", "exact")

# Every store leaves the vectors in this file (`index.vectors_file`).
VECTORS_FILE = "vectors.npy"

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

    def lexical(self, terms: Terms, *, field: Field) -> Scores:
        """(n,) float32: every passage's score by BM25 (k1 1.5, b .75, Lucene's idf) over the distinct terms; 0 where it
        shares none. A term's part counts as many times as its weight says; weights are above 0. A new array each time.
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


def sample(count: int) -> Ids:
    """The passages whose lowest dot product with a question counts as nothing: at most `SAMPLE`, evenly spread."""
    return np.arange(0, count, max(1, -(-count // SAMPLE)))
