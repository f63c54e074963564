"""The ledger of the jobs process: which slot of which job ran, and which workers are alive."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of


class JobStatus(StrEnum):
    """Where a slot stands: `waiting` also for its next try, `dead` after its last, `skipped` when it came too late to be of use."""

    WAITING = "waiting"
    RUNNING = "running"
    OK = "ok"
    DEAD = "dead"
    SKIPPED = "skipped"


class JobRun(SQLModel, table=True):
    """One slot of one job. The primary key is what makes a slot run once, however many processes there are."""

    __tablename__: ClassVar[str] = "job_run"
    __table_args__ = (
        CheckConstraint(one_of("status", JobStatus), name="known_status"),
        CheckConstraint("(status = 'running') = (owner IS NOT NULL AND lease_until IS NOT NULL)", name="running_is_owned"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index("ix_job_run_waiting", "try_at", postgresql_where=text("status = 'waiting'")),
        Index("ix_job_run_running", "lease_until", postgresql_where=text("status = 'running'")),
        Index("ix_job_run_job_due", "job", text("due_at DESC")),
    )

    job: str = Field(max_length=60, primary_key=True)
    slot: str = Field(max_length=80, primary_key=True)
    """The slot's nominal name: its moment in UTC, or the local date and zone it stands for; clock changes do not alter it."""
    due_at: datetime = Field(sa_type=UtcDateTime)
    status: JobStatus = Field(default=JobStatus.WAITING, sa_column=Column(Word(JobStatus), nullable=False))
    attempts: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    try_at: datetime = Field(sa_type=UtcDateTime)
    """Not before this moment."""
    owner: str | None = Field(default=None, max_length=80)
    """The worker that holds the lease; the final update checks it, so that a late owner's work is rolled back."""
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str = blank(300)
    """The kind of the last failure and where; never a value from the data."""
    result: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    """Counts the job reports, such as rows replaced or drift found."""
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


class WorkerHeartbeat(SQLModel, table=True):
    """A jobs process and when it last said that it is alive."""

    __tablename__: ClassVar[str] = "worker_heartbeat"

    worker: str = Field(max_length=80, primary_key=True)
    started_at: datetime = Field(sa_type=UtcDateTime)
    beat_at: datetime = Field(sa_type=UtcDateTime)
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it ended in order; a worker without it and with an old beat died."""
