"""Two rankings -> one: both scores brought to one scale (min-max), then a weighted sum.

Min-max beat reciprocal rank fusion on both test sets measured (docs/decisions). Only the nearest passages by vector are
ranked. What is not among them is no nearer than the last of these, so its words would have to make up for that: the
passages whose words could (the scores of all are at hand) are compared by vector too, the highest first, until the next
cannot be one of the best any more (the threshold algorithm of Fagin, Lotem and Naor, PODS 2001).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ranking import Ids, Mask, Scores, best_above_zero, rank
from index.store import Field, Store, Terms, Vectors

# The nearest passages that are ranked, at least.
_NEAREST = 100
# How many are compared for their words: the first so many at once, then four times as many, and so on; at most so many,
# since where all score alike no bound would ever do.
_FIRST, _GROWTH, _MOST = 64, 4, 1600
# Scores nearer than this differ by rounding only.
_ALIKE = 1e-6
_LEAST = float(np.finfo(np.float32).tiny)

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fused:
    """Passages by fused score, best first, equal scores by id.

    ids (k,) int64; score (k,) in [0, 1]; dense (k,) cosines, NaN where vectors had no part; lexical (k,) BM25 scores,
    0 where no term is shared. matched: how many of the passages allowed share a term with the question.
    """

    ids: Ids
    score: _Floats
    dense: _Floats
    lexical: _Floats
    matched: int


def fuse(
    store: Store,
    vector: Vectors | None,
    terms: Terms,
    *,
    field: Field,
    dense_weight: float,
    limit: int,
    allowed: Mask | None = None,
) -> Fused:
    """The `limit` best of the passages allowed by `dense_weight` * dense + (1 - `dense_weight`) * lexical.

    vector: (dim,), needed where `dense_weight` > 0. With weight 0 only passages that share a term are found.
    Each part is (score - floor) / (highest of the passages allowed - floor), at least 0; see `Store` for the floors.
    """
    if dense_weight > 0 and vector is None:
        raise ValueError(f"fuse: dense_weight is {dense_weight}, so a vector of the question is needed")
    by_terms = store.lexical(terms, field=field)
    if vector is None or dense_weight == 0:
        return _by_terms_alone(by_terms, limit, allowed)
    within = by_terms if allowed is None else by_terms * allowed
    # Of a float above 0 some bit is set; numpy counts whole numbers twice as fast.
    matched = int(np.count_nonzero(within.view(np.int32)))
    nearest = store.dense(vector, max(_NEAREST, 2 * limit), allowed)
    top = float(nearest.scores[0]) if len(nearest.ids) else 0.0
    scales = _Scales(
        dense=_Scale(weight=dense_weight, floor=nearest.floor, top=top),
        lexical=_Scale(weight=1 - dense_weight, floor=0.0, top=float(within.max(initial=0.0))),
    )
    found = scales.scored(nearest.ids, nearest.scores, within[nearest.ids])
    if not nearest.complete and not scales.lexical.flat:
        within[nearest.ids] = 0.0  # they are found
        found = _with_words(scales, within, found, limit, lambda ids: store.dense_scores(vector, ids))
    order = np.lexsort((found.ids, -found.score))[:limit]
    return Fused(
        ids=found.ids[order],
        score=found.score[order],
        dense=found.dense[order].astype(np.float64),
        lexical=found.lexical[order].astype(np.float64),
        matched=matched,
    )


class _Scale:
    """What a score adds: nothing at the floor, all the weight at the highest score of the passages allowed."""

    def __init__(self, *, weight: float, floor: float, top: float) -> None:
        self.weight, self.top = weight, top
        self._floor = floor
        # Where all passages count the same; a weight of nothing tells nothing either.
        self.flat = top - floor < _ALIKE or weight == 0
        self.gain = 0.0 if self.flat else weight / (top - floor)

    def of(self, scores: Scores) -> _Floats:
        """Scores as numbers from 0 to the weight."""
        if self.flat:
            return np.full(len(scores), self.weight if self.top > 0 else 0.0)
        # np.clip takes twice as long over so few
        return np.minimum(np.maximum((scores.astype(np.float64) - self._floor) * self.gain, 0.0), self.weight)


@dataclass(frozen=True, slots=True)
class _Scored:
    """Passages with their scores, in no order; (k,) each."""

    ids: Ids
    dense: Scores
    lexical: Scores
    score: _Floats

    def and_of(self, more: list["_Scored"]) -> "_Scored":
        """All of them together."""
        parts = [self, *more]
        return _Scored(
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.dense for part in parts]),
            np.concatenate([part.lexical for part in parts]),
            np.concatenate([part.score for part in parts]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scales:
    """Both scales."""

    dense: _Scale
    lexical: _Scale

    def scored(self, ids: Ids, dense: Scores, lexical: Scores) -> _Scored:
        """Passages with both scores, fused."""
        return _Scored(ids, dense, lexical, self.dense.of(dense) + self.lexical.of(lexical))


def _with_words(
    scales: _Scales, within: Scores, nearest: _Scored, limit: int, dense_scores: Callable[[Ids], Scores]
) -> _Scored:
    """The nearest, and the passages beyond them that could be among the best for their words.

    within: (n,) scores by words, 0 for the nearest.
    """
    # What a passage gains by vector that is no nearer than the last of the nearest.
    by_vector = float(scales.dense.of(nearest.dense[-1:])[0])

    def least(score: _Floats) -> float:
        """What a passage must score by words to reach the `limit`-th of those scored."""
        return max((_reached(score, limit) - by_vector - _ALIKE) / scales.lexical.gain, _LEAST)

    needed = least(nearest.score)
    ids = np.flatnonzero(within >= needed)
    if not len(ids):
        return nearest
    ids, by_words = rank(ids, within[ids], _MOST)
    score, more = nearest.score, []
    start, size = 0, _FIRST
    while start < len(ids) and by_words[start] >= needed:
        part = slice(start, start + int(np.count_nonzero(by_words[start : start + size] >= needed)))
        more.append(scales.scored(ids[part], dense_scores(ids[part]), by_words[part]))
        start, size = part.stop, size * _GROWTH
        if start < len(ids):
            score = np.concatenate([score, more[-1].score])
            needed = least(score)
    return nearest.and_of(more)


def _reached(score: _Floats, limit: int) -> float:
    """The `limit`-th highest score, 0 where there are fewer."""
    return float(np.partition(score, len(score) - limit)[len(score) - limit]) if len(score) >= limit else 0.0


def _by_terms_alone(by_terms: Scores, limit: int, allowed: Mask | None) -> Fused:
    """The best that share a term."""
    ranking = best_above_zero(by_terms, limit, allowed)
    scale = _Scale(weight=1.0, floor=0.0, top=float(ranking.scores[0]) if len(ranking.ids) else 0.0)
    return Fused(
        ids=ranking.ids,
        score=scale.of(ranking.scores),
        dense=np.full(len(ranking.ids), np.nan),
        lexical=ranking.scores.astype(np.float64),
        matched=ranking.matched,
    )
