"""Passages by score: the best few of many."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

# Passages of which only the best score is looked at to find a score that enough passages reach.
_BLOCK = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Passages by score, best first, equal scores by id.

    ids (k,) int64, scores (k,) float32. floor: the score that counts as nothing. matched: how many of the passages
    allowed a ranking without limit would list.
    """

    ids: Ids
    scores: Scores
    floor: float
    matched: int

    @property
    def complete(self) -> bool:
        """Whether it lists all that matched."""
        return len(self.ids) == self.matched


def rank(ids: Ids, scores: Scores, limit: int) -> tuple[Ids, Scores]:
    """The `limit` best of scored passages, best first, equal scores by id."""
    if 0 < limit < len(ids):
        cut = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        chosen = np.flatnonzero(scores >= cut)
        ids, scores = ids[chosen], scores[chosen]
    order = np.lexsort((ids, -scores))[: max(limit, 0)]
    return ids[order], scores[order]


def best_above_zero(scores: Scores, limit: int, allowed: Mask | None = None) -> Ranking:
    """The ranking of the passages allowed that score above 0, by the scores of all passages (n,)."""
    within = scores if allowed is None else scores * allowed
    least = _reached(within, limit)
    ids = np.flatnonzero(within >= least if least > 0 else within)
    best, best_scores = rank(ids, scores[ids], limit)
    return Ranking(ids=best, scores=best_scores, floor=0.0, matched=int(np.count_nonzero(within)))


def _reached(scores: Scores, limit: int) -> float:
    """A score that at least `limit` passages reach, not far from the `limit`-th highest; 0 where fewer have any."""
    whole = len(scores) // _BLOCK * _BLOCK
    # Passages that are so many apart from each other, which numpy goes through four times as fast as neighbours.
    highest = np.r_[scores[:whole].reshape(_BLOCK, -1).max(axis=0), scores[whole:]]
    # As many passages reach the score that as many blocks reach.
    return float(np.partition(highest, len(highest) - limit)[len(highest) - limit]) if len(highest) > limit else 0.0
