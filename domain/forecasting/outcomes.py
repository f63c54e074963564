"""How a stretch of days may turn out: equally likely outcomes, and what can be read from them."""

from typing import Final

import numpy as np

from domain.forecasting.ahead import Ahead
from domain.goals.beta import Values
from domain.metrics.intervals import Interval

DRAWS: Final = 2_000
"""A chance is then off by at most a percentage point."""
LOWEST, MIDDLE, HIGHEST = 0.1, 0.5, 0.9
SEED: Final = 20_260
"""Always the same dice: the same facts give the same figures, today and on every machine."""
BARELY: Final = 1e-6
"""A count's variance is never below its mean; Poisson is the limit."""
ALMOST: Final = 1e-9


def outcomes(stretch: Ahead, widening: float = 1.0) -> Values:
    """What the stretch may bring, smallest first; its deviation times the widening, but never less than luck alone asks for."""
    if stretch.mean <= 0:
        return np.zeros(DRAWS)
    dice = np.random.default_rng(SEED)
    counts = _counts(stretch.events, _events_variance(stretch, widening), dice)
    return np.sort(_worth(counts, stretch, dice))


def interval80(found: Values, *, is_count: bool) -> Interval:
    """Where four of five outcomes lie. Whole numbers cannot be hit exactly: half of a number's own chance counts as below it."""
    low, high = np.quantile(found + (_jitter() if is_count else 0.0), (LOWEST, HIGHEST))
    return (max(0.0, float(round(low))), max(0.0, float(round(high)))) if is_count else (float(low), float(high))


def middle(found: Values) -> float:
    """More is as likely as less."""
    return float(np.median(found))


def chance_of(found: Values, amount: float) -> float:
    """The share of outcomes that bring at least the amount."""
    return float((found >= amount - ALMOST).mean())


def _events_variance(stretch: Ahead, widening: float) -> float:
    wanted = (widening**2 * stretch.variance - stretch.events * stretch.worth.variance) / stretch.worth.mean**2
    return max(wanted, stretch.events * (1 + BARELY))


def _counts(mean: float, variance: float, dice: np.random.Generator) -> Values:
    """Negative binomial: Poisson at a gamma-distributed pace."""
    shape = mean * mean / (variance - mean)
    return dice.poisson(dice.gamma(shape, mean / shape, DRAWS)).astype(float)


def _worth(counts: Values, stretch: Ahead, dice: np.random.Generator) -> Values:
    """What so many events bring: the sum of independent gamma-distributed amounts is gamma-distributed."""
    worth = stretch.worth
    if not worth.variance:
        return counts * worth.mean
    scale = worth.variance / worth.mean
    return np.where(counts > 0, dice.gamma(np.maximum(counts, 1.0) * worth.mean / scale, scale), 0.0)


def _jitter() -> Values:
    return np.random.default_rng(SEED + 1).uniform(-0.5, 0.5, DRAWS)
