"""Calls with a clock: started, ended as an activity with its outcome, or dropped without a trace."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from data.models import CalendarEvent
from data.queries import calls as queries
from data.queries import events, links
from data.writes import calls as writes
from data.writes.events import update_event
from domain.calls import CallEntry, event_status
from domain.contact import MATCHING_ACTIVITY
from domain.errors import ConflictError, InputError, NotFoundError
from domain.facts import ActivityEntry, EventEntry
from domain.local_time import local_time
from domain.recording import Permission
from domain.records import EventStatus
from services import calendar
from services.access import Viewer
from services.activities import record_activity
from services.activity_input import new_activity
from services.agents import agent_seen
from services.call_input import EndedCall, NewCall
from services.owners import today_of
from services.recording_consent import may_record

GONE: Final = "This call is not open any more."
ON_ANOTHER: Final = "There is a call under way already. End it, or take it back, before the next one."


@dataclass(frozen=True, slots=True, kw_only=True)
class CallUnderWay:
    """A call and whether it may be recorded."""

    call: CallEntry
    recording: Permission


def start_call(session: Session, viewer: Viewer, new: NewCall, now: datetime) -> CallUnderWay:
    """Start the clock for an agent in the viewer's scope.

    Raises NotFoundError for a foreign agent or lead, ConflictError (`call_under_way`) while the agent is on another call.
    """
    agent = agent_seen(session, viewer, new.agent_id, today_of(viewer, now))
    on = local_time(now, agent.time_zone).on
    if new.lead_id is not None and links.lead_of_agent(session, viewer.scope, agent.agent_id, new.lead_id, on) is None:
        raise NotFoundError(f"There is no such lead among those of {agent.name}. Search for it by name.")
    return _begun(session, new.model_dump() | {"started_at": now})


def start_for_event(session: Session, viewer: Viewer, event_id: int, now: datetime) -> CallUnderWay:
    """Start the clock for a planned call, appointment, showing or meeting; whoever starts it twice finds it under way.

    It is recorded as the entry says, where that is allowed. The entry keeps when it was started; ending the call completes it.
    Raises NotFoundError for an entry the viewer may not see, ConflictError for one that is not planned any more or while its
    agent is on another call, InputError (`not_a_call`) for training and blocked time.
    """
    event = calendar.visible_event(session, viewer, event_id)
    under_way = queries.call_of(session, event.agent_id)
    if under_way is not None and under_way.event_id == event.id:
        return _with_permission(session, under_way)
    calendar.planned_event(session, viewer, event_id, event.version)
    if event.kind not in MATCHING_ACTIVITY:
        raise InputError("Training and blocked time are no calls: there is nothing to start.", code="not_a_call")
    agent_seen(session, viewer, event.agent_id, today_of(viewer, now))
    stored = session.get_one(CalendarEvent, event.id)
    begun = {"agent_id": event.agent_id, "event_id": event.id, "started_at": now, "wants_recording": stored.auto_record}
    call = _begun(session, begun | {"lead_id": _own_lead(session, viewer, event.agent_id, event.lead_id, now)})
    update_event(session, event.id, event.version, {"started_at": now})
    return call


def call_of(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> CallUnderWay | None:
    """The call an agent is on; None for one who is on none, or is not the viewer's to see."""
    found = queries.call_of(session, agent_id)
    if found is None or not _is_seen(session, viewer, found, now):
        return None
    return _with_permission(session, found)


def call_under_way(session: Session, viewer: Viewer, call_id: int, now: datetime) -> CallUnderWay:
    """The call; raises NotFoundError for one that is over or not the viewer's to see."""
    return _with_permission(session, _open(session, viewer, call_id, now))


def finish_call(session: Session, viewer: Viewer, call_id: int, end: EndedCall, now: datetime) -> ActivityEntry:
    """End the call and log what it was, dated when it began; its planned entry is done with it. Raises NotFoundError when it is over.

    A lead or deal that meanwhile became somebody else's is left out: the talk took place all the same.
    """
    call = _open(session, viewer, call_id, now, locked=True)
    event = _event_of(session, viewer, call)
    seconds = call.talked_seconds(end.outcome, now) if end.talked_seconds is None else end.talked_seconds
    new = new_activity(
        agent_id=call.agent_id,
        type=call.kind,
        outcome=end.outcome,
        subject=call.subject[:300],
        notes=end.notes,
        lead_id=_own_lead(session, viewer, call.agent_id, call.lead_id, call.started_at),
        deal_id=_own_deal(session, viewer, call, event),
        duration_seconds=seconds,
        occurred_at=call.started_at,
    )
    entry = record_activity(session, viewer, new, now)
    _settle(session, event, {"status": event_status(end.outcome), "activity_id": entry.id})
    writes.end(session, call.id)
    return entry


def drop_call(session: Session, viewer: Viewer, call_id: int, now: datetime) -> None:
    """Take the call back as if it had not been started. Raises NotFoundError when it is over."""
    call = _open(session, viewer, call_id, now, locked=True)
    _settle(session, _event_of(session, viewer, call), {"started_at": None})
    writes.end(session, call.id)


def _begun(session: Session, fields: dict[str, Any]) -> CallUnderWay:
    call_id = writes.begin(session, fields)
    call = queries.call(session, call_id) if call_id is not None else None
    if call is None:
        raise ConflictError(ON_ANOTHER, code="call_under_way")
    return _with_permission(session, call)


def _open(session: Session, viewer: Viewer, call_id: int, now: datetime, *, locked: bool = False) -> CallEntry:
    call = queries.call(session, call_id, locked=locked)
    if call is None or not _is_seen(session, viewer, call, now):
        raise NotFoundError(GONE)
    return call


def _is_seen(session: Session, viewer: Viewer, call: CallEntry, now: datetime) -> bool:
    try:
        agent_seen(session, viewer, call.agent_id, today_of(viewer, now))
    except NotFoundError:
        return False
    return True


def _with_permission(session: Session, call: CallEntry) -> CallUnderWay:
    return CallUnderWay(call=call, recording=may_record(session, call.agent_id, wanted=call.wants_recording))


def _own_lead(session: Session, viewer: Viewer, agent_id: int, lead_id: int | None, at: datetime) -> int | None:
    """The lead, while it is the agent's."""
    if lead_id is None:
        return None
    on = local_time(at, queries.residence(session, agent_id).time_zone).on
    return lead_id if links.lead_of_agent(session, viewer.scope, agent_id, lead_id, on) else None


def _own_deal(session: Session, viewer: Viewer, call: CallEntry, event: EventEntry | None) -> int | None:
    """The deal of the planned entry, while it is the agent's."""
    if event is None or event.deal_id is None:
        return None
    on = local_time(call.started_at, call.time_zone).on
    return event.deal_id if links.deal_of_agent(session, viewer.scope, call.agent_id, event.deal_id, on) else None


def _event_of(session: Session, viewer: Viewer, call: CallEntry) -> EventEntry | None:
    """The planned entry the call is for, as it stands now."""
    return events.visible_event(session, viewer.scope, call.event_id) if call.event_id is not None else None


def _settle(session: Session, event: EventEntry | None, fields: dict[str, Any]) -> None:
    """Let the planned entry follow its call; one that was closed or called off meanwhile stays as it is."""
    if event is not None and event.status is EventStatus.PLANNED:
        calendar.store(session, event, fields)
