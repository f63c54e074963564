"""When open deals are won, if at all: a life table of deals by age, in which those still open count for as long as they were watched.

Leaving the open ones out would make every deal look like one that gets decided (Aalen and Johansen 1978: competing risks under censoring).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from domain.goals.beta import Values

OLDEST: Final = 730
"""Older deals are as the last ones of this age in days."""
ENOUGH_AT_RISK: Final = 20
"""Ages at which fewer deals were watched are taken together with the next older ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A deal's life up to today."""

    days: int
    """From its creation to its close, or to today while it is open."""
    is_closed: bool
    is_won: bool


class ClosingTable:
    """How likely a deal of some age is won within some days."""

    def __init__(self, deals: Iterable[Watched]) -> None:
        """From the deals of a team or a company, closed and open."""
        lives = [(min(max(deal.days, 0), OLDEST), deal.is_closed, deal.is_won) for deal in deals]
        ages = np.array([age for age, _, _ in lives], int)
        closed = np.array([is_closed for _, is_closed, _ in lives], bool)
        won = np.array([is_won for _, _, is_won in lives], bool)
        self._ended = np.bincount(ages, minlength=OLDEST + 1)
        self._closed = np.bincount(ages[closed], minlength=OLDEST + 1)
        self._won = np.bincount(ages[won & closed], minlength=OLDEST + 1)

    def in_time(self, age: int, days: int) -> float:
        """The chance that a deal open at this age is won within so many days; 0 where no deal that old was ever seen."""
        won, closed = self._hazards
        span = slice(min(max(age, 0), OLDEST), min(max(age, 0) + max(days, 0), OLDEST + 1))
        alive = np.cumprod(np.concatenate(([1.0], 1 - closed[span])))[:-1]
        return float(alive @ won[span])

    @cached_property
    def _hazards(self) -> tuple[Values, Values]:
        """Per day of age: the share of deals watched at it that were won, and that were closed."""
        at_risk = self._ended[::-1].cumsum()[::-1]
        won, closed = np.zeros(OLDEST + 1), np.zeros(OLDEST + 1)
        start = 0
        while start <= OLDEST:
            end = start + 1
            while end <= OLDEST and at_risk[start:end].sum() < ENOUGH_AT_RISK:
                end += 1
            watched = max(1, int(at_risk[start:end].sum()))
            won[start:end] = self._won[start:end].sum() / watched
            closed[start:end] = self._closed[start:end].sum() / watched
            start = end
        return won, closed
