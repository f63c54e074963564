"""What several sales bring together, drawn at random: each draw has its own idea of how likely each amount is."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.goals.beta import POINTS, Values
from domain.goals.posterior import DealValues

DRAWS: Final = 1_024
"""A chance is then off by at most a percentage point and a half, and mostly by less than one."""
SINGLY: Final = 200
"""So many sales are drawn one by one; the sum of those beyond is normal, whatever the single amounts look like."""


class Purses:
    """`DRAWS` possible worlds of sale amounts."""

    def __init__(self, values: DealValues, dice: np.random.Generator, draws: int = DRAWS) -> None:
        """All of them are drawn from the same dice, in the same order."""
        self._dice = dice
        self._amounts = np.array(values.values)
        chances = values.chances(dice, draws)
        self._upto = (np.cumsum(chances, axis=1) + np.arange(draws)[:, None]).ravel()
        self.mean: Values = chances @ self._amounts
        self.deviation: Values = np.sqrt(np.maximum(0.0, chances @ np.square(self._amounts) - np.square(self.mean)))
        self.height: Values = dice.standard_normal(draws)
        """How lucky each world is with the sum of many sales."""

    def amounts(self, worlds: NDArray[np.intp]) -> Values:
        """One sale's amount for each of these worlds."""
        size = len(self._amounts)
        if size == 1:
            return np.full(len(worlds), self._amounts[0])
        places = np.searchsorted(self._upto, worlds + self._dice.random(len(worlds)))
        found: Values = self._amounts[np.minimum(places - worlds * size, size - 1)]
        return found

    def totals(self, counts: NDArray[np.int64]) -> Values:
        """What so many sales bring in each world."""
        singly = np.minimum(counts, SINGLY)
        worlds = np.repeat(np.arange(len(counts)), singly)
        total: Values = np.bincount(worlds, weights=self.amounts(worlds), minlength=len(counts)).astype(float)
        rest = counts - singly
        total += np.maximum(0.0, rest * self.mean + self.height * self.deviation * np.sqrt(rest))
        return total


def sales_needed(values: DealValues, amount: float, dice: np.random.Generator) -> Values:
    """How many sales bring the amount: equally likely numbers, smallest first. With the same dice more money never takes fewer sales."""
    purses = Purses(values, dice)
    worlds = np.arange(DRAWS)
    total, needed = np.zeros(DRAWS), np.zeros(DRAWS)
    for _ in range(SINGLY):
        short = total < amount
        if not short.any():
            break
        needed += short
        total += purses.amounts(worlds)
    missing = np.where(needed == SINGLY, amount - total, 0.0)
    return np.sort(needed + np.where(missing > 0, _many(purses, np.maximum(missing, 0.0)), 0.0))[DRAWS // POINTS // 2 :: DRAWS // POINTS]


def _many(purses: Purses, missing: Values) -> Values:
    """The smallest k with k·mean + height·deviation·√k ≥ missing."""
    bend = purses.height * purses.deviation
    root = (-bend + np.sqrt(np.square(bend) + 4 * purses.mean * missing)) / (2 * purses.mean)
    found: Values = np.ceil(np.square(root))
    return found
