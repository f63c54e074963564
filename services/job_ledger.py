"""The ledger's rules: a slot runs once, is tried at most five times, and somebody is told when it is given up."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import people
from data.writes import jobs as writes
from data.writes.jobs import Claim, Lost
from domain.errors import ConflictError
from services import job_alerts

MOST_ATTEMPTS: Final = 5
"""What failed five times with growing pauses between needs somebody to look at it."""
FELL_SILENT: Final = "The process ended or hung in every attempt."
FALLBACK_ZONE: Final = "UTC"


class LeaseLostError(ConflictError):
    """Somebody else has taken the slot meanwhile; what was done for it is rolled back."""

    code = "lease_lost"


def zone_name(session: Session) -> str:
    """The zone by whose clocks the company's jobs run; UTC before the company is set up."""
    company = people.organisation(session)
    return company.time_zone if company else FALLBACK_ZONE


def claim(session: Session, owner: str, leases: Mapping[str, timedelta]) -> Claim | None:
    """Take the slot that was due first and may still be tried; None when there is none."""
    return writes.claim(session, owner, leases, most_attempts=MOST_ATTEMPTS)


def can_claim(session: Session, jobs: Collection[str]) -> bool:
    """Whether there is a slot to take."""
    return writes.can_claim(session, jobs, most_attempts=MOST_ATTEMPTS)


def finish(session: Session, claim: Claim, result: writes.Result) -> None:
    """Mark the slot done in the transaction of its work; LeaseLostError rolls both back."""
    if not writes.finish(session, claim, result):
        raise LeaseLostError(f"{claim.job} {claim.slot} was taken over by another worker; this one's work is taken back.")


def fail(session: Session, claim: Claim, error: str, *, first_pause: timedelta, now: datetime) -> bool:
    """Let the slot wait for its next try, or give it up after the last one and tell the administrators; whether it was given up."""
    if claim.attempt < MOST_ATTEMPTS:
        writes.retry_later(session, claim, error, first_pause)
        return False
    if writes.give_up(session, claim, error):
        job_alerts.tell_given_up(session, claim.job, claim.slot, error, began_at=claim.started_at, now=now)
    return True


def bury_lost(session: Session, jobs: Collection[str], now: datetime) -> list[Lost]:
    """Give up the slots that fell silent in their last attempt too, and tell the administrators."""
    buried = writes.bury_lost(session, jobs, most_attempts=MOST_ATTEMPTS, error=FELL_SILENT)
    for lost in buried:
        job_alerts.tell_given_up(session, lost.job, lost.slot, FELL_SILENT, began_at=lost.started_at, now=now)
    return buried
