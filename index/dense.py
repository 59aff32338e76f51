"""Vectors by FAISS, and the store made of them and of the inverted index.

Vectors lie in `vectors.npy` as float16 and are mapped. Of few passages FAISS compares all vectors, as float32 in
memory. Of many it compares 4-bit codes of all (product quantisation with two dimensions a code and its SIMD scan;
Jegou, Douze and Schmid 2011, Andre, Kermarrec and Le Scouarnec 2015), a third of a millisecond for 100,000 passages,
and then the vectors of the best of these as they are, in the file. A filter holds during that scan, whatever it leaves,
and nothing needs to be trained or linked anew when passages come and go (docs/decisions/0006).
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.arrays import created, finished, mapped
from index.lexical import LexicalIndex
from index.ranking import Ids, Mask, Ranking, Scores, rank
from index.store import FIELDS, Contents, Field, StoreError, Terms, Vectors, sample
from index.vectors_file import merge_rows, merge_vectors, read_vectors, write_vectors

_CODEBOOK, _CODES = "codebook.npz", "codes.npy"
# Passages from which codes are compared first: about where that takes less time than comparing all vectors.
_CODED_FROM = 10_000
_DIMS_A_CODE, _BITS = 2, 4
# Vectors from which the codebook is learned, evenly spread; it is learned anew when there are so many times more.
_LEARNED_FROM, _LEARNED_ANEW = 8192, 4
# Vectors compared as they are: so many for each passage wanted, at least 300, and one for so many held. Recall@10 is
# .995 of 42,284 real vectors (clauses of law, questions of XQuAD-vi); of real ones jittered it depends on how near they
# lie: .975 to .998 of 100,000, .949 of a million. 500 instead of 300 would take .06 ms more (of .5) and find .99, not
# .98.
_COMPARED, _LEAST_COMPARED, _HELD_COMPARED = 3, 300, 2000
# A filter that leaves no more passages than this: their vectors are compared at once. One that leaves no more than one
# in so many: FAISS compares their vectors as they are, which is then less work than the codes of all.
_FEW, _SPARSE = 512, 25
# Of the sample whose lowest score is looked for, so many are compared as they are: the lowest was always among them.
_FARTHEST = 16

_Codes = NDArray[np.uint8]
# Codes that the scan takes at a time: of 100,000 passages in .38 ms, in .42 where it takes 32 as by default.
_SCANNED_AT_ONCE = 128
# For what its type stubs do not know.
_faiss: Any = faiss


class DenseIndex:
    """Nearest vectors by inner product. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        """Use `DenseIndex.open`."""
        self._vectors = read_vectors(folder)
        self.count, dim = self._vectors.shape
        rows = sample(self.count)
        self._coded: _Coded | None = None
        if (folder / _CODEBOOK).exists():
            codebook, codes = _Codebook.read(folder), mapped(folder / _CODES)
            if codes.shape != (self.count, codebook.code_size):
                raise StoreError(f"{folder / _CODES} has the shape {codes.shape}, not that of {self.count} codes")
            self._coded = _Coded(codebook, codes, self._vectors)
            self._coded_sample = _Coded(codebook, codes[rows], self._vectors[rows])
        else:
            self._sample = self._vectors[rows].astype(np.float32)
            self._flat = faiss.IndexFlatIP(dim)
            self._flat.add(self._vectors.astype(np.float32))

    @classmethod
    def open(cls, folder: Path) -> "DenseIndex":
        """Open what `write` or `update` wrote.

        Raises:
            StoreError: the files are missing or damaged.
        """
        try:
            return cls(folder)
        except (OSError, ValueError, EOFError, KeyError, RuntimeError) as error:
            raise StoreError(f"the vectors in {folder} cannot be read ({error})") from error

    @staticmethod
    def write(folder: Path, vectors: Vectors) -> None:
        """Write vectors, and their codes where they are many."""
        write_vectors(folder, vectors)
        _write_codes(folder)

    @staticmethod
    def update(former: Path, folder: Path, kept: Ids, added: Vectors) -> None:
        """Write the vectors kept and those added; what has a code keeps it."""
        merge_vectors(folder, kept, read_vectors(former), added)
        codebook = _Codebook.read(former) if (former / _CODEBOOK).exists() else None
        if codebook is None or not _CODED_FROM <= len(kept) < _LEARNED_ANEW * codebook.learned_from:
            _write_codes(folder)
            return
        codes = created(folder / _CODES, np.uint8, (len(kept), codebook.code_size))
        merge_rows(codes, kept, mapped(former / _CODES), codebook.codes(added.astype(np.float16).astype(np.float32)))
        finished(codes)
        codebook.write(folder)

    def search(self, vector: Vectors, limit: int, allowed: Mask | None = None) -> Ranking:
        """The passages allowed whose vectors have the highest dot product with `vector` (dim,)."""
        vector = np.ascontiguousarray(vector, np.float32)
        matched = self.count if allowed is None else int(np.count_nonzero(allowed))
        # One question is too little work to share between threads.
        faiss.omp_set_num_threads(1)
        if matched <= _FEW:
            ids = np.arange(self.count) if allowed is None else np.flatnonzero(allowed)
            scores = self.scores(vector, ids)
        else:
            ids, scores = self._nearest(vector, min(limit, matched), matched, allowed)
        best, best_scores = rank(ids, scores, limit)
        return Ranking(ids=best, scores=best_scores, floor=self._floor(vector), matched=matched)

    def scores(self, vector: Vectors, ids: Ids) -> Scores:
        """(k,) float32: the dot products of passages with `vector` (dim,)."""
        # Not `@`, which warns of what OpenBLAS's kernels did in lanes that nobody reads (numpy issue 24067).
        return np.asarray(np.dot(self._vectors[ids].astype(np.float32), vector), np.float32)

    def _floor(self, vector: Vectors) -> float:
        """The lowest score of the sample. Whatever is farthest from a question is nearest to its opposite."""
        if self._coded is None:
            return float(np.dot(self._sample, vector).min(initial=1.0))
        return -float(self._coded_sample.nearest(-vector, 1, _FARTHEST)[1][0])

    def _nearest(self, vector: Vectors, limit: int, matched: int, allowed: Mask | None) -> tuple[Ids, Scores]:
        """The nearest `limit` of the `matched` passages allowed, with their dot products."""
        selector = None
        if allowed is not None:
            # The selector reads the bits where numpy keeps them, so both must outlive the search.
            bits = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(allowed), faiss.swig_ptr(bits))
        if self._coded is None:
            return _found(self._flat.search(vector[None], limit, params=_faiss.SearchParameters(sel=selector)))
        if matched * _SPARSE <= self.count:
            return self._coded.nearest_as_they_are(vector, limit, selector)
        compared = min(max(_LEAST_COMPARED, _COMPARED * limit, self.count // _HELD_COMPARED), matched)
        return self._coded.nearest(vector, limit, compared, selector)


class _Coded:
    """Vectors behind their codes: a scan of all codes, and the vectors of the best compared as they are.

    The scan is an index of one list, since that is the one of FAISS's to take a filter while it scans.
    """

    def __init__(self, codebook: "_Codebook", codes: _Codes, vectors: NDArray[np.float16]) -> None:
        """codes: (n, dim / 4), taken over; vectors: (n, dim), used where they lie."""
        # Indices keep pointers to one another, and to the vectors.
        self._vectors = vectors
        self._one = codebook.one_list()
        self._scan = codebook.scan(self._one, codes)
        self._exact = _in_place(vectors)
        self._both: Any = faiss.IndexRefine(self._scan, self._exact)
        self._how = lru_cache(maxsize=16)(_how)

    def nearest(self, vector: Vectors, limit: int, compared: int, selector: Any = None) -> tuple[Ids, Scores]:
        """The nearest `limit` of the `compared` that are the best by their codes, with their dot products."""
        how = self._how(limit, compared) if selector is None else _how(limit, compared, selector)
        return _found(self._both.search(vector[None], limit, params=how))

    def nearest_as_they_are(self, vector: Vectors, limit: int, selector: Any) -> tuple[Ids, Scores]:
        """The nearest `limit` of those selected, whatever their codes."""
        return _found(self._exact.search(vector[None], limit, params=_faiss.SearchParameters(sel=selector)))


def _how(limit: int, compared: int, selector: Any = None) -> Any:
    """FAISS's parameters of a search; it only reads them."""
    return _faiss.IndexRefineSearchParameters(
        # A little more, since FAISS cuts off what is behind the point of a product in float32.
        k_factor=(compared + 0.5) / limit,
        base_index_params=_faiss.SearchParametersIVF(sel=selector),
    )


def _found(result: tuple[Scores, Ids]) -> tuple[Ids, Scores]:
    """What FAISS found for one question; it says -1 where there is no more."""
    scores, ids = result[0][0], result[1][0]
    there = ids >= 0
    return ids[there], scores[there]


class _Codebook:
    """Product quantisation: 16 pairs of values for each two dimensions of a vector, and how many vectors it knew."""

    def __init__(self, centroids: Vectors, learned_from: int) -> None:
        """centroids: (dim / 2, 16, 2)."""
        self.learned_from = learned_from
        self.code_size = len(centroids) * _BITS // 8
        self._centroids = centroids
        self._quantizer = faiss.ProductQuantizer(len(centroids) * _DIMS_A_CODE, len(centroids), _BITS)
        faiss.copy_array_to_vector(centroids.ravel(), self._quantizer.centroids)

    @classmethod
    def learn(cls, vectors: NDArray[np.float16]) -> "_Codebook":
        """Learn from rows spread over all vectors (k-means; equal vectors give an equal codebook)."""
        count, dim = vectors.shape
        rows = vectors[:: max(1, count // _LEARNED_FROM)].astype(np.float32)
        quantizer = faiss.ProductQuantizer(dim, dim // _DIMS_A_CODE, _BITS)
        quantizer.train(rows)
        learned = faiss.vector_to_array(quantizer.centroids)
        return cls(learned.reshape(dim // _DIMS_A_CODE, 1 << _BITS, _DIMS_A_CODE), count)

    @classmethod
    def read(cls, folder: Path) -> "_Codebook":
        with np.load(folder / _CODEBOOK, allow_pickle=False) as held:
            return cls(held["centroids"], int(held["learned_from"]))

    def write(self, folder: Path) -> None:
        np.savez(folder / _CODEBOOK, centroids=self._centroids, learned_from=np.int64(self.learned_from))

    def codes(self, vectors: Vectors) -> _Codes:
        """(n, dim / 4) uint8."""
        if not len(vectors):
            return np.zeros((0, self.code_size), np.uint8)
        return np.asarray(self._quantizer.compute_codes(np.ascontiguousarray(vectors)))

    def one_list(self) -> "faiss.IndexFlatIP":
        """What assigns every vector to the same list."""
        one = faiss.IndexFlatIP(len(self._centroids) * _DIMS_A_CODE)
        one.add(np.zeros((1, one.d), np.float32))
        return one

    def scan(self, one: "faiss.IndexFlatIP", codes: _Codes) -> "faiss.IndexIVFPQFastScan":
        """An index that holds codes in one list; `one` must outlive it."""
        plain = faiss.IndexIVFPQ(one, one.d, 1, len(self._centroids), _BITS, faiss.METRIC_INNER_PRODUCT)
        plain.by_residual = False
        faiss.copy_array_to_vector(self._centroids.ravel(), plain.pq.centroids)
        plain.is_trained = True
        ids, packed = np.arange(len(codes)), np.ascontiguousarray(codes)
        lists: Any = plain.invlists
        lists.add_entries(0, len(codes), faiss.swig_ptr(ids), faiss.swig_ptr(packed))
        plain.ntotal = len(codes)
        return faiss.IndexIVFPQFastScan(plain, _SCANNED_AT_ONCE)


def _in_place(vectors: NDArray[np.float16]) -> Any:
    """An index that compares vectors as they are, where they lie; `vectors` must outlive it."""
    count, dim = vectors.shape
    index: Any = faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.is_trained, index.ntotal = True, count
    # What FAISS's `create_view` does, which Python cannot call: it asks for a pointer that only C++ can make.
    codes = index.codes
    codes.is_owned = False
    codes.view_data = codes.c_ptr = faiss.swig_ptr(vectors.view(np.uint8))
    codes.view_size = codes.c_size = vectors.nbytes
    return index


def _write_codes(folder: Path) -> None:
    """Learn a codebook and write it with the codes of a folder's vectors, where these are many."""
    vectors = read_vectors(folder)
    count, dim = vectors.shape
    if count < _CODED_FROM or dim % (2 * _DIMS_A_CODE):
        return
    codebook = _Codebook.learn(vectors)
    codes = created(folder / _CODES, np.uint8, (count, codebook.code_size))
    for start in range(0, count, _LEARNED_FROM):
        part = vectors[start : start + _LEARNED_FROM].astype(np.float32)
        codes[start : start + len(part)] = codebook.codes(part)
    finished(codes)
    codebook.write(folder)


class FaissStore:
    """FAISS for the vectors, an inverted index for the terms of each field."""

    def __init__(self, dense: DenseIndex, fields: dict[Field, LexicalIndex]) -> None:
        counts = {dense.count, *(lexical.count for lexical in fields.values())}
        if len(counts) != 1:
            raise StoreError(f"the parts of the store hold different numbers of passages: {sorted(counts)}")
        self._dense = dense
        self._fields = fields

    @classmethod
    def write(cls, folder: Path, contents: Contents) -> None:
        """Write the vectors, and per field a folder of terms."""
        DenseIndex.write(folder, contents.vectors)
        for field in FIELDS:
            LexicalIndex.write(folder / field, contents.terms[field])

    @classmethod
    def update(cls, former: Path, folder: Path, kept: Ids, added: Contents) -> None:
        """Write what is kept of a former store and what was added.

        Raises:
            StoreError: the former files are missing or damaged.
        """
        DenseIndex.update(former, folder, kept, added.vectors)
        for field in FIELDS:
            LexicalIndex.update(former / field, folder / field, kept, added.terms[field])

    @classmethod
    def open(cls, folder: Path) -> "FaissStore":
        """Open what `write` or `update` wrote.

        Raises:
            StoreError: the files are missing or damaged.
        """
        return cls(DenseIndex.open(folder), {field: LexicalIndex.open(folder / field) for field in FIELDS})

    @property
    def count(self) -> int:
        """How many passages it holds."""
        return int(self._dense.count)

    def dense(self, vector: Vectors, limit: int, allowed: Mask | None = None) -> Ranking:
        """The passages allowed whose vectors have the highest dot product with `vector` (dim,)."""
        return self._dense.search(vector, limit, allowed)

    def dense_scores(self, vector: Vectors, ids: Ids) -> Scores:
        """(k,) float32: the dot products of passages with `vector` (dim,)."""
        return self._dense.scores(vector, ids)

    def lexical(self, terms: Terms, *, field: Field) -> Scores:
        """(n,) float32: every passage's BM25 score."""
        return self._fields[field].scores(terms)

    def knows(self, term: str, *, field: Field) -> bool:
        """Whether any passage has a term."""
        return self._fields[field].knows(term)

    def close(self) -> None:
        """Let go of files and memory."""
        del self._dense
        self._fields = {}
