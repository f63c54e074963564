"""Monitoring of deals: started, stopped, and how it stands."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.monitoring_bodies import MonitoringOut, StartedOut, StartQuery, StoppedOut, TeamQuery
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from services import deal_monitoring
from services.callers import Caller

router: Final = APIRouter(prefix="/monitoring", tags=["deals"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.DEALS_READ))]
Writer = Annotated[Caller, Depends(allowed(ApiScope.DEALS_WRITE))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.post("/start", response_model=StartedOut, responses=WRITES)
def start(wanted: Annotated[StartQuery, Query()], calling: Writer, once: Once) -> Response:
    """Have open deals reviewed every so many hours until it is stopped; another interval replaces the one that runs."""

    def work(session: Session) -> Done:
        deal_monitoring.start(session, calling.viewer, wanted.interval_hours, wanted.team, clock.now())
        return Done(shown=StartedOut.of(wanted.interval_hours))

    return written(once, work)


@router.post("/stop", response_model=StoppedOut, responses=WRITES)
def stop(wanted: Annotated[TeamQuery, Query()], calling: Writer, once: Once) -> Response:
    """Have them reviewed no longer; nobody is told of what is still under way."""

    def work(session: Session) -> Done:
        was_running = deal_monitoring.stop(session, calling.viewer, wanted.team, clock.now())
        return Done(shown=StoppedOut.of(was_running=was_running))

    return written(once, work)


@router.get("/status", responses=described(401, 403))
def status(calling: Reader) -> MonitoringOut:
    """What runs: everything for admins and programs, for managers everybody's and their teams'."""
    now = clock.now()
    with database().reading() as session:
        return MonitoringOut.of(deal_monitoring.status(session, calling.viewer, now), now)
