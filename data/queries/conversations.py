"""What was noted and written down of the conversations about a deal, as far as the viewer may read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Recording
from data.queries.scope import visible
from domain.access import Scope
from domain.contact import CONVERSED, HELD, WRITTEN
from domain.records import ActivityType, Direction, TranscriptState

LONGEST_NOTE: Final = 2_000
LONGEST_TRANSCRIPT: Final = 20_000
"""Twenty minutes of fast talk; what is held against buying comes up before."""
_SPOKEN: Final = CONVERSED | HELD | {ActivityType.NOTE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Words of one activity."""

    activity_id: int
    at: datetime
    note: str
    transcript: str
    """Of all its recordings; the oldest first."""


def conversations(session: Session, scope: Scope, deal_id: int, since: datetime, until: datetime, *, limit: int) -> list[Conversation]:
    """Calls, meetings, notes and what the client wrote, the newest first; those without a word and what the agent wrote are left out."""
    is_done = and_(col(Recording.activity_id) == col(Activity.id), col(Recording.transcript_state) == TranscriptState.DONE)
    whole = func.coalesce(func.string_agg(col(Recording.transcript), aggregate_order_by(literal("\n"), col(Recording.id))), "")
    transcript = select(func.left(whole, LONGEST_TRANSCRIPT)).where(is_done).correlate(Activity).scalar_subquery()
    note = func.left(col(Activity.notes), LONGEST_NOTE)
    theirs = and_(col(Activity.type).in_(sorted(WRITTEN)), col(Activity.direction) == Direction.INBOUND)
    happened = col(Activity.occurred_at)
    wanted = (
        col(Activity.deal_id) == deal_id,
        happened > since,
        happened <= until,
        or_(col(Activity.type).in_(sorted(_SPOKEN)), theirs),
        or_(col(Activity.notes) != "", transcript != ""),
        visible(col(Activity.agent_id), col(Activity.local_on), scope),
    )
    query = select(col(Activity.id), happened, note, transcript).where(*wanted).order_by(happened.desc(), col(Activity.id).desc())
    rows = session.execute(query.limit(limit))
    return [Conversation(activity_id=number, at=at, note=noted, transcript=said) for number, at, noted, said in rows]
