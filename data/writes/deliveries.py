"""Messages as they leave: claiming one, what became of the try, and the end of those not worth sending.

One message of a channel is on its way at a time, always the oldest that is not done: so order holds and nobody overtakes. What is
held back for somebody's quiet hours is not in the line yet: a warning passes it.
Leases are told by the database's clock alone: a host whose clock is minutes ahead must not take over what others are sending.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text, true
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Channel, ChannelKind, Delivery, DeliveryResult, MessageStatus, OutboxMessage, Person

PENDING: Final = text("outbox_message.status IN ('waiting', 'sending')")
"""In the very words of the index that holds only these, so that the planner uses it whatever it is told about parameters."""
_NOW: Final = func.statement_timestamp()
_ORPHANED: Final = and_(col(OutboxMessage.status) == MessageStatus.SENDING, col(OutboxMessage.lease_until) < _NOW)
"""Its worker fell silent."""
WORKER_ENDED: Final = "the worker ended"
CLAIM_TRIES: Final = 3
"""How often to look again when another worker was faster at a channel without a pace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A message that one worker alone may send until the lease ends."""

    message_id: int
    channel_id: int
    kind: ChannelKind
    sealed_address: str
    attempt: int
    """The number of this try; with the owner it tells a late worker that another took over."""
    dedupe_key: str
    title: str
    body: str
    link: str
    is_urgent: bool
    content: Mapping[str, object]
    created_at: datetime
    expires_at: datetime | None
    took_over: bool
    """Whether the worker before died while sending: the message may have arrived already."""


def claim_next(session: Session, *, worker: str, now: datetime, lease: timedelta, pace: Mapping[ChannelKind, timedelta]) -> Claim | None:
    """Take the oldest message due, of a channel nobody else is claiming for; None when nothing is due.

    The channel's pause begins with the claim, so that two workers keep its pace as one does.
    """
    for _ in range(CLAIM_TRIES):
        found = session.execute(_due_heads(now).limit(1).with_for_update(of=Channel, key_share=True, skip_locked=True)).one_or_none()
        if found is None:
            return None
        channel, message_id = found
        channel.not_before = now + pace[channel.kind]
        message = _locked_if_due(session, message_id, now)
        if message is not None:
            return _taken(session, message, channel, worker, now, lease)
    return None


def held(session: Session, claim: Claim, worker: str) -> OutboxMessage | None:
    """The claimed message, locked, while the worker still owns it; None when another took over or nobody wants it any more."""
    return session.scalar(
        select(OutboxMessage)
        .where(
            col(OutboxMessage.id) == claim.message_id,
            col(OutboxMessage.status) == MessageStatus.SENDING,
            col(OutboxMessage.owner) == worker,
            col(OutboxMessage.attempts) == claim.attempt,
        )
        .with_for_update()
    )


def channels_due(session: Session, now: datetime, *, most: int) -> int:
    """How many channels have a message due, counted no further than `most`."""
    return len(session.execute(_due_heads(now).limit(most)).all())


def begin_trial(session: Session, channel: Channel, message: OutboxMessage, *, worker: str, lease: timedelta) -> Claim:
    """Write a message that is being sent already, past the queue, by whoever asked for it."""
    _hold(message, worker, lease)
    session.add(message)
    session.flush()
    return _claim(message, channel, took_over=False)


def expire(session: Session, now: datetime, *, limit: int) -> int:
    """End messages whose time has passed, visibly; returns how many. Those being sent at this moment are left alone."""
    late = (
        select(OutboxMessage)
        .where(PENDING, _is_too_old(now))
        .order_by(col(OutboxMessage.expires_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = session.scalars(late).all()
    for message in messages:
        if message.status is MessageStatus.SENDING:
            session.add(Delivery(message_id=message.id or 0, attempted_at=now, result=DeliveryResult.LOST, detail=WORKER_ENDED))
        session.add(Delivery(message_id=message.id or 0, attempted_at=now, result=DeliveryResult.EXPIRED))
        message.status, message.owner, message.lease_until = MessageStatus.EXPIRED, None, None
    session.flush()
    return len(messages)


def _is_too_old(now: datetime) -> ColumnElement[bool]:
    """Not worth sending any more, and not being sent at this moment."""
    return and_(col(OutboxMessage.expires_at) <= now, or_(col(OutboxMessage.status) == MessageStatus.WAITING, _ORPHANED))


def _is_held_back(now: datetime) -> ColumnElement[bool]:
    """Written for later on purpose and never tried; what waits for another try keeps its place."""
    message = OutboxMessage
    return and_(col(message.status) == MessageStatus.WAITING, col(message.attempts) == 0, col(message.try_at) > now)


_HEAD: Final = (OutboxMessage.id, OutboxMessage.status, OutboxMessage.urgency, OutboxMessage.try_at, OutboxMessage.lease_until)


def _due_heads(now: datetime) -> Select[Channel, int]:
    """Channels that may be sent to now, with the first message of each, most pressing and then oldest first; none of people who left.

    What grew too old since `expire` looked holds up nobody and is not sent: the next look ends it.
    """
    is_in_line = (PENDING, func.coalesce(_is_too_old(now), False).is_(False), ~_is_held_back(now))
    head = (
        select(*(col(each) for each in _HEAD))
        .where(col(OutboxMessage.channel_id) == col(Channel.id), *is_in_line)
        .order_by(col(OutboxMessage.id))
        .limit(1)
        .correlate(Channel)
        .lateral("head")
    )
    waiting = and_(head.c.status == MessageStatus.WAITING, head.c.try_at <= now)
    orphaned = and_(head.c.status == MessageStatus.SENDING, head.c.lease_until < _NOW)
    gone = exists().where(col(Person.id) == col(Channel.person_id), ~col(Person.active))
    open_now = or_(col(Channel.not_before).is_(None), col(Channel.not_before) <= now)
    return (
        select(Channel, head.c.id)
        .join(head, true())
        .where(col(Channel.active), col(Channel.broken_at).is_(None), ~gone, open_now, or_(waiting, orphaned))
        .order_by((head.c.urgency == "urgent").desc(), head.c.try_at, head.c.id)
    )


def _taken(session: Session, message: OutboxMessage, channel: Channel, worker: str, now: datetime, lease: timedelta) -> Claim:
    took_over = message.status is MessageStatus.SENDING
    if took_over:
        began = (message.lease_until or now) - lease
        session.add(Delivery(message_id=message.id or 0, attempted_at=began, result=DeliveryResult.LOST, detail=WORKER_ENDED))
    _hold(message, worker, lease)
    session.flush()
    return _claim(message, channel, took_over=took_over)


def _hold(message: OutboxMessage, worker: str, lease: timedelta) -> None:
    """Let the worker alone send it for a while, which begins with the statement that writes it."""
    message.status, message.owner, message.attempts = MessageStatus.SENDING, worker, message.attempts + 1
    message.lease_until = _NOW + lease  # type: ignore[assignment]


def _locked_if_due(session: Session, message_id: int, now: datetime) -> OutboxMessage | None:
    """Asked again under the lock: another worker may have been faster since the list was made."""
    waiting = and_(col(OutboxMessage.status) == MessageStatus.WAITING, col(OutboxMessage.try_at) <= now)
    query = select(OutboxMessage).where(col(OutboxMessage.id) == message_id, or_(waiting, _ORPHANED))
    return session.scalar(query.with_for_update(skip_locked=True))


def _claim(message: OutboxMessage, channel: Channel, *, took_over: bool) -> Claim:
    return Claim(
        message_id=message.id or 0,
        channel_id=channel.id or 0,
        kind=channel.kind,
        sealed_address=channel.sealed_address,
        attempt=message.attempts,
        dedupe_key=message.dedupe_key,
        title=message.title,
        body=message.body,
        link=message.link,
        is_urgent=message.urgency == "urgent",
        content=message.content,
        created_at=message.created_at,
        expires_at=message.expires_at,
        took_over=took_over,
    )
