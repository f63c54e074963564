"""One jobs process at work: a metronome that enqueues, threads that do, a pulse that says so. It survives its database."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from data.engine import Database
from data.writes import jobs as writes
from data.writes.jobs import Claim
from domain.errors import SetupError
from jobs.definition import Loop, Timetable
from jobs.enqueueing import enqueue_due, skip_stale
from jobs.metronome import Metronome
from jobs.patience import LOG, Patience
from jobs.performing import perform
from jobs.pulse import Pulse
from services import job_ledger
from services.health import has_every_migration

THREADS: Final = 2
"""Jobs are few and mostly the database's work; one that hangs must not keep the others waiting."""
FINISH_SECONDS: Final = 8.0
"""How long running work may still take when asked to stop; the launcher insists after 12 seconds."""
_IDLE_SECONDS: Final = 1.0


class Worker:
    """Does what the timetable says until it is asked to stop; as many as one likes may run beside each other."""

    def __init__(self, database: Database, timetable: Timetable, name: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._timetable = timetable
        self._name = name
        self._now = now
        self._stop = threading.Event()
        self._pulse_stop = threading.Event()
        self._pulse = Pulse(database, name)
        self._jobs = {job.name: job for job in timetable.jobs}

    def stop(self) -> None:
        """Begin nothing more; `run` returns when what is under way is finished or given back."""
        self._stop.set()

    def run(self) -> None:
        """Work until asked to stop. Waits for a database that does not answer yet; SetupError for one with another schema."""
        answering = Patience("The database")
        while not answering.attempt(self._answers):
            if self._stop.wait(_IDLE_SECONDS):
                return
        self._refuse_old_schema()
        pulse = _started("pulse", lambda: self._pulse.run(self._pulse_stop))
        threads = [_started(f"work-{number}", self._work) for number in range(THREADS)]
        threads += [_started(loop.name, lambda loop=loop: self._go_round(loop)) for loop in self._timetable.loops]  # type: ignore[misc]
        enqueueing = Patience("The ledger")
        Metronome(lambda: enqueueing.attempt(self._tick)).run(self._stop)
        self._finish(threads, pulse)

    def _answers(self) -> bool:
        with self._database.reading() as session:
            session.execute(text("SELECT 1"))
        return True

    def _refuse_old_schema(self) -> None:
        with self._database.reading() as session:
            if not has_every_migration(session):
                raise SetupError("The database does not have the newest schema yet. Run: python manage.py migrate")

    def _tick(self) -> bool:
        self._database.write(lambda session: enqueue_due(session, self._timetable, self._now()))
        return True

    def _work(self) -> None:
        patience = Patience("Doing jobs")
        while not self._stop.is_set():
            if not patience.attempt(self._do_next):
                self._stop.wait(_IDLE_SECONDS)

    def _do_next(self) -> bool:
        """Claim and do one slot; whether there was one."""
        claim = self._database.write(self._claimed)
        if claim is None:
            return False
        job = self._jobs[claim.job]
        with self._pulse.holding(claim, job):
            perform(self._database, job, claim, self._now)
        return True

    def _claimed(self, session: Session) -> Claim | None:
        skip_stale(session, self._timetable, self._now())
        return job_ledger.claim(session, self._name, {job.name: job.lease for job in self._timetable.jobs})

    def _go_round(self, loop: Loop) -> None:
        patience = Patience(f"The loop “{loop.name}”")
        while not self._stop.is_set():
            if not patience.attempt(lambda: loop.turn(self._database, self._name, self._now, self._stop.is_set) > 0):
                self._stop.wait(loop.every.total_seconds())

    def _finish(self, threads: list[threading.Thread], pulse: threading.Thread) -> None:
        deadline = time.monotonic() + FINISH_SECONDS
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._pulse_stop.set()
        pulse.join(_IDLE_SECONDS)
        Patience("Giving back what was under way").attempt(self._sign_off)

    def _sign_off(self) -> bool:
        """Whatever still runs belongs to nobody now: its last write will find that out, if it gets that far."""
        claims = self._pulse.claims
        released = self._database.write(lambda session: writes.release(session, claims))
        self._database.write(lambda session: writes.sign_off(session, self._name))
        LOG.info("The jobs process %s ends; %d unfinished slots were given back.", self._name, released)
        return True


def _started(name: str, action: Callable[[], None]) -> threading.Thread:
    """A daemon, so that a hung job cannot keep the process from ending."""
    thread = threading.Thread(target=action, name=name, daemon=True)
    thread.start()
    return thread
