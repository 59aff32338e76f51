"""How sure a share of yes-or-no outcomes is: exact one-sided bounds and Wilson's interval.

Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial" (Biometrika
26(4), 1934): the upper bound is the share at which so few outcomes, or fewer, come about with probability 1 - level.
Wilson, "Probable inference, the law of succession, and statistical inference" (JASA 22(158), 1927): the interval of a
share where neither end may be missed by a normal approximation.
"""

import math

LEVEL = 0.95
_Z = 1.959963984540054  # the normal quantile of 0.975
_HALVINGS = 60  # of [0, 1]: far finer than a double tells apart


def upper_bound(hits: int, count: int, *, level: float = LEVEL) -> float:
    """The one-sided upper bound of a share of which `hits` of `count` were seen; 1 where nothing was asked.

    Raises:
        ValueError: there are more hits than outcomes, or fewer than none.
    """
    _check(hits, count)
    if hits >= count:
        return 1.0
    low, high = hits / count, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _at_most(hits, count, middle) > 1 - level:
            low = middle
        else:
            high = middle
    return high


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, (0, 1) where nothing was asked.

    Raises:
        ValueError: there are more hits than outcomes, or fewer than none.
    """
    _check(hits, count)
    if count == 0:
        return 0.0, 1.0
    share = hits / count
    room = 1 + _Z**2 / count
    centre = (share + _Z**2 / (2 * count)) / room
    half = _Z * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2)) / room
    return 0.0 if hits == 0 else centre - half, 1.0 if hits == count else centre + half


def _at_most(hits: int, count: int, share: float) -> float:
    """The probability of so many hits or fewer among `count` outcomes, each with probability `share`."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 0.0 if hits < count else 1.0
    total = 0.0
    for seen in range(hits + 1):
        ways = math.lgamma(count + 1) - math.lgamma(seen + 1) - math.lgamma(count - seen + 1)
        total += math.exp(ways + seen * math.log(share) + (count - seen) * math.log1p(-share))
    return min(1.0, total)


def _check(hits: int, count: int) -> None:
    if not 0 <= hits <= count:
        raise ValueError(f"{hits} of {count} is no share; expected 0 <= hits <= count")
