"""Shares of which little is known: the Beta distribution, exact, for many values at once."""

from collections.abc import Sequence
from math import erfc, lgamma
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.metrics.intervals import Interval

Values = NDArray[np.float64]
EXACT: Final = 1e-10
"""Where the continued fraction stops: far below what a plan could show."""
MOST_STEPS: Final = 20_000
TINY: Final = 1e-300
GRID: Final = 4_001
"""Points of the grid a Beta's quantiles are read from, evenly spaced in log-odds."""
FURTHEST: Final = 34.0
"""Log-odds the grid reaches to on either side: beyond lies what no sample could tell from never or always."""
POINTS: Final = 128
"""Equally likely values a distribution of rates is represented by; their product is accurate to the third digit of a chance."""

MANY: Final = 100
"""From so many successes on a close approximation is used, off by less than a ten-thousandth, because the exact one takes its time."""
FLAT: Final = 1e-4
"""This near to 1 a quotient's skew is read from its series."""

_log_gamma = np.frompyfunc(lgamma, 1, 1)

_erfc = np.frompyfunc(erfc, 1, 1)


def log_gamma(values: Values) -> Values:
    """The logarithm of Γ, value by value."""
    return np.asarray(_log_gamma(values), float)


def at_most(a: Values, b: Values, x: Values) -> Values:
    """I_x(a, b): the chance that a Beta(a, b) share is at most x, by its continued fraction (Abramowitz and Stegun 26.5.8).

    Also the chance of at least a successes in a + b − 1 tries that succeed with x.
    """
    a, b, x = (np.array(each, float).ravel() for each in np.broadcast_arrays(a, b, x))
    swapped = x > (a + 1) / (a + b + 2)
    p, q, y = np.where(swapped, b, a), np.where(swapped, a, b), np.where(swapped, 1 - x, x)
    inside = y > 0
    found = np.zeros_like(y)
    if inside.any():
        found[inside] = _lower_tail(p[inside], q[inside], y[inside])
    tails: Values = np.clip(np.where(swapped, 1 - found, found), 0.0, 1.0)
    return tails


def at_least(successes: Values, tries: float, chance: Values) -> Values:
    """The chance of so many successes or more in so many tries, pair by pair; no pair has more successes than tries."""
    if successes.min() < MANY:
        return at_most(successes, tries - successes + 1, chance)
    certain = chance >= 1
    tails = np.ones_like(chance)
    tails[~certain] = _peizer_pratt(successes[~certain], tries, chance[~certain])
    return tails


def _peizer_pratt(successes: Values, tries: float, chance: Values) -> Values:
    """A binomial's upper tail by Peizer and Pratt's second approximation (1968, Journal of the American Statistical Association 63)."""
    below, other = successes - 1, 1 - chance
    off = below + 2 / 3 - (tries + 1 / 3) * chance
    off += 0.02 * (other / (below + 1) - chance / (tries - below) + (other - 0.5) / (tries + 1))
    skew = 1 + other * _skew((below + 0.5) / (tries * chance)) + chance * _skew((tries - below - 0.5) / (tries * other))
    height = off * np.sqrt(skew / ((tries + 1 / 6) * chance * other))
    return np.asarray(_erfc(height / 2**0.5), float) / 2


def _skew(x: Values) -> Values:
    """(1 − x² + 2x·ln x) ÷ (1 − x)²."""
    flat = np.abs(1 - x) < FLAT
    safe = np.where(flat, 2.0, x)
    skew: Values = np.where(flat, (1 - x) / 3, (1 - safe * safe + 2 * safe * np.log(safe)) / np.square(1 - safe))
    return skew


def _lower_tail(a: Values, b: Values, x: Values) -> Values:
    front = log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * np.log(x) + b * np.log1p(-x)
    tail: Values = np.exp(front) * _fraction(a, b, x) / a
    return tail


def _fraction(a: Values, b: Values, x: Values) -> Values:
    """Lentz's evaluation; values that have settled are left alone."""
    c = np.ones_like(x)
    d = 1 / _off_zero(1 - (a + b) * x / (a + 1))
    value = d.copy()
    going = np.arange(len(x))
    for m in range(1, MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _off_zero(1 + even * d), _off_zero(1 + even / c)
        step = d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _off_zero(1 + odd * d), _off_zero(1 + odd / c)
        change = d * c
        value[going] *= step * change
        more = np.abs(change - 1) > EXACT
        if not more.any():
            break
        if not more.all():
            going, a, b, x, c, d = going[more], a[more], b[more], x[more], c[more], d[more]
    return value


def _off_zero(values: Values) -> Values:
    return np.where(np.abs(values) < TINY, TINY, values)


def shares(a: float, b: float, points: int = POINTS) -> Values:
    """That many equally likely values of a Beta(a, b) share, smallest first; each stands for its slice, so that the mean is kept."""
    odds = np.linspace(-FURTHEST, FURTHEST, GRID)
    centre = np.log(a / b)
    odds = centre + odds * max(0.01, min(1.0, 0.5 * float(np.sqrt(1 / a + 1 / b))))
    share = 1 / (1 + np.exp(-odds))
    # The density of the log-odds is share^a · (1 − share)^b, up to a constant.
    logs = -a * np.logaddexp(0.0, -odds) - b * np.logaddexp(0.0, odds)
    return slices(share, np.exp(logs - logs.max()), points)


def slices(values: Values, weights: Values, points: int) -> Values:
    """Weighted values, in order, cut into equally likely slices; the mean of each."""
    upto = np.concatenate(([0.0], np.cumsum(weights)))
    worth = np.concatenate(([0.0], np.cumsum(weights * values)))
    edges = np.linspace(0.0, upto[-1], points + 1)
    cut: Values = np.diff(np.interp(edges, upto, worth)) / (upto[-1] / points)
    return cut


def product(factors: Sequence[Values]) -> Values:
    """Equally likely values of the product of independent shares; 1 for none. Exact factors (one value) only scale."""
    found = np.ones(1)
    for factor in factors:
        pairs = np.sort(np.multiply.outer(found, factor).ravel())
        enough = len(pairs) <= POINTS
        found = pairs if enough else slices(pairs, np.ones_like(pairs), POINTS)
    return found


def middle(a: float, b: float, level: float) -> Interval:
    """The shares between which a Beta(a, b) lies with this chance, equally often beyond either end."""
    values = shares(a, b, 1_000)
    low, high = np.quantile(values, ((1 - level) / 2, (1 + level) / 2))
    return float(low), float(high)
