"""Measures of a ranking against the set of what is relevant, one function each; relevance is yes or no.

Every function takes the ranking, best first and without repetitions, and gives a number from 0 to 1. Averages over
questions are plain means.
"""

import math
from collections.abc import Collection, Sequence


def ndcg(ranking: Sequence[str], relevant: Collection[str], *, k: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen, ACM TOIS 2002), binary gains.

    sum over ranks r <= k with a relevant item of 1 / log2(r + 1), divided by the same sum for an ideal ranking.

    Raises:
        ValueError: nothing is relevant, so that no ranking can be right.
    """
    _check(relevant)
    gained = sum(1 / math.log2(rank + 1) for rank, item in enumerate(ranking[:k], start=1) if item in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return gained / ideal


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], *, k: int = 10) -> float:
    """1 / rank of the first relevant item among the first k, 0 where there is none; its mean is MRR@k.

    Raises:
        ValueError: nothing is relevant.
    """
    _check(relevant)
    return next((1 / rank for rank, item in enumerate(ranking[:k], start=1) if item in relevant), 0.0)


def recall(ranking: Sequence[str], relevant: Collection[str], *, k: int = 10) -> float:
    """The share of the relevant items that stand among the first k.

    Raises:
        ValueError: nothing is relevant.
    """
    _check(relevant)
    return sum(item in relevant for item in ranking[:k]) / len(relevant)


def _check(relevant: Collection[str]) -> None:
    if not relevant:
        raise ValueError("a question without a relevant item cannot be measured; expected at least one")
