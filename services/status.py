"""The state of the installation for its administrators: processes, jobs, messages, database, backups."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.models import JobStatus, MessageStatus
from data.queries import engine_room as queries
from data.queries.engine_room import BrokenChannel, DatabaseFacts, Run
from data.writes import job_runs as writes
from domain.errors import ConflictError
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.backups import LastBackup, last_backup
from services.health import has_every_migration
from services.job_health import SILENT_AFTER, JobHealth, job_health
from services.telegram.state import BotState, bot_state

__all__ = ["BrokenChannel", "JobLine", "JobStatus", "MessageStatus", "Run", "Status", "WorkerLine", "WorkerState", "run_again", "status"]

Counts: TypeAlias = Mapping[MessageStatus, int]
WORKERS_SHOWN_FOR: Final = timedelta(days=1)
"""Yesterday's process explains today's silence; older ones explain nothing."""
ACTIVE_WITHIN: Final = timedelta(minutes=15)
"""Who clicked within a quarter of an hour is at their desk."""


class WorkerState(StrEnum):
    """Whether a jobs process lives."""

    ALIVE = "alive"
    STOPPED = "stopped"
    """It ended in order."""
    SILENT = "silent"
    """It died, or cannot reach the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLine:
    """A jobs process of the last day."""

    name: str
    state: WorkerState
    started_at: datetime
    silent_for: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """A job: how it went last, and what is next; neither for one that never ran."""

    job: str
    last: Run | None
    next: Run | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything an administrator wants to know in five seconds."""

    health: JobHealth
    workers: tuple[WorkerLine, ...]
    jobs: tuple[JobLine, ...]
    messages: Counts
    """Waiting ones, and what became of those written today."""
    broken_channels: tuple[BrokenChannel, ...]
    bot: BotState | None
    """None where no bot was ever read."""
    database: DatabaseFacts
    has_every_migration: bool
    active_browsers: int
    backup: LastBackup | None


def status(session: Session, viewer: Viewer, *, now: datetime, today_from: datetime) -> Status:
    """The installation as it stands; `today_from` is the first moment of the viewer's day. AccessError for all but admins."""
    require_role(viewer, {Role.ADMIN})
    return Status(
        health=job_health(session, now),
        workers=tuple(_worker(each) for each in queries.workers(session, heard_within=WORKERS_SHOWN_FOR)),
        jobs=_jobs(session),
        messages=queries.message_counts(session, written_since=today_from),
        broken_channels=tuple(queries.broken_channels(session)),
        bot=bot_state(session, now),
        database=queries.database_facts(session),
        has_every_migration=has_every_migration(session),
        active_browsers=queries.sessions_seen(session, since=now - ACTIVE_WITHIN),
        backup=last_backup(session),
    )


def run_again(session: Session, viewer: Viewer, *, job: str, slot: str, now: datetime) -> None:
    """Let a slot that was given up be tried again; ConflictError when it is not waiting for that any more."""
    require_role(viewer, {Role.ADMIN})
    if not writes.revive(session, job=job, slot=slot):
        raise ConflictError("This run is not given up any more. Load the page again.")
    audit.record(session, person_id=viewer.person_id, action=Action.JOB_RUN_ASKED, subject=f"job:{job}", details={"slot": slot}, at=now)


def _worker(worker: queries.Worker) -> WorkerLine:
    state = WorkerState.SILENT if worker.silent_for > SILENT_AFTER else WorkerState.ALIVE
    return WorkerLine(
        name=worker.name,
        state=WorkerState.STOPPED if worker.stopped_at is not None else state,
        started_at=worker.started_at,
        silent_for=worker.silent_for,
    )


def _jobs(session: Session) -> tuple[JobLine, ...]:
    last = {run.job: run for run in queries.last_runs(session)}
    coming = {run.job: run for run in queries.next_runs(session)}
    return tuple(JobLine(job=job, last=last.get(job), next=coming.get(job)) for job in sorted(last | coming))
