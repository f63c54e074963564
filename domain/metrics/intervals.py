"""Uncertainty of shares, counts and means, by closed formulas that stay honest for small samples."""

from functools import cache
from itertools import accumulate
from math import comb, floor, sqrt
from statistics import NormalDist
from typing import Final, TypeAlias

Interval: TypeAlias = tuple[float, float]
USUAL: Final = 0.8
"""Level of an interval unless asked otherwise: enough to rank and flag with, narrow enough to say something about one person."""

MANY: Final = 200
"""From here on the normal approximation of the binomial is as good as exact, and exact takes longer than the screen has."""


@cache
def z_score(level: float) -> float:
    """How many standard errors a two-sided normal interval of this level reaches to each side."""
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(part: float, whole: float, level: float = USUAL) -> Interval:
    """Wilson's score interval of a share (E. B. Wilson 1927; recommended for small samples by Brown, Cai and DasGupta 2001).

    It holds the share itself: rounding would leave 0 of 40 and 40 of 40 just outside.
    """
    z = z_score(level)
    share = part / whole
    centre = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, min(share, (centre - reach) / scale)), min(1.0, max(share, (centre + reach) / scale))


def poisson(count: int, level: float = USUAL) -> Interval:
    """Interval of the rate behind a count: Byar's approximation of the exact one (Breslow and Day 1987, eq. 2.13), within 1 % from 2 on."""
    z = z_score(level)
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count else 0.0
    above = count + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    return max(0.0, low), high


def weighted_poisson(terms: tuple[tuple[float, int], ...], level: float = USUAL) -> Interval:
    """Interval of Σ weight·count of independent counts (Dobson and others 1991): the summed count's interval, rescaled."""
    count = sum(n for _, n in terms)
    total = sum(weight * n for weight, n in terms)
    low, high = poisson(count, level)
    if not count:
        return 0.0, max((weight for weight, _ in terms), default=0.0) * high
    scale = sqrt(sum(weight * weight * n for weight, n in terms) / count)
    return max(0.0, total + scale * (low - count)), total + scale * (high - count)


def normal_mean(total: float, squares: float, n: int, level: float = USUAL) -> Interval | None:
    """Normal interval of a mean from the sum and the sum of squares of its values; None below two values."""
    if n < 2:  # noqa: PLR2004 - one value has no spread
        return None
    mean = total / n
    variance = max(0.0, (squares - n * mean * mean) / (n - 1))
    reach = z_score(level) * sqrt(variance / n)
    return mean - reach, mean + reach


@cache
def median_ranks(n: int, level: float = USUAL) -> tuple[int, int] | None:
    """The ranks (1 is smallest) of the two of n values that enclose their median with at least this probability, or None.

    The number of values below the median is binomial with ½, whatever the distribution (Conover 1999, section 3.2): the ranks are
    the innermost pair, the same number from either end, whose binomial probability reaches the level.
    """
    if n > MANY:
        below = floor((n - z_score(level) * sqrt(n)) / 2)
        return below, n + 1 - below
    tails = accumulate(comb(n, below) for below in range(n // 2 + 1))
    outside = [tail for tail in tails if 2 * tail <= (1 - level) * 2**n]
    return (len(outside), n + 1 - len(outside)) if outside else None


def apart(one: Interval, other: Interval) -> bool:
    """Whether the two intervals have no value in common."""
    return one[1] < other[0] or other[1] < one[0]


def overlap_share(one: Interval, other: Interval) -> float:
    """How much of the narrower interval the other covers, from 0 to 1; equal points cover each other."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    narrower = min(one[1] - one[0], other[1] - other[0])
    if shared < 0:
        return 0.0
    return shared / narrower if narrower else 1.0
