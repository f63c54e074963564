"""GET /api/health/jobs — is the jobs process alive, are its jobs in time, do messages leave?"""

import logging
from datetime import timedelta
from typing import Final

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

import clock
from database import database
from domain.errors import SetupError
from services.job_health import JobHealth, Trouble, job_health

router: Final = APIRouter(tags=["health"])
_log = logging.getLogger("pacesetter.api")


@router.get("/health/jobs", responses={503: {"description": "Something is late, or silent."}})
def health_of_jobs() -> JSONResponse:
    """200 when all is well, 503 otherwise; says which part and which jobs, and nothing about anybody, so that everybody may ask."""
    try:
        with database().reading() as session:
            health = job_health(session, clock.now())
    except (SQLAlchemyError, SetupError):
        _log.warning("The database does not answer", exc_info=True)
        return JSONResponse({"status": "unavailable", "checks": {"database": "unavailable"}}, status_code=503)
    return JSONResponse(_report(health), status_code=200 if health.is_well else 503)


def _report(health: JobHealth) -> dict[str, object]:
    return {
        "status": "ok" if health.is_well else "unavailable",
        "checks": {
            "database": "ok",
            "heartbeat": _heartbeat(health),
            "jobs": _word(health, Trouble.JOBS_SILENT, Trouble.JOBS_LATE),
            "outbox": _word(health, Trouble.OUTBOX_LATE),
        },
        "heartbeat_age_seconds": _seconds(health.silent_for),
        "outbox_oldest_seconds": _seconds(health.at - health.waiting_since if health.waiting_since else None),
        "late_jobs": sorted({slot.job for slot in health.late}),
        "silent_jobs": sorted({each.job for each in health.silent_jobs}),
        "dead_jobs": sorted({slot.job for slot in health.dead}),
        "dead_slots": len(health.dead),
    }


def _heartbeat(health: JobHealth) -> str:
    return "never" if Trouble.NEVER_STARTED in health.troubles else _word(health, Trouble.SILENT)


def _word(health: JobHealth, *troubles: Trouble) -> str:
    return "late" if set(troubles) & set(health.troubles) else "ok"


def _seconds(age: timedelta | None) -> int | None:
    return None if age is None else max(0, round(age.total_seconds()))
