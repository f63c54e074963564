"""GET /api/health — are the process, the database and its migrations in order?"""

import logging
from typing import Final, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from database import database
from domain.errors import SetupError
from services.health import has_every_migration

router: Final = APIRouter(tags=["health"])
_log = logging.getLogger("pacesetter.api")


class Health(BaseModel):
    """Whether all is well, and what each part says."""

    status: Literal["ok", "unavailable"]
    checks: dict[str, str]


@router.get("/health", response_model=Health, responses={503: {"model": Health, "description": "A part does not work."}})
def health() -> JSONResponse:
    """200 when all is well, 503 otherwise; says only which part, so that nobody needs to sign in to ask."""
    checks = {"process": "ok", **_database_checks()}
    is_well = all(word == "ok" for word in checks.values())
    return JSONResponse({"status": "ok" if is_well else "unavailable", "checks": checks}, status_code=200 if is_well else 503)


def _database_checks() -> dict[str, str]:
    try:
        with database().reading() as session:
            at_head = has_every_migration(session)
    except (SQLAlchemyError, SetupError):
        _log.warning("The database does not answer", exc_info=True)
        return {"database": "unavailable", "migrations": "unknown"}
    return {"database": "ok", "migrations": "ok" if at_head else "behind"}
