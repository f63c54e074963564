"""Calls under way: started by whoever dials, ended as an activity with its duration."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response, status
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.activity_bodies import ActivityOut
from api.v1.call_bodies import CallEndIn, CallIn, CallOut
from api.v1.fields import PathRecordId
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from services import calls
from services.access import Viewer
from services.activity_places import require_named
from services.callers import Caller
from services.owners import chosen_owner

router: Final = APIRouter(prefix="/calls", tags=["calls"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.ACTIVITIES_READ))]
Writer = Annotated[Caller, Depends(allowed(ApiScope.ACTIVITIES_WRITE))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.post("", status_code=status.HTTP_201_CREATED, response_model=CallOut, responses=WRITES)
def start(body: CallIn, calling: Writer, once: Once) -> Response:
    """Start a call: its clock runs from now on, and the answer says whether it may be recorded; 409 while the agent is on another."""
    require_named(calling.viewer, body.agent)
    return written(once, lambda session: _start(session, calling.viewer, body))


@router.get("/{call_id}", responses=described(401, 403, 404, 422))
def one(call_id: PathRecordId, calling: Reader) -> CallOut:
    """A call under way; 404 once it is over."""
    with database().reading() as session:
        return CallOut.of(calls.call_under_way(session, calling.viewer, call_id, clock.now()))


@router.post("/{call_id}/finish", response_model=ActivityOut, responses=WRITES)
def finish(call_id: PathRecordId, body: CallEndIn, calling: Writer, once: Once) -> Response:
    """End a call: it becomes an activity, dated when it began, and its planned entry is done with it."""
    return written(once, lambda session: _finish(session, calling.viewer, call_id, body))


@router.delete("/{call_id}", status_code=status.HTTP_204_NO_CONTENT, responses=described(401, 403, 404, 422))
def drop(call_id: PathRecordId, calling: Writer) -> None:
    """Take a call back as if it had not been started."""
    database().write(lambda session: calls.drop_call(session, calling.viewer, call_id, clock.now()))


def _start(session: Session, viewer: Viewer, body: CallIn) -> Done:
    now = clock.now()
    agent = chosen_owner(session, viewer, body.agent, now)
    begun = calls.start_call(session, viewer, body.call_for(agent.agent_id if agent else viewer.person_id), now)
    return Done(shown=CallOut.of(begun), status=status.HTTP_201_CREATED)


def _finish(session: Session, viewer: Viewer, call_id: int, body: CallEndIn) -> Done:
    return Done(shown=ActivityOut.model_validate(calls.finish_call(session, viewer, call_id, body.ended(), clock.now())))
