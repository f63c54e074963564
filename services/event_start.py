"""Beginning what is planned: a call, an appointment or a meeting becomes the call under way; a training only notes its moment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.facts import EventEntry
from services import calendar, calls
from services.access import Viewer
from services.calls import CallUnderWay


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """An entry that has begun, and its clock where it has one."""

    event: EventEntry
    call: CallUnderWay | None
    """None for training and blocked time, which nobody records or logs."""


def start_event(session: Session, viewer: Viewer, event_id: int, seen_version: int | None, now: datetime) -> Started:
    """Begin a planned entry; whoever begins it again finds it begun. Raises as `calls.start_for_event`."""
    event = calendar.planned_event(session, viewer, event_id, seen_version)
    if calendar.has_activity(event):
        call = calls.start_for_event(session, viewer, event.id, now)
        return Started(event=calendar.visible_event(session, viewer, event.id), call=call)
    if event.started_at is None:
        calendar.store(session, event, {"started_at": now})
    return Started(event=calendar.visible_event(session, viewer, event.id), call=None)
