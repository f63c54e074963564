"""What repeats in the calendar: booked once, changed and called off one by one, from one on, or all that is to come."""

from datetime import date
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.models import EventSeries
from data.queries import events
from data.queries import series as queries
from data.writes import series as writes
from domain.calendar.series import Reach, checked_rule
from domain.errors import InputError
from domain.facts import AgentChoice, EventEntry
from domain.local_time import ClockNote, moment_at
from domain.records import EventStatus
from services import calendar, series_changes, series_entries
from services.access import Viewer
from services.calendar import Booked
from services.event_input import EventDetails, NewEvent
from services.series_changes import Change
from services.series_entries import AHEAD

Repeat: TypeAlias = series_changes.Repeat
ALONE: Final = "One entry alone does not repeat by another rule. Change this one and those after it."


def book_series(session: Session, viewer: Viewer, new: NewEvent, rule: str, today: date) -> Booked:
    """Put something that repeats into the calendar of an agent in the viewer's scope.

    Raises InputError for a rule that cannot be or leaves its first day out, NotFoundError as `calendar.book_event`.
    """
    agent = calendar.agent_for(session, viewer, new.agent_id, new.starts.date())
    calendar.check_links(session, viewer, agent, new)
    series = _begun(session, viewer, agent, new, rule)
    series_entries.write(session, series, (series.first_on, max(today, series.first_on) + AHEAD), agent.time_zone)
    return _booked(session, viewer, series, moment_at(new.starts, agent.time_zone).note)


def change_event(
    session: Session, viewer: Viewer, event_id: int, seen_version: int | None, change: EventDetails, repeat: Repeat, today: date
) -> Booked:
    """Replace what a planned entry says, alone or with others of its series; with a rule a single one begins to repeat.

    Only what differs from the entry is changed about the others. One that was moved, renamed or called off by hand keeps that; one
    whose day the series has no more stays as a single entry if it was touched. Raises as `calendar.change_event` and `book_series`.
    """
    event = calendar.planned_event(session, viewer, event_id, seen_version)
    if not _reaches_others(event, repeat.reach):
        return _changed_alone(session, viewer, event, change, repeat.rule, today)
    agent = calendar.agent_for(session, viewer, event.agent_id, change.starts.date())
    if calendar.links_of(change) != calendar.links_of(event):
        calendar.check_links(session, viewer, agent, change)
    part = series_changes.change_part(session, viewer, Change(event=event, said=change, agent=agent), repeat, today)
    return _booked(session, viewer, part, moment_at(change.starts, agent.time_zone).note, event_id)


def cancel_events(session: Session, viewer: Viewer, event_id: int, seen_version: int | None, reach: Reach, today: date) -> int:
    """Call off a planned entry, alone or with others of its series, which then ends; they stay visible. How many it were."""
    event = calendar.planned_event(session, viewer, event_id, seen_version)
    if not _reaches_others(event, reach):
        calendar.cancel_event(session, viewer, event_id, seen_version)
        return 1
    series, day = series_changes.series_of(session, viewer, event), series_changes.begins(event, Repeat(reach=reach), today)
    series.until_on, series.version = day, series.version + 1
    entries = queries.entries_from(session, series.id or 0, day)
    dropped = [entry for entry in entries if entry.status is EventStatus.PLANNED]
    for entry in dropped:
        entry.status, entry.version = EventStatus.CANCELLED, entry.version + 1
    session.flush()
    return len(dropped)


def _begun(session: Session, viewer: Viewer, agent: AgentChoice, said: EventDetails, rule: str) -> EventSeries:
    first_on = said.starts.date()
    series = EventSeries(
        agent_id=agent.agent_id,
        time_zone=agent.time_zone,
        first_on=first_on,
        starts_at_local=said.starts.time(),
        minutes=said.minutes,
        rule=checked_rule(rule, first_on, said.starts.time(), agent.time_zone).text,
        written_until=first_on,
        created_by=calendar.author(viewer),
        **calendar.said_of(said),
    )
    return writes.insert_series(session, series)


def _changed_alone(session: Session, viewer: Viewer, event: EventEntry, said: EventDetails, rule: str | None, today: date) -> Booked:
    """The entry changed by itself; with a rule it becomes the first of a series, unless it is one of a series already."""
    if rule is not None and event.series is not None:
        raise InputError(ALONE, code="reach_missing")
    booked = calendar.change_event(session, viewer, event.id, event.version, said)
    if rule is None:
        return booked
    agent = calendar.agent_for(session, viewer, event.agent_id, said.starts.date())
    series = _begun(session, viewer, agent, said, rule)
    calendar.store(session, booked.event, {"series_id": series.id, "occurs_on": series.first_on})
    series_entries.write(session, series, (series.first_on, max(today, series.first_on) + AHEAD), agent.time_zone)
    return _booked(session, viewer, series, booked.clock, event.id)


def _reaches_others(event: EventEntry, reach: Reach) -> bool:
    """Whether others are meant, and there are some: an entry behind its series' end stands alone."""
    if event.series is None or reach is Reach.THIS:
        return False
    return event.series.until_on is None or event.series.occurs_on < event.series.until_on


def _booked(session: Session, viewer: Viewer, series: EventSeries, clock: ClockNote, event_id: int | None = None) -> Booked:
    entries = queries.entries_from(session, series.id or 0, series.first_on)
    return Booked(
        event=calendar.visible_event(session, viewer, event_id or entries[0].id or 0),
        clock=clock,
        overlapping=tuple(events.in_the_way_of_series(session, viewer.scope, series.agent_id, series.id or 0)),
        written=sum(entry.status is EventStatus.PLANNED for entry in entries),
    )
