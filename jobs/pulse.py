"""A process's sign of life, and the leases of what it is at, renewed beside the work."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from data.engine import Database
from data.writes import jobs as writes
from data.writes import workers
from data.writes.jobs import Claim
from jobs.definition import Job
from jobs.patience import LOG, Patience

BEAT_SECONDS: Final = 10.0
"""A ninth of the time after which the process counts as dead."""
_STEP_SECONDS: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    claim: Claim
    job: Job
    since: float
    """By the monotonic clock."""


class Pulse:
    """Runs in a thread of its own: a job that keeps its thread busy for minutes still holds its slot."""

    def __init__(self, database: Database, worker: str) -> None:
        self._database = database
        self._worker = worker
        self._held: dict[tuple[str, str], _Held] = {}
        self._lock = threading.Lock()

    def run(self, stop: threading.Event) -> None:
        """Beat, and renew, until `stop` is set."""
        patience, due = Patience("The heartbeat"), time.monotonic()
        renewing = threading.Thread(target=lambda: self.renew_until(stop), name="renew", daemon=True)
        renewing.start()
        while not stop.wait(_STEP_SECONDS):
            if time.monotonic() >= due and patience.attempt(self._beat):
                due = time.monotonic() + BEAT_SECONDS
        renewing.join()

    def renew_until(self, stop: threading.Event) -> None:
        """Renew the leases of what is held until `stop` is set."""
        patience, renewed = Patience("Renewing leases"), time.monotonic()
        while not stop.wait(_STEP_SECONDS):
            if time.monotonic() - renewed >= self._renew_seconds and patience.attempt(self._renew):
                renewed = time.monotonic()

    @contextmanager
    def holding(self, claim: Claim, job: Job) -> Iterator[None]:
        """Renew the slot's lease while the block runs."""
        key = (claim.job, claim.slot)
        with self._lock:
            self._held[key] = _Held(claim=claim, job=job, since=time.monotonic())
        try:
            yield
        finally:
            with self._lock:
                self._held.pop(key, None)

    @property
    def claims(self) -> list[Claim]:
        """What the process is at."""
        with self._lock:
            return [held.claim for held in self._held.values()]

    @property
    def _renew_seconds(self) -> float:
        """A third of the shortest lease: two renewals may fail before it is lost."""
        with self._lock:
            return min((held.job.lease.total_seconds() / 3 for held in self._held.values()), default=0.0)

    def _beat(self) -> bool:
        self._database.write(lambda session: workers.beat(session, self._worker))
        return True

    def _renew(self) -> bool:
        with self._lock:
            living = [held for held in self._held.values() if time.monotonic() - held.since < held.job.longest.total_seconds()]
        if living:
            self._database.write(lambda session: _renew_all(session, living))
        return True


def _renew_all(session: Session, living: list[_Held]) -> None:
    for held in living:
        if not writes.renew(session, held.claim, held.job.lease):
            LOG.warning("%s %s is not this worker's any more.", held.claim.job, held.claim.slot)
