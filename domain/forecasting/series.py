"""What happened day by day, beside the working days it took: what a forecast is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from domain.goals.beta import Values
from domain.periods import Period

Places = NDArray[np.int64]
WEEK: Final = 7
TRAILING_WEEKS: Final = 12
"""A quarter: twelve weeks foretell the next ones better than eight do (docs/performance.md), and a change of pace is still seen."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """Days counted from the first one on, by their places 0, 1, 2, …; the planned days reach beyond what has happened."""

    start: date
    """The day at place 0."""
    counts: Values
    """Events on each day so far, today's included."""
    planned: Values
    """Working days of everybody together on each day, up to the end of what is forecast."""
    worth: Values | None = None
    """For money: what the day's events brought, in minor units."""

    @classmethod
    def of(cls, days: Period, counts: Mapping[date, int], planned: Mapping[date, int], worth: Mapping[date, int] | None = None) -> Self:
        """The series of these days; a day that is not named had nothing."""
        return cls(
            start=days.start,
            counts=_by_day(days, counts),
            planned=_by_day(days, planned),
            worth=None if worth is None else _by_day(days, worth),
        )

    def place(self, day: date) -> int:
        """Where the day stands; 0 for those before."""
        return max(0, (day - self.start).days)

    @cached_property
    def first(self) -> int:
        """The place of the first event; the end where there is none."""
        happened = np.flatnonzero(self.counts)
        return int(happened[0]) if len(happened) else len(self.counts)

    @property
    def amounts(self) -> Values:
        """What is forecast, day by day: money where there is any, else the events."""
        return self.counts if self.worth is None else self.worth

    def events_between(self, start: int, end: int) -> float:
        """How many from one place up to but not including the other."""
        return _between(self._counted, start, end)

    def planned_between(self, start: int, end: int) -> float:
        """Working days from one place up to but not including the other."""
        return _between(self._planned, start, end)

    def amount_between(self, start: int, end: int) -> float:
        """How much of what is forecast came from one place up to but not including the other."""
        return _between(self._amounts, start, end)

    def weeks(self, starts: Places) -> tuple[Values, Values]:
        """Events and working days of the seven days from each of the places on."""
        return self._counted[starts + WEEK] - self._counted[starts], self._planned[starts + WEEK] - self._planned[starts]

    @cached_property
    def _counted(self) -> Values:
        return _summed(self.counts)

    @cached_property
    def _planned(self) -> Values:
        return _summed(self.planned)

    @cached_property
    def _amounts(self) -> Values:
        return _summed(self.amounts)


def _by_day(days: Period, values: Mapping[date, int]) -> Values:
    return np.array([values.get(day, 0) for day in days], float)


def _summed(values: Values) -> Values:
    return np.concatenate([np.zeros(1), np.cumsum(values)])


def _between(summed: Values, start: int, end: int) -> float:
    last = len(summed) - 1
    return float(summed[min(end, last)] - summed[min(start, last)])
