"""Two rankings -> one: both scores brought to one scale (min-max), then a weighted sum.

Min-max beat reciprocal rank fusion on both test sets measured (docs/decisions). It needs only the heads of the two
lists: what stands in neither head cannot score above the weighted sum of the two last scores listed (the threshold
algorithm of Fagin, Lotem and Naor, PODS 2001). The heads grow until that bound proves the best `limit`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ranking import Ids, Mask, Ranking, Scores, best_above_zero
from index.store import Field, Store, Terms, Vectors

_FIRST_DEPTH = 100
_GROWTH = 4
# Beyond so many passages of each list the best are taken as they stand: where all score alike no bound would ever do.
_MOST_DEPTH = 1600
# Scores nearer than this differ by rounding only.
_ALIKE = 1e-6

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
    if dense_weight == 0:
        vector = None
    depth = max(_FIRST_DEPTH, 2 * limit)
    scores = store.lexical(terms, field=field)
    while True:
        lexical = best_above_zero(scores, depth, allowed)
        dense = None if vector is None else store.dense(vector, depth, allowed)
        fused = _union(store, vector, dense, lexical, scores, dense_weight=dense_weight)
        proven = len(fused.ids) >= limit and fused.score[limit - 1] >= _bound(dense, lexical, dense_weight)
        if proven or (lexical.complete and (dense is None or dense.complete)) or depth >= _MOST_DEPTH:
            break
        depth *= _GROWTH
    return Fused(
        ids=fused.ids[:limit],
        score=fused.score[:limit],
        dense=fused.dense[:limit],
        lexical=fused.lexical[:limit],
        matched=lexical.matched,
    )


def _union(
    store: Store,
    vector: Vectors | None,
    dense: Ranking | None,
    lexical: Ranking,
    scores: Scores,
    *,
    dense_weight: float,
) -> Fused:
    """Every passage of either list with both scores, fused and sorted. scores: (n,) of all passages, by terms."""
    ids = np.sort(lexical.ids) if dense is None else np.union1d(dense.ids, lexical.ids)
    lexical_scores = scores[ids].astype(np.float64)
    score = (1 - dense_weight) * _normalised(lexical_scores, lexical)
    dense_scores = np.full(len(ids), np.nan)
    if dense is not None and vector is not None:
        dense_scores, missing = _listed(dense, ids)
        if len(missing):
            dense_scores[missing] = store.dense_scores(vector, ids[missing])
        score = score + dense_weight * _normalised(dense_scores, dense)
    order = np.lexsort((ids, -score))
    return Fused(
        ids=ids[order],
        score=score[order],
        dense=dense_scores[order],
        lexical=lexical_scores[order],
        matched=lexical.matched,
    )


def _listed(ranking: Ranking, ids: Ids) -> tuple[_Floats, Ids]:
    """(scores of those ids, 0 where the ranking does not list one; places of these). ids: ascending, all of the
    ranking's among them.
    """
    scores, listed = np.zeros(len(ids)), np.zeros(len(ids), np.bool_)
    places = np.searchsorted(ids, ranking.ids)
    scores[places] = ranking.scores
    listed[places] = True
    return scores, np.flatnonzero(~listed)


def _normalised(scores: _Floats, ranking: Ranking) -> _Floats:
    """Scores on the scale from the floor (0) to the highest listed (1)."""
    if not len(ranking.ids):
        return np.zeros(len(scores))
    top = float(ranking.scores[0])
    if top - ranking.floor < _ALIKE:
        return np.full(len(scores), 1.0 if top > 0 else 0.0)
    return np.clip((scores - ranking.floor) / (top - ranking.floor), 0.0, 1.0)


def _bound(dense: Ranking | None, lexical: Ranking, dense_weight: float) -> float:
    """The highest fused score a passage in neither list can have; below 0 where every passage is in one."""
    if dense is not None and dense.complete:
        return -1.0
    bound = 0.0
    if not lexical.complete:
        bound += (1 - dense_weight) * float(_normalised(np.array([float(lexical.scores[-1])]), lexical)[0])
    if dense is not None:
        bound += dense_weight * float(_normalised(np.array([float(dense.scores[-1])]), dense)[0])
    return bound
