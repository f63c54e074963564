"""From the timetable to the ledger: what is due now is put down, whatever came too late is put down as skipped."""

from datetime import datetime

from sqlalchemy.orm import Session

from data.queries import jobs as queries
from data.writes import jobs as writes
from jobs.definition import Job, Timetable
from jobs.patience import LOG
from jobs.slots import Slot, slots
from services import job_ledger


def enqueue_due(session: Session, timetable: Timetable, now: datetime) -> int:
    """Put down every slot that is due and return how many were new; safe to be done by many processes at once."""
    names = [job.name for job in timetable.jobs]
    last, zone = queries.last_due(session, names, now), job_ledger.zone_name(session)
    for lost in job_ledger.bury_lost(session, names, now):
        LOG.error("%s %s is given up: its process ended or hung in every attempt.", lost.job, lost.slot)
    return sum(_enqueue(session, job, _missed(job, zone, now, last.get(job.name)), now) for job in timetable.jobs)


def slots_of(job: Job, zone: str, now: datetime, last: datetime | None) -> list[Slot]:
    """The job's due slots by the company's clocks."""
    return slots(job.schedule.in_zone(zone), now, last, most=job.catch_up)


def _missed(job: Job, zone: str, now: datetime, last: datetime | None) -> list[Slot]:
    """What is due; a job that never ran yet has missed nothing that is of no use any more: it was not there."""
    due = slots_of(job, zone, now, last)
    return due if last is not None else [slot for slot in due if not _is_stale(job, slot, now)]


def skip_stale(session: Session, timetable: Timetable, now: datetime) -> None:
    """Give up, in sight, what waited until it was of no use any more."""
    for job in timetable.jobs:
        if job.useful_for is not None:
            writes.skip_waiting(session, job.name, due_before=now - job.useful_for)


def _enqueue(session: Session, job: Job, due: list[Slot], now: datetime) -> int:
    return sum(writes.enqueue(session, job=job.name, slot=slot.name, due_at=slot.due_at, skipped=_is_stale(job, slot, now)) for slot in due)


def _is_stale(job: Job, slot: Slot, now: datetime) -> bool:
    return job.useful_for is not None and slot.due_at < now - job.useful_for
