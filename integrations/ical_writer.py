"""Writes calendars as other programs read them: iCalendar (RFC 5545), lines folded and zones described by the library."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event, vRecur

from domain.calendar.occurrences import Repetition
from domain.local_time import moment_at, zone

PRODUCT: Final = "-//Pacesetter//Calendar//EN"
REFRESH: Final = timedelta(hours=1)
"""How often a program is asked to look again, in both of the ways there are; most come less often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """Something planned once, or an occurrence that differs from its series."""

    uid: str
    sequence: int
    """Rises with every change; programs keep what has the highest."""
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSeries:
    """Something that repeats: what its occurrences begin with, the days left out, and those that differ."""

    first: FeedEntry
    repetition: Repetition
    left_out: Sequence[date] = ()
    differing: Sequence[tuple[date, FeedEntry]] = ()
    """Each with the day its series put it on."""


def calendar_text(name: str, entries: Sequence[FeedEntry], series: Sequence[FeedSeries], *, first_on: date, last_on: date) -> bytes:
    """The calendar as a file; the zones series are in are described between the two days."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, entry.starts_at, entry.ends_at))
    for each in series:
        for event in _repeated(each):
            calendar.add_component(event)
    calendar.add_missing_timezones(first_date=first_on, last_date=last_on)
    return bytes(calendar.to_ical())


def _event(entry: FeedEntry, starts: datetime, ends: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamped_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", entry.summary)
    if entry.description:
        event.add("description", entry.description)
    return event


def _repeated(series: FeedSeries) -> list[Event]:
    """The series, and its occurrences that differ under the same name."""
    repetition = series.repetition
    place = zone(repetition.zone_name)
    first = _event(series.first, series.first.starts_at.astimezone(place), series.first.ends_at.astimezone(place))
    first.add("rrule", vRecur.from_ical(_rule_text(repetition)))
    for day in series.left_out:
        first.add("exdate", _shown(repetition, day))
    others = []
    for day, entry in series.differing:
        other = _event(replace(entry, uid=series.first.uid), entry.starts_at.astimezone(place), entry.ends_at.astimezone(place))
        other.add("recurrence-id", _shown(repetition, day))
        others.append(other)
    return [first, *others]


def _shown(repetition: Repetition, day: date) -> datetime:
    return datetime.combine(day, repetition.at, tzinfo=zone(repetition.zone_name))


def _rule_text(repetition: Repetition) -> str:
    """The rule with its end as a moment, as is due where the start has a zone; one ended early ends on its last day."""
    rule, until = repetition.rule, repetition.rule.until
    if repetition.until_on is not None:
        early = repetition.until_on - timedelta(days=1)
        until = early if until is None else min(until, early)
    if until is None:
        return rule.text
    text = replace(rule, until=None, count=rule.count if repetition.until_on is None else None).text
    last = moment_at(datetime.combine(until, time(23, 59, 59)), repetition.zone_name).moment
    return f"{text};UNTIL={last:%Y%m%dT%H%M%SZ}"
