"""Rolling figures: for every day, what the days up to it add up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.counters import Counters, total
from domain.metrics.definition import Metric
from domain.metrics.measures import Measure

WEEK: Final = 7
FOUR_WEEKS: Final = 28
"""Every weekday equally often, so that a quiet Sunday bends no line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollingPoint:
    """A day with the figure of the week and of the four weeks that end with it."""

    day: date
    week: Measure
    four_weeks: Measure


def rolling(metric: Metric, by_day: Mapping[date, Counters], days: Iterable[date]) -> list[RollingPoint]:
    """The metric over the windows that end with each of the days.

    Parts are added first and divided last: in a mean of daily means a day with one lead would weigh as much as one with ten.
    """
    return [
        RollingPoint(day=day, week=_window(metric, by_day, day, WEEK), four_weeks=_window(metric, by_day, day, FOUR_WEEKS)) for day in days
    ]


def _window(metric: Metric, by_day: Mapping[date, Counters], last: date, length: int) -> Measure:
    window = (last - timedelta(days=back) for back in range(length))
    return metric.measure(total(by_day[day] for day in window if day in by_day))
