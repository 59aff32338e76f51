"""How sure a mean over questions is: percentile bootstrap over the questions.

Efron, "Bootstrap Methods: Another Look at the Jackknife" (Annals of Statistics 7(1), 1979); for measures of retrieval
Sakai, "Evaluating Evaluation Metrics based on the Bootstrap" (SIGIR 2006). The questions of a set are drawn anew, as
many as there are and with repetition; the middle 95 % of the means so drawn is the interval. Two settings are compared
over the same questions, as the mean of their differences: an interval that leaves out 0 says they differ.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20261122
RESAMPLES = 2000
LEVEL = 0.95
_CHUNK = 250  # resamples at once: 250 x 10,000 questions are 20 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean with its interval, low <= high."""

    mean: float
    low: float
    high: float


def estimates(values: NDArray[np.float64]) -> tuple[Estimate, ...]:
    """The mean of every column with its interval. The same values give the same intervals, always.

    values: (questions, columns). Columns are resampled together, so that intervals of one table go together.

    Raises:
        ValueError: there is no question.
    """
    count, columns = values.shape
    if count == 0:
        raise ValueError("no question to take a mean over; expected at least one")
    draw = np.random.default_rng(SEED)
    means = np.empty((RESAMPLES, columns))
    for start in range(0, RESAMPLES, _CHUNK):
        size = min(_CHUNK, RESAMPLES - start)
        # How often each question is drawn says all that a resample is.
        drawn = draw.multinomial(count, np.full(count, 1 / count), size=size)
        means[start : start + size] = drawn @ values / count
    tail = (1 - LEVEL) / 2 * 100
    low, high = np.percentile(means, [tail, 100 - tail], axis=0)
    return tuple(
        Estimate(mean=float(mean), low=float(least), high=float(most))
        for mean, least, most in zip(values.mean(axis=0), low, high, strict=True)
    )


def differences(first: NDArray[np.float64], second: NDArray[np.float64]) -> tuple[Estimate, ...]:
    """The mean of first - second of every column, over the same questions in the same order.

    Raises:
        ValueError: the two are not of the same questions and columns, or of none.
    """
    if first.shape != second.shape:
        raise ValueError(f"values of {first.shape} and {second.shape} cannot be paired; expected the same questions")
    return estimates(first - second)
