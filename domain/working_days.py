"""Planned working days: an agent's weekdays, without public holidays and absences, while they belong to what is looked at."""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import holidays

from domain.periods import Grain, Period, containing

KNOWN_COUNTRIES: Final = 32
"""How many countries and years stay in memory; an installation has one country and looks at a few years."""
KNOWN_WEEKS: Final = 64
"""How many windows' working weeks stay in memory: a few kinds of week, each with and without holidays, in the windows looked at."""


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
        return max(0, self._place(end) - self._place(start))

    def during(self, period: Period) -> tuple[date, ...]:
        """Those of the period."""
        return self.days[self._place(period.start) : self._place(period.end)]

    def within(self, spans: Iterable[Span]) -> "WorkDays":
        """Those that lie in one of the spans."""
        return WorkDays(tuple(sorted(self._covered(spans))))

    def without(self, spans: Iterable[Span]) -> "WorkDays":
        """Those that lie in none of the spans."""
        left_out = self._covered(spans)
        return WorkDays(tuple(day for day in self.days if day not in left_out))

    def _covered(self, spans: Iterable[Span]) -> set[date]:
        """Found by bisection: asking every day of a long window for every span took seconds."""
        return {day for span in spans for day in self.days[self._place(span.start) : self._place(span.end)]}

    def _place(self, day: date | None) -> int:
        """How many of them lie before the day; all for no day."""
        return len(self.days) if day is None else bisect_left(self.days, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One agent's working days, seen three ways."""

    regular: WorkDays
    """Their weekdays, holidays included: what a normal week has."""
    normal: WorkDays
    """Without public holidays: what their months have."""
    present: WorkDays
    """Without holidays and absences, while they belonged to what is looked at: what may be asked of them."""


@lru_cache(maxsize=KNOWN_WEEKS)
def weekdays_within(window: Period, weekdays: frozenset[int], free: frozenset[date] = frozenset()) -> WorkDays:
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
    week = frozenset(weekdays)
    regular, normal = weekdays_within(window, week), weekdays_within(window, week, frozenset(free))
    attended = normal.within(present) if present else normal
    return Calendar(regular=regular, normal=normal, present=attended.without(absences) if absences else attended)


@lru_cache(maxsize=KNOWN_COUNTRIES)
def public_holidays(country: str, first_year: int, last_year: int) -> frozenset[date]:
    """The country's public holidays of these years; none for a country the holidays package does not know."""
    years = range(first_year, last_year + 1)
    try:
        return frozenset(holidays.country_holidays(country, years=years))
    except NotImplementedError:
        return frozenset()


def whole_units(period: Period) -> Period:
    """The calendar years the period touches, with the whole weeks at their ends: every unit a target can be set for lies inside."""
    first = containing(containing(period.start, Grain.YEAR).start, Grain.WEEK)
    last = containing(containing(period.last_day, Grain.YEAR).last_day, Grain.WEEK)
    return Period(first.start, last.end)
