"""The ledger's moves: enqueue, claim, renew, finish, fail, release. Leases are told by the database's clock alone.

A claim is held by its owner and the moment it began: whoever is not both in the row any more changes nothing.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, CursorResult, func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import JobRun
from data.models.jobs import JobStatus

Result: TypeAlias = Mapping[str, Any]
"""What a job reports: counts, and names of days."""
LONGEST_PAUSE: Final = timedelta(minutes=5)
_NOW: Final = func.statement_timestamp()
_FREE: Final = {"owner": None, "lease_until": None}
_CLAIMABLE: Final = """
    job = ANY(:jobs)
    AND ((status = 'waiting' AND try_at <= statement_timestamp())
         OR (status = 'running' AND lease_until < statement_timestamp() AND attempts < :most))
"""
_CAN_CLAIM: Final = text(f"SELECT EXISTS (SELECT FROM job_run WHERE {_CLAIMABLE})")
_CLAIM: Final = text(
    f"""
    WITH chosen AS MATERIALIZED (
        SELECT job, slot FROM job_run
        WHERE {_CLAIMABLE}
        ORDER BY due_at, job, slot
        FOR UPDATE SKIP LOCKED LIMIT 1
    )
    UPDATE job_run r
    SET status = 'running', owner = :owner, attempts = r.attempts + 1, started_at = statement_timestamp(), finished_at = NULL,
        lease_until = statement_timestamp() + make_interval(secs => (CAST(:leases AS jsonb) ->> r.job)::float)
    FROM chosen
    WHERE (r.job, r.slot) = (chosen.job, chosen.slot)
    RETURNING r.job, r.slot, r.due_at, r.attempts, r.started_at
    """
)
_BURY: Final = text(
    """
    WITH lost AS MATERIALIZED (
        SELECT job, slot FROM job_run
        WHERE job = ANY(:jobs) AND status = 'running' AND lease_until < statement_timestamp() AND attempts >= :most
        FOR UPDATE SKIP LOCKED
    )
    UPDATE job_run r
    SET status = 'dead', owner = NULL, lease_until = NULL, finished_at = statement_timestamp(), error = :error
    FROM lost
    WHERE (r.job, r.slot) = (lost.job, lost.slot)
    RETURNING r.job, r.slot, r.started_at
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A slot somebody works on; owner and beginning together are what the last write is checked against."""

    job: str
    slot: str
    due_at: datetime
    owner: str
    attempt: int
    started_at: datetime
    """By the database's clock; an attempt count can come again when a slot is given back or revived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A slot that was given up because every attempt fell silent."""

    job: str
    slot: str
    started_at: datetime
    """When its last attempt began."""


def enqueue(session: Session, *, job: str, slot: str, due_at: datetime, skipped: bool = False) -> bool:
    """Add the slot, as skipped when it is too late to be of use; False when somebody added it before."""
    status = JobStatus.SKIPPED if skipped else JobStatus.WAITING
    ended = {"finished_at": _NOW} if skipped else {}
    row = insert(JobRun).values(job=job, slot=slot, due_at=due_at, status=status, try_at=_NOW, **ended)
    return session.scalar(row.on_conflict_do_nothing().returning(col(JobRun.slot))) is not None


def skip_waiting(session: Session, job: str, due_before: datetime) -> int:
    """Give up what still waits and was due before then."""
    stale = (col(JobRun.job) == job) & (col(JobRun.status) == JobStatus.WAITING) & (col(JobRun.due_at) < due_before)
    return _count(session, update(JobRun).where(stale).values(status=JobStatus.SKIPPED, finished_at=_NOW))


def claim(session: Session, owner: str, leases: Mapping[str, timedelta], *, most_attempts: int) -> Claim | None:
    """Take the slot that was due first among those that wait or whose worker fell silent; None when there is none.

    What fell silent in its last allowed attempt is left to `bury_lost`.
    """
    seconds = json.dumps({job: lease.total_seconds() for job, lease in leases.items()})
    values = {"owner": owner, "jobs": list(leases), "leases": seconds, "most": most_attempts}
    row = session.execute(_CLAIM, values).one_or_none()
    return _claim_of(row, owner) if row else None


def claim_slot(session: Session, owner: str, job: str, slot: str, lease: timedelta) -> Claim | None:
    """Take one slot by name, whatever became of it before; None when it is done or somebody is at it."""
    is_held = (col(JobRun.status) == JobStatus.RUNNING) & (col(JobRun.lease_until) >= _NOW)
    free = (col(JobRun.job) == job) & (col(JobRun.slot) == slot) & (col(JobRun.status) != JobStatus.OK) & ~is_held
    held: dict[str, Any] = {"owner": owner, "lease_until": _NOW + lease, "started_at": _NOW, "finished_at": None}
    row = session.execute(
        update(JobRun)
        .where(free)
        .values(status=JobStatus.RUNNING, attempts=col(JobRun.attempts) + 1, **held)
        .returning(col(JobRun.job), col(JobRun.slot), col(JobRun.due_at), col(JobRun.attempts), col(JobRun.started_at))
    ).one_or_none()
    return _claim_of(row, owner) if row else None


def can_claim(session: Session, jobs: Collection[str], *, most_attempts: int) -> bool:
    """Whether there is a slot that `claim` could take, unless somebody else is faster."""
    return bool(session.scalar(_CAN_CLAIM, {"jobs": list(jobs), "most": most_attempts}))


def renew(session: Session, claimed: Claim, lease: timedelta) -> bool:
    """Hold the slot for another lease; False when it is not the owner's any more."""
    return _count(session, update(JobRun).where(_is_held(claimed)).values(lease_until=_NOW + lease)) == 1


def finish(session: Session, claimed: Claim, result: Result) -> bool:
    """Mark the slot done; False when it is not the owner's any more, whose transaction must then be rolled back."""
    done = {"status": JobStatus.OK, "finished_at": _NOW, "error": "", "result": dict(result)} | _FREE
    return _count(session, update(JobRun).where(_is_held(claimed)).values(**done)) == 1


def retry_later(session: Session, claimed: Claim, error: str, first_pause: timedelta) -> bool:
    """Let the slot wait for its next try: first pause · 2ⁿ · (½ to 1), so that many failures do not come back at once."""
    seconds = first_pause.total_seconds() * 2.0**claimed.attempt
    pause = func.make_interval(0, 0, 0, 0, 0, 0, func.least(LONGEST_PAUSE.total_seconds(), seconds) * (0.5 + func.random() / 2))
    again = {"status": JobStatus.WAITING, "try_at": _NOW + pause, "error": error} | _FREE
    return _count(session, update(JobRun).where(_is_held(claimed)).values(**again)) == 1


def give_up(session: Session, claimed: Claim, error: str) -> bool:
    """Let the slot be dead; False when it is not the owner's any more."""
    dead = {"status": JobStatus.DEAD, "finished_at": _NOW, "error": error} | _FREE
    return _count(session, update(JobRun).where(_is_held(claimed)).values(**dead)) == 1


def bury_lost(session: Session, jobs: Collection[str], *, most_attempts: int, error: str) -> list[Lost]:
    """Let slots be dead whose last allowed attempt fell silent: what ends its worker every time must not be tried for ever."""
    rows = session.execute(_BURY, {"jobs": list(jobs), "most": most_attempts, "error": error})
    return [Lost(job=row.job, slot=row.slot, started_at=row.started_at) for row in rows]


def release(session: Session, claims: Iterable[Claim]) -> int:
    """Give slots back unfinished, as if they had never been taken; returns how many were still the owner's."""
    back = {"status": JobStatus.WAITING, "try_at": _NOW, "attempts": col(JobRun.attempts) - 1} | _FREE
    return sum(_count(session, update(JobRun).where(_is_held(claimed)).values(**back)) for claimed in claims)


def _is_held(claimed: Claim) -> ColumnElement[bool]:
    return (
        (col(JobRun.job) == claimed.job)
        & (col(JobRun.slot) == claimed.slot)
        & (col(JobRun.status) == JobStatus.RUNNING)
        & (col(JobRun.owner) == claimed.owner)
        & (col(JobRun.started_at) == claimed.started_at)
    )


def _claim_of(row: Any, owner: str) -> Claim:  # noqa: ANN401 - a row of whichever statement claimed
    return Claim(job=row.job, slot=row.slot, due_at=row.due_at, owner=owner, attempt=row.attempts, started_at=row.started_at)


def _count(session: Session, statement: Any) -> int:  # noqa: ANN401 - any statement that changes rows
    changed = session.execute(statement)
    assert isinstance(changed, CursorResult)  # noqa: S101 - for the type checker
    return changed.rowcount
