"""Measures of a ranking against the set of what is relevant, one function each; relevance is yes or no.

Every function takes the ranking, best first and without repetitions, and gives a number from 0 to 1. Averages over
questions are plain means. `tests/test_metrics.py` compares all of them with pytrec_eval, the trec_eval of NIST.
"""

import math
from collections.abc import Callable, Collection, Sequence
from functools import partial


def ndcg(ranking: Sequence[str], relevant: Collection[str], *, k: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen, ACM TOIS 20(4), 2002), binary gains.

    nDCG@k = DCG@k / iDCG@k, DCG@k = sum over ranks r <= k with a relevant item of 1 / log2(r + 1), and iDCG@k the same
    sum for an ideal ranking. The discount is Burges et al.'s (ICML 2005), which trec_eval and BEIR use too.

    Raises:
        ValueError: nothing is relevant, so that no ranking can be right.
    """
    _check(relevant)
    gained = sum(1 / math.log2(rank + 1) for rank, item in enumerate(ranking[:k], start=1) if item in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return gained / ideal


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], *, k: int = 10) -> float:
    """1 / rank of the first relevant item among the first k, 0 where there is none; its mean is MRR@k.

    Voorhees, "The TREC-8 Question Answering Track Report" (1999); cut off at k as in MS MARCO (2016).

    Raises:
        ValueError: nothing is relevant.
    """
    _check(relevant)
    return next((1 / rank for rank, item in enumerate(ranking[:k], start=1) if item in relevant), 0.0)


def recall(ranking: Sequence[str], relevant: Collection[str], *, k: int = 10) -> float:
    """The share of the relevant items that stand among the first k: |first k and relevant| / |relevant|.

    Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), section 8.4.

    Raises:
        ValueError: nothing is relevant.
    """
    _check(relevant)
    return sum(item in relevant for item in ranking[:k]) / len(relevant)


# What is reported of search, by the name it is reported under.
REPORTED: dict[str, Callable[[Sequence[str], Collection[str]], float]] = {
    "ndcg@10": partial(ndcg, k=10),
    "mrr@10": partial(reciprocal_rank, k=10),
    "recall@1": partial(recall, k=1),
    "recall@5": partial(recall, k=5),
    "recall@10": partial(recall, k=10),
}


def _check(relevant: Collection[str]) -> None:
    if not relevant:
        raise ValueError("a question without a relevant item cannot be measured; expected at least one")
