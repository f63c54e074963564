"""Recordings of calls: attached to an activity, heard and deleted by whoever may see it, and gone when their time is over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from data.models import Recording
from data.queries import activities
from data.queries import recordings as queries
from data.queries.recordings import RecordingEntry
from data.queries.zones import zone_of
from data.sound_store import Draft, SoundStore
from data.writes import recordings as writes
from data.writes.activities import locked_activity
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.facts import ActivityEntry
from domain.local_time import local_time
from domain.recording import RECORDABLE, Refusal, expiry
from domain.records import TranscriptState
from domain.sound import SUFFIXES, MediaType
from services import audit
from services.access import Viewer
from services.audit import Action
from services.recording_consent import may_record

__all__ = ["Draft", "RecordingEntry", "SoundStore"]
MOST_OF_ONE: Final = 5
"""Recordings of one activity: a call that was cut and taken up again; more is a program that went astray."""
UNDER_WAY: Final = timedelta(hours=1)
"""A file no recording tells of may be one whose transaction is still open; after an hour it is not."""
ASKED_AT_ONCE: Final = 500
GONE: Final = "There is no such recording among those you may hear."


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Where and how this installation keeps recordings."""

    store: SoundStore
    most_bytes: int
    keep_days: int
    has_transcripts: bool
    """Whether a service writes them down."""

    def draft(self) -> Draft:
        """A recording to write to, for a `with` block."""
        return self.store.draft(most=self.most_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A stored recording, and whether it was stored just now."""

    recording: RecordingEntry
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Playable:
    """A recording's file, for playing."""

    path: Path
    media_type: MediaType
    name: str


def attach(session: Session, recorder: Recorder, viewer: Viewer, activity_id: int, draft: Draft, now: datetime) -> Attached:
    """Keep what came in as a recording of an activity the viewer may see; the very same sound is kept once however often it comes.

    Raises NotFoundError for a foreign activity, AccessError (a `Refusal`) where its agent may not be recorded or does not want it,
    InputError for what is no recording or belongs to no talk, ConflictError when there are `MOST_OF_ONE` already.
    """
    entry = _talk(session, viewer, activity_id)
    allowed = may_record(session, entry.agent_id)
    if not allowed.allowed:
        raise AccessError(allowed.why, code=allowed.refusal or Refusal.NO_BASIS)
    sound = draft.sound()
    locked_activity(session, activity_id)
    known = queries.same_sound(session, activity_id, sound.sha256)
    if known is not None:
        return Attached(recording=recording(session, viewer, known), is_new=False)
    if queries.counted(session, activity_id) >= MOST_OF_ONE:
        raise ConflictError(f"This activity has {MOST_OF_ONE} recordings. Delete one first.", code="too_many_recordings")
    made = Recording(
        activity_id=activity_id,
        agent_id=entry.agent_id,
        storage_key=recorder.store.keep(draft),
        media_type=sound.media_type.value,
        size_bytes=sound.size,
        seconds=sound.seconds,
        sha256=sound.sha256,
        created_at=now,
        expires_on=expiry(local_time(now, zone_of(session, entry.agent_id)).on, recorder.keep_days),
        transcript_state=TranscriptState.WAITING if recorder.has_transcripts else TranscriptState.NONE,
    )
    return Attached(recording=recording(session, viewer, writes.insert_recording(session, made)), is_new=True)


def recording(session: Session, viewer: Viewer, recording_id: int) -> RecordingEntry:
    """One recording; raises NotFoundError for one that is gone or not the viewer's to hear."""
    found = queries.recording(session, viewer.scope, recording_id)
    if found is None:
        raise NotFoundError(GONE)
    return found


def recordings_of(session: Session, viewer: Viewer, activity_ids: Collection[int]) -> dict[int, list[RecordingEntry]]:
    """The recordings of those of the activities the viewer may see, oldest first; activities without any are left out."""
    return queries.recordings_of(session, viewer.scope, activity_ids)


def playable(session: Session, recorder: Recorder, viewer: Viewer, recording_id: int) -> Playable:
    """The sound of a recording; raises NotFoundError as `recording` does, and where its file is missing."""
    found = recording(session, viewer, recording_id)
    key = queries.storage_key(session, recording_id)
    path = recorder.store.path(key) if key else None
    if path is None:
        raise NotFoundError("The sound of this recording is not there any more.", code="sound_missing")
    return Playable(path=path, media_type=found.media_type, name=f"recording-{found.id}.{SUFFIXES[found.media_type]}")


def remove(session: Session, viewer: Viewer, recording_id: int, now: datetime) -> str:
    """Delete a recording the viewer may hear, for good; audited.

    Returns the key of its file, which the caller removes once the transaction stands; what a crash leaves goes with the next sweep.
    """
    found = recording(session, viewer, recording_id)
    key = writes.delete_recording(session, recording_id)
    if key is None:
        raise NotFoundError(GONE)
    details = {"activity": found.activity_id, "agent": found.agent_id}
    audit.record(
        session, person_id=viewer.person_id, action=Action.RECORDING_REMOVED, subject=f"recording:{recording_id}", details=details, at=now
    )
    return key


def sweep(session: Session, store: SoundStore, now: datetime) -> int:
    """Delete the files no recording tells of, as those of deleted activities, and what was left half written; how many there were."""
    found = list(store.kept_before(now - UNDER_WAY))
    known = {key for at in range(0, len(found), ASKED_AT_ONCE) for key in queries.known_keys(session, found[at : at + ASKED_AT_ONCE])}
    left = [key for key in found if key not in known]
    for key in left:
        store.remove(key)
    return len(left) + store.drop_drafts(now - UNDER_WAY)


def _talk(session: Session, viewer: Viewer, activity_id: int) -> ActivityEntry:
    """The activity, if people talked in it."""
    entry = activities.visible_entry(session, viewer.scope, activity_id)
    if entry is None:
        raise NotFoundError("There is no such activity among those you may see.")
    if entry.type not in RECORDABLE:
        raise InputError("Only calls, follow-ups, appointments, meetings and showings have recordings.", code="not_recordable")
    return entry
