"""Where the running week, month or quarter is heading, for other programs."""

from enum import StrEnum
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query
from pydantic import Field

import clock
from api.deps import allowed, switched_on
from api.errors import described
from api.v1.fields import LARGEST_INT, Body
from api.v1.reporting_forecast_bodies import ForecastOut
from database import database
from domain.api_scopes import ApiScope
from domain.features import Feature
from domain.local_time import local_time
from domain.periods import Grain
from services.callers import Caller
from services.forecasts import people_asked, period_forecast

router: Final = APIRouter(prefix="/reporting", tags=["reporting"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.ANALYTICS_READ))]
Id = Annotated[int, Field(ge=1, le=LARGEST_INT)]


class Running(StrEnum):
    """The calendar units that can be foreseen."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class ForecastQuery(Body):
    """What is to be forecast, of whom; without a team or an agent everybody the caller looks after, an agent themselves."""

    metric: Annotated[str, Field(max_length=40, description="The key of a figure that adds up, such as `calls` or `revenue`.")] = "calls"
    period: Running = Running.MONTH
    team: Id | None = None
    agent: Id | None = None


@router.get("/forecast", dependencies=[Depends(switched_on(Feature.FORECAST))], responses=described(401, 403, 404, 422))
def forecast(calling: Reader, wanted: Annotated[ForecastQuery, Query()]) -> ForecastOut:
    """Where the running period ends, within what range in four of five cases, and how such forecasts came true before."""
    viewer = calling.viewer
    today = local_time(clock.now(), viewer.time_zone).on
    with database().reading() as session:
        selection = people_asked(session, viewer, today, team_id=wanted.team, agent_id=wanted.agent)
        found = period_forecast(session, viewer, selection, wanted.metric, Grain(wanted.period), today)
    return ForecastOut.of(found)
