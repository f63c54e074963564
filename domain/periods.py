"""Spans of local days, half-open, and how one compares with the one before."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import InputError


class Grain(StrEnum):
    """The length of a bucket in a trend, and of a target's period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Preset(StrEnum):
    """The spans people ask for by name."""

    TODAY = "today"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_30_DAYS = "last_30_days"
    LAST_90_DAYS = "last_90_days"
    THIS_YEAR = "this_year"
    LAST_12_MONTHS = "last_12_months"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to but not including `end`."""

    start: date
    end: date
    grain: Grain | None = None
    """The calendar unit the period is one of, or None for a free span; it decides what came before."""

    def __post_init__(self) -> None:
        """Refuse an empty or reversed span."""
        if self.end <= self.start:
            msg = (
                f"The period ends on {self.end - timedelta(days=1)}, before it starts on {self.start}. Choose an end on or after the start."
            )
            raise InputError(msg, code="reversed_period")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        return self.start <= day < self.end

    def __iter__(self) -> Iterator[date]:
        """Its days in order."""
        return (self.start + timedelta(days=offset) for offset in range(self.days))

    def elapsed(self, today: date) -> "Period | None":
        """The part up to and including today, or None when it has not begun."""
        if today < self.start:
            return None
        return Period(self.start, min(self.end, today + timedelta(days=1)), self.grain)

    def is_unfinished(self, today: date) -> bool:
        """Whether today or later days still belong to it."""
        return self.end > today

    def previous(self, today: date) -> "Period":
        """The period to compare with: the one before, cut to the same elapsed part while this one is unfinished.

        A calendar unit is compared with the unit before (day 8 of a month with days 1–8 of the last, or with all of it
        where it is shorter); a free span with the equally long span that ends where this one starts.
        """
        if self.grain is None:
            whole = Period(self.start - timedelta(days=self.days), self.start)
        else:
            whole = containing(self.start - timedelta(days=1), self.grain)
        if not self.is_unfinished(today) or today < self.start:
            return whole
        elapsed_days = (today - self.start).days + 1
        return Period(whole.start, min(whole.end, whole.start + timedelta(days=elapsed_days)))


def containing(day: date, grain: Grain) -> Period:
    """The calendar unit the day falls in; weeks start on Monday."""
    match grain:
        case Grain.DAY:
            return Period(day, day + timedelta(days=1), grain)
        case Grain.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(monday, monday + timedelta(days=7), grain)
        case Grain.MONTH:
            start = day.replace(day=1)
            return Period(start, add_months(start, 1), grain)
        case Grain.QUARTER:
            start = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
            return Period(start, add_months(start, 3), grain)
        case Grain.YEAR:
            start = day.replace(month=1, day=1)
            return Period(start, add_months(start, 12), grain)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def from_preset(preset: Preset, today: date) -> Period:
    """The span a preset names, seen from today; the `last_n` spans end with today."""
    tomorrow = today + timedelta(days=1)
    spans = {
        Preset.TODAY: lambda: containing(today, Grain.DAY),
        Preset.THIS_WEEK: lambda: containing(today, Grain.WEEK),
        Preset.LAST_WEEK: lambda: containing(today - timedelta(days=7), Grain.WEEK),
        Preset.THIS_MONTH: lambda: containing(today, Grain.MONTH),
        Preset.LAST_MONTH: lambda: containing(add_months(today.replace(day=1), -1), Grain.MONTH),
        Preset.THIS_QUARTER: lambda: containing(today, Grain.QUARTER),
        Preset.LAST_30_DAYS: lambda: Period(tomorrow - timedelta(days=30), tomorrow),
        Preset.LAST_90_DAYS: lambda: Period(tomorrow - timedelta(days=90), tomorrow),
        Preset.THIS_YEAR: lambda: containing(today, Grain.YEAR),
        Preset.LAST_12_MONTHS: lambda: Period(add_months(tomorrow, -12), tomorrow),
    }
    return spans[preset]()


def buckets(period: Period, grain: Grain) -> list[Period]:
    """The calendar units the period touches, in order, each whole: the first and last may reach beyond it."""
    units = [containing(period.start, grain)]
    while units[-1].end < period.end:
        units.append(containing(units[-1].end, grain))
    return units
