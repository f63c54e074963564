"""What open deals bring by their age, and new ones after them: another way to foretell sales, agreements and lists than by their pace."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Self

import numpy as np

from domain.forecasting.series import TRAILING_WEEKS, WEEK, Places
from domain.goals.beta import Values

OLDEST: Final = 364
"""Days from which on all ages count as one."""
STILL_OPEN: Final = 10**6
"""The place of an end that has not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A deal on its way to the event."""

    begun_on: date
    ended_on: date | None
    """The day of the event, or the day after which it could not come any more."""
    came: bool
    """Whether it ended with the event."""


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """Lives by their places in a series; those that began before it have places below 0."""

    begun: Places
    ended: Places
    came: Values
    _tables: dict[int, tuple[Values, Values]] = field(default_factory=dict)

    @classmethod
    def of(cls, lives: Iterable[Life], start: date) -> Self:
        """The lives as places counted from the day."""
        known = list(lives)
        return cls(
            begun=np.array([(life.begun_on - start).days for life in known], np.int64),
            ended=np.array([STILL_OPEN if life.ended_on is None else (life.ended_on - start).days for life in known], np.int64),
            came=np.array([life.came for life in known], float),
        )

    def expected(self, now: int, start: int, end: int) -> float:
        """How many events come from one place up to another, by what was known before `now`."""
        if now not in self._tables:
            self._tables[now] = self._table(now)
        by_age, left = self._tables[now]
        alive = (self.begun < now) & (self.ended >= now)
        ages = np.minimum(now - self.begun[alive], OLDEST)
        opened = (_upto(by_age, ages + end - now) - _upto(by_age, ages + start - now)) / np.maximum(left[ages], 1 / (len(self.begun) + 1))
        return float(np.minimum(opened, 1.0).sum()) + self._fresh(now, start, end, by_age)

    def _fresh(self, now: int, start: int, end: int, by_age: Values) -> float:
        """Of deals that begin from now on, as many a day as in the last twelve weeks."""
        since = now - TRAILING_WEEKS * WEEK
        a_day = float(((self.begun >= since) & (self.begun < now)).sum()) / (now - since)
        days = np.arange(now, end)
        return a_day * float((_upto(by_age, end - days) - _upto(by_age, np.maximum(start - days, 0))).sum())

    def _table(self, now: int) -> tuple[Values, Values]:
        """By age in days: the chance that the event has come before it, and that a deal is still open (Aalen and Johansen 1978).

        Deals that are open count for as long as they were watched.
        """
        known = self.begun < now
        begun, is_over = self.begun[known], self.ended[known] < now
        ages = np.minimum(np.maximum(np.minimum(self.ended[known], now) - begun, 0), OLDEST)
        watched = np.maximum(np.cumsum(_counted(ages)[::-1])[::-1], 1.0)
        ends, events = _counted(ages[is_over]) / watched, _counted(ages[is_over & (self.came[known] > 0)]) / watched
        left = np.concatenate([np.ones(1), np.cumprod(1 - ends)])
        return np.concatenate([np.zeros(1), np.cumsum(left[:-1] * events)]), left


def _counted(ages: Places) -> Values:
    return np.bincount(ages, minlength=OLDEST + 1).astype(float)


def _upto(by_age: Values, ages: Places) -> Values:
    """The chance that the event comes before each age."""
    found: Values = by_age[np.minimum(np.maximum(ages, 0), OLDEST + 1)]
    return found
