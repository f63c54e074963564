"""Recordings as somebody may see them: whoever may see the activity."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Recording
from data.queries.scope import visible
from domain.access import Scope
from domain.records import TranscriptState
from domain.sound import MediaType


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingEntry:
    """One recording; where its file lies is not among what is shown."""

    id: int
    activity_id: int
    agent_id: int
    media_type: MediaType
    size_bytes: int
    seconds: int | None
    created_at: datetime
    expires_on: date
    transcript_state: TranscriptState
    transcript: str
    transcript_error: str


_COLUMNS: Final[tuple[Any, ...]] = tuple(col(getattr(Recording, name)) for name in RecordingEntry.__dataclass_fields__)


def recording(session: Session, scope: Scope, recording_id: int) -> RecordingEntry | None:
    """The recording, if the viewer may see its activity."""
    found = _entries(session, scope, col(Recording.id) == recording_id)
    return found[0] if found else None


def recordings_of(session: Session, scope: Scope, activity_ids: Collection[int]) -> dict[int, list[RecordingEntry]]:
    """The recordings of these activities the viewer may see, oldest first, by activity; activities without any are left out."""
    found: dict[int, list[RecordingEntry]] = defaultdict(list)
    if activity_ids:
        for each in _entries(session, scope, col(Recording.activity_id).in_(sorted(activity_ids))):
            found[each.activity_id].append(each)
    return dict(found)


def storage_key(session: Session, recording_id: int) -> str | None:
    """Under which key its file lies; whether the viewer may see it is not asked."""
    return session.scalar(select(col(Recording.storage_key)).where(col(Recording.id) == recording_id))


def same_sound(session: Session, activity_id: int, sha256: str) -> int | None:
    """The activity's recording with this very sound."""
    return session.scalar(select(col(Recording.id)).where(col(Recording.activity_id) == activity_id, col(Recording.sha256) == sha256))


def counted(session: Session, activity_id: int) -> int:
    """How many recordings the activity has."""
    return session.scalar(select(func.count()).where(col(Recording.activity_id) == activity_id)) or 0


def known_keys(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys that belong to a recording."""
    return set(session.scalars(select(col(Recording.storage_key)).where(col(Recording.storage_key).in_(sorted(keys)))))


def waiting(session: Session, *, limit: int) -> list[int]:
    """Recordings that wait to be written down: those nobody tried yet first, then the oldest."""
    query = select(col(Recording.id)).where(col(Recording.transcript_state) == TranscriptState.WAITING)
    return [
        number or 0 for number in session.scalars(query.order_by(col(Recording.transcript_error) != "", col(Recording.id)).limit(limit))
    ]


def _entries(session: Session, scope: Scope, wanted: ColumnElement[bool]) -> list[RecordingEntry]:
    query = select(*_COLUMNS).join(Activity, col(Activity.id) == col(Recording.activity_id))
    seen = visible(col(Activity.agent_id), col(Activity.local_on), scope)
    rows = session.execute(query.where(wanted, seen).order_by(col(Recording.id))).mappings()
    return [RecordingEntry(**dict(row) | {"media_type": MediaType(row["media_type"])}) for row in rows]
