"""One slot of one job, now, through the ledger: a slot that is done is not done again."""

import threading
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from data.engine import Database
from data.models.jobs import JobStatus
from data.queries import jobs as queries
from data.writes import jobs as writes
from data.writes.jobs import Claim
from domain.errors import ConflictError, InputError, NotFoundError
from jobs.definition import Job, Timetable
from jobs.performing import perform
from jobs.pulse import Pulse
from jobs.slots import Slot, slots
from services import job_ledger


def once(database: Database, timetable: Timetable, name: str, slot_name: str | None, worker: str, now: Callable[[], datetime]) -> str:
    """Do the slot and say how it went; ConflictError when somebody else is at it or it failed."""
    job = timetable.job(name)
    if job is None:
        raise NotFoundError(f"There is no job “{name}”. The jobs are {', '.join(job.name for job in timetable.jobs)}.")
    with database.reading() as session:
        slot = _slot(job, slot_name, job_ledger.zone_name(session), now())
    claim = database.write(lambda session: _claimed(session, job, slot, worker))
    if claim is not None:
        _perform_holding(database, job, claim, worker, now)
    return _outcome(database, job, slot, worker, was_ours=claim is not None)


def _slot(job: Job, name: str | None, zone: str, now: datetime) -> Slot:
    schedule = job.schedule.in_zone(zone)
    slot = schedule.named(name) if name else slots(schedule, now, None)[-1]
    if slot.due_at > now:
        raise InputError(f"{job.name} {slot.name} is not due before {slot.due_at:%Y-%m-%d %H:%M} UTC.")
    return slot


def _claimed(session: Session, job: Job, slot: Slot, worker: str) -> Claim | None:
    writes.enqueue(session, job=job.name, slot=slot.name, due_at=slot.due_at)
    return writes.claim_slot(session, worker, job.name, slot.name, job.lease)


def _perform_holding(database: Database, job: Job, claim: Claim, worker: str, now: Callable[[], datetime]) -> None:
    pulse, stop = Pulse(database, worker), threading.Event()
    renewing = threading.Thread(target=lambda: pulse.renew_until(stop), daemon=True)
    renewing.start()
    try:
        with pulse.holding(claim, job):
            perform(database, job, claim, now)
    finally:
        stop.set()
        renewing.join()


def _outcome(database: Database, job: Job, slot: Slot, worker: str, *, was_ours: bool) -> str:
    with database.reading() as session:
        run = queries.run_of(session, job.name, slot.name)
    name = f"{job.name} {slot.name}"
    if run is None:
        raise NotFoundError(f"{name} is not in the ledger any more.")
    if run.status is JobStatus.OK and not was_ours:
        return f"{name} is done already, since {run.finished_at:%Y-%m-%d %H:%M} UTC: {_counts(run.result)}."
    if run.status is JobStatus.OK:
        return f"{name} is done: {_counts(run.result)}."
    if run.status is JobStatus.RUNNING and run.owner != worker:
        raise ConflictError(f"{name} is being done by {run.owner} just now.")
    raise ConflictError(f"{name} failed in attempt {run.attempts}: {run.error}. It is {run.status} now.")


def _counts(result: dict[str, object]) -> str:
    told = (f"{key.replace('_', ' ')} {', '.join(value) or 'none' if isinstance(value, list) else value}" for key, value in result.items())
    return ", ".join(told) or "nothing to report"
