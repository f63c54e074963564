"""What became of a calendar entry: completing one writes the matching activity, reopening takes it back."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import links
from data.writes import calls
from data.writes.training import complete_module
from domain.calls import FORGOTTEN_AFTER
from domain.contact import MATCHING_ACTIVITY
from domain.facts import EventEntry
from domain.records import REACHED, EventKind, EventStatus, Outcome
from services.access import Viewer
from services.activities import delete_activity, record_activity
from services.activity_input import new_activity
from services.calendar import closed_event, planned_event, store, visible_event

NOBODY_CAME: Final = {EventKind.CALL: Outcome.NO_ANSWER}
"""What a no-show is called; for everything but a call it is a no-show."""
NOT_REACHED: Final = frozenset(Outcome) - REACHED
"""Outcomes that say nothing about how long it took."""


def complete_event(
    session: Session, viewer: Viewer, event_id: int, seen_version: int | None, outcome: Outcome | None, now: datetime
) -> EventEntry:
    """Close a planned entry as done and log its activity with the outcome.

    The activity is dated when the entry started, or now where it is completed early; it lasted as long as planned, or as it was
    seen to last. A training is done with its module. Raises as `calendar.change_event`.
    """
    event = planned_event(session, viewer, event_id, seen_version)
    if event.module_id is not None:
        complete_module(session, event.module_id, event.agent_id, now)
    return _set(session, viewer, event, EventStatus.COMPLETED, _logged(session, viewer, event, outcome, now))


def mark_no_show(session: Session, viewer: Viewer, event_id: int, seen_version: int | None, now: datetime) -> EventEntry:
    """Close a planned entry to which nobody came; its activity is kept and does not count as held. Raises as `calendar.change_event`."""
    event = planned_event(session, viewer, event_id, seen_version)
    outcome = NOBODY_CAME.get(event.kind, Outcome.NO_SHOW)
    return _set(session, viewer, event, EventStatus.NO_SHOW, _logged(session, viewer, event, outcome, now))


def reopen_event(session: Session, viewer: Viewer, event_id: int, seen_version: int | None, now: datetime) -> EventEntry:
    """Plan a closed entry again and take its activity back. Raises ConflictError when it is planned already."""
    event = closed_event(session, viewer, event_id, seen_version)
    if event.activity_id is not None:
        delete_activity(session, viewer, event.activity_id, now)
    return _set(session, viewer, event, EventStatus.PLANNED, None)


def _set(session: Session, viewer: Viewer, event: EventEntry, status: EventStatus, activity_id: int | None) -> EventEntry:
    """Store what became of the entry; a call under way for it is over with it, or it would be logged a second time."""
    calls.end_for_event(session, event.id)
    store(session, event, {"status": status, "activity_id": activity_id})
    return visible_event(session, viewer, event.id)


def _logged(session: Session, viewer: Viewer, event: EventEntry, outcome: Outcome | None, now: datetime) -> int | None:
    kind = MATCHING_ACTIVITY.get(event.kind)
    if kind is None:
        return None
    new = new_activity(
        agent_id=event.agent_id,
        type=kind,
        outcome=outcome,
        subject=event.title,
        occurred_at=min(event.started_at or event.starts_at, now),
        duration_seconds=int(_length(event, now).total_seconds()) if outcome not in NOT_REACHED else None,
        **_links(session, viewer, event),
    )
    return record_activity(session, viewer, new, now).id


def _length(event: EventEntry, now: datetime) -> timedelta:
    """How long it lasted, where somebody started it and closed it soon; how long it was planned otherwise."""
    seen = now - event.started_at if event.started_at is not None else FORGOTTEN_AFTER
    return seen if timedelta(0) < seen < FORGOTTEN_AFTER else event.ends_at - event.starts_at


def _links(session: Session, viewer: Viewer, event: EventEntry) -> dict[str, int | None]:
    """The entry's lead and deal, without one that meanwhile belongs to somebody else."""
    lead = event.lead_id and links.lead_of_agent(session, viewer.scope, event.agent_id, event.lead_id, event.local_on)
    deal = event.deal_id and links.deal_of_agent(session, viewer.scope, event.agent_id, event.deal_id, event.local_on)
    return {"lead_id": event.lead_id if lead else None, "deal_id": event.deal_id if deal else None}
