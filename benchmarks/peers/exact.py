"""What is right: the nearest vectors and the best passages by BM25, computed over all passages.

Peers differ in BM25's parameters, in how they weigh rare terms and in how they fuse. Each is compared with its own
formula computed exactly: recall tells what its indexes lose, and not whose formula is the better one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.corpus import Corpus, Ids, Question, Vectors
from index.store import sample

Scores = NDArray[np.float32]
Scored = tuple[tuple[int, float], ...]
_CHUNK = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bm25:
    """A formula of BM25.

    idf: "lucene" ln(1 + (n - df + .5) / (df + .5)); "robertson" ln((n - df + .5) / (df + .5)), at least 1e-6 as in
    SQLite's FTS5. "bm25l" is that formula whole, with delta .5 and ln((n + 1) / (df + .5)), as Haystack has it.
    """

    k1: float
    b: float
    idf: Literal["lucene", "robertson", "bm25l"]

    @property
    def name(self) -> str:
        """As its lists are called in a file."""
        return f"{self.idf}-{self.k1:g}-{self.b:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What is right for one question: ids and scores, best first, of vectors and of one formula of BM25.

    min_max: the ids of the best by this project's fusion of all passages' scores.
    """

    dense: Scored
    lexical: Scored
    min_max: tuple[int, ...]


def nearest(vectors: Vectors, count: int, asked: Vectors, limit: int) -> tuple[Ids, Scores]:
    """The `limit` rows of the first `count` with the highest dot products, best first: (q, limit) ids and scores."""
    limit = min(limit, count)
    ids = np.zeros((len(asked), 0), np.int64)
    scores = np.zeros((len(asked), 0), np.float32)
    for start in range(0, count, _CHUNK):
        products: Scores = asked @ np.asarray(vectors[start : min(start + _CHUNK, count)]).T
        best = np.argpartition(-products, min(limit, products.shape[1]) - 1, axis=1)[:, :limit]
        ids = np.concatenate([ids, best + start], axis=1)
        scores = np.concatenate([scores, np.take_along_axis(products, best, axis=1)], axis=1)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :limit]
        ids, scores = np.take_along_axis(ids, order, axis=1), np.take_along_axis(scores, order, axis=1)
    return ids, scores


def write_exact(
    corpus: Corpus,
    questions: Sequence[Question],
    formulas: Sequence[Bm25],
    file: Path,
    *,
    depth: int,
    fused_by: Bm25,
    dense_weight: float,
    limit: int,
) -> None:
    """Compute the lists of `depth`, and the fused ones of `limit`, without a filter, and write them."""
    asked = np.stack([question.vector for question in questions])
    dense = np.concatenate(
        [asked @ corpus.vectors(start, stop).T for start, stop in corpus.batches(_CHUNK)], axis=1
    ).astype(np.float32)
    arrays: dict[str, NDArray[np.generic]] = {}
    arrays["dense_ids"], arrays["dense_scores"] = _padded([_best(scores, depth) for scores in dense], depth)
    postings = _Postings(corpus, questions)
    for formula in dict.fromkeys((*formulas, fused_by)):
        found, fused = [], []
        for question, by_vector in zip(questions, dense, strict=True):
            by_terms = postings.scores(question, formula)
            ids, scores = _best(by_terms, depth)
            found.append((ids[scores > 0], scores[scores > 0]))
            if formula == fused_by:
                floor = float(by_vector[sample(corpus.passages)].min())
                both = dense_weight * _scaled(by_vector, floor) + (1 - dense_weight) * _scaled(by_terms, 0.0)
                fused.append(_best(both, limit)[0])
        arrays[f"{formula.name}_ids"], arrays[f"{formula.name}_scores"] = _padded(found, depth)
        if fused:
            arrays["min_max"] = np.stack(fused)
    np.savez(file, **arrays)  # type: ignore[arg-type]


def read_exact(file: Path, formula: Bm25 | None) -> tuple[Right, ...]:
    """What is right for each question, by that formula."""
    with np.load(file) as arrays:
        dense = zip(arrays["dense_ids"].tolist(), arrays["dense_scores"].tolist(), strict=True)
        fused = arrays["min_max"].tolist()
        if formula is None:
            lexical: list[Scored] = [()] * len(fused)
        else:
            held = (arrays[f"{formula.name}_ids"].tolist(), arrays[f"{formula.name}_scores"].tolist())
            lexical = [_pairs(ids, scores) for ids, scores in zip(*held, strict=True)]
    return tuple(
        Right(dense=_pairs(ids, scores), lexical=terms, min_max=tuple(best))
        for (ids, scores), terms, best in zip(dense, lexical, fused, strict=True)
    )


class _Postings:
    """The passages of every term that is asked for, and how often each holds it."""

    def __init__(self, corpus: Corpus, questions: Sequence[Question]) -> None:
        count = self._count = corpus.passages
        asked = np.unique([code for question in questions for code in question.codes])
        looked_for = np.zeros(len(corpus.vocabulary), np.bool_)
        looked_for[asked] = True
        keys: list[Ids] = []
        for start, stop in corpus.batches(_CHUNK):
            codes = corpus.codes(start, stop)
            rows = np.repeat(np.arange(start, stop), np.diff(corpus.offsets[start : stop + 1]))
            wanted = looked_for[codes]
            keys.append(codes[wanted].astype(np.int64) * count + rows[wanted])
        found, frequencies = np.unique(np.concatenate(keys), return_counts=True)
        first, last = np.searchsorted(found, np.stack([asked, asked + 1]) * count)
        self._held = {
            int(code): (found[one:other] % count, frequencies[one:other])
            for code, one, other in zip(asked, first, last, strict=True)
        }
        lengths = np.diff(corpus.offsets[: count + 1]).astype(np.float64)
        self._relative = lengths / lengths.mean()

    def scores(self, question: Question, formula: Bm25) -> Scores:
        """(n,) the score of every passage, 0 where it shares no term."""
        scores = np.zeros(self._count, np.float64)
        for code in question.codes:
            rows, frequencies = self._held[code]
            scores[rows] += _weights(formula, frequencies, self._relative[rows], self._count)
        return scores.astype(np.float32)


def _weights(formula: Bm25, frequencies: Ids, relative: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """What one term gives the passages that hold it. relative: their lengths over the mean length."""
    held = len(frequencies)
    normal = 1 - formula.b + formula.b * relative
    if formula.idf == "bm25l":
        damped = frequencies / normal + 0.5
        return np.asarray(np.log((count + 1) / (held + 0.5)) * (formula.k1 + 1) * damped / (formula.k1 + damped))
    ratio = (count - held + 0.5) / (held + 0.5)
    idf = np.log(1 + ratio) if formula.idf == "lucene" else max(float(np.log(ratio)), 1e-6)
    return np.asarray(idf * frequencies * (formula.k1 + 1) / (frequencies + formula.k1 * normal))


def _best(scores: NDArray[np.floating[Any]], limit: int) -> tuple[Ids, Scores]:
    limit = min(limit, len(scores))
    ids = np.sort(np.argpartition(-scores, limit - 1)[:limit]).astype(np.int64)
    order = ids[np.argsort(-scores[ids], kind="stable")]
    return order, scores[order].astype(np.float32)


def _scaled(scores: Scores, floor: float) -> NDArray[np.float64]:
    """As `index.fuse` scales them: 0 at the floor and below, 1 at the highest."""
    top = float(scores.max())
    if top <= floor:
        return np.full(len(scores), float(top > 0))
    return np.clip((scores.astype(np.float64) - floor) / (top - floor), 0.0, 1.0)


def _padded(lists: Sequence[tuple[Ids, Scores]], depth: int) -> tuple[Ids, Scores]:
    """(q, depth) ids, -1 where a list is shorter, and scores."""
    ids, scores = np.full((len(lists), depth), -1, np.int64), np.zeros((len(lists), depth), np.float32)
    for row, (own, own_scores) in enumerate(lists):
        ids[row, : len(own)], scores[row, : len(own)] = own, own_scores
    return ids, scores


def _pairs(ids: Sequence[int], scores: Sequence[float]) -> Scored:
    return tuple((one, score) for one, score in zip(ids, scores, strict=True) if one >= 0)
