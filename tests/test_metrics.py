"""Measures of a ranking by hand, and against pytrec_eval on rankings drawn at random."""

import math
import random

import pytest
import pytrec_eval

from evaluation.metrics import REPORTED, ndcg, recall, reciprocal_rank


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    assert ndcg(["a", "b", "c"], {"a"}) == 1.0
    assert ndcg(["b", "a", "c"], {"a"}) == pytest.approx(1 / math.log2(3))
    assert ndcg(["b", "a", "c"], {"a", "c"}) == pytest.approx((1 / math.log2(3) + 1 / 2) / (1 + 1 / math.log2(3)))
    assert ndcg(["b", "a"], {"a"}, k=1) == 0.0
    assert ndcg(["a"], {"a", "b", "c"}, k=1) == 1.0


def test_reciprocal_rank_and_recall() -> None:
    assert reciprocal_rank(["b", "c", "a"], {"a"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(["b", "c", "a"], {"a"}, k=2) == 0.0
    assert recall(["b", "a", "c"], {"a", "d"}) == 0.5
    assert recall(["b", "a"], {"a"}, k=1) == 0.0


@pytest.mark.parametrize("metric", REPORTED)
def test_a_question_without_answer_is_refused(metric: str) -> None:
    with pytest.raises(ValueError, match="relevant"):
        REPORTED[metric](["a"], set())


def test_all_agree_with_trec_eval() -> None:
    draw = random.Random(7)
    items = [f"d{number:02}" for number in range(40)]
    rankings = {f"q{number}": draw.sample(items, draw.randrange(1, 30)) for number in range(300)}
    right = {query: set(draw.sample(items, draw.choice((1, 1, 2, 5, 15)))) for query in rankings}

    def judged(depth: int | None, *measures: str) -> dict[str, dict[str, float]]:
        # trec_eval sorts by score, so the order is told by descending ones
        run = {
            query: {item: 1.0 / rank for rank, item in enumerate(ranking[:depth], start=1)}
            for query, ranking in rankings.items()
        }
        judgements = {query: dict.fromkeys(found, 1) for query, found in right.items()}
        evaluated: dict[str, dict[str, float]] = pytrec_eval.RelevanceEvaluator(judgements, measures).evaluate(run)
        return evaluated

    whole = judged(None, "ndcg_cut.10", "recall.1,5,10")
    # its reciprocal rank knows no depth: the ranking is cut before
    first_ten = judged(10, "recip_rank")
    for query, ranking in rankings.items():
        theirs = {
            "ndcg@10": whole[query]["ndcg_cut_10"],
            "mrr@10": first_ten[query]["recip_rank"],
            "recall@1": whole[query]["recall_1"],
            "recall@5": whole[query]["recall_5"],
            "recall@10": whole[query]["recall_10"],
        }
        assert {name: metric(ranking, right[query]) for name, metric in REPORTED.items()} == pytest.approx(theirs)
