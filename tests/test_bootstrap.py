"""Intervals of means: where they are known, what pairs are, and that nothing moves between runs."""

import numpy as np
import pytest

from evaluation.bootstrap import differences, estimates


def test_the_interval_of_a_share_is_that_of_the_normal_law() -> None:
    values = np.repeat([[0.0], [1.0]], 200, axis=0)
    (estimate,) = estimates(values)
    assert estimate.mean == 0.5
    half_width = 1.96 * (0.25 / 400) ** 0.5
    assert estimate.low == pytest.approx(0.5 - half_width, abs=0.006)
    assert estimate.high == pytest.approx(0.5 + half_width, abs=0.006)


def test_four_times_the_questions_halve_the_interval() -> None:
    few, many = np.tile([[0.0], [1.0]], (50, 1)), np.tile([[0.0], [1.0]], (200, 1))
    (wide,), (narrow,) = estimates(few), estimates(many)
    assert (wide.high - wide.low) / (narrow.high - narrow.low) == pytest.approx(2, rel=0.1)


def test_what_does_not_vary_has_no_width() -> None:
    (estimate,) = estimates(np.full((30, 1), 0.25))
    assert (estimate.low, estimate.mean, estimate.high) == pytest.approx((0.25, 0.25, 0.25))


def test_the_same_values_give_the_same_interval() -> None:
    values = np.random.default_rng(3).random((1000, 2))
    assert estimates(values) == estimates(values.copy())


def test_a_pair_is_compared_question_by_question() -> None:
    # each question is better by 0.1 in the first: alone the intervals overlap widely, paired there is no doubt
    first = np.linspace(0.1, 1.0, 40).reshape(-1, 1)
    second = first - 0.1
    (alone,), (other,) = estimates(first), estimates(second)
    assert alone.low < other.high
    (paired,) = differences(first, second)
    assert (paired.low, paired.mean, paired.high) == pytest.approx((0.1, 0.1, 0.1))


def test_other_questions_cannot_be_paired_and_none_have_no_mean() -> None:
    with pytest.raises(ValueError, match="same questions"):
        differences(np.zeros((3, 1)), np.zeros((4, 1)))
    with pytest.raises(ValueError, match="no question"):
        estimates(np.zeros((0, 1)))
