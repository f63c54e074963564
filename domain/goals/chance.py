"""How likely a running goal is reached by its deadline: what is there, the open deals, and new business at the current rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log
from statistics import NormalDist
from typing import Final

import numpy as np

from domain.goals.amounts import DRAWS, Purses
from domain.goals.beta import Values
from domain.goals.posterior import DealValues
from domain.goals.rhythm import Remaining, Rhythm, new_counts
from domain.goals.target import rough_amount
from domain.metrics.intervals import Interval

CLOSING_SPREAD: Final = 0.8
"""Deviation of the logarithm of the days to a deal's close: two of three close between half and twice the time expected."""
ALMOST: Final = 1e-9
NEVER: Final = 1e-12
"""What is less likely than this is taken for impossible."""
LOWEST, HIGHEST = 0.1, 0.9
EVEN: Final = 0.5
SEED: Final = 20_261


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeal:
    """A deal that may still bring something to the goal."""

    win_share: float
    """How likely it is won in the end."""
    days_to_close: float
    """Calendar days until it is decided in the middle case; from 0 down it is overdue and may be decided any day."""
    amount_minor: int | None = None
    in_time_share: float | None = None
    """How likely it is won by the deadline, where a life table says so; it stands for both of the above."""

    def in_time(self, days_left: int) -> float:
        """How likely it is won by the deadline."""
        if days_left <= 0:
            return 0.0
        if self.in_time_share is not None:
            return self.in_time_share
        late = log(days_left / max(1.0, self.days_to_close)) / CLOSING_SPREAD
        return self.win_share * NormalDist().cdf(late)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How a running goal stands."""

    probability: float
    """That the target is reached by the deadline."""
    needed_per_workday: float | None
    """What each remaining working day must bring; 0 when reached, None when no working day is left."""
    expected_value: float
    """Where it ends on average."""
    interval80: Interval
    """Where it ends in four of five cases."""
    even: float
    """The target that would be reached about as likely as not: a whole number, or an amount of two figures."""
    even_probability: float
    """How likely that one is; whole numbers do not hit one half."""
    from_open: float
    """What open deals are expected to add."""
    from_new: float
    """What new business is expected to add."""


def chance(
    *,
    target: float,
    actual: float,
    left: Remaining,
    rhythm: Rhythm,
    open_deals: Sequence[OpenDeal] = (),
    values: DealValues | None = None,
    seed: int = SEED,
) -> Chance:
    """Exact for counts: a sum of single deals and a gamma-Poisson count. With `values` the goal is money, and outcomes are drawn.

    Sales of deals that are open now are not counted again as new business: of the rate only what begins and ends in the time left
    is new.
    """
    wins = np.array([deal.in_time(left.days) for deal in open_deals], float)
    worlds = [
        _World(wins=np.minimum(wins * factor, 1.0), new=new_counts(rhythm, left, float(wins.sum()), factor, has_deals=bool(len(wins))))
        for factor in (rhythm.season.factors() if rhythm.season else np.ones(1))
    ]
    from_new = float(np.mean([_mean(world.new) for world in worlds]))
    if values is None:
        return _counted(target, actual, left, worlds, from_new)
    amounts = [values.mean if deal.amount_minor is None else float(deal.amount_minor) for deal in open_deals]
    outcomes = _outcomes(worlds, open_deals, values, np.random.default_rng(seed)) + actual
    low, high = np.quantile(outcomes, (LOWEST, HIGHEST))
    even = rough_amount(float(np.median(outcomes)))
    from_open = float(wins @ np.array(amounts)) if len(wins) else 0.0
    return Chance(
        probability=float((outcomes >= target).mean()),
        needed_per_workday=needed_per_workday(target, actual, left),
        expected_value=actual + from_open + from_new * values.mean,
        interval80=(float(low), float(high)),
        even=even,
        even_probability=float((outcomes >= even).mean()),
        from_open=from_open,
        from_new=from_new * values.mean,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _World:
    """What may come if the period is as good or bad as this."""

    wins: Values
    """How likely each open deal is won in time."""
    new: Values
    """The chance of each number of new events."""

    def counts(self) -> Values:
        """The chance of each number of events from either."""
        total = self.new
        for win in self.wins:
            total = np.convolve(total, [1 - win, win])
        return total


def _mean(chances: Values) -> float:
    return float(chances @ np.arange(len(chances)))


def _counted(target: float, actual: float, left: Remaining, worlds: Sequence[_World], from_new: float) -> Chance:
    each = [world.counts() for world in worlds]
    total = np.zeros(max(len(chances) for chances in each))
    for chances in each:
        total[: len(chances)] += chances / len(each)
    missing = max(0, ceil(target - actual - ALMOST))
    at_least = np.cumsum(total[::-1])[::-1]
    even = int(np.abs(at_least - EVEN).argmin())
    return Chance(
        probability=float(min(1.0, max(0.0, total[missing:].sum()))),
        needed_per_workday=needed_per_workday(target, actual, left),
        expected_value=actual + _mean(total),
        interval80=(actual + _middle_quantile(total, LOWEST), actual + _middle_quantile(total, HIGHEST)),
        even=actual + even,
        even_probability=float(min(1.0, at_least[even])),
        from_open=_mean(total) - from_new,
        from_new=from_new,
    )


def _middle_quantile(chances: Values, share: float) -> int:
    """The number where half of its own chance counts as below: whole numbers cannot be hit exactly, and this keeps four of five true."""
    likely = chances[: np.flatnonzero(chances > NEVER)[-1] + 1]
    upto = np.cumsum(likely) - likely / 2
    return min(int(np.searchsorted(upto, share)), len(likely) - 1)


def _outcomes(worlds: Sequence[_World], deals: Sequence[OpenDeal], values: DealValues, dice: np.random.Generator) -> Values:
    """What comes in each of `DRAWS` outcomes, which are shared out among the worlds."""
    purses = Purses(values, dice)
    parts = np.array_split(np.arange(DRAWS), len(worlds))
    total = purses.totals(
        np.concatenate([dice.permutation(_spread_counts(world.new, len(part))) for world, part in zip(worlds, parts, strict=True)])
    )
    for place, deal in enumerate(deals):
        chances = np.concatenate([np.full(len(part), world.wins[place]) for world, part in zip(worlds, parts, strict=True)])
        amount = purses.amounts(np.arange(DRAWS)) if deal.amount_minor is None else deal.amount_minor
        total += np.where(dice.random(DRAWS) < chances, amount, 0.0)
    return total


def _spread_counts(chances: Values, draws: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """So many counts as evenly as their chances allow, smallest first."""
    places = (np.arange(draws) + 0.5) / draws
    return np.minimum(np.searchsorted(np.cumsum(chances), places), len(chances) - 1).astype(np.int64)


def needed_per_workday(target: float, actual: float, left: Remaining) -> float | None:
    """What each remaining working day must bring; 0 when reached, None when no working day is left."""
    missing = max(0.0, target - actual)
    if not missing:
        return 0.0
    return missing / left.workdays if left.workdays else None
