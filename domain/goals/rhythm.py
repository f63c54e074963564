"""How often something happens: an agent's recent days, the season everybody shares, and how many more events that makes by a deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log, sqrt
from statistics import NormalDist
from typing import Final

import numpy as np

from domain.goals.beta import Values, log_gamma

PRIOR_DAYS: Final = 5
"""The cohort's rate counts as one working week of own days."""
SMALL: Final = 0.5
"""Added to the events where there is no cohort: none in twenty days does not mean never (Jeffreys)."""
WEEK: Final = 5
"""Days that are looked at together: good and bad weeks are more than the sum of their days' luck."""
PRIOR_BLOCKS: Final = 4
"""As many blocks of plain Poisson luck temper what is seen of the spread."""
TAIL: Final = 9.0
"""Deviations above the mean beyond which nothing is reckoned."""
SEASONS: Final = 8
"""How many possible seasons a chance is reckoned in."""
FEWEST_PERIODS: Final = 3
MOST_SWING: Final = 0.5
"""More says that the business changed, not that it swings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """What everybody's periods have in common: a gamma-distributed factor, of which everybody's period so far tells most."""

    swing: float
    """Deviation of the factor from period to period."""
    so_far: float
    """Everybody's events of this period before today."""
    usual: float
    """How many there are by now in a usual period."""

    def factors(self) -> Values:
        """Equally likely factors, from bad to good."""
        if not self.swing:
            return np.ones(1)
        shape = 1 / self.swing**2
        return _slices_of_gamma(shape + self.so_far) * (shape + self.so_far) / (shape + self.usual)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often it has happened lately."""

    daily: tuple[int, ...]
    """Events on each of the last planned working days before today, oldest first; two or three months say enough."""
    prior_per_day: float | None = None
    """What the cohort does in a working day."""
    cycle_days: tuple[int, ...] = ()
    """For sales and revenue: calendar days from creation to the win of past sales."""
    season: Season | None = None
    """How this period treats everybody, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """What is left of a goal's time."""

    workdays: int
    """Planned working days, today included."""
    days: int
    """Calendar days, today included."""


def season(totals: Sequence[int], so_far: float, elapsed_share: float) -> Season:
    """From everybody's totals of like periods that are over, and of this one: swing² = variance ÷ mean² − 1 ÷ mean, what is beyond luck.

    Fewer than three periods tell nothing of a swing.
    """
    counts = np.array(totals, float)
    if len(counts) < FEWEST_PERIODS or not counts.mean():
        return Season(swing=0.0, so_far=so_far, usual=0.0)
    mean = float(counts.mean())
    beyond = float(counts.var(ddof=1)) / mean**2 - 1 / mean
    return Season(swing=min(MOST_SWING, sqrt(max(0.0, beyond))), so_far=so_far, usual=mean * elapsed_share)


def _slices_of_gamma(shape: float) -> Values:
    """The Wilson-Hilferty quantiles of a gamma distribution of mean 1 (1931), scaled so that theirs is 1 too."""
    heights = np.array([NormalDist().inv_cdf((place + 0.5) / SEASONS) for place in range(SEASONS)])
    raw = np.maximum(0.0, 1 - 1 / (9 * shape) + heights / sqrt(9 * shape)) ** 3
    scaled: Values = raw / raw.mean()
    return scaled


def new_counts(rhythm: Rhythm, left: Remaining, opened: float, factor: float, *, has_deals: bool) -> Values:
    """The chance of each number of new events: negative binomial, as wide as luck and the unknown rate make it."""
    days = len(rhythm.daily)
    prior = SMALL if rhythm.prior_per_day is None else rhythm.prior_per_day * PRIOR_DAYS
    known_days = days + (0 if rhythm.prior_per_day is None else PRIOR_DAYS)
    if not left.workdays or not known_days:
        return np.ones(1)
    rate = (sum(rhythm.daily) + prior) / known_days
    mean = rate * left.workdays
    fresh = _fresh_share(rhythm, left, mean, opened, has_deals=has_deals)
    mean *= fresh * factor
    spread = dispersion(rhythm.daily)
    return _negative_binomial(mean, spread * mean * (1 + left.workdays * fresh / known_days))


def _fresh_share(rhythm: Rhythm, left: Remaining, mean: float, opened: float, *, has_deals: bool) -> float:
    """How much of the usual business begins and ends in the time left: ∫ P(cycle ≤ t) dt ÷ days, over the cycles there have been.

    Where no cycles are known, what open deals are expected to bring is taken off the rate.
    """
    if rhythm.cycle_days:
        return float(np.mean([max(0, left.days - cycle) for cycle in rhythm.cycle_days])) / max(1, left.days)
    return max(0.0, 1 - opened / mean) if has_deals and mean else 1.0


def dispersion(daily: Sequence[int]) -> float:
    """Variance ÷ mean of the counts, at least 1: of single days or of weeks, whichever shows more beyond luck."""
    days = np.array(daily, float)
    whole = len(days) // WEEK * WEEK
    weeks = days[len(days) - whole :].reshape(-1, WEEK).sum(axis=1)
    return max(1.0, _tempered(days), _tempered(weeks))


def _tempered(counts: Values) -> float:
    more = len(counts) - 1
    if more < 1 or not counts.mean():
        return 1.0
    return float((counts.var(ddof=1) / counts.mean() * more + PRIOR_BLOCKS) / (more + PRIOR_BLOCKS))


def _negative_binomial(mean: float, variance: float) -> Values:
    """The chance of each number from 0 on."""
    if mean <= 0:
        return np.ones(1)
    size = mean * mean / max(variance - mean, mean * 1e-9)
    numbers = np.arange(ceil(mean + TAIL * sqrt(max(variance, mean)) + TAIL), dtype=float)
    logs = log_gamma(numbers + size) - log_gamma(numbers + 1) - log_gamma(np.array([size]))
    logs += size * log(size / (size + mean)) + numbers * log(mean / (size + mean))
    chances = np.exp(logs)
    found: Values = chances / chances.sum()
    return found
