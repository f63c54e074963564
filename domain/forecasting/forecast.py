"""Where a period ends: what is there, what is still to come, how sure that is; or why nothing can be told yet."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np

from domain.forecasting.ahead import FEWEST_WEEKS, pace_since, weeks_known
from domain.forecasting.calibration import best_way
from domain.forecasting.outcomes import chance_of, interval80, middle, outcomes
from domain.forecasting.path import End, Step, path
from domain.forecasting.pipeline import Pipeline
from domain.forecasting.series import Series
from domain.metrics.intervals import Interval
from domain.periods import Grain, Period

FORESEEN: Final = (Grain.WEEK, Grain.MONTH, Grain.QUARTER)
"""What can be forecast; a year is further ahead than twelve weeks tell."""


class Silence(StrEnum):
    """Why there is no forecast."""

    TOO_EARLY = "too_early"
    """Records of fewer than `FEWEST_WEEKS` weeks."""
    NOTHING_LATELY = "nothing_lately"
    """Nothing of the kind in twelve weeks, or nobody at work in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unforeseen:
    """No forecast, and why."""

    reason: Silence
    weeks: int
    """Whole weeks of records there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How a period that runs may end. Money in minor units."""

    so_far: float
    """With what there is of today."""
    expected: float
    """It ends above as likely as below."""
    interval80: Interval
    """Where it ends in four of five cases."""
    chance: float | None
    """That the target is reached; None without one."""
    widening: float
    """By how much the interval was widened, because earlier forecasts were further off than luck alone explains."""
    weighs_open_deals: bool
    """Whether earlier forecasts were clearly closer with what is open."""
    path: tuple[Step, ...]
    """From this evening to the last day."""


def forecast(
    series: Series, period: Period, today: date, target: float | None = None, pipeline: Pipeline | None = None
) -> Forecast | Unforeseen:
    """How the period that holds today ends.

    The pace is what was known last night, so that a morning is not taken for a slow day; what there is of today counts all the same.
    """
    start, now, last = (series.place(day) for day in (period.start, today, period.end))
    silence = silent(series, now)
    if silence:
        return silence
    way = best_way(series, pipeline, now, last - now)
    before, of_today = series.amount_between(start, now), series.amount_between(now, now + 1)
    still, later = (outcomes(way.stretch(series, now, since, last), way.widening) for since in (now, now + 1))
    found = before + np.maximum(still, of_today + later)
    end = End(before=before, so_far=before + of_today, expected=middle(found), interval80=interval80(found, is_count=series.worth is None))
    return Forecast(
        so_far=end.so_far,
        expected=end.expected,
        interval80=end.interval80,
        chance=None if target is None else chance_of(found, target),
        widening=way.widening,
        weighs_open_deals=way.pipeline is not None,
        path=path(series, Period(today, period.end), end),
    )


def silent(series: Series, now: int) -> Unforeseen | None:
    """Why nothing can be told at this place; None where something can."""
    weeks = weeks_known(series.first, now)
    if weeks < FEWEST_WEEKS:
        return Unforeseen(reason=Silence.TOO_EARLY, weeks=weeks)
    since = pace_since(series, now)
    has_pace = series.events_between(since, now) and series.planned_between(since, now)
    return None if has_pace else Unforeseen(reason=Silence.NOTHING_LATELY, weeks=weeks)
