"""Sending what waits in the outbox: claim, send, record, each try in the log.

At least once: a worker that dies between sending and recording makes its message go out again, with the same dedupe key.
No transaction and no connection is held while the other side takes its time.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from threading import Condition
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Delivery, DeliveryResult, MessageStatus
from data.writes import deliveries, messages
from data.writes.deliveries import Claim
from domain.errors import PacesetterError
from integrations.sender import LONGEST_DETAIL, Answer, Message, Refused, Retry, Sent
from services.broken_channels import mark_broken
from services.delivery_rules import LEASE, given_up, pause_after
from services.senders import Senders

AT_ONCE: Final = 6
"""Messages on their way at the same time, so that a receiver who takes ten seconds does not hold up the others."""
LINGER_SECONDS: Final = 0.25
"""How often a hand without work looks again while another waits for a slow receiver."""
RECORD_PAUSE_SECONDS: Final = 1.0
"""Between two tries to write an answer down while the database is away."""
EXPIRE_AT_ONCE: Final = 500
LIMIT: Final = 200
"""Messages of one call; the caller does other work in between."""
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What one call did, as counts of tries; a message tried twice counts twice."""

    sent: int = 0
    retry: int = 0
    refused: int = 0
    expired: int = 0
    lost: int = 0
    """Tries of workers that died, noticed when their messages were taken over."""

    @property
    def moved(self) -> int:
        """How much happened; 0 means that nothing was due."""
        return self.sent + self.retry + self.refused + self.expired

    def __add__(self, other: "Delivered") -> "Delivered":
        return Delivered(
            sent=self.sent + other.sent,
            retry=self.retry + other.retry,
            refused=self.refused + other.refused,
            expired=self.expired + other.expired,
            lost=self.lost + other.lost,
        )


def deliver_due(
    database: Database,
    senders: Senders,
    *,
    worker: str,
    now: Callable[[], datetime],
    limit: int = LIMIT,
    stopping: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Send what is due, at most `limit` messages; returns when nothing is due any more or `stopping` says so.

    Safe with any number of workers at once; `worker` names this one. Never raises for what a channel does: only for the
    database being away.
    """
    expired, due = database.write(lambda session: _looked_through(session, now()))
    line, hands = _Line(database, senders, worker, now, _Shared(limit), stopping), min(due + 1, AT_ONCE, limit)
    if not due or hands < 1:
        return Delivered(expired=expired)
    with ThreadPoolExecutor(hands, thread_name_prefix="deliver") as pool:
        parts = [each.result() for each in [pool.submit(line.run) for _ in range(hands)]]
    return sum(parts, Delivered(expired=expired))


def _looked_through(session: Session, now: datetime) -> tuple[int, int]:
    """How many messages ended because their time has passed, and how many hands there is work for."""
    expired = deliveries.expire(session, now, limit=EXPIRE_AT_ONCE)
    return expired, deliveries.channels_due(session, now, most=AT_ONCE)


def answer_of(senders: Senders, claim: Claim) -> Answer:
    """What the other side said; what we could not even send counts as a try, too."""
    sender = senders.by_kind.get(claim.kind)
    if sender is None:
        return Retry(detail="this installation cannot send by this kind of channel now")
    try:
        return sender.send(senders.seal.open(claim.sealed_address), _message(senders, claim))
    except PacesetterError as error:
        return Retry(detail=error.code)
    except Exception as error:  # noqa: BLE001 - one channel's trouble must not stop the others; the address may be in the error
        _LOG.warning("sending message %d failed: %s", claim.message_id, type(error).__name__)
        return Retry(detail=type(error).__name__)


class _Shared:
    """What the hands of one call share: how many messages may still be claimed, and how many of them are at work."""

    def __init__(self, limit: int) -> None:
        self._left, self._busy, self._changed = limit, 0, Condition()

    def begin(self) -> bool:
        """Whether there may be one more."""
        with self._changed:
            allowed = self._left > 0
            self._left -= allowed
            self._busy += allowed
            return allowed

    def end(self, *, claimed: bool) -> None:
        with self._changed:
            self._busy -= 1
            self._left += not claimed
            if not self._busy:
                self._changed.notify_all()

    def linger(self) -> bool:
        """Wait a little while others work; False as soon as nobody does."""
        with self._changed:
            return self._busy > 0 and not self._changed.wait_for(lambda: self._busy == 0, timeout=LINGER_SECONDS)


@dataclass(frozen=True, slots=True)
class _Line:
    """One hand's work: one message after the other."""

    database: Database
    senders: Senders
    worker: str
    now: Callable[[], datetime]
    shared: _Shared
    stopping: Callable[[], bool]

    def run(self) -> Delivered:
        """Send until nothing is due; while another hand waits for its receiver, look again for what becomes due meanwhile."""
        done = Delivered()
        while not self.stopping() and self.shared.begin():
            claimed = False
            try:
                claim = self._claim()
                claimed = claim is not None
                done += self._deliver(claim) if claim else Delivered()
            finally:
                self.shared.end(claimed=claimed)
            if not claimed and not self.shared.linger():
                return done
        return done

    def _claim(self) -> Claim | None:
        at, pace = self.now(), self.senders.pace
        return self.database.write(lambda session: deliveries.claim_next(session, worker=self.worker, now=at, lease=LEASE, pace=pace))

    def _deliver(self, claim: Claim) -> Delivered:
        attempted_at, started = self.now(), time.monotonic()
        answer = answer_of(self.senders, claim)
        took_ms = round((time.monotonic() - started) * 1000)
        at = self.now()
        row = Delivery(message_id=claim.message_id, attempted_at=attempted_at, result=DeliveryResult.SENT, took_ms=took_ms)
        return self._recorded(lambda session: _record(session, claim, self.worker, answer, row, at), started + LEASE.total_seconds())

    def _recorded(self, work: Callable[[Session], Delivered], until: float) -> Delivered:
        """Write the answer down, again and again while the lease lasts: a database that restarts makes nothing go out twice."""
        while True:
            try:
                return self.database.write(work)
            except DBAPIError:
                if self.stopping() or time.monotonic() + RECORD_PAUSE_SECONDS > until:
                    raise
                time.sleep(RECORD_PAUSE_SECONDS)


def _message(senders: Senders, claim: Claim) -> Message:
    return Message(
        title=claim.title,
        body=claim.body,
        link=f"{senders.product_address}{claim.link}" if claim.link else "",
        is_urgent=claim.is_urgent,
        dedupe_key=claim.dedupe_key,
        content=claim.content,
    )


def _record(session: Session, claim: Claim, worker: str, answer: Answer, row: Delivery, now: datetime) -> Delivered:
    """Write down what became of the try, unless another worker took over meanwhile: what that one learns counts then."""
    before = Delivered(lost=int(claim.took_over))
    channel = messages.locked_channel(session, claim.channel_id)
    message = deliveries.held(session, claim, worker)
    if channel is None or message is None:
        _LOG.warning("message %d was taken over before its answer was recorded", claim.message_id)
        return before
    verdict = _final(answer, claim, now)
    message.owner = message.lease_until = None
    match verdict:
        case Sent():
            message.status, message.sent_at = MessageStatus.SENT, now
            row.result, row.detail = DeliveryResult.SENT, verdict.detail[:LONGEST_DETAIL]
        case Retry():
            message.status, message.try_at = MessageStatus.WAITING, now + pause_after(verdict, claim)
            channel.not_before = message.try_at if verdict.after is not None else channel.not_before
            row.result, row.detail = DeliveryResult.RETRY, verdict.detail[:LONGEST_DETAIL]
        case Refused():
            message.status = MessageStatus.REFUSED
            row.result, row.detail = DeliveryResult.REFUSED, (verdict.detail or verdict.reason)[:LONGEST_DETAIL]
            if verdict.breaks_channel:
                mark_broken(session, channel, verdict.reason, now)
    session.add(row)
    return before + Delivered(**{row.result.value: 1})


def _final(answer: Answer, claim: Claim, now: datetime) -> Answer:
    """The answer, unless a message has been tried for so long that trying again is no promise any more."""
    if isinstance(answer, Retry) and given_up(claim, now):
        return Refused(reason="It has taken no message for three days. Check the address, then mend the channel.", detail=answer.detail)
    return answer
