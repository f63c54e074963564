"""One slot from its claim to its end: the work and the mark that it is done are one transaction."""

import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from data.engine import Database
from data.writes.jobs import Claim
from jobs.definition import Counts, Job
from jobs.patience import LOG, failure_words
from jobs.slots import Slot
from services import job_ledger, logs
from services.job_ledger import LeaseLostError


def perform(database: Database, job: Job, claim: Claim, now: Callable[[], datetime]) -> bool:
    """Do the slot; whether it is done. A failure is written to the ledger; raises only when the ledger cannot be reached."""
    with logs.belonging_to(job=claim.job, slot=claim.slot, attempt=claim.attempt):
        return _perform(database, job, claim, now)


def _perform(database: Database, job: Job, claim: Claim, now: Callable[[], datetime]) -> bool:
    started = time.monotonic()
    try:
        counts = database.write(lambda session: _do(session, job, claim, now()))
    except LeaseLostError:
        LOG.warning("%s %s was taken over by another worker; this one's work is taken back.", claim.job, claim.slot)
        return False
    except Exception as error:  # noqa: BLE001 - whatever a job raises concerns its slot alone
        _record_failure(database, job, claim, failure_words(error), now())
        return False
    seconds = time.monotonic() - started
    LOG.info("%s %s: done in %.1f s.", claim.job, claim.slot, seconds, extra={"seconds": round(seconds, 3), "counts": counts})
    return True


def _do(session: Session, job: Job, claim: Claim, now: datetime) -> Counts:
    counts = job.work(session, Slot(name=claim.slot, due_at=claim.due_at), now)
    job_ledger.finish(session, claim, counts)
    return counts


def _record_failure(database: Database, job: Job, claim: Claim, error: str, now: datetime) -> None:
    given_up = database.write(lambda session: job_ledger.fail(session, claim, error, first_pause=job.first_pause, now=now))
    what_next = "is given up" if given_up else "will be tried again"
    LOG.error("%s %s failed (%s) and %s.", claim.job, claim.slot, error, what_next)
