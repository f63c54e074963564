"""An agent's own numbers: for the agent, whoever manages them, admins, and programs that may read analytics."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query

from api.deps import allowed
from api.errors import described
from api.v1.activity_performance_bodies import ActivityPerformanceOut
from api.v1.agents import Agent, Asked, DaysQuery
from api.v1.analytics_bodies import AgentKpisOut
from api.v1.pages import moment_behind
from api.v1.timeline_bodies import TimelineOut, TimelineQuery
from api.v1.trend_bodies import FunnelOut, LeadSourcesOut, RevenueQuery, RevenueTrendOut
from database import database
from domain.access import Selection
from domain.api_scopes import ApiScope
from services.activity_analytics import activity_analytics
from services.activity_timeline import TimelineView, timeline_page
from services.agent_funnel import agent_funnel
from services.agent_kpis import agent_kpis
from services.lead_sources import lead_sources
from services.revenue_trends import revenue_trend, rolling_response
from services.roster import currency_of

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


@router.get("/funnel")
def funnel(asked: Agent, wanted: Annotated[DaysQuery, Query()]) -> FunnelOut:
    """How far the leads assigned in these days have come, with the rates of those assigned and of the step before."""
    selection = _own(asked, wanted)
    with database().reading() as session:
        steps = agent_funnel(session, asked.calling.viewer, selection)
    return FunnelOut.of(asked.agent_id, selection.period, steps)


@router.get("/lead-sources")
def sources(asked: Agent, wanted: Annotated[DaysQuery, Query()]) -> LeadSourcesOut:
    """Where leads come from, most leads first: conversion of those assigned in these days, revenue of the deals won in them."""
    selection = _own(asked, wanted)
    with database().reading() as session:
        return LeadSourcesOut.of(
            asked.agent_id, selection.period, lead_sources(session, asked.calling.viewer, selection), currency_of(session)
        )


@router.get("/revenue-trends")
def revenue(asked: Agent, wanted: Annotated[RevenueQuery, Query()]) -> RevenueTrendOut:
    """Revenue per day, week or month, the best day, the month so far, and the rolling response time of the same days."""
    selection, viewer = _own(asked, wanted), asked.calling.viewer
    with database().reading() as session:
        found = revenue_trend(session, viewer, selection, wanted.grain, asked.today, with_earlier=not wanted.names_days)
        rolled = rolling_response(session, viewer, selection, asked.today)
    return RevenueTrendOut.of(asked.agent_id, found, rolled)


@router.get("/activities")
def activities(asked: Agent, wanted: Annotated[TimelineQuery, Query()]) -> TimelineOut:
    """What the agent did and what became of their leads, newest first, in pages without end."""
    view = TimelineView(agent_id=asked.agent_id, wanted=wanted.filter)
    after, viewer = moment_behind(wanted.cursor), asked.calling.viewer
    with database().reading() as session:
        page = timeline_page(session, viewer, view, asked.today, after=after, limit=wanted.limit)
        return TimelineOut.of(asked.agent_id, page, currency_of(session))


@router.get("/activity-performance")
def activity_performance(asked: Agent, wanted: Annotated[DaysQuery, Query()]) -> ActivityPerformanceOut:
    """Which activities work best, when, and what is worth developing; of more than 92 days the last 92 are looked at."""
    with database().reading() as session:
        found = activity_analytics(session, asked.calling.viewer, asked.agent_id, wanted.days(asked.today), asked.today)
    return ActivityPerformanceOut.of(found)


def _own(asked: Asked, wanted: DaysQuery) -> Selection:
    return Selection(period=wanted.days(asked.today), agent_ids=frozenset({asked.agent_id}))
