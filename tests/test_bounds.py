"""Exact bounds of shares against values known from elsewhere."""

import pytest
from scipy.stats import beta

from evaluation.bounds import upper_bound, wilson


@pytest.mark.parametrize(("hits", "count"), [(0, 1), (0, 17), (0, 300), (1, 300), (5, 300), (145, 1200), (299, 300)])
def test_the_upper_bound_is_that_of_the_beta_quantile(hits: int, count: int) -> None:
    assert upper_bound(hits, count) == pytest.approx(float(beta.ppf(0.95, hits + 1, count - hits)), abs=1e-9)


def test_none_of_three_hundred_is_under_a_hundredth() -> None:
    assert upper_bound(0, 300) == pytest.approx(1 - 0.05 ** (1 / 300), abs=1e-12)
    assert round(upper_bound(0, 300), 5) == 0.00994
    assert upper_bound(0, 298) > 0.01 >= upper_bound(0, 299)


def test_more_hits_and_fewer_questions_are_less_sure() -> None:
    assert upper_bound(0, 1000) < upper_bound(1, 1000) < upper_bound(1, 500)
    assert upper_bound(2, 100, level=0.9) < upper_bound(2, 100) < upper_bound(2, 100, level=0.99)


def test_the_ends_are_whole() -> None:
    assert upper_bound(7, 7) == 1.0
    assert upper_bound(0, 0) == 1.0
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    # 81 of 263 is the example of Newcombe, "Two-sided confidence intervals for the single proportion" (Statistics in
    # Medicine 17, 1998), table I, method 3, as are the others
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_as_published(hits: int, count: int, low: float, high: float) -> None:
    assert wilson(hits, count) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("hits", "count"), [(2, 1), (-1, 5)])
def test_what_is_no_share_is_refused(hits: int, count: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        upper_bound(hits, count)
    with pytest.raises(ValueError, match="no share"):
        wilson(hits, count)
