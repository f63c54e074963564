"""From one link to the target: the chance that so many of it are enough, with luck and what is unknown of the rates both in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import NormalDist
from typing import Final

import numpy as np

from domain.goals.beta import POINTS, Values, at_least, product
from domain.goals.chain import REVENUE, Chain
from domain.goals.posterior import RatePosterior

MOST: Final = 1_000_000
"""A plan that asks for more is none."""
NEAR: Final = 0.2
"""When two numbers' chances are this close, what lies between them is as good as a straight line."""
GOLDEN: Final = (5**0.5 - 1) / 2
SILVER: Final = 2**0.5 - 1
HEIGHTS: Final = np.array([NormalDist().inv_cdf((place * SILVER + 0.5 / POINTS) % 1 or 0.5) for place in range(POINTS)])
"""Luck from bad to good as a normal distribution has it, in an order that has nothing to do with any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """So many of a link, or so much revenue in minor units."""

    key: str
    """A link's key or `REVENUE`."""
    amount: float


def target_of(chain: Chain, goal_type: str, amount: float) -> Target | None:
    """What a goal asks of the chain; None for one the chain does not lead to, such as a rating."""
    key = chain.cut(goal_type)
    return None if key is None else Target(key=key, amount=amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Equally likely pairs of a yield (how much of the target's link comes of one) and a number needed of the target's link."""

    yields: Values
    needs: Values

    def chance(self, tries: float) -> float:
        """That so many lead to the target: exact for each pair (a binomial's tail), averaged over them."""
        possible = self.needs <= tries
        if not possible.any():
            return 0.0
        tails = at_least(self.needs[possible], tries, self.yields[possible])
        return float(np.minimum(1.0, tails.sum() / len(self.needs)))

    def fewest(self, chance: float) -> int | None:
        """The smallest number that leads to the target with at least this chance, or None where that is beyond reason."""
        low, high = int(self.needs.min()) - 1, MOST + 1
        low_chance, high_chance = 0.0, 1.0
        tried = self._guess(chance)
        slope = self._slope(chance)
        while high - low > 1:
            tried = min(max(tried, low + 1), high - 1)
            found = self.chance(tried)
            if found >= chance:
                high, high_chance = tried, found
            else:
                low, low_chance = tried, found
            if high <= MOST and high_chance - low_chance > 0 and (high - low) * slope < NEAR:
                tried = low + ceil((high - low) * (chance - low_chance) / (high_chance - low_chance)) - (found >= chance)
            else:
                tried += ceil(1.2 * (chance - found) / slope + (1 if found < chance else -1))
        return None if high > MOST else high

    def _guess(self, chance: float) -> int:
        return int(min(MOST, max(1.0, float(np.quantile(self._tries(), chance)))))

    def _slope(self, chance: float) -> float:
        """By how much one more raises the chance, about there."""
        low, high = np.quantile(self._tries(), (chance - 0.04, chance + 0.04))
        return 0.08 / max(1.0, float(high - low))

    def _tries(self) -> Values:
        """About how many each pair takes: the mean of the negative binomial, with luck that is spread evenly over the pairs."""
        yields = np.maximum(self.yields, 1 / MOST)
        luck = HEIGHTS[: len(yields)] * np.sqrt(self.needs * (1 - yields))
        tries: Values = np.maximum(self.needs, (self.needs + luck) / yields)
        return tries


def ways(chain: Chain, target: Target, rates: Mapping[str, RatePosterior], needs: Values) -> dict[str, Way]:
    """The way from every link up to the target's; `needs` are equally likely numbers of the target's link, one where it is certain."""
    last = chain.keys[-1] if target.key == REVENUE else target.key
    upto = chain.links[: chain.keys.index(last) + 1]
    found = {last: _paired(np.ones(1), needs)}
    yields = np.ones(1)
    for before, link in zip(reversed(upto[:-1]), reversed(upto), strict=False):
        yields = product([yields, rates[link.key].values()])
        found[before.key] = _paired(yields, needs)
    return found


def _paired(yields: Values, needs: Values) -> Way:
    """Each yield with a number far from its neighbours', as evenly as a golden spiral fills a plane."""
    if len(needs) == 1 or len(yields) == 1:
        size = max(len(needs), len(yields))
        return Way(yields=np.broadcast_to(yields, size), needs=np.broadcast_to(needs, size))
    places = np.argsort(np.modf(np.arange(1, POINTS + 1) * GOLDEN)[0])
    return Way(yields=yields[np.argsort(places)], needs=needs)


def certain(amount: float) -> Values:
    """A number needed that nothing is unknown of."""
    return np.array([float(max(1, ceil(amount)))])


def mean_yield(rates: Sequence[RatePosterior]) -> float:
    """How much of the last link comes of one of the first on average; the rates are known independently of each other."""
    return float(np.prod([rate.mean for rate in rates]))
