"""The entries of a series, written some weeks ahead: far enough to plan around, near enough to change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from data.models import CalendarEvent, EventSeries
from data.queries import series as queries
from data.writes import series as writes
from domain.calendar.occurrences import Repetition
from domain.calendar.recurrence import rule_of
from domain.local_time import local_time
from domain.periods import Period
from domain.records import EventStatus
from services.calendar import SAID

AHEAD: Final = timedelta(days=60)
"""Two months: what a month's view and the next one show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What a series' entries begin with; an entry that differs was changed by hand."""

    repetition: Repetition
    minutes: int
    said: Mapping[str, Any]

    def span(self, day: date) -> tuple[datetime, datetime]:
        """From when to when the entry of the day lasts."""
        starts_at = self.repetition.moment(day).moment
        return starts_at, starts_at + timedelta(minutes=self.minutes)


def pattern_of(series: EventSeries) -> Pattern:
    """The series as its entries begin."""
    repetition = Repetition(
        rule=rule_of(series.rule),
        first_on=series.first_on,
        at=series.starts_at_local,
        zone_name=series.time_zone,
        until_on=series.until_on,
    )
    return Pattern(repetition=repetition, minutes=series.minutes, said={field: getattr(series, field) for field in SAID})


def is_on_time(entry: CalendarEvent, pattern: Pattern, day: date) -> bool:
    """Whether the entry is when the pattern put it that day."""
    return (entry.starts_at, entry.ends_at) == pattern.span(day)


def is_untouched(entry: CalendarEvent, pattern: Pattern, day: date) -> bool:
    """Whether nobody changed, closed or called off the entry."""
    says_the_same = all(getattr(entry, field) == value for field, value in pattern.said.items())
    return entry.status is EventStatus.PLANNED and says_the_same and is_on_time(entry, pattern, day)


def write(session: Session, series: EventSeries, days: tuple[date, date], zone_name: str) -> int:
    """Write the series' entries of the days from the first up to the second that are not there yet; how many were not.

    `zone_name` is the agent's, in which an entry's day is told.
    """
    start, end = days
    pattern = pattern_of(series)
    wanted = pattern.repetition.days(Period(start, end)) if start < end else []
    series.written_until = max(series.written_until, end)
    return writes.insert_occurrences(session, [_row(series, pattern, day, zone_name) for day in wanted])


def extend(session: Session, today: date) -> dict[str, int]:
    """Write the entries of every series that goes on for the weeks ahead; counts. The caller owns the transaction."""
    until = today + AHEAD
    due = queries.series_to_extend(session, until)
    written = sum(write(session, series, (series.written_until, until), zone_name) for series, zone_name in due)
    return {"series": len(due), "entries": written}


def _row(series: EventSeries, pattern: Pattern, day: date, zone_name: str) -> dict[str, Any]:
    starts_at, ends_at = pattern.span(day)
    return {
        "agent_id": series.agent_id,
        "series_id": series.id,
        "occurs_on": day,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "local_on": local_time(starts_at, zone_name).on,
        "status": EventStatus.PLANNED,
        "created_by": series.created_by,
        **pattern.said,
    }
