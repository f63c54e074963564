"""Trying a channel out: one message past the queue, sent at once, and what the other side really said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Channel, Delivery, DeliveryResult, MessageStatus, OutboxMessage
from data.queries import channels as queries
from data.writes import deliveries
from data.writes.deliveries import Claim
from domain.errors import ConflictError, NotFoundError
from integrations.sender import LONGEST_DETAIL, Answer, Refused, Retry, Sent
from services.access import Viewer
from services.broken_channels import mark_broken
from services.channels import take_up_again
from services.delivery_rules import LEASE
from services.senders import Senders
from services.sending import answer_of

TITLE: Final = "A test from Pacesetter"
BODY: Final = "If you can read this, messages reach you here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How it went; `words` are for whoever pressed the button."""

    arrived: bool
    words: str


def try_out(database: Database, viewer: Viewer, senders: Senders, channel_id: int, *, now: Callable[[], datetime]) -> Trial:
    """Send a test message and wait for the answer, with no transaction open meanwhile.

    NotFoundError for a channel that is not the viewer's; ConflictError when it was written to a moment ago. A test that
    arrives mends a broken channel; one that is refused for good breaks it.
    """
    worker = f"test:{uuid4()}"
    claim = database.write(lambda session: _begin(session, viewer, senders, channel_id, worker, now()))
    attempted_at = now()
    answer = answer_of(senders, claim)
    return database.write(lambda session: _end(session, viewer, claim, worker, answer, attempted_at, now()))


def _begin(session: Session, viewer: Viewer, senders: Senders, channel_id: int, worker: str, now: datetime) -> Claim:
    channel = queries.channel(session, viewer.scope, channel_id, lock=True)
    if channel is None:
        raise NotFoundError("There is no such channel.")
    if channel.not_before is not None and channel.not_before > now:
        raise ConflictError("This channel was written to a moment ago, or asked for a pause. Try again in a little while.", code="too_soon")
    channel.not_before = now + senders.pace[channel.kind]
    message = OutboxMessage(
        channel_id=channel_id,
        kind="test",
        title=TITLE,
        body=BODY,
        link="/account",
        dedupe_key=worker,
        created_at=now,
        try_at=now,
        expires_at=now + LEASE,
    )
    return deliveries.begin_trial(session, channel, message, worker=worker, lease=LEASE)


def _end(session: Session, viewer: Viewer, claim: Claim, worker: str, answer: Answer, attempted_at: datetime, now: datetime) -> Trial:
    channel = queries.channel(session, viewer.scope, claim.channel_id, lock=True)
    message = deliveries.held(session, claim, worker)
    if channel is None or message is None:
        raise NotFoundError("The channel was removed while it was tried.")
    message.owner = message.lease_until = None
    row = Delivery(message_id=claim.message_id, attempted_at=attempted_at, result=DeliveryResult.SENT)
    row.took_ms = round((now - attempted_at).total_seconds() * 1000)
    session.add(row)
    match answer:
        case Sent():
            message.status, message.sent_at = MessageStatus.SENT, now
            row.detail = answer.detail[:LONGEST_DETAIL]
            if channel.broken_at is not None:
                take_up_again(session, channel, now)
            return Trial(arrived=True, words="The other side accepted the test. Have a look whether it arrived.")
        case Retry():
            message.status = MessageStatus.EXPIRED
            row.result, row.detail = DeliveryResult.RETRY, answer.detail[:LONGEST_DETAIL]
            _pause(channel, answer, now)
            return Trial(
                arrived=False, words=f"It did not arrive this time ({answer.detail}). Real messages are tried again by themselves."
            )
        case Refused():
            message.status = MessageStatus.REFUSED
            row.result, row.detail = DeliveryResult.REFUSED, (answer.detail or answer.reason)[:LONGEST_DETAIL]
            if answer.breaks_channel:
                mark_broken(session, channel, answer.reason, now)
            return Trial(arrived=False, words=answer.reason)


def _pause(channel: Channel, answer: Retry, now: datetime) -> None:
    if answer.after is not None:
        channel.not_before = now + answer.after
