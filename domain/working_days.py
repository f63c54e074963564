"""Planned working days: an agent's weekdays, without public holidays and absences, while they belong to what is looked at."""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import holidays

from domain.periods import Period

KNOWN_COUNTRIES: Final = 32
"""How many countries and years stay in memory; an installation has one country and looks at a few years."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `start` up to but not including `end`; no end means ongoing."""

    start: date
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        """Whether the day belongs to it."""
        return self.start <= day and (self.end is None or day < self.end)

    def within(self, period: Period) -> "Span | None":
        """The part inside the period, or None."""
        start = max(self.start, period.start)
        end = period.end if self.end is None else min(self.end, period.end)
        return Span(start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class WorkDays:
    """Planned days in order."""

    days: tuple[date, ...]

    def between(self, start: date, end: date) -> int:
        """W(start, end): how many of them lie from `start` up to but not including `end`."""
        return max(0, bisect_left(self.days, end) - bisect_left(self.days, start))

    def within(self, spans: Iterable[Span]) -> "WorkDays":
        """Those that lie in one of the spans."""
        chosen = tuple(spans)
        return WorkDays(tuple(day for day in self.days if any(day in span for span in chosen)))

    def without(self, spans: Iterable[Span]) -> "WorkDays":
        """Those that lie in none of the spans."""
        left_out = tuple(spans)
        return WorkDays(tuple(day for day in self.days if not any(day in span for span in left_out)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One agent's working days, seen three ways."""

    regular: WorkDays
    """Their weekdays, holidays included: what a normal week has."""
    normal: WorkDays
    """Without public holidays: what their months have."""
    present: WorkDays
    """Without holidays and absences, while they belonged to what is looked at: what may be asked of them."""


def weekdays_within(window: Period, weekdays: Collection[int], free: Collection[date] = ()) -> WorkDays:
    """The days of the window that fall on these ISO weekdays and are not free."""
    return WorkDays(tuple(day for day in window if day.isoweekday() in weekdays and day not in free))


def calendar(
    window: Period,
    weekdays: Collection[int],
    *,
    free: Collection[date] = (),
    absences: Collection[Span] = (),
    present: Collection[Span] = (),
) -> Calendar:
    """An agent's calendar in the window; without `present` spans they belong to it all along."""
    normal = weekdays_within(window, weekdays, free)
    attended = normal.within(present) if present else normal
    return Calendar(regular=weekdays_within(window, weekdays), normal=normal, present=attended.without(absences) if absences else attended)


@lru_cache(maxsize=KNOWN_COUNTRIES)
def public_holidays(country: str, first_year: int, last_year: int) -> frozenset[date]:
    """The country's public holidays of these years; none for a country the holidays package does not know."""
    years = range(first_year, last_year + 1)
    try:
        return frozenset(holidays.country_holidays(country, years=years))
    except NotImplementedError:
        return frozenset()


def whole_years(period: Period) -> Period:
    """The calendar years the period touches: every unit a target can be set for lies inside."""
    return Period(period.start.replace(month=1, day=1), date(period.last_day.year + 1, 1, 1))
