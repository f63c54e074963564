"""The way from tonight to the end of a period, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import sqrt

from domain.forecasting.series import Series
from domain.metrics.intervals import Interval
from domain.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The evening of a day: all that is there by then."""

    day: date
    expected: float
    interval80: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Where the way begins and ends."""

    before: float
    """What was there this morning."""
    so_far: float
    """What is there now."""
    expected: float
    interval80: Interval


def path(series: Series, ahead: Period, end: End) -> tuple[Step, ...]:
    """The expected amount grows with the working days; luck adds up, so that the band opens with the square root of the way."""
    return tuple(_step(day, share, end) for day, share in _shares(series, ahead))


def _shares(series: Series, ahead: Period) -> Iterator[tuple[date, float]]:
    """How much of the working days is over on the evening of each day; of the days where none is planned."""
    start, end = series.place(ahead.start), series.place(ahead.end)
    planned = series.planned_between(start, end)
    for done, day in enumerate(ahead, 1):
        yield day, series.planned_between(start, start + done) / planned if planned else done / ahead.days


def _step(day: date, share: float, end: End) -> Step:
    low, high = end.interval80
    at, reach = end.before + (end.expected - end.before) * share, sqrt(share)
    return Step(
        day=day,
        expected=max(end.so_far, at),
        interval80=(max(end.so_far, at - (end.expected - low) * reach), max(end.so_far, at + (high - end.expected) * reach)),
    )
