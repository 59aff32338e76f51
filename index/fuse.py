"""Two rankings -> one: min-max normalisation over all passages allowed, then a weighted sum.

Min-max beat reciprocal rank fusion on both test sets measured (docs/decisions). It is defined over the scores of all
passages, yet needs only the heads of the two lists: what stands in neither head cannot score above the weighted sum
of the two last scores listed (the threshold algorithm of Fagin, Lotem and Naor, PODS 2001). The heads grow until that
bound proves the best `limit`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.store import Field, Ids, Mask, Ranking, Store, Terms, Vectors

_FIRST_DEPTH = 256
_GROWTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Fused:
    """Passages by fused score, best first, equal scores by id; NaN where a retriever did not look.

    ids (k,) int64; score (k,) in [0, 1]; dense (k,) cosines; lexical (k,) BM25 scores, 0 where no term is shared.
    matched: how many passages allowed share a term with the question.
    """

    ids: Ids
    score: NDArray[np.float64]
    dense: NDArray[np.float64]
    lexical: NDArray[np.float64]
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
    Each part is (score - lowest) / (highest - lowest) over all passages allowed, 1 where all are equal and above 0.
    """
    depth = max(_FIRST_DEPTH, 2 * limit)
    while True:
        lexical = store.lexical(terms, depth, allowed, field=field)
        dense = None
        if dense_weight > 0:
            if vector is None:
                raise ValueError(f"fuse: dense_weight is {dense_weight}, so a vector of the question is needed")
            dense = store.dense(vector, depth, allowed)
        fused = _union(store, vector, terms, dense, lexical, field=field, dense_weight=dense_weight)
        if fused.ids.size >= limit and fused.score[limit - 1] >= _bound(dense, lexical, dense_weight):
            break
        if len(lexical.ids) == lexical.matched and (dense is None or len(dense.ids) == dense.matched):
            break
        depth *= _GROWTH
    return Fused(
        ids=fused.ids[:limit],
        score=fused.score[:limit],
        dense=fused.dense[:limit],
        lexical=fused.lexical[:limit],
        matched=fused.matched,
    )


def _union(
    store: Store,
    vector: Vectors | None,
    terms: Terms,
    dense: Ranking | None,
    lexical: Ranking,
    *,
    field: Field,
    dense_weight: float,
) -> Fused:
    """Every passage of either list with both scores, fused and sorted."""
    ids = lexical.ids if dense is None else np.union1d(dense.ids, lexical.ids)
    lexical_scores = _scores(lexical, ids)
    if len(lexical.ids) < lexical.matched:
        missing = ids[np.isnan(lexical_scores)]
        if missing.size:
            rest = store.lexical(terms, len(missing), _mask(store.count, missing), field=field)
            lexical_scores = np.where(np.isnan(lexical_scores), _scores(rest, ids), lexical_scores)
    lexical_scores = np.nan_to_num(lexical_scores, nan=0.0)
    score = (1 - dense_weight) * _normalised(lexical_scores, lexical)
    dense_scores = np.full(len(ids), np.nan)
    if dense is not None and vector is not None:
        dense_scores = _scores(dense, ids)
        missing = ids[np.isnan(dense_scores)]
        if missing.size:
            rest = store.dense(vector, len(missing), _mask(store.count, missing))
            dense_scores = np.where(np.isnan(dense_scores), _scores(rest, ids), dense_scores)
        score = score + dense_weight * _normalised(dense_scores, dense)
    score = np.clip(score, 0.0, 1.0)
    order = np.lexsort((ids, -score))
    return Fused(
        ids=ids[order],
        score=score[order],
        dense=dense_scores[order],
        lexical=lexical_scores[order],
        matched=lexical.matched,
    )


def _scores(ranking: Ranking, ids: Ids) -> NDArray[np.float64]:
    """The ranking's scores of those ids, NaN where it does not list one."""
    found = np.full(len(ids), np.nan)
    if len(ranking.ids):
        order = np.argsort(ranking.ids)
        place = np.minimum(np.searchsorted(ranking.ids[order], ids), len(order) - 1)
        listed = ranking.ids[order][place] == ids
        found[listed] = ranking.scores[order][place][listed]
    return found


def _normalised(scores: NDArray[np.float64], ranking: Ranking) -> NDArray[np.float64]:
    """Scores on the scale from the lowest of all passages allowed (0) to the highest (1)."""
    if not len(ranking.ids):
        return np.zeros(len(scores))
    top = float(ranking.scores[0])
    if top <= ranking.floor:
        return np.full(len(scores), 1.0 if top > 0 else 0.0)
    return np.asarray((scores - ranking.floor) / (top - ranking.floor))


def _bound(dense: Ranking | None, lexical: Ranking, dense_weight: float) -> float:
    """The highest fused score a passage in neither list can have."""
    bound = 0.0
    if len(lexical.ids) < lexical.matched:
        bound += (1 - dense_weight) * float(_normalised(np.array([float(lexical.scores[-1])]), lexical)[0])
    if dense is not None:
        if len(dense.ids) == dense.matched:
            return 0.0
        bound += dense_weight * float(_normalised(np.array([float(dense.scores[-1])]), dense)[0])
    return bound


def _mask(count: int, ids: Ids) -> Mask:
    mask = np.zeros(count, np.bool_)
    mask[ids] = True
    return mask
