"""Notifications and messages on their way out, written once for every cause."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Channel, Notification, OutboxMessage


def add_notification(session: Session, fields: Mapping[str, object]) -> int | None:
    """Put a notification into an inbox; its id, or None when the same cause was told before."""
    statement = insert(Notification).values(**fields).on_conflict_do_nothing(index_elements=["dedupe_key"])
    return session.scalar(statement.returning(col(Notification.id)))


def add_messages(session: Session, messages: Iterable[Mapping[str, object]]) -> int:
    """Put messages into the outbox, all at once; returns how many were not there before."""
    rows = list(messages)
    if not rows:
        return 0
    statement = insert(OutboxMessage).values(rows).on_conflict_do_nothing(index_elements=["dedupe_key"])
    return len(session.scalars(statement.returning(col(OutboxMessage.id))).all())


def put_body(session: Session, notification_id: int, body: str) -> None:
    """Give a notification other words below its title."""
    session.execute(update(Notification).where(col(Notification.id) == notification_id).values(body=body))


def mark_read(session: Session, person_id: int, now: datetime, *, notification_id: int | None = None) -> int:
    """The person has read one of their notifications, or all of them; returns how many were unread."""
    unread = [col(Notification.person_id) == person_id, col(Notification.read_at).is_(None)]
    if notification_id is not None:
        unread.append(col(Notification.id) == notification_id)
    read = session.scalars(update(Notification).where(*unread).values(read_at=now).returning(col(Notification.id)))
    return len(read.all())


def locked_channel(session: Session, channel_id: int) -> Channel | None:
    """The channel, held against other changes until the transaction ends; messages may still be written for it."""
    return session.scalar(select(Channel).where(col(Channel.id) == channel_id).with_for_update(key_share=True))
