"""What an administrator may change in the ledger of jobs."""

from sqlalchemy import func, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import JobRun, JobStatus


def revive(session: Session, *, job: str, slot: str) -> bool:
    """Let a slot that was given up be tried again from the first try; False when it is not dead (any more)."""
    query = update(JobRun).where(col(JobRun.job) == job, col(JobRun.slot) == slot, col(JobRun.status) == JobStatus.DEAD)
    again = query.values(
        status=JobStatus.WAITING, attempts=0, try_at=func.statement_timestamp(), started_at=None, finished_at=None, error=""
    )
    return session.execute(again.returning(col(JobRun.job))).first() is not None
