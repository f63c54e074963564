"""Signs of life of the jobs processes, dated by the database's clock."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import WorkerHeartbeat

_NOW: Final = func.statement_timestamp()


def beat(session: Session, worker: str) -> None:
    """The worker is alive."""
    row = insert(WorkerHeartbeat).values(worker=worker, started_at=_NOW, beat_at=_NOW)
    session.execute(row.on_conflict_do_update(index_elements=["worker"], set_={"beat_at": _NOW}))


def sign_off(session: Session, worker: str) -> None:
    """The worker ends in order."""
    session.execute(update(WorkerHeartbeat).where(col(WorkerHeartbeat.worker) == worker).values(stopped_at=_NOW))


def forget_workers(session: Session, silent_since: datetime) -> int:
    """Drop workers not heard of since then; returns how many."""
    silent = delete(WorkerHeartbeat).where(col(WorkerHeartbeat.beat_at) < silent_since)
    return len(session.scalars(silent.returning(col(WorkerHeartbeat.worker))).all())
