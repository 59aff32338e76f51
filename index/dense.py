"""Vectors by FAISS, and the store made of them and of bm25s.

The index is flat: exact inner products, some 10 ms for 100 000 passages on two idle cores. An approximate graph would
be faster there, but would lose the lowest score and the completeness that fusion rests on. It is filled from
`vectors.npy` when it is opened, since a file of its own would hold the same numbers again.
"""

import os
from pathlib import Path

import faiss
import numpy as np

from index.lexical import LexicalIndex
from index.store import (
    FIELDS,
    VECTORS_FILE,
    Contents,
    Field,
    Ids,
    Mask,
    Ranking,
    Scores,
    StoreError,
    Terms,
    Vectors,
    rank,
)

# Passages from which a scan is worth sharing between threads; below, waiting for the other thread costs more.
_SHARED_FROM = 20_000
# A filter that leaves less than one passage in so many: theirs are computed alone, which is quicker than a scan.
_SCAN_FROM_SHARE = 10


class DenseIndex:
    """A flat inner-product index over unit vectors."""

    def __init__(self, vectors: Vectors) -> None:
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        self.count = len(vectors)
        # FAISS's own memory, seen as an array; it lives as long as the index.
        self._rows: Vectors = faiss.rev_swig_ptr(self._index.get_xb(), vectors.size).reshape(vectors.shape)

    def search(self, vector: Vectors, limit: int, allowed: Mask | None = None) -> Ranking:
        """The passages allowed whose vectors have the highest dot product with `vector` (dim,)."""
        matched = self.count if allowed is None else int(allowed.sum())
        wanted = min(limit, matched)
        if wanted <= 0:
            return Ranking(ids=np.zeros(0, np.int64), scores=np.zeros(0, np.float32), floor=0.0, matched=matched)
        if allowed is not None and matched * _SCAN_FROM_SHARE < self.count:
            few = np.flatnonzero(allowed).astype(np.int64)
            products: Scores = self._rows[few] @ np.asarray(vector, np.float32)
            best, best_scores = rank(few, products, wanted)
            return Ranking(ids=best, scores=best_scores, floor=float(products.min()), matched=matched)
        # The opposite vector's best is this one's worst; FAISS scans for both at once, one thread each.
        both = np.stack([vector, -vector]).astype(np.float32)
        faiss.omp_set_num_threads(os.cpu_count() or 1 if self.count >= _SHARED_FROM else 1)
        scores: Scores
        ids: Ids
        if allowed is None:
            scores, ids = self._index.search(both, wanted)
        else:
            # The selector reads the bits where numpy keeps them, so both must outlive the search.
            bits = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(allowed), faiss.swig_ptr(bits))
            scores, ids = self._index.search(both, wanted, params=faiss.SearchParameters(sel=selector))  # type: ignore[call-arg]
        best, best_scores = rank(ids[0], scores[0], wanted)
        return Ranking(ids=best, scores=best_scores, floor=float(-scores[1][0]), matched=matched)


class FaissStore:
    """FAISS for the vectors, bm25s for the terms of both fields."""

    def __init__(self, dense: DenseIndex, fields: dict[Field, LexicalIndex]) -> None:
        counts = {dense.count, *(lexical.count for lexical in fields.values())}
        if len(counts) != 1:
            raise StoreError(f"the parts of the store hold different numbers of passages: {sorted(counts)}")
        self._dense = dense
        self._fields = fields

    @classmethod
    def write(cls, folder: Path, contents: Contents) -> None:
        """Write the vectors, and per field a folder of bm25s."""
        np.save(folder / VECTORS_FILE, contents.vectors)
        for field in FIELDS:
            LexicalIndex.write(folder / field, contents.terms[field])

    @classmethod
    def open(cls, folder: Path) -> "FaissStore":
        """Open what `write` wrote.

        Raises:
            StoreError: the files are missing or damaged.
        """
        try:
            vectors = np.load(folder / VECTORS_FILE, allow_pickle=False)
        except (OSError, ValueError) as error:
            raise StoreError(f"the vectors in {folder} cannot be read ({error})") from error
        return cls(DenseIndex(vectors), {field: LexicalIndex.open(folder / field) for field in FIELDS})

    @property
    def count(self) -> int:
        """How many passages it holds."""
        return self._dense.count

    def dense(self, vector: Vectors, limit: int, allowed: Mask | None = None) -> Ranking:
        """The passages allowed whose vectors have the highest dot product with `vector` (dim,)."""
        return self._dense.search(vector, limit, allowed)

    def lexical(self, terms: Terms, limit: int, allowed: Mask | None = None, *, field: Field) -> Ranking:
        """The passages allowed that share a term, by BM25 over the distinct terms."""
        return self._fields[field].search(terms, limit, allowed)

    def knows(self, term: str, *, field: Field) -> bool:
        """Whether any passage has a term."""
        return self._fields[field].knows(term)

    def close(self) -> None:
        """Let go of the vectors and the matrices."""
        self._dense = DenseIndex(np.zeros((0, 1), np.float32))
        self._fields = {}
