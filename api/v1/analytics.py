"""An agent's own numbers: for the agent, whoever manages them, admins, and programs that may read analytics."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query

from api.deps import allowed
from api.errors import described
from api.v1.agents import Agent, DaysQuery
from api.v1.analytics_bodies import AgentKpisOut
from database import database
from domain.api_scopes import ApiScope
from services.agent_kpis import agent_kpis

router: Final = APIRouter(
    prefix="/agents/{agent}/analytics",
    tags=["analytics"],
    dependencies=[Depends(allowed(ApiScope.ANALYTICS_READ))],
    responses=described(401, 403, 404, 422),
)


@router.get("/kpis")
def kpis(asked: Agent, wanted: Annotated[DaysQuery, Query()]) -> AgentKpisOut:
    """Key figures of the days asked for, each with its change against the same elapsed part of the period before."""
    days = wanted.days(asked.today)
    with database().reading() as session:
        found = agent_kpis(session, asked.calling.viewer, asked.agent_id, days, asked.today)
    return AgentKpisOut.of(found, asked.agent.name)
