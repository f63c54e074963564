"""A metric over time: one point per day, week, month or quarter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.counters import Counters, total
from domain.metrics.definition import Metric
from domain.metrics.measures import Measure
from domain.periods import Grain, Period, buckets


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
