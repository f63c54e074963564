"""The calendar: book, move, complete and call off what is planned, in the agent's own time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from data.models import CalendarEvent
from data.queries import agents, daily, events, links, training
from data.writes import events as writes
from domain.access import Selection
from domain.contact import MATCHING_ACTIVITY
from domain.errors import ConflictError, NotFoundError
from domain.facts import AgentChoice, EventEntry
from domain.local_time import ClockNote, local_time, moment_at
from domain.records import EventStatus
from services.access import Viewer
from services.event_input import EventDetails, NewEvent

SAID: Final = {"kind", "title", "notes", "lead_id", "deal_id", "module_id", "auto_record"}
"""What an entry says of itself beside its time."""
LISTED_AT_MOST: Final = events.LISTED_AT_MOST
CHANGED: Final = "Somebody changed this entry meanwhile. Look at it again, then repeat your change."


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A stored entry and what is worth knowing about it."""

    event: EventEntry
    clock: ClockNote
    """Whether the time was one the clock skips or shows twice."""
    overlapping: tuple[EventEntry, ...]
    """Other planned entries of the agent at the same time: allowed, and said."""
    written: int = 1
    """How many entries stand in the calendar for it now: more than one where it repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How much stands on a day."""

    activities: int = 0
    events: int = 0


def book_event(session: Session, viewer: Viewer, new: NewEvent) -> Booked:
    """Put an entry into the calendar of an agent in the viewer's scope. Raises NotFoundError for a foreign agent, lead or deal."""
    agent = agent_for(session, viewer, new.agent_id, new.starts.date())
    when, clock = timed(new, agent)
    check_links(session, viewer, agent, new)
    stored = CalendarEvent(agent_id=agent.agent_id, created_by=author(viewer), **said_of(new), **when)
    return _booked(session, viewer, writes.insert_event(session, stored), clock)


def change_event(session: Session, viewer: Viewer, event_id: int, seen_version: int | None, change: EventDetails) -> Booked:
    """Replace what a planned entry says. Raises ConflictError when it changed since the version seen or is not planned any more."""
    event = planned_event(session, viewer, event_id, seen_version)
    agent = agent_for(session, viewer, event.agent_id, change.starts.date())
    when, clock = timed(change, agent)
    if links_of(change) != links_of(event):
        check_links(session, viewer, agent, change)
    store(session, event, said_of(change) | when)
    return _booked(session, viewer, event_id, clock)


def cancel_event(session: Session, viewer: Viewer, event_id: int, seen_version: int | None) -> None:
    """Call off a planned entry; it stays visible and does not count. Raises as `change_event`."""
    event = planned_event(session, viewer, event_id, seen_version)
    store(session, event, {"status": EventStatus.CANCELLED})


def events_in(session: Session, viewer: Viewer, selection: Selection) -> list[EventEntry]:
    """The selection's entries in the order they start."""
    return events.events(session, viewer.scope, selection)


def event_page(
    session: Session, viewer: Viewer, selection: Selection, *, after: tuple[datetime, int] | None, limit: int
) -> list[EventEntry]:
    """So many of the selection's entries behind a start and id, in the order they start."""
    return events.event_page(session, viewer.scope, selection, after, limit)


def day_counts(session: Session, viewer: Viewer, selection: Selection) -> dict[date, DayCount]:
    """How much stands on each day of the selection that has anything: work done from the roll-up, entries not cancelled."""
    done = {day: counters.activities for day, counters in daily.totals_by_day(session, viewer.scope, selection).items()}
    planned = events.event_counts(session, viewer.scope, selection)
    return {day: DayCount(activities=done.get(day, 0), events=planned.get(day, 0)) for day in sorted(done.keys() | planned.keys())}


def visible_event(session: Session, viewer: Viewer, event_id: int) -> EventEntry:
    """The entry; raises NotFoundError for one that is gone or not the viewer's to see."""
    event = events.visible_event(session, viewer.scope, event_id)
    if event is None:
        raise NotFoundError("This entry is not there any more. Reload to see the calendar as it is now.")
    return event


def planned_event(session: Session, viewer: Viewer, event_id: int, seen_version: int | None) -> EventEntry:
    """The entry as it was seen and still planned; raises NotFoundError or ConflictError otherwise."""
    event = visible_event(session, viewer, event_id)
    _check_seen(event, seen_version)
    if event.status is not EventStatus.PLANNED:
        raise ConflictError(f"“{event.title}” is not planned any more. Reopen it first.", code="not_planned")
    return event


def closed_event(session: Session, viewer: Viewer, event_id: int, seen_version: int | None) -> EventEntry:
    """The entry as it was seen and no longer planned; raises NotFoundError or ConflictError otherwise."""
    event = visible_event(session, viewer, event_id)
    _check_seen(event, seen_version)
    if event.status is EventStatus.PLANNED:
        raise ConflictError(f"“{event.title}” is planned already.", code="still_planned")
    return event


def store(session: Session, event: EventEntry, fields: dict[str, Any]) -> None:
    """Change the entry; raises ConflictError when somebody did since it was read."""
    if not writes.update_event(session, event.id, event.version, fields):
        raise ConflictError(CHANGED)


def links_of(said: EventDetails | EventEntry) -> tuple[int | None, ...]:
    """What it is about; checked when it is chosen, kept when it meanwhile belongs to somebody else."""
    return (said.lead_id, said.deal_id, said.module_id)


def author(viewer: Viewer) -> int | None:
    """Who an entry is by; a program is nobody."""
    return None if viewer.is_program else viewer.person_id


def has_activity(event: EventEntry) -> bool:
    """Whether completing the entry logs an activity; training and blocked time do not."""
    return event.kind in MATCHING_ACTIVITY


def _check_seen(event: EventEntry, seen_version: int | None) -> None:
    """None sees the entry as it is now; what is stored still names the version just read."""
    if seen_version is not None and event.version != seen_version:
        raise ConflictError(CHANGED)


def agent_for(session: Session, viewer: Viewer, agent_id: int, on: date) -> AgentChoice:
    """The agent in whose calendar the day is; raises NotFoundError for one the viewer does not look after then."""
    agent = agents.agent_on(session, viewer.scope, agent_id, on)
    if agent is None:
        raise NotFoundError("There is no such agent among those you look after on that day.")
    return agent


def timed(said: EventDetails, agent: AgentChoice) -> tuple[dict[str, Any], ClockNote]:
    """The moments and the day meant by the agent's clock, and what was special about it."""
    resolved = moment_at(said.starts, agent.time_zone)
    ends_at = resolved.moment + timedelta(minutes=said.minutes)
    return {"starts_at": resolved.moment, "ends_at": ends_at, "local_on": local_time(resolved.moment, agent.time_zone).on}, resolved.note


def said_of(said: EventDetails) -> dict[str, Any]:
    """What the entry says beside its time, as fields of its row."""
    return said.model_dump(include=SAID)


def check_links(session: Session, viewer: Viewer, agent: AgentChoice, said: EventDetails) -> None:
    """Raise NotFoundError for a lead or deal that is not the agent's, or a module that is not on offer."""
    on = said.starts.date()
    if said.lead_id is not None and links.lead_of_agent(session, viewer.scope, agent.agent_id, said.lead_id, on) is None:
        raise NotFoundError(f"There is no such lead among those of {agent.name}. Search for it by name.")
    if said.deal_id is not None and links.deal_of_agent(session, viewer.scope, agent.agent_id, said.deal_id, on) is None:
        raise NotFoundError(f"There is no such deal among those of {agent.name}. Search for it by name.")
    if said.module_id is not None and training.module_on_offer(session, said.module_id) is None:
        raise NotFoundError("There is no such training on offer any more. Choose another one.")


def _booked(session: Session, viewer: Viewer, event_id: int, clock: ClockNote) -> Booked:
    event = visible_event(session, viewer, event_id)
    return Booked(event=event, clock=clock, overlapping=tuple(events.overlapping(session, viewer.scope, event)))
