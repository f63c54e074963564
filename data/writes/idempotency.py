"""Answers kept for requests that name themselves."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import IdempotencyKey


def try_lock(session: Session, holder: str, key: str) -> bool:
    """Hold the key until the transaction ends; False while another transaction does. A lost connection lets go of it."""
    locked = select(func.pg_try_advisory_xact_lock(func.hashtextextended(f"idempotency {holder} {key}", 0)))
    return bool(session.scalar(locked))


def kept(session: Session, holder: str, key: str) -> IdempotencyKey | None:
    """The answer kept under the key."""
    return session.get(IdempotencyKey, (holder, key))


def keep(session: Session, answer: IdempotencyKey) -> None:
    """Keep an answer; the caller holds the key."""
    session.add(answer)
    session.flush()


def forget(session: Session, holder: str, *, before: datetime) -> None:
    """Drop the holder's answers from before the moment; rows somebody else is dropping are left to them."""
    own = (col(IdempotencyKey.holder) == holder, col(IdempotencyKey.created_at) < before)
    old = select(col(IdempotencyKey.key)).where(*own).with_for_update(skip_locked=True)
    session.execute(delete(IdempotencyKey).where(*own, col(IdempotencyKey.key).in_(old)))
