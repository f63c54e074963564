"""What tells whether the jobs process does its work: its last beat, slots that are due, and messages that wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import Channel, JobRun, JobStatus, MessageStatus, OutboxMessage, WorkerHeartbeat

UNFINISHED = (JobStatus.WAITING, JobStatus.RUNNING)
PENDING = (MessageStatus.WAITING, MessageStatus.SENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSlot:
    """A slot that has not finished although its moment has come."""

    job: str
    slot: str
    due_at: datetime
    waits_from: datetime
    """When it was due, or written down later: by the first process there was, or by one that came back."""
    every: timedelta | None
    """The time between the job's slot before and this one; None for the first slot of a job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadSlot:
    """A slot that failed at every try."""

    job: str
    slot: str
    due_at: datetime
    attempts: int
    error: str


def last_beat(session: Session) -> datetime | None:
    """When a jobs process last said that it is alive; None when there never was one."""
    return session.scalar(select(func.max(col(WorkerHeartbeat.beat_at))))


def silent_for(session: Session) -> timedelta | None:
    """How long ago a jobs process last said that it is alive, by the clock that dates its beats; None when there never was one."""
    return session.scalar(select(func.statement_timestamp() - func.max(col(WorkerHeartbeat.beat_at))))


def due_slots(session: Session, now: datetime) -> list[DueSlot]:
    """Every slot that is due and not finished, oldest first."""
    earlier = aliased(JobRun)
    before = (
        select(func.max(col(earlier.due_at)))
        .where(col(earlier.job) == col(JobRun.job), col(earlier.due_at) < col(JobRun.due_at))
        .correlate(JobRun)
        .scalar_subquery()
    )
    waits_from = func.greatest(col(JobRun.due_at), col(JobRun.created_at))
    query = select(col(JobRun.job), col(JobRun.slot), col(JobRun.due_at), waits_from, before)
    unfinished = or_(*(col(JobRun.status) == status for status in UNFINISHED))
    rows = session.execute(query.where(unfinished, col(JobRun.due_at) <= now).order_by(col(JobRun.due_at), col(JobRun.job)))
    return [
        DueSlot(job=job, slot=slot, due_at=due_at, waits_from=since, every=due_at - last if last else None)
        for job, slot, due_at, since, last in rows
    ]


def last_due(session: Session, now: datetime) -> dict[str, datetime]:
    """When each job was due last, however that went; a clock that was wrong for a while may have left slots of the future."""
    query = select(col(JobRun.job), func.max(col(JobRun.due_at)).label("due_at")).where(col(JobRun.due_at) <= now).group_by(col(JobRun.job))
    return {row.job: row.due_at for row in session.execute(query)}


def at_work_for(session: Session, heard_within: timedelta) -> timedelta | None:
    """How long a jobs process that is alive has been at work, the longest of them, by the clock of its beats; None when none is."""
    now, beat = func.statement_timestamp(), col(WorkerHeartbeat.beat_at)
    living = (col(WorkerHeartbeat.stopped_at).is_(None), now - beat <= heard_within)
    return session.scalar(select(now - func.min(col(WorkerHeartbeat.started_at))).where(*living))


def dead_slots(session: Session) -> list[DeadSlot]:
    """Slots that were given up, newest first."""
    query = select(JobRun).where(col(JobRun.status) == JobStatus.DEAD).order_by(col(JobRun.due_at).desc(), col(JobRun.job))
    return [
        DeadSlot(job=run.job, slot=run.slot, due_at=run.due_at, attempts=run.attempts, error=run.error) for run in session.scalars(query)
    ]


def waiting_since(session: Session, now: datetime) -> datetime | None:
    """Since when the message that waits longest could have been sent; None when none is due.

    A message kept back on purpose (quiet hours) waits from the end of that. What was tried waits since it was written. Messages of
    channels that are switched off or broken are not waiting for the jobs process but for somebody to mend the channel.
    """
    message = OutboxMessage
    could_go_at = case((col(message.attempts) > 0, col(message.created_at)), else_=func.greatest(message.created_at, message.try_at))
    query = (
        select(func.min(could_go_at))
        .join(Channel, col(Channel.id) == col(message.channel_id))
        .where(or_(*(col(message.status) == status for status in PENDING)), could_go_at <= now)
        .where(col(Channel.active), col(Channel.broken_at).is_(None))
    )
    oldest: datetime | None = session.scalar(query)
    return oldest
