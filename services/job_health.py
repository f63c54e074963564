"""Is the jobs process alive and in time, and do messages leave?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from data.queries import job_health as queries
from data.queries.job_health import DeadSlot, DueSlot
from services.job_rhythms import RHYTHMS

__all__ = ["DeadSlot", "DueSlot", "JobHealth", "SilentJob", "Trouble", "job_health", "may_take"]

SILENT_AFTER: Final = timedelta(seconds=90)
"""A worker beats several times a minute: after this it is dead, or cannot reach the database."""
PERIODS: Final = 2
"""A slot that the next two have overtaken is late: one may be a slow run, two are a standstill."""
LATE_AT_LEAST: Final = timedelta(minutes=10)
"""Jobs of every minute may be tried again a few times before anybody is told."""
LATE_AT_MOST: Final = timedelta(hours=6)
"""A nightly count that is still missing at breakfast is late, although its period is a day."""
OUTBOX_AFTER: Final = timedelta(minutes=10)
"""Somebody who should be told something is told within minutes or not at all."""


class Trouble(StrEnum):
    """What is not well."""

    NEVER_STARTED = "never_started"
    """No jobs process has ever worked on this database."""
    SILENT = "silent"
    JOBS_SILENT = "jobs_silent"
    """The process works, and a job of the timetable was not even due for far too long: nothing of it could be late."""
    JOBS_LATE = "jobs_late"
    OUTBOX_LATE = "outbox_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentJob:
    """A job that should have been due meanwhile."""

    job: str
    last_due: datetime | None
    """None for one that never ran."""
    since: datetime
    """When it was due last, or since when a process has been at work that should have run it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobHealth:
    """How the jobs process stood at one moment."""

    at: datetime
    silent_for: timedelta | None
    """Since the last beat of any process, by the database's clock, which dates them: this host's may be minutes off."""
    late: tuple[DueSlot, ...]
    dead: tuple[DeadSlot, ...]
    """Given up after their last try; they wait for an administrator and do not count as late."""
    silent_jobs: tuple[SilentJob, ...] = ()
    """The longest silent first; none while no process is alive, which is the cause then."""
    waiting_since: datetime | None
    """Since when the oldest message could have been sent."""

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Everything that is not well, the cause before its consequences."""
        found = {
            Trouble.NEVER_STARTED: self.silent_for is None,
            Trouble.SILENT: self.silent_for is not None and self.silent_for > SILENT_AFTER,
            Trouble.JOBS_SILENT: bool(self.silent_jobs),
            Trouble.JOBS_LATE: bool(self.late),
            Trouble.OUTBOX_LATE: self.waiting_since is not None and self.at - self.waiting_since > OUTBOX_AFTER,
        }
        return tuple(trouble for trouble, is_so in found.items() if is_so)

    @property
    def is_well(self) -> bool:
        """Whether nothing is late and somebody is at work."""
        return not self.troubles


def job_health(session: Session, now: datetime) -> JobHealth:
    """A few small reads; raises when the database does not answer."""
    return JobHealth(
        at=now,
        silent_for=queries.silent_for(session),
        late=tuple(slot for slot in queries.due_slots(session, now) if now - slot.waits_from > may_take(slot.every)),
        dead=tuple(queries.dead_slots(session)),
        silent_jobs=_silent_jobs(session, now),
        waiting_since=queries.waiting_since(session, now),
    )


def _silent_jobs(session: Session, now: datetime) -> tuple[SilentJob, ...]:
    at_work_for = queries.at_work_for(session, SILENT_AFTER)
    if at_work_for is None:
        return ()
    last = queries.last_due(session, now)
    known = [SilentJob(job=job, last_due=last.get(job), since=last.get(job, now - at_work_for)) for job in RHYTHMS]
    # A process that has just come back makes up for what was missed in its own time.
    awaited = (each for each in known if min(now - each.since, at_work_for) > RHYTHMS[each.job] + may_take(RHYTHMS[each.job]))
    return tuple(sorted(awaited, key=lambda each: (each.since, each.job)))


def may_take(every: timedelta | None) -> timedelta:
    """How long after its moment a slot may still be unfinished: two periods of its job, within limits."""
    return LATE_AT_LEAST if every is None else min(max(PERIODS * every, LATE_AT_LEAST), LATE_AT_MOST)
