"""What the days ahead bring at the pace of the last twelve weeks: a mean, and how far it may be missed.

The events of a stretch of days are negative binomial: a gamma-distributed pace, and Poisson luck on top of it.
"""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

import numpy as np

from domain.forecasting.pipeline import Pipeline
from domain.forecasting.series import TRAILING_WEEKS, WEEK, Series
from domain.goals.beta import Values

FEWEST_WEEKS: Final = 8
"""With less behind it a forecast would be a guess in disguise."""
CALM_WEEKS: Final = 4
"""As many weeks of plain Poisson luck temper what twelve weeks show of the spread, so that a few events do not look wild."""
SMALL: Final = 0.5
"""Added to the events: none in twelve weeks does not mean never (Jeffreys). Taken off where the weeks begin with the very first event,
which had to happen for them to begin."""
KNOWN_AMOUNTS_DAYS: Final = 364
"""What a sale brings changes slowly: amounts are taken from a whole year."""
USUAL_VARIATION: Final = 0.8
"""Deviation ÷ mean of what sales bring, where few are known …"""
USUAL_RECORDS: Final = 5
"""… worth as many days with sales."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one event brings; for a count exactly 1."""

    mean: float = 1.0
    variance: float = 0.0


ONE: Final = Worth()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a stretch of days brings: so many events, each of so much worth."""

    events: float
    """On average."""
    events_variance: float
    worth: Worth = ONE

    @property
    def mean(self) -> float:
        """How much it brings on average."""
        return self.events * self.worth.mean

    @property
    def variance(self) -> float:
        """Of how much it brings."""
        return self.events * self.worth.variance + self.events_variance * self.worth.mean**2

    @property
    def deviation(self) -> float:
        """The square root of that."""
        return sqrt(self.variance)


def pace_since(series: Series, now: int) -> int:
    """The place from which the pace is taken: twelve weeks ago, or where records begin."""
    return min(now, max(0, now - TRAILING_WEEKS * WEEK, series.first))


NOTHING: Final = Ahead(events=0.0, events_variance=0.0)


def weeks_known(first: int, now: int) -> int:
    """Whole weeks of records between the first place with any and now."""
    return max(0, now - first) // WEEK


def ahead(series: Series, now: int, start: int, end: int) -> Ahead:
    """What comes from one place up to another, by what was known before `now`: nothing where nobody worked in the twelve weeks before."""
    since = pace_since(series, now)
    worked = series.planned_between(since, now)
    if not worked:
        return NOTHING
    small = SMALL if since > series.first else -SMALL
    pace = max(0.0, series.events_between(since, now) + small) / worked
    planned = series.planned_between(start, end)
    events = pace * planned
    spread = _dispersion(series, since, now, pace) * (1 + planned / worked)
    return Ahead(events=events, events_variance=events * spread, worth=_worth(series, now))


def weighed(pace: Ahead, pipeline: Pipeline, now: int, start: int, end: int) -> Ahead:
    """The same stretch by what open deals bring; as uneven as by the pace. Where nobody works nothing comes."""
    if not pace.events:
        return pace
    events = pipeline.expected(now, start, end)
    return replace(pace, events=events, events_variance=events * pace.events_variance / pace.events)


def _dispersion(series: Series, since: int, now: int, pace: float) -> float:
    """Variance ÷ mean of the weeks' events about what their working days would bring; at least 1."""
    events, planned = series.weeks(np.arange(now - WEEK, since - 1, -WEEK))
    worked = planned > 0
    found, due = events[worked], pace * planned[worked]
    surplus = float((np.square(found - due) / due).sum())
    return max(1.0, (surplus + CALM_WEEKS) / (max(0, len(due) - 1) + CALM_WEEKS))


def _worth(series: Series, now: int) -> Worth:
    """From the days with sales: a day's mean amount varies the less, the more sales it is of."""
    if series.worth is None:
        return ONE
    since = max(0, now - KNOWN_AMOUNTS_DAYS)
    events, brought = series.counts[since:now], series.worth[since:now]
    sold: Values = events[events > 0]
    if not len(sold):
        return Worth(mean=0.0)
    mean = float(brought.sum() / sold.sum())
    between = float((sold * np.square(brought[events > 0] / sold - mean)).sum())
    prior = (USUAL_VARIATION * mean) ** 2
    return Worth(mean=mean, variance=(between + USUAL_RECORDS * prior) / (len(sold) - 1 + USUAL_RECORDS))
