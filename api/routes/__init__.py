"""The API's routes, one subject per file; a new file is listed here once."""

from typing import Final

from fastapi import APIRouter

from api import v1
from api.routes import docs, events, exports, health, imports, job_health, metrics, own_data, session

ROUTERS: Final[tuple[APIRouter, ...]] = (
    v1.ROUTER,
    docs.router,
    events.router,
    own_data.router,
    exports.router,
    health.router,
    job_health.router,
    imports.router,
    metrics.router,
    session.router,
)
