"""Figures of jobs, messages, imports and sign-ins for a monitoring system, counted in the database so that any process can tell them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AuditEntry, Channel, Delivery, ImportBatch, JobRun, JobStatus, OutboxMessage
from data.queries.job_health import PENDING, due_slots, last_beat, waiting_since


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The state of the machinery at one moment; keys are the labels of a series."""

    runs: Mapping[tuple[str, str], int]
    """Slots in the ledger by job and status."""
    last_success: Mapping[str, datetime]
    last_duration: Mapping[str, timedelta]
    """Of each job's last run that succeeded."""
    lag: Mapping[str, timedelta]
    """How long each job's oldest unfinished slot has been due; jobs without one are missing."""
    beat_at: datetime | None
    pending: int
    waiting_since: datetime | None
    deliveries: Mapping[tuple[str, str], int]
    """Tries by kind of channel and result."""
    import_rows: Mapping[tuple[str, str], int]
    """Rows by origin and `accepted` or `rejected`."""
    sign_ins: Mapping[str, int]
    """Entries of the audit log by action."""


def figures(session: Session, now: datetime, *, sign_in_actions: tuple[str, ...]) -> Figures:
    """Everything in nine reads."""
    successes = _last_successes(session)
    lags: dict[str, timedelta] = {}
    for slot in due_slots(session, now):
        lags.setdefault(slot.job, now - slot.due_at)
    return Figures(
        runs=_runs(session),
        last_success={job: finished for job, (_, finished) in successes.items()},
        last_duration={job: finished - started for job, (started, finished) in successes.items() if started is not None},
        lag=lags,
        beat_at=last_beat(session),
        pending=_pending(session),
        waiting_since=waiting_since(session, now),
        deliveries=_deliveries(session),
        import_rows=_import_rows(session),
        sign_ins=_sign_ins(session, sign_in_actions),
    )


def _runs(session: Session) -> dict[tuple[str, str], int]:
    query = select(col(JobRun.job), col(JobRun.status), func.count()).group_by(col(JobRun.job), col(JobRun.status))
    return {(job, status.value): number for job, status, number in session.execute(query)}


def _last_successes(session: Session) -> dict[str, tuple[datetime | None, datetime]]:
    query = (
        select(col(JobRun.job), col(JobRun.started_at), col(JobRun.finished_at))
        .ext(distinct_on(col(JobRun.job)))
        .where(col(JobRun.status) == JobStatus.OK, col(JobRun.finished_at).is_not(None))
        .order_by(col(JobRun.job), col(JobRun.finished_at).desc())
    )
    return {job: (started, finished) for job, started, finished in session.execute(query) if finished is not None}


def _pending(session: Session) -> int:
    return session.scalar(select(func.count()).where(or_(*(col(OutboxMessage.status) == status for status in PENDING)))) or 0


def _deliveries(session: Session) -> dict[tuple[str, str], int]:
    query = (
        select(col(Channel.kind), col(Delivery.result), func.count())
        .join(OutboxMessage, col(OutboxMessage.id) == col(Delivery.message_id))
        .join(Channel, col(Channel.id) == col(OutboxMessage.channel_id))
        .group_by(col(Channel.kind), col(Delivery.result))
    )
    return {(kind.value, result.value): number for kind, result, number in session.execute(query)}


def _import_rows(session: Session) -> dict[tuple[str, str], int]:
    sums = func.sum(col(ImportBatch.accepted_rows)), func.sum(col(ImportBatch.rejected_rows))
    rows = session.execute(select(col(ImportBatch.origin), *sums).group_by(col(ImportBatch.origin))).all()
    return {(origin, "accepted"): accepted for origin, accepted, _ in rows} | {(origin, "rejected"): lost for origin, _, lost in rows}


def _sign_ins(session: Session, actions: tuple[str, ...]) -> dict[str, int]:
    number = func.count().label("number")
    query = select(col(AuditEntry.action), number).where(col(AuditEntry.action).in_(actions)).group_by(col(AuditEntry.action))
    return {row.action: row.number for row in session.execute(query)}
