"""Recordings stored, written down and deleted; their files are the store's affair."""

from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Recording
from domain.records import TranscriptState

TRANSCRIPT_LOCK: Final = 727_012
"""Advisory lock, together with a recording's number: it is written down by one process at a time."""


def insert_recording(session: Session, recording: Recording) -> int:
    """Store the recording and return its id."""
    session.add(recording)
    session.flush()
    return recording.id or 0


def delete_recording(session: Session, recording_id: int) -> str | None:
    """Forget the recording and return the key of its file; None when it is gone already."""
    return session.scalar(delete(Recording).where(col(Recording.id) == recording_id).returning(col(Recording.storage_key)))


def try_lock_transcript(session: Session, recording_id: int) -> bool:
    """Whether nobody else is writing it down; nobody will until the transaction ends. It holds no table and no row."""
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(TRANSCRIPT_LOCK, recording_id % 2**31))))


def note_transcript(session: Session, recording_id: int, state: TranscriptState, *, words: str = "", error: str = "") -> bool:
    """What came of writing it down; whether it still waited for that."""
    waits = (col(Recording.id) == recording_id, col(Recording.transcript_state) == TranscriptState.WAITING)
    told = {"transcript_state": state, "transcript": words, "transcript_error": error}
    return session.scalar(update(Recording).where(*waits).values(**told).returning(col(Recording.id))) is not None
