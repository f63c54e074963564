"""What an administrator sees of the machinery: workers, the latest run of every job, messages, the database itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Channel, ChannelKind, JobRun, JobStatus, MessageStatus, OutboxMessage, UserSession, WorkerHeartbeat
from data.queries.job_health import PENDING, UNFINISHED

FINISHED = (JobStatus.OK, JobStatus.DEAD, JobStatus.SKIPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A jobs process."""

    name: str
    started_at: datetime
    silent_for: timedelta
    """Since its last beat, by the database's clock."""
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The latest finished slot of a job, or its oldest unfinished one."""

    job: str
    slot: str
    due_at: datetime
    status: JobStatus
    attempts: int
    try_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: str
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenChannel:
    """A channel whose other side refuses for good."""

    label: str
    kind: ChannelKind
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseFacts:
    """The server and how much it holds."""

    server_version: str
    bytes: int


def workers(session: Session, *, heard_within: timedelta) -> list[Worker]:
    """Jobs processes that gave a sign of life lately, the latest first."""
    silent_for = func.statement_timestamp() - col(WorkerHeartbeat.beat_at)
    query = select(WorkerHeartbeat, silent_for).where(silent_for <= heard_within).order_by(silent_for)
    return [
        Worker(name=each.worker, started_at=each.started_at, silent_for=silence, stopped_at=each.stopped_at)
        for each, silence in session.execute(query)
    ]


def last_runs(session: Session) -> list[Run]:
    """The newest finished slot of every job."""
    finished = or_(*(col(JobRun.status) == status for status in FINISHED))
    query = select(JobRun).where(finished).ext(distinct_on(col(JobRun.job))).order_by(col(JobRun.job), col(JobRun.due_at).desc())
    return [_run(each) for each in session.scalars(query)]


def next_runs(session: Session) -> list[Run]:
    """The oldest unfinished slot of every job: what is tried next, or being done."""
    unfinished = or_(*(col(JobRun.status) == status for status in UNFINISHED))
    query = select(JobRun).where(unfinished).ext(distinct_on(col(JobRun.job))).order_by(col(JobRun.job), col(JobRun.due_at))
    return [_run(each) for each in session.scalars(query)]


def message_counts(session: Session, *, written_since: datetime) -> dict[MessageStatus, int]:
    """How many messages stand where; of those that are over only what was written since then."""
    pending = or_(*(col(OutboxMessage.status) == status for status in PENDING))
    query = select(col(OutboxMessage.status), func.count().label("number")).where(
        or_(pending, col(OutboxMessage.created_at) >= written_since)
    )
    return {row.status: row.number for row in session.execute(query.group_by(col(OutboxMessage.status)))}


def broken_channels(session: Session) -> list[BrokenChannel]:
    """Channels that somebody must mend, the longest broken first."""
    query = select(Channel).where(col(Channel.broken_at).is_not(None), col(Channel.active)).order_by(col(Channel.broken_at))
    return [
        BrokenChannel(label=each.label, kind=each.kind, since=each.broken_at, reason=each.broken_reason)
        for each in session.scalars(query)
        if each.broken_at is not None
    ]


def sessions_seen(session: Session, *, since: datetime) -> int:
    """Signed-in browsers that did something since then."""
    query = select(func.count()).where(col(UserSession.last_seen_at) >= since, col(UserSession.revoked_at).is_(None))
    return session.scalar(query) or 0


def database_facts(session: Session) -> DatabaseFacts:
    """What the server says about itself and our database."""
    version, size = session.execute(text("SELECT current_setting('server_version'), pg_database_size(current_database())")).one()
    return DatabaseFacts(server_version=version.split()[0], bytes=size)


def _run(run: JobRun) -> Run:
    return Run(
        job=run.job,
        slot=run.slot,
        due_at=run.due_at,
        status=run.status,
        attempts=run.attempts,
        try_at=run.try_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        error=run.error,
        result=run.result,
    )
