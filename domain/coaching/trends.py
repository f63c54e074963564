"""Where a figure has been going over the months: a steady slope or a step, told only where it is more than luck.

A run of months the same way is no trend by itself: among six months of luck alone three in a row rise more often than not. Each month
weighs as much as it has facts; months that scatter more than luck alone would (they do) widen the interval; and every line that was tried,
for every figure, counts against the one that is told (Bonferroni), so that of people with whom nothing moves at most one in twenty is
told of anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt
from statistics import fmean
from typing import Final

from domain.coaching.comparison import Stretch, has_interval
from domain.coaching.patterns.pattern import Tier
from domain.coaching.patterns.student import beyond
from domain.counters import total
from domain.metrics.definition import Metric, View
from domain.metrics.intervals import USUAL, z_score
from domain.metrics.reading import RIPE_DAYS
from domain.periods import Period

LEAST_MONTHS: Final = 6
"""Two points make a line and three a story; from six on the scatter around the line is known well enough to doubt it."""
SIDE_MONTHS: Final = 3
"""On each side of a step: two months in a row that differ are nothing yet."""
LEAST_FACTS: Final = 30
"""Over all months: an interval from fewer is wider than anything worth telling."""
LIKELY_ERROR: Final = 0.05
CLEAR_ERROR: Final = 0.01
"""How often anything at all would be told as likely, or as clear, of somebody with whom nothing moves."""
LEAST_SHARE: Final = 0.1
"""Of the usual figure: a smaller movement over all months is not worth a conversation."""


class Shape(StrEnum):
    """How it moved."""

    SLOPE = "slope"
    STEP = "step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A finished calendar month."""

    days: Period
    stretch: Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A slope or a step laid through the months."""

    shape: Shape
    since: date
    """First day of the months told about, or of those after the step."""
    until: date
    """First day of the last month."""
    start: float
    end: float
    """Where the line begins and ends, in the metric's unit."""
    reach: float
    """The 80 % interval of what lies between start and end goes so far to each side."""
    error: float
    """How often luck alone would give a line this steep, among all that were tried."""
    misfit: float
    """What is left around it, in squares of what luck would leave."""

    @property
    def change(self) -> float:
        """From start to end."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What became of a figure over the months."""

    metric: Metric
    tier: Tier
    months: int
    """With anything to measure."""
    facts: int
    line: Line | None = None
    """Only where it is told."""

    @property
    def is_good(self) -> bool | None:
        """Whether it goes the metric's good way; None where nothing is told or there is no such way."""
        if self.line is None or not (self.metric.higher_is_better or self.metric.lower_is_better):
            return None
        return (self.line.change > 0) == self.metric.higher_is_better


@dataclass(frozen=True, slots=True)
class _Point:
    on: date
    value: float
    variance: float


def explained(metrics: Iterable[Metric], months: Sequence[Month], today: date) -> tuple[Trend, ...]:
    """Each figure whose spread is known over the finished months, oldest first; what is told comes first, the surest of it at the top."""
    asked = [(metric, _ripe(metric, months, today)) for metric in metrics if has_interval(metric)]
    lines = {metric.key: _lines(_points(metric, seen)) for metric, seen in asked if _facts(metric, seen) >= LEAST_FACTS}
    tests = sum(len(each) for each in lines.values())
    found = [_trend(metric, seen, lines.get(metric.key, ()), tests) for metric, seen in asked]
    order = tuple(Tier)
    return tuple(sorted(found, key=lambda each: (order.index(each.tier), each.line.error if each.line else 1.0)))


def _trend(metric: Metric, months: Sequence[Month], lines: Sequence[Line], tests: int) -> Trend:
    count, facts = len(_measured(metric, months)), _facts(metric, months)
    if not lines:
        return Trend(metric=metric, tier=Tier.TOO_EARLY, months=count, facts=facts)
    sure = [line for line in lines if line.error * tests <= LIKELY_ERROR and _matters(line)]
    best = min(sure, key=lambda line: line.misfit, default=None)
    tier = Tier.NOTHING if best is None else Tier.CLEAR if best.error * tests <= CLEAR_ERROR else Tier.LIKELY
    return Trend(metric=metric, tier=tier, months=count, facts=facts, line=best)


def _matters(line: Line) -> bool:
    usual = abs(line.start + line.end) / 2
    return usual > 0 and abs(line.change) >= LEAST_SHARE * usual


def _ripe(metric: Metric, months: Sequence[Month], today: date) -> list[Month]:
    """Months over at least long enough: of those whose leads came lately most of what will happen has not yet."""
    wait = timedelta(days=RIPE_DAYS if metric.view is View.COHORT else 0)
    return [month for month in months if month.days.end + wait <= today]


def _measured(metric: Metric, months: Sequence[Month]) -> list[Month]:
    return [month for month in months if month.stretch.measured(metric).sample and month.stretch.workdays]


def _facts(metric: Metric, months: Sequence[Month]) -> int:
    return sum(metric.measure(month.stretch.sums).sample for month in months)


def _points(metric: Metric, months: Sequence[Month]) -> list[_Point]:
    """The months' figures with what luck alone would make of one and the same figure in each of them."""
    seen = _measured(metric, months)
    together = Stretch(sums=total(month.stretch.sums for month in seen), workdays=sum(month.stretch.workdays for month in seen))
    whole = together.measured(metric)
    interval = whole.interval(USUAL)
    if interval is None or interval[1] <= interval[0]:
        return []
    variance = ((interval[1] - interval[0]) / 2 / z_score(USUAL)) ** 2 * whole.sample
    figures = ((month, month.stretch.measured(metric)) for month in seen)
    return [_Point(month.days.start, each.value or 0.0, variance / each.sample) for month, each in figures]


def _lines(points: Sequence[_Point]) -> tuple[Line, ...]:
    """The slope, and a step at every month that leaves enough on both sides."""
    if len(points) < LEAST_MONTHS:
        return ()
    last = len(points) - 1
    slope = _laid(points, Shape.SLOPE, points[0].on, [place / last for place in range(last + 1)])
    splits = range(SIDE_MONTHS, len(points) - SIDE_MONTHS + 1)
    steps = [_laid(points, Shape.STEP, points[split].on, [float(place >= split) for place in range(last + 1)]) for split in splits]
    return (slope, *steps)


def _laid(points: Sequence[_Point], shape: Shape, since: date, places: Sequence[float]) -> Line:
    """Weighted least squares of the figures on places from 0 to 1, with the scatter there is where it is more than luck's (Birge 1932)."""
    weights = [1 / point.variance for point in points]
    middle = fmean(places, weights)
    level = fmean([point.value for point in points], weights)
    spread = sum(weight * (place - middle) ** 2 for weight, place in zip(weights, places, strict=True))
    lean = sum(w * (place - middle) * (point.value - level) for w, place, point in zip(weights, places, points, strict=True))
    effect = lean / spread
    rest = (point.value - level - effect * (place - middle) for place, point in zip(places, points, strict=True))
    misfit = sum(weight * left**2 for weight, left in zip(weights, rest, strict=True))
    freedom = len(points) - 2
    deviation = sqrt(max(1.0, misfit / freedom) / spread)
    start = level - effect * middle
    return Line(
        shape=shape,
        since=since,
        until=points[-1].on,
        start=start,
        end=start + effect,
        reach=z_score(USUAL) * deviation,
        error=beyond(effect / deviation, freedom),
        misfit=misfit,
    )
