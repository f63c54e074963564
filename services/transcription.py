"""Recordings that wait are written down one after the other; no transaction holds a table while the service listens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Recording
from data.queries import recordings as queries
from data.sound_store import SoundStore
from data.writes import recordings as writes
from domain.records import TranscriptState
from domain.sound import SUFFIXES, MediaType
from integrations.transcription import Transcriber, TranscriptionLaterError, TranscriptionRefusedError

GIVE_UP_AFTER: Final = timedelta(days=1)
"""A service that did not answer for a day is somebody's to mend; the recording can be heard meanwhile."""
LOOKED_AT: Final = 20
"""Of those that wait, in one turn."""
MOST_TROUBLE: Final = 3
"""In one turn: the service itself is in trouble then, not the recordings."""
SOUND_MISSING: Final = "The sound of this recording is not there any more."


def write_down_waiting(
    database: Database, store: SoundStore, transcriber: Transcriber, now: Callable[[], datetime], stopping: Callable[[], bool]
) -> int:
    """Write down what waits until nothing does, the service is in trouble, or `stopping` says so; returns how many are settled.

    Safe with any number of workers at once. What cannot be written down now waits on; after `GIVE_UP_AFTER` it failed.
    """
    settled = trouble = 0
    with database.reading() as session:
        waiting = queries.waiting(session, limit=LOOKED_AT)
    for recording_id in waiting:
        if stopping() or trouble == MOST_TROUBLE:
            break
        moved = database.write(lambda session, number=recording_id: _write_down(session, database, store, transcriber, number, now))  # type: ignore[misc]
        settled, trouble = settled + (moved is True), trouble + (moved is False)
    return settled


def _write_down(
    session: Session, database: Database, store: SoundStore, transcriber: Transcriber, recording_id: int, now: Callable[[], datetime]
) -> bool | None:
    """Whether it is settled; None where somebody else has it, or had."""
    if not writes.try_lock_transcript(session, recording_id):
        return None
    with database.reading() as looking:
        found = looking.get(Recording, recording_id)
    if found is None or found.transcript_state is not TranscriptState.WAITING:
        return None
    path = store.path(found.storage_key)
    if path is None:
        return writes.note_transcript(session, recording_id, TranscriptState.FAILED, error=SOUND_MISSING)
    try:
        words = transcriber.transcribe(path, name=f"sound.{SUFFIXES[MediaType(found.media_type)]}")
    except TranscriptionRefusedError as error:
        return writes.note_transcript(session, recording_id, TranscriptState.FAILED, error=str(error))
    except TranscriptionLaterError as error:
        return _wait_on(session, found, str(error), now())
    return writes.note_transcript(session, recording_id, TranscriptState.DONE, words=words)


def _wait_on(session: Session, found: Recording, error: str, now: datetime) -> bool:
    """Keep the reason; whether it is given up."""
    given_up = found.created_at < now - GIVE_UP_AFTER
    if given_up or error != found.transcript_error:
        writes.note_transcript(session, found.id or 0, TranscriptState.FAILED if given_up else TranscriptState.WAITING, error=error)
    return given_up
