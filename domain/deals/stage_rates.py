"""The plain answer: how many deals of this stage and age were won, drawn towards the stage, and the stage towards all."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from domain.deals.as_of import DealAsOf
from domain.metrics.intervals import Interval, wilson

AGES: Final = (3.0, 7.0, 10.0, 14.0, 21.0, 30.0, 45.0, 90.0, 180.0)
"""Edges of the bands of age in days."""
WORTH: Final = 20.0
"""Deals of its own that weigh as much as what is known of the next wider group."""
Cell = tuple[str, int]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Won of how many."""

    won: int
    count: int

    def shrunken(self, towards: float) -> float:
        """The share, drawn towards another as if twenty deals had shown that one."""
        return (self.won + WORTH * towards) / (self.count + WORTH)

    @property
    def interval(self) -> Interval:
        """Where the share behind the luck lies."""
        return wilson(self.won, self.count)


NONE: Final = Tally(won=0, count=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRates:
    """Shares by stage and age."""

    all: Tally
    by_stage: Mapping[str, Tally]
    by_cell: Mapping[Cell, Tally]

    def chances(self, deals: Sequence[DealAsOf]) -> NDArray[np.float64]:
        """Of each deal."""
        return np.array([self._chance(deal) for deal in deals], float)

    def tally(self, deal: DealAsOf) -> Tally:
        """What the stage's share rests on."""
        return self.by_stage.get(deal.stage, NONE)

    def _chance(self, deal: DealAsOf) -> float:
        of_all = self.all.won / self.all.count
        return self.by_cell.get(_cell(deal), NONE).shrunken(self.tally(deal).shrunken(of_all))


def stage_rates(deals: Sequence[DealAsOf], won: NDArray[np.bool_]) -> StageRates:
    """From deals whose end is known, of which there is at least one."""
    return StageRates(
        all=Tally(won=int(won.sum()), count=len(won)),
        by_stage=_tallies([deal.stage for deal in deals], won),
        by_cell=_tallies([_cell(deal) for deal in deals], won),
    )


def _tallies(keys: Sequence[Key], won: NDArray[np.bool_]) -> dict[Key, Tally]:
    wins: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    for key, is_won in zip(keys, won, strict=True):
        counts[key] = counts.get(key, 0) + 1
        wins[key] = wins.get(key, 0) + int(is_won)
    return {key: Tally(won=wins[key], count=count) for key, count in counts.items()}


def _cell(deal: DealAsOf) -> Cell:
    return deal.stage, bisect_right(AGES, deal.age_days)
