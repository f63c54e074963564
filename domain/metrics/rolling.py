"""Rolling means: for every day, what the days up to it add up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.metrics.measures import Mean

WEEK: Final = 7
FOUR_WEEKS: Final = 28
"""Every weekday equally often, so that a quiet Sunday bends no line."""
NOTHING: Final = Mean(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollingPoint:
    """A day with the mean of the week and of the four weeks that end with it."""

    day: date
    week: Mean
    four_weeks: Mean


def rolling(by_day: Mapping[date, Mean], days: Iterable[date]) -> list[RollingPoint]:
    """The means over the windows that end with each of the days; a day that is not in `by_day` had nothing to measure.

    Parts are added first and divided last: in a mean of daily means a day with one lead would weigh as much as one with ten.
    """
    return [RollingPoint(day=day, week=_window(by_day, day, WEEK), four_weeks=_window(by_day, day, FOUR_WEEKS)) for day in days]


def _window(by_day: Mapping[date, Mean], last: date, length: int) -> Mean:
    """Plain sums: over three years a mean made anew for every day of every window took half a second."""
    window = (last - timedelta(days=back) for back in range(length))
    found = [by_day[day] for day in window if day in by_day]
    if not found:
        return NOTHING
    return Mean(sum(each.total for each in found), sum(each.n for each in found), found[0].scale)
