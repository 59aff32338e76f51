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
_FIRST, _GROWTH, _MOST = 32, 4, 1600
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
    scale = _Scales(
        dense_weight=dense_weight,
        dense=_Scale(floor=nearest.floor, top=top),
        lexical=_Scale(floor=0.0, top=float(within.max(initial=0.0))),
    )
    found = [scale.scored(nearest.ids, nearest.scores, within[nearest.ids])]
    if not nearest.complete and dense_weight < 1 and not scale.lexical.flat:
        within[nearest.ids] = 0.0  # they are found
        found += _by_words(scale, within, found[0], limit, lambda ids: store.dense_scores(vector, ids))
    return _best(found, limit, matched)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """From the score that counts as nothing to the highest of the passages allowed."""

    floor: float
    top: float

    @property
    def flat(self) -> bool:
        """Whether all passages count the same."""
        return self.top - self.floor < _ALIKE

    def of(self, scores: Scores) -> _Floats:
        """Scores as numbers from 0 to 1."""
        if self.flat:
            return np.full(len(scores), 1.0 if self.top > 0 else 0.0)
        scaled = (scores.astype(np.float64) - self.floor) / (self.top - self.floor)
        return np.minimum(np.maximum(scaled, 0.0), 1.0)  # np.clip takes twice as long over so few


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    """Passages with their scores, in no order; (k,) each."""

    ids: Ids
    dense: Scores
    lexical: Scores
    score: _Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scales:
    """Both scales, and how they are added up."""

    dense_weight: float
    dense: _Scale
    lexical: _Scale

    def least(self, reached: float, last: float) -> float:
        """By words, what a passage must score that is no nearer than `last`, for a fused score of `reached`."""
        by_vector = self.dense_weight * float(self.dense.of(np.array([last]))[0])
        return max((reached - by_vector - _ALIKE) / (1 - self.dense_weight) * self.lexical.top, _LEAST)

    def scored(self, ids: Ids, dense: Scores, lexical: Scores) -> _Scored:
        """Passages with both scores, fused."""
        score = self.dense_weight * self.dense.of(dense) + (1 - self.dense_weight) * self.lexical.of(lexical)
        return _Scored(ids=ids, dense=dense, lexical=lexical, score=score)


def _by_words(
    scale: _Scales, within: Scores, nearest: _Scored, limit: int, dense_scores: Callable[[Ids], Scores]
) -> list[_Scored]:
    """The passages beyond the nearest that could be among the best for their words. within: (n,) scores by words."""
    last, score = float(nearest.dense[-1]), nearest.score
    least = scale.least(_reached(score, limit), last)
    ids = np.flatnonzero(within >= least)
    ids, by_words = rank(ids, within[ids], _MOST)
    found: list[_Scored] = []
    start, size = 0, _FIRST
    while start < len(ids) and by_words[start] >= least:
        stop = start + int(np.count_nonzero(by_words[start : start + size] >= least))
        found.append(scale.scored(ids[start:stop], dense_scores(ids[start:stop]), by_words[start:stop]))
        score = np.concatenate([score, found[-1].score])
        least = scale.least(_reached(score, limit), last)
        start, size = stop, size * _GROWTH
    return found


def _reached(score: _Floats, limit: int) -> float:
    """The `limit`-th highest score, 0 where there are fewer."""
    return float(np.partition(score, len(score) - limit)[len(score) - limit]) if len(score) >= limit else 0.0


def _best(found: list[_Scored], limit: int, matched: int) -> Fused:
    """The best of scored passages, sorted."""
    ids, dense, lexical, score = (
        np.concatenate([getattr(part, name) for part in found]) for name in ("ids", "dense", "lexical", "score")
    )
    order = np.lexsort((ids, -score))[:limit]
    return Fused(
        ids=ids[order],
        score=score[order],
        dense=dense[order].astype(np.float64),
        lexical=lexical[order].astype(np.float64),
        matched=matched,
    )


def _by_terms_alone(by_terms: Scores, limit: int, allowed: Mask | None) -> Fused:
    """The best that share a term."""
    ranking = best_above_zero(by_terms, limit, allowed)
    scale = _Scale(floor=0.0, top=float(ranking.scores[0]) if len(ranking.ids) else 0.0)
    return Fused(
        ids=ranking.ids,
        score=scale.of(ranking.scores),
        dense=np.full(len(ranking.ids), np.nan),
        lexical=ranking.scores.astype(np.float64),
        matched=ranking.matched,
    )
