"""The calendar: what is planned, moved, started, done and called off."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response, status
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.calendar_bodies import (
    BookedOut,
    CalledOff,
    CallingOff,
    Ending,
    EventChange,
    EventIn,
    EventOut,
    EventPage,
    EventsQuery,
    Seen,
    StartedOut,
)
from api.v1.fields import PathRecordId
from api.v1.pages import cursor_of, moment_behind
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from domain.records import Outcome
from services import activity_places, calendar, event_outcomes, event_series, event_start
from services.access import Viewer
from services.callers import Caller
from services.event_series import Repeat
from services.owners import Owner, chosen_owner, today_of

router: Final = APIRouter(prefix="/calendar/events", tags=["calendar"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.CALENDAR_READ))]
Writer = Annotated[Caller, Depends(allowed(ApiScope.CALENDAR_WRITE))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.get("", responses=described(400, 401, 403, 422))
def page(wanted: Annotated[EventsQuery, Query()], calling: Reader) -> EventPage:
    """Entries of some days in the order they start, those called off included."""
    after = moment_behind(wanted.cursor)
    with database().reading() as session:
        found = calendar.event_page(session, calling.viewer, wanted.selection, after=after, limit=wanted.limit + 1)
    shown = [EventOut.of(each) for each in found[: wanted.limit]]
    more = len(found) > wanted.limit
    return EventPage(items=shown, next_cursor=cursor_of(shown[-1].id, shown[-1].starts_at) if more else None)


@router.post("", status_code=status.HTTP_201_CREATED, response_model=BookedOut, responses=WRITES)
def book(body: EventIn, calling: Writer, once: Once) -> Response:
    """Plan something, once or repeatedly; the answer says what else is planned at the same time."""
    activity_places.require_named(calling.viewer, body.agent)
    return written(once, lambda session: _book(session, calling.viewer, body))


@router.get("/{event_id}", responses=described(401, 403, 404, 422))
def one(event_id: PathRecordId, calling: Reader) -> EventOut:
    """One entry."""
    with database().reading() as session:
        return EventOut.of(calendar.visible_event(session, calling.viewer, event_id))


@router.patch("/{event_id}", response_model=BookedOut, responses=WRITES)
def change(event_id: PathRecordId, body: EventChange, calling: Writer, once: Once) -> Response:
    """Move or reword a planned entry, alone or with those of its series that follow, or with all that are to come."""
    return written(once, lambda session: _change(session, calling.viewer, event_id, body))


@router.post("/{event_id}/start", response_model=StartedOut, responses=WRITES)
def start(event_id: PathRecordId, body: Seen, calling: Writer, once: Once) -> Response:
    """Begin a planned entry: its clock runs, and the answer says whether it may be recorded. A program needs `activities:write` too."""
    calling.require(ApiScope.ACTIVITIES_WRITE)
    return written(once, lambda session: _start(session, calling.viewer, event_id, body))


@router.post("/{event_id}/complete", response_model=EventOut, responses=WRITES)
def complete(event_id: PathRecordId, body: Ending, calling: Writer, once: Once) -> Response:
    """Close a planned entry with its outcome, and log the activity it was; a program needs `activities:write` too."""
    calling.require(ApiScope.ACTIVITIES_WRITE)
    return written(once, lambda session: _complete(session, calling.viewer, event_id, body))


@router.post("/{event_id}/cancel", response_model=CalledOff, responses=WRITES)
def cancel(event_id: PathRecordId, body: CallingOff, calling: Writer, once: Once) -> Response:
    """Call off a planned entry, alone or with others of its series; what is called off stays in the calendar and does not count."""
    return written(once, lambda session: _cancel(session, calling.viewer, event_id, body))


def _book(session: Session, viewer: Viewer, body: EventIn) -> Done:
    now = clock.now()
    owner = chosen_owner(session, viewer, body.agent, now) or Owner(agent_id=0, time_zone=viewer.time_zone)
    new = body.planned(owner.agent_id, owner.time_zone)
    if body.repeats is None:
        booked = calendar.book_event(session, viewer, new)
    else:
        booked = event_series.book_series(session, viewer, new, body.repeats, today_of(viewer, now))
    return Done(shown=BookedOut.booked(booked), status=status.HTTP_201_CREATED)


def _change(session: Session, viewer: Viewer, event_id: int, body: EventChange) -> Done:
    event = calendar.visible_event(session, viewer, event_id)
    repeat = Repeat(reach=body.reach, rule=body.repeats)
    details, today = body.details(event), today_of(viewer, clock.now())
    return Done(shown=BookedOut.booked(event_series.change_event(session, viewer, event_id, body.version, details, repeat, today)))


def _start(session: Session, viewer: Viewer, event_id: int, body: Seen) -> Done:
    return Done(shown=StartedOut.started(event_start.start_event(session, viewer, event_id, body.version, clock.now())))


def _complete(session: Session, viewer: Viewer, event_id: int, body: Ending) -> Done:
    now = clock.now()
    if body.outcome is Outcome.NO_SHOW:
        return Done(shown=EventOut.of(event_outcomes.mark_no_show(session, viewer, event_id, body.version, now)))
    return Done(shown=EventOut.of(event_outcomes.complete_event(session, viewer, event_id, body.version, body.outcome, now)))


def _cancel(session: Session, viewer: Viewer, event_id: int, body: CallingOff) -> Done:
    today = today_of(viewer, clock.now())
    return Done(shown=CalledOff(cancelled=event_series.cancel_events(session, viewer, event_id, body.version, body.reach, today)))
