"""BM25 over one field: an inverted index in memory-mapped arrays.

    terms.npy     (v,) uint64, sorted: the first 8 bytes of each term's BLAKE2b; terms themselves are not kept
    starts.npy    (v + 1,) int64: the postings of term t are those from starts[t] to starts[t + 1]
    passages.npy  (p,) int32: the passage of each posting, ascending within a term
    counts.npy    (p,) uint8: how often the term stands in it, at most 255
    parts.npy     (p,) float32: what that gives, tf / (tf + k1 * (1 - b + b * length / mean length))
    lengths.npy   (n,) int32: terms of each passage, repetitions counted

An index is made from a former one by merging arrays (`LexicalIndex.update`), without the texts.

Scores are those of `index.exact`. A search adds up all postings of its terms, .9 nanoseconds each, and so knows the
score of every passage, which fusion asks for. A term that stands in more than half of the passages is added as a column
instead, a number for every passage: of 100,000 passages 16 terms, which have 59 % of the postings that a question asks
for; .03 milliseconds less of .23. Columns are made at opening and held in memory, 4 bytes for each passage and term (6
MiB there, 7 of the field without marks), at most as many as the term's postings have in the files, which are not read
again. Leaving out postings that cannot matter (MaxScore; Turtle and Flood 1995) was tried and took as long: what it
looks up it must look up passage by passage.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

# The compiled loop behind scipy's product of a sparse column and a number. Its public wrapper takes 50 microseconds to
# check a column that the loop goes through in 10. `csr_matvecs` is that of a row of numbers with whole columns.
from scipy.sparse._sparsetools import csc_matvec, csr_matvecs

from index.arrays import created, finished, mapped
from index.ranking import Ids, Mask, Scores
from index.store import BM25_B, BM25_K1, CodedTerms, StoreError, Terms, term_weights

_Hashes = NDArray[np.uint64]
_Counts = NDArray[np.uint8]
_MOST = 255
# Postings merged at a time.
_CHUNK = 1 << 22
# Postings that the compiled loop may count through: it knows numbers of 32 bits, and a term reaches beyond its first.
_REACH = 1 << 30


class LexicalIndex:
    """One field's inverted index. Thread-safe: nothing is written after opening."""

    def __init__(self, folder: Path) -> None:
        """Use `LexicalIndex.open`."""
        self._terms: _Hashes = mapped(folder / "terms.npy")
        self._starts: Ids = mapped(folder / "starts.npy")
        self._passages: NDArray[np.int32] = mapped(folder / "passages.npy")
        self._counts: _Counts = mapped(folder / "counts.npy")
        self._parts: Scores = mapped(folder / "parts.npy")
        self._lengths: NDArray[np.int32] = mapped(folder / "lengths.npy")
        self.count = len(self._lengths)
        if (
            len(self._starts) != len(self._terms) + 1
            or int(self._starts[-1]) != len(self._passages)
            or len(self._counts) != len(self._passages)
            or len(self._parts) != len(self._passages)
        ):
            raise StoreError(f"the parts of the BM25 index in {folder} do not belong together")
        sizes = np.diff(self._starts)
        self._common: Ids = np.flatnonzero(self._is_common(sizes))
        self._columns: Scores = np.zeros((len(self._common), self.count), np.float32)
        for column, code in zip(self._columns, self._common.tolist(), strict=True):
            postings = slice(int(self._starts[code]), int(self._starts[code + 1]))
            column[self._passages[postings]] = self._parts[postings]

    @classmethod
    def open(cls, folder: Path) -> "LexicalIndex":
        """Open what `write` or `update` wrote.

        Raises:
            StoreError: the files are missing or damaged.
        """
        try:
            return cls(folder)
        except (OSError, ValueError, EOFError) as error:
            raise StoreError(f"the BM25 index in {folder} cannot be read ({error})") from error

    @staticmethod
    def write(folder: Path, terms: CodedTerms) -> None:
        """Write the index of passages. Equal passages give equal files."""
        folder.mkdir()
        _write(folder, [_inverted(terms, np.arange(len(terms)))], terms.lengths())

    @staticmethod
    def update(former: Path, folder: Path, kept: Ids, added: CodedTerms) -> None:
        """Write an index from a former one; see `index.store.StoreKind.update`.

        Raises:
            StoreError: the former files are missing or damaged.
        """
        before = LexicalIndex.open(former)
        folder.mkdir()
        fresh = np.flatnonzero(kept < 0)
        lengths = np.empty(len(kept), np.int32)
        lengths[fresh] = added.lengths()
        lengths[kept >= 0] = before._lengths[kept[kept >= 0]]
        renamed = np.full(before.count, -1, np.int32)
        renamed[kept[kept >= 0]] = np.flatnonzero(kept >= 0)
        held = _Postings(before._terms, before._starts, before._passages, before._counts, renamed)
        _write(folder, [held, _inverted(added, fresh)], lengths)

    def scores(self, terms: Terms) -> Scores:
        """(n,) float32: every passage's score, 0 where it shares no term."""
        weighed = term_weights(terms)
        places, codes = self._found(_hashes(weighed, _remembered))
        starts, ends = self._starts[codes], self._starts[codes + 1]
        sizes = ends - starts
        idf = np.log1p((self.count - sizes + 0.5) / (sizes + 0.5))
        weights = (np.fromiter(weighed.values(), np.float64, len(weighed))[places] * idf).astype(np.float32)
        total = np.zeros(self.count, np.float32)
        common = self._is_common(sizes)
        if common.any():
            columns = np.searchsorted(self._common, codes[common]).astype(np.int32)
            row = np.array([0, len(columns)], np.int32)
            csr_matvecs(1, len(self._common), self.count, row, columns, weights[common], self._columns, total)
            starts, ends, weights = starts[~common], ends[~common], weights[~common]
        last_first = np.argsort(-starts)
        for group in _within_reach(starts, last_first):
            # The loop takes column i to be the postings from bounds[i] to bounds[i + 1]. Every second column lies
            # between two terms; since the last term comes first it ends before it begins, and is empty.
            base = int(starts[group[-1]])
            bounds = np.empty(2 * len(group), np.int32)
            bounds[0::2], bounds[1::2] = starts[group] - base, ends[group] - base
            twice = np.repeat(weights[group], 2)
            passages, parts = self._passages[base:], self._parts[base:]
            csc_matvec(self.count, len(bounds) - 1, bounds, passages, parts, twice, total)
        return total

    def knows(self, term: str) -> bool:
        """Whether any passage has the term."""
        return bool(len(self._found(_hashes([term]))[1]))

    def _is_common(self, sizes: Ids) -> Mask:
        """Of terms with so many postings, which are added as columns."""
        return 2 * sizes > self.count

    def _found(self, hashes: _Hashes) -> tuple[Ids, Ids]:
        """(places in `hashes`, codes) of the terms that are known."""
        if not len(self._terms) or not len(hashes):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        codes = np.minimum(np.searchsorted(self._terms, hashes), len(self._terms) - 1)
        places = np.flatnonzero(self._terms[codes] == hashes)
        return places, codes[places]


def _within_reach(starts: Ids, last_first: Ids) -> list[Ids]:
    """Terms in groups whose postings lie within reach of one another, nearly always one."""
    if not len(last_first):
        return []
    far = np.flatnonzero(np.diff(starts[last_first] // _REACH))
    return np.split(last_first, far + 1) if len(far) else [last_first]


@dataclass(frozen=True, slots=True)
class _Postings:
    """Postings to be merged: as in the files, and the new number of each passage, -1 where it is left out."""

    terms: _Hashes
    starts: Ids
    passages: NDArray[np.int32]
    counts: _Counts
    renamed: NDArray[np.int32]

    def sizes(self) -> Ids:
        """How many postings of each term are kept."""
        sizes = np.zeros(len(self.terms), np.int64)
        for start, end in _chunks(self.starts):
            kept = self.renamed[self.passages[self.starts[start] : self.starts[end]]] >= 0
            total = np.r_[0, np.cumsum(kept)]
            bounds = self.starts[start : end + 1] - self.starts[start]
            sizes[start:end] = total[bounds[1:]] - total[bounds[:-1]]
        return sizes

    def within(self, terms: _Hashes, first: int, last: int) -> tuple[Ids, NDArray[np.int32], _Counts]:
        """(place in `terms`, passage, count) of the postings kept of terms[first:last], by term and passage."""
        start, end = np.searchsorted(self.terms, terms[[first, last - 1]] + np.array([0, 1], np.uint64)).tolist()
        if last == len(terms):
            end = len(self.terms)
        place = np.searchsorted(terms, self.terms[start:end])
        passages = self.renamed[self.passages[self.starts[start] : self.starts[end]]]
        counts = self.counts[self.starts[start] : self.starts[end]]
        owner = np.repeat(place, np.diff(self.starts[start : end + 1]))
        kept = passages >= 0
        return owner[kept], passages[kept], counts[kept]


def _write(folder: Path, parts: list[_Postings], lengths: NDArray[np.int32]) -> None:
    """Merge postings and write an index of `len(lengths)` passages."""
    sizes = [part.sizes() for part in parts]
    terms = np.unique(np.concatenate([part.terms[size > 0] for part, size in zip(parts, sizes, strict=True)]))
    starts = np.zeros(len(terms) + 1, np.int64)
    for part, size in zip(parts, sizes, strict=True):
        present = size > 0
        starts[np.searchsorted(terms, part.terms[present]) + 1] += size[present]
    np.cumsum(starts, out=starts)
    norms, total = _norms(lengths), int(starts[-1])
    passages = created(folder / "passages.npy", np.int32, (total,))
    counts = created(folder / "counts.npy", np.uint8, (total,))
    parts_held = created(folder / "parts.npy", np.float32, (total,))
    for first, last in _chunks(starts):
        pieces = [part.within(terms, first, last) for part in parts]
        keys = [owner * len(lengths) + passage for owner, passage, _ in pieces]
        ids, times = pieces[0][1], pieces[0][2]
        if len(pieces) > 1:
            at = np.searchsorted(keys[0], keys[1])
            ids, times = np.insert(ids, at, pieces[1][1]), np.insert(times, at, pieces[1][2])
        span = slice(int(starts[first]), int(starts[last]))
        passages[span], counts[span] = ids, times
        tf = times.astype(np.float32)
        parts_held[span] = tf / (tf + norms[ids])
    for array in (passages, counts, parts_held):
        finished(array)
    for name, values in (("terms", terms), ("starts", starts), ("lengths", lengths)):
        np.save(folder / f"{name}.npy", values)


def _inverted(terms: CodedTerms, names: Ids) -> _Postings:
    """The postings of coded passages. names: the number of each."""
    hashes, places = np.unique(_hashes(terms.vocabulary), return_inverse=True)
    codes = places.astype(np.int32)[terms.codes] if len(hashes) else terms.codes
    ones = np.ones(len(codes), np.int32)
    rows = csr_array((ones, codes, terms.offsets), shape=(len(terms), len(hashes)), copy=True)  # summed in place
    rows.sum_duplicates()
    columns = rows.tocsc()
    return _Postings(
        terms=hashes,
        starts=columns.indptr.astype(np.int64),
        passages=columns.indices.astype(np.int32),
        counts=np.minimum(columns.data, _MOST).astype(np.uint8),
        renamed=names.astype(np.int32),
    )


def _digest(term: str) -> bytes:
    return hashlib.blake2b(term.encode(), digest_size=8).digest()


# The syllables of questions recur.
_remembered = lru_cache(maxsize=1 << 14)(_digest)


def _hashes(terms: Iterable[str], digest: Callable[[str], bytes] = _digest) -> _Hashes:
    """(v,) uint64. Two of ten million terms are taken for one with a probability of 3 in a million."""
    return np.frombuffer(b"".join(map(digest, terms)), "<u8").astype(np.uint64)


def _chunks(starts: Ids) -> Iterator[tuple[int, int]]:
    """Runs of terms with about `_CHUNK` postings each."""
    first = 0
    while first < len(starts) - 1:
        last = int(np.searchsorted(starts, starts[first] + _CHUNK, side="right")) - 1
        last = min(max(last, first + 1), len(starts) - 1)
        yield first, last
        first = last


def _norms(lengths: NDArray[np.int32]) -> Scores:
    """(n,) float32: what is added to a term's count in the denominator of BM25, for each passage."""
    mean = float(lengths.mean()) if len(lengths) and lengths.any() else 1.0
    return (BM25_K1 * (1 - BM25_B + BM25_B * lengths / mean)).astype(np.float32)
