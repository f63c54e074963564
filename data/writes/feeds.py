"""Private calendar feeds made, read and taken away."""

from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import CalendarFeed


def put_feed(session: Session, person_id: int, token_hash: str, at: datetime) -> None:
    """Give the person a feed, or the one they have another token; the old address opens nothing from then on."""
    fresh = {"token_hash": token_hash, "created_at": at, "last_read_at": None}
    statement = insert(CalendarFeed).values(person_id=person_id, **fresh)
    session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=fresh))


def set_with_clients(session: Session, person_id: int, *, with_clients: bool) -> bool:
    """Whether the feed tells titles, clients and notes; whether there is one."""
    statement = update(CalendarFeed).where(col(CalendarFeed.person_id) == person_id).values(with_clients=with_clients)
    return session.scalar(statement.returning(col(CalendarFeed.person_id))) is not None


def delete_feed(session: Session, person_id: int) -> bool:
    """Take the person's feed away; whether there was one."""
    statement = delete(CalendarFeed).where(col(CalendarFeed.person_id) == person_id)
    return session.scalar(statement.returning(col(CalendarFeed.person_id))) is not None


def touch_feed(session: Session, person_id: int, at: datetime, *, unless_after: datetime) -> None:
    """The feed was read just now; nothing is written when that is known already from after `unless_after`."""
    read = col(CalendarFeed.last_read_at)
    wanted = (col(CalendarFeed.person_id) == person_id, or_(read.is_(None), read <= unless_after))
    session.execute(update(CalendarFeed).where(*wanted).values(last_read_at=at))
