"""One jobs process at work: a metronome that enqueues, threads that do, a pulse that says so. It survives its database."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from data.engine import Database
from data.writes import jobs as writes
from data.writes import workers
from data.writes.jobs import Claim
from domain.errors import SetupError
from jobs.definition import Job, Loop, Timetable
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
LOOK_ANYWAY_SECONDS: Final = 10.0
"""How long a thread without work waits for the metronome to say that there is some, should that be in trouble itself."""
_IDLE_SECONDS: Final = 1.0
"""Between two looks for a database that is not there yet."""


class Worker:
    """Does what the timetable says until it is asked to stop; as many as one likes may run beside each other."""

    def __init__(self, database: Database, timetable: Timetable, name: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._timetable = timetable
        self._name = name
        self._now = now
        self._is_asked_to_stop = False
        self._has_newest_schema = False
        self._stop = threading.Event()
        self._something_waits = threading.Event()
        self._unsettled: set[Claim] = set()
        """Slots whose end could not be written down, because the database went away."""
        self._pulse_stop = threading.Event()
        self._pulse = Pulse(database, name)
        self._jobs = {job.name: job for job in timetable.jobs}

    def stop(self) -> None:
        """Begin nothing more; `run` returns when what is under way is finished or given back.

        It takes no lock: a signal may interrupt the very line that holds it.
        """
        self._is_asked_to_stop = True

    def run(self) -> None:
        """Work until asked to stop. Waits for a database that does not answer yet; SetupError for one with another schema."""
        answering = Patience("The database")
        while not answering.attempt(self._looked_at_schema):
            if self._is_asked_to_stop:
                return
            time.sleep(_IDLE_SECONDS)
        if not self._has_newest_schema:
            raise SetupError("The database does not have the newest schema yet. Run: python manage.py migrate")
        pulse = _started("pulse", lambda: self._pulse.run(self._pulse_stop))
        threads = [_started(f"work-{number}", self._work) for number in range(THREADS)]
        threads += [_started(loop.name, lambda loop=loop: self._go_round(loop)) for loop in self._timetable.loops]  # type: ignore[misc]
        enqueueing = Patience("The ledger")
        Metronome(lambda: enqueueing.attempt(self._tick)).run(lambda: self._is_asked_to_stop)
        self._finish(threads, pulse)

    def _looked_at_schema(self) -> bool:
        """One look, so that a connection lost between two does not end the process."""
        with self._database.reading() as session:
            self._has_newest_schema = has_every_migration(session)
        return True

    def _tick(self) -> bool:
        if self._database.write(self._looked_after):
            self._something_waits.set()
        return True

    def _looked_after(self, session: Session) -> bool:
        """Put down what is due; whether a slot can be taken now. One look a second for all threads."""
        enqueue_due(session, self._timetable, self._now())
        return bool(self._unsettled) or job_ledger.can_claim(session, list(self._jobs))

    def _work(self) -> None:
        patience = Patience("Doing jobs")
        while not self._stop.is_set():
            if not patience.attempt(self._do_next):
                self._something_waits.clear()
                if not self._stop.is_set():
                    self._something_waits.wait(LOOK_ANYWAY_SECONDS)

    def _do_next(self) -> bool:
        """Claim and do one slot; whether there was one."""
        given_back = set(self._unsettled)
        claim = self._database.write(lambda session: self._claimed(session, given_back))
        self._unsettled -= given_back
        if claim is None:
            return False
        self._do(self._jobs[claim.job], claim)
        return True

    def _do(self, job: Job, claim: Claim) -> None:
        with self._pulse.holding(claim, job):
            try:
                perform(self._database, job, claim, self._now)
            except OperationalError:
                self._unsettled.add(claim)
                raise

    def _claimed(self, session: Session, given_back: set[Claim]) -> Claim | None:
        writes.release(session, given_back)
        skip_stale(session, self._timetable, self._now())
        return job_ledger.claim(session, self._name, {job.name: job.lease for job in self._timetable.jobs})

    def _go_round(self, loop: Loop) -> None:
        patience = Patience(f"The loop “{loop.name}”")
        while not self._stop.is_set():
            if not patience.attempt(lambda: loop.turn(self._database, self._name, self._now, self._stop.is_set) > 0):
                self._stop.wait(loop.every.total_seconds())

    def _finish(self, threads: list[threading.Thread], pulse: threading.Thread) -> None:
        deadline = time.monotonic() + FINISH_SECONDS
        self._stop.set()
        self._something_waits.set()
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._pulse_stop.set()
        pulse.join(_IDLE_SECONDS)
        Patience("Giving back what was under way").attempt(self._sign_off)

    def _sign_off(self) -> bool:
        """Whatever still runs belongs to nobody now: its last write will find that out, if it gets that far."""
        claims = {*self._pulse.claims, *self._unsettled}
        released = self._database.write(lambda session: writes.release(session, claims))
        self._database.write(lambda session: workers.sign_off(session, self._name))
        LOG.info("The jobs process %s ends; %d unfinished slots were given back.", self._name, released)
        return True


def _started(name: str, action: Callable[[], None]) -> threading.Thread:
    """A daemon, so that a hung job cannot keep the process from ending."""
    thread = threading.Thread(target=action, name=name, daemon=True)
    thread.start()
    return thread
