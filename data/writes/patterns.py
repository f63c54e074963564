"""Keeping what a night found, marking what it found no more, and whether somebody wants it of themselves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Notification, StoredPattern, TrackingConsent

_IDENTITY = ("whose", "hypothesis", "segment")
_AT_ONCE = 500
"""Rows a statement: parameters of one are limited."""


def replace_answers(session: Session, rows: Sequence[dict[str, Any]], today: date) -> int:
    """Keep a night's answers: seen again with today's numbers, first seen today, and gone what is not among them. Returns the number gone.

    Answers without a pattern are of the night alone; the ones before go without a trace.
    """
    for start in range(0, len(rows), _AT_ONCE):
        fresh = insert(StoredPattern).values(
            [{**row, "first_seen_on": today, "last_seen_on": today, "gone_on": None} for row in rows[start : start + _AT_ONCE]]
        )
        again = {name: fresh.excluded[name] for name in (*rows[0].keys() - set(_IDENTITY), "last_seen_on", "gone_on")}
        session.execute(fresh.on_conflict_do_update(index_elements=list(_IDENTITY), set_=again))
    missed = (col(StoredPattern.last_seen_on) < today, col(StoredPattern.gone_on).is_(None))
    session.execute(delete(StoredPattern).where(*missed, col(StoredPattern.segment) == ""))
    gone = session.execute(update(StoredPattern).where(*missed).values(gone_on=today).returning(col(StoredPattern.id)))
    return len(gone.all())


def give_consent(session: Session, person_id: int, purpose: str, now: datetime) -> None:
    """From now on; nothing changes where it was given already."""
    given = insert(TrackingConsent).values(person_id=person_id, purpose=purpose, given_at=now)
    session.execute(given.on_conflict_do_nothing())


def withdraw_consent(session: Session, person_id: int, purpose: str, now: datetime) -> None:
    """No more from now on, and what was found about the person alone is erased, in their inbox too."""
    end_consent(session, person_id, purpose, now)
    session.execute(delete(StoredPattern).where(col(StoredPattern.person_id) == person_id))
    announced = col(Notification.dedupe_key).startswith(f"pattern:agent.{person_id}:", autoescape=True)
    session.execute(delete(Notification).where(col(Notification.person_id) == person_id, announced))


def end_consent(session: Session, person_id: int, purpose: str, now: datetime) -> None:
    """No more from now on."""
    given = (col(TrackingConsent.person_id) == person_id, col(TrackingConsent.purpose) == purpose)
    session.execute(update(TrackingConsent).where(*given, col(TrackingConsent.withdrawn_at).is_(None)).values(withdrawn_at=now))
