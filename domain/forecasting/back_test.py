"""How forecasts like this one came true: the periods before, each seen from the same point with what was known then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.forecasting.calibration import MOST_ORIGINS, best_way
from domain.forecasting.forecast import silent
from domain.forecasting.outcomes import interval80, middle, outcomes
from domain.forecasting.pipeline import Pipeline
from domain.forecasting.series import TRAILING_WEEKS, WEEK, Series
from domain.metrics.intervals import Interval
from domain.periods import Grain, Period, containing

LOOKED_BACK: Final = {Grain.WEEK: 12, Grain.MONTH: 12, Grain.QUARTER: 4}
"""So many periods that are over: a quarter of weeks, a year of months or quarters."""
SIMPLE_WEEKS: Final = 8
"""What everybody would reckon without a product: the mean of eight weeks goes on."""
HISTORY_DAYS: Final = WEEK * (TRAILING_WEEKS + MOST_ORIGINS)
"""How far back the days are needed: a year of forecasts, and twelve weeks before the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A period that is over, as it was forecast and as it ended. Money in minor units."""

    period: Period
    expected: float
    interval80: Interval
    simple: float
    """What the mean of eight weeks said."""
    ended: float

    @property
    def is_inside(self) -> bool:
        """Whether it ended inside its interval."""
        return self.interval80[0] <= self.ended <= self.interval80[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    """Forecasts of the periods before from this point of theirs, newest first."""

    tried: tuple[Tried, ...]

    @property
    def inside(self) -> int:
        """How many ended inside their interval."""
        return sum(each.is_inside for each in self.tried)

    @property
    def error(self) -> float | None:
        """How far the forecast was off on average; None without any."""
        return _mean(abs(each.ended - each.expected) for each in self.tried)

    @property
    def simple_error(self) -> float | None:
        """The same of the mean of eight weeks."""
        return _mean(abs(each.ended - each.simple) for each in self.tried)


def back_test(series: Series, period: Period, share: float, pipeline: Pipeline | None = None) -> BackTest:
    """The periods of the same kind before this one, each seen when so large a share of its working days was over."""
    known = (each for each in _before(period) if each.start >= series.start)
    tried = (try_at(series, each, at_share(series, each, share), pipeline) for each in known)
    return BackTest(tried=tuple(each for each in tried if each is not None))


def try_at(series: Series, period: Period, now: int, pipeline: Pipeline | None = None) -> Tried | None:
    """The period seen from this place, by what was known before it; None where nothing could have been told."""
    start, end = series.place(period.start), series.place(period.end)
    if silent(series, now) is not None:
        return None
    way = best_way(series, pipeline, now, end - now)
    found = series.amount_between(start, now) + outcomes(way.stretch(series, now, now, end), way.widening)
    return Tried(
        period=period,
        expected=middle(found),
        interval80=interval80(found, is_count=series.worth is None),
        simple=series.amount_between(start, now) + _simple(series, now, end),
        ended=series.amount_between(start, end),
    )


def share_gone(series: Series, period: Period, now: int) -> float:
    """The share of the period's working days that is over at the place."""
    start, end = series.place(period.start), series.place(period.end)
    planned = series.planned_between(start, end)
    return series.planned_between(start, now) / planned if planned else (now - start) / (end - start)


def at_share(series: Series, period: Period, share: float) -> int:
    """The first place of the period at which so much of it is over."""
    start, end = series.place(period.start), series.place(period.end)
    return next((now for now in range(start, end) if share_gone(series, period, now) >= share), end - 1)


def _before(period: Period) -> list[Period]:
    """The calendar units before this one, newest first."""
    grain = period.grain or Grain.MONTH
    units = [period]
    while len(units) <= LOOKED_BACK.get(grain, 0):
        units.append(containing(units[-1].start - timedelta(days=1), grain))
    return units[1:]


def _simple(series: Series, now: int, end: int) -> float:
    since = max(0, now - SIMPLE_WEEKS * WEEK, series.first)
    worked = series.planned_between(since, now)
    return series.amount_between(since, now) / worked * series.planned_between(now, end) if worked else 0.0


def _mean(misses: Iterable[float]) -> float | None:
    found = list(misses)
    return sum(found) / len(found) if found else None
