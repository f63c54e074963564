"""The ledger as it stands: what was due last, how it went, who is alive."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import JobRun
from data.models.jobs import JobStatus


def last_due(session: Session, names: Sequence[str], now: datetime) -> dict[str, datetime]:
    """When each job was due last, up to now: a clock that was wrong for a while may have left slots of the future."""
    due_at = func.max(col(JobRun.due_at))
    query = select(col(JobRun.job), due_at).where(col(JobRun.job).in_(names), col(JobRun.due_at) <= now).group_by(col(JobRun.job))
    return {job: moment for job, moment in session.execute(query)}  # noqa: C416 - rows, not pairs, to the type checker


def latest_runs(session: Session, names: Sequence[str]) -> dict[str, JobRun]:
    """The newest slot of each job that was begun, skipped or given up, also while it waits for its next try."""
    query = (
        select(JobRun)
        .where(col(JobRun.job).in_(names), or_(col(JobRun.status) != JobStatus.WAITING, col(JobRun.attempts) > 0))
        .ext(distinct_on(col(JobRun.job)))
        .order_by(col(JobRun.job), col(JobRun.due_at).desc())
    )
    return {run.job: run for run in session.scalars(query)}


def run_of(session: Session, job: str, slot: str) -> JobRun | None:
    """How one slot stands, read afresh."""
    return session.get(JobRun, (job, slot), populate_existing=True)
