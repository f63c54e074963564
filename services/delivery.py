"""Sending what waits in the outbox: claim, send, record, each try in the log.

At least once: a worker that dies between sending and recording makes its message go out again, with the same dedupe key.
No transaction and no connection is held while the other side takes its time.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from threading import Condition
from typing import Final

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Delivery, DeliveryResult
from data.writes import deliveries
from data.writes.deliveries import Claim
from services.delivery_records import Delivered, record
from services.delivery_rules import LEASE
from services.senders import Senders
from services.sending import answer_of

__all__ = ["Delivered", "deliver_due"]
AT_ONCE: Final = 6
"""Messages on their way at the same time, so that a receiver who takes ten seconds does not hold up the others."""
LINGER_SECONDS: Final = 0.25
"""How often a hand without work looks again while another waits for a slow receiver."""
RECORD_PAUSE_SECONDS: Final = 1.0
"""Between two tries to write an answer down while the database is away."""
EXPIRE_AT_ONCE: Final = 500
LIMIT: Final = 200
"""Messages of one call; the caller does other work in between."""


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
        return self._recorded(lambda session: record(session, claim, self.worker, answer, row, at), started + LEASE.total_seconds())

    def _recorded(self, work: Callable[[Session], Delivered], until: float) -> Delivered:
        """Write the answer down, again and again while the lease lasts: a database that restarts makes nothing go out twice."""
        while True:
            try:
                return self.database.write(work)
            except OperationalError:
                if self.stopping() or time.monotonic() + RECORD_PAUSE_SECONDS > until:
                    raise
                time.sleep(RECORD_PAUSE_SECONDS)
