"""Which way of forecasting did better so far, and how much wider its intervals must be than their formula says.

Both are learnt from how far earlier forecasts of the same length were off. The widening is split conformal prediction (Vovk and others
2005; Lei and others 2018) on the errors of rolling origins, in units of the deviation each forecast had itself. Overlapping stretches
are not independent, so few of them move the widening little from the usual one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import fmean
from typing import Final

from domain.forecasting.ahead import FEWEST_WEEKS, Ahead, ahead, weighed
from domain.forecasting.pipeline import Pipeline
from domain.forecasting.series import WEEK, Series
from domain.metrics.intervals import USUAL, z_score

MOST_ORIGINS: Final = 52
"""A year of origins, one a week."""
USUAL_WIDENING: Final = 1.1
"""The pace of a business drifts: formulas that know only luck are too sure everywhere …"""
USUAL_STRETCHES: Final = 4
"""… worth so many stretches of one's own."""
ENOUGH_ORIGINS: Final = 12
"""From fewer forecasts nobody can say which way is better."""
CLEARLY: Final = 0.8
"""Open deals are weighed in when that was off by a fifth less: between forecasts that overlap a smaller lead may be luck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How to forecast from a place on."""

    pipeline: Pipeline | None
    """The open deals, where weighing them in did better than the pace alone."""
    widening: float
    """What the deviation of the forecast is to be multiplied by."""

    def stretch(self, series: Series, now: int, start: int, end: int) -> Ahead:
        """What comes from one place up to another, by what was known before `now`."""
        pace = ahead(series, now, start, end)
        return pace if self.pipeline is None else weighed(pace, self.pipeline, now, start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Miss:
    """How far off a forecast was: in the figure's unit, and in its own deviations."""

    amount: float
    deviations: float


def best_way(series: Series, pipeline: Pipeline | None, now: int, length: int) -> Way:
    """The way that did better over so many days, by what was known before `now`; by the pace unless open deals clearly did."""
    by_pace = _misses(series, Way(pipeline=None, widening=1.0), now, length)
    if pipeline is not None and len(by_pace) >= ENOUGH_ORIGINS:
        weighing = _misses(series, Way(pipeline=pipeline, widening=1.0), now, length)
        if weighing and fmean(each.amount for each in weighing) <= CLEARLY * fmean(each.amount for each in by_pace):
            return Way(pipeline=pipeline, widening=_widening(weighing, length))
    return Way(pipeline=None, widening=_widening(by_pace, length))


def _misses(series: Series, way: Way, now: int, length: int) -> list[_Miss]:
    """Of the forecasts whose stretch of days is over."""
    earliest = series.first + FEWEST_WEEKS * WEEK
    origins = range(now - length, earliest - 1, -WEEK)[:MOST_ORIGINS]
    made = ((origin, way.stretch(series, origin, origin, origin + length)) for origin in origins)
    return [_miss(series.amount_between(origin, origin + length), stretch) for origin, stretch in made if stretch.deviation]


def _miss(ended: float, stretch: Ahead) -> _Miss:
    amount = abs(ended - stretch.mean)
    return _Miss(amount=amount, deviations=amount / stretch.deviation)


def _widening(misses: Sequence[_Miss], length: int) -> float:
    if not misses:
        return USUAL_WIDENING
    place = min(len(misses), ceil((len(misses) + 1) * USUAL)) - 1
    found = sorted(each.deviations for each in misses)[place] / z_score(USUAL)
    apart = min(float(len(misses)), 1 + WEEK * (len(misses) - 1) / length)
    return sqrt((USUAL_STRETCHES * USUAL_WIDENING**2 + apart * found**2) / (USUAL_STRETCHES + apart))
