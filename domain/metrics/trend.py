"""A metric over time: one point per day, week, month or quarter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.counters import Counters, total
from domain.metrics.definition import Metric
from domain.metrics.measures import Measure
from domain.periods import Grain, Period, add_months, buckets, containing

SHOWN_UNITS: Final = 12
"""Twelve weeks or months: enough to see where it goes, and few enough for a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One bucket of a trend."""

    start: date
    """First day of the calendar unit, also where the selection begins later."""
    label: str
    measure: Measure
    unfinished: bool
    """Days are missing at one end: today or later ones, or those outside the selection. Drawn dashed, never read as a fall."""

    @property
    def value(self) -> float | None:
        """The bucket's figure."""
        return self.measure.value


def trend(metric: Metric, by_day: Mapping[date, Counters], period: Period, grain: Grain, today: date) -> list[Point]:
    """The metric per calendar unit of the period up to today. A day without facts adds nothing; units still to come are left out."""
    units = [unit for unit in buckets(period, grain) if unit.start <= today]
    return [
        Point(
            start=unit.start,
            label=label(unit.start, grain),
            measure=metric.measure(total(by_day[day] for day in unit if day in by_day and day in period)),
            unfinished=unit.is_unfinished(today) or unit.start < period.start or unit.end > period.end,
        )
        for unit in units
    ]


def label(start: date, grain: Grain) -> str:
    """The unit as an axis shows it: 10 Mar · week of 9 Mar · Mar 2026 · Q1 2026 · 2026."""
    match grain:
        case Grain.DAY:
            return f"{start.day} {start:%b}"
        case Grain.WEEK:
            return f"week of {start.day} {start:%b}"
        case Grain.MONTH:
            return f"{start:%b %Y}"
        case Grain.QUARTER:
            return f"Q{(start.month + 2) // 3} {start.year}"
        case Grain.YEAR:
            return str(start.year)


def fitting_grain(period: Period) -> Grain:
    """The bucket length that gives a period between about seven and forty points."""
    if period.days <= 45:  # noqa: PLR2004 - up to six weeks by day
        return Grain.DAY
    return Grain.WEEK if period.days <= 190 else Grain.MONTH  # noqa: PLR2004 - up to half a year by week


def reaching_back(period: Period, grain: Grain, known_from: date | None) -> Period:
    """The days a trend up to this period is drawn over: by day the period; by longer units those it touches, whole, and twelve in all.

    A month by months would be a single point, and a quarter that begins in the middle of a week would begin with a dip. Units before
    the first day with facts are not added: nothing is known of them, which is not zero.
    """
    if grain is Grain.DAY:
        return period
    touched, last = containing(period.start, grain).start, containing(period.last_day, grain)
    earliest = max(_back(last, SHOWN_UNITS - 1), containing(known_from or touched, grain).start)
    return Period(min(touched, earliest), last.end)


def _back(unit: Period, units: int) -> date:
    months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
    if unit.grain in months:
        return add_months(unit.start, -months[unit.grain] * units)
    return unit.start - timedelta(days=unit.days * units)
