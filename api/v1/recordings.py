"""Recordings of calls: attached by whoever recorded them, heard and deleted by whoever may see the activity."""

from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Response, status
from fastapi.responses import FileResponse
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.fields import PathRecordId, Shown
from api.v1.uploads import BODY, OnceReceived, Received, Sender
from api.v1.writing import Done, written
from database import database
from domain.api_scopes import ApiScope
from domain.records import TranscriptState
from domain.sound import MediaType
from recorder import recorder
from services import activity_list, recordings
from services.access import Viewer
from services.callers import Caller
from services.recordings import Draft

router: Final = APIRouter(tags=["recordings"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.RECORDINGS_READ))]
READS: Final = described(401, 403, 404, 422)
SOUND: Final[dict[int | str, dict[str, Any]]] = {
    **READS,
    200: {"description": "The sound.", "content": {kind.value: {} for kind in MediaType}},
    206: {"description": "The part of it a Range header asks for."},
    416: {"description": "There is no such part."},
}


class RecordingOut(Shown):
    """A recording; its sound is at `/audio`."""

    id: int
    activity_id: int
    agent_id: int
    media_type: MediaType
    size_bytes: int
    seconds: int | None
    """How long it lasts, where the file says so."""
    created_at: datetime
    expires_on: date
    """The day on which it is deleted."""
    transcript_state: TranscriptState
    transcript: str
    transcript_error: str
    """Why it still waits to be written down, or could not be."""


class RecordingList(Shown):
    """The recordings of an activity, oldest first."""

    items: list[RecordingOut]


@router.post(
    "/activities/{activity_id}/recordings",
    status_code=status.HTTP_201_CREATED,
    response_model=RecordingOut,
    responses={**described(400, 401, 403, 404, 409, 413, 422, 503), 200: {"model": RecordingOut}},
    openapi_extra=BODY,
)
def attach(activity_id: PathRecordId, calling: Sender, draft: Received, once: OnceReceived) -> Response:
    """Attach a recording to a call or meeting: 201 when it is new, 200 when this very sound is there already."""
    return written(once, lambda session: _attach(session, calling.viewer, activity_id, draft))


@router.get("/activities/{activity_id}/recordings", responses=READS)
def of_activity(activity_id: PathRecordId, calling: Reader) -> RecordingList:
    """The recordings of an activity."""
    with database().reading() as session:
        activity_list.activity(session, calling.viewer, activity_id)
        found = recordings.recordings_of(session, calling.viewer, [activity_id]).get(activity_id, [])
    return RecordingList(items=[RecordingOut.model_validate(each) for each in found])


@router.get("/recordings/{recording_id}", responses=READS)
def one(recording_id: PathRecordId, calling: Reader) -> RecordingOut:
    """What is known about a recording, and what was said in it."""
    with database().reading() as session:
        return RecordingOut.model_validate(recordings.recording(session, calling.viewer, recording_id))


@router.get("/recordings/{recording_id}/audio", response_class=FileResponse, responses=SOUND)
def audio(recording_id: PathRecordId, calling: Reader) -> FileResponse:
    """The sound of a recording, in parts where a player asks for them; who asks is looked at every time."""
    with database().reading() as session:
        found = recordings.playable(session, recorder(), calling.viewer, recording_id)
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(found.path, media_type=found.media_type, filename=found.name, content_disposition_type="inline", headers=headers)


@router.delete("/recordings/{recording_id}", status_code=status.HTTP_204_NO_CONTENT, responses=READS)
def delete(recording_id: PathRecordId, calling: Sender) -> None:
    """Delete a recording for good; the activity stays."""
    key = database().write(lambda session: recordings.remove(session, calling.viewer, recording_id, clock.now()))
    recorder().store.remove(key)


def _attach(session: Session, viewer: Viewer, activity_id: int, draft: Draft) -> Done:
    attached = recordings.attach(session, recorder(), viewer, activity_id, draft, clock.now())
    code = status.HTTP_201_CREATED if attached.is_new else status.HTTP_200_OK
    return Done(shown=RecordingOut.model_validate(attached.recording), status=code)
