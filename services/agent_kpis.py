"""An agent's key figures of a period, each against the same elapsed part of the period before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Selection
from domain.metrics.catalog import metric
from domain.metrics.reading import Reading
from domain.periods import Grain, Period, containing
from services.access import Viewer
from services.agents import agent_seen
from services.figures import figures
from services.response_times import response_times
from services.team_position import TeamPosition, team_position

KEYS: Final = ("leads_assigned", "conversions", "conversion_rate", "revenue", "satisfaction", "response_time", "fast_response_rate")
"""Measured from the roll-up; the medians of the waits are read from the leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentKpis:
    """What an agent's own board begins with."""

    agent_id: int
    period: Period
    compared_with: Period
    currency: str
    readings: Mapping[str, Reading]
    """By metric key: those of `KEYS` and the median response time, by the clock and within working hours."""
    leads_this_week: int
    """Assigned from Monday up to and including today, whatever the period."""
    position: TeamPosition
    has_data: bool


def agent_kpis(session: Session, viewer: Viewer, agent_id: int, period: Period, today: date) -> AgentKpis:
    """The agent's figures of the days the viewer may see; raises NotFoundError for an agent the viewer may not see today."""
    agent = agent_seen(session, viewer, agent_id, today)
    alone = frozenset({agent_id})
    found = figures(session, viewer.scope, Selection(period=period, agent_ids=alone), today)
    readings = {each.metric.key: each for each in found.readings_of(agent_id, (metric(key) for key in KEYS))}
    week = Selection(period=containing(today, Grain.WEEK), agent_ids=alone)
    return AgentKpis(
        agent_id=agent_id,
        period=period,
        compared_with=found.before_period,
        currency=found.roster.currency,
        readings=readings | response_times(session, viewer, agent, found),
        leads_this_week=daily.totals(session, viewer.scope, week).leads_assigned,
        position=team_position(session, viewer, agent_id, period, today),
        has_data=agent_id in found.now,
    )
