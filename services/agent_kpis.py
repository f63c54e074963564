"""An agent's key figures of a period, each against the same elapsed part of the period before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily, responses
from domain.access import Selection
from domain.metrics.catalog import metric
from domain.metrics.measures import Median
from domain.metrics.reading import Reading, reading
from domain.metrics.response import MEDIAN_RESPONSE_TIME
from domain.metrics.work import SECONDS_PER_HOUR
from domain.periods import Grain, Period, containing
from services.access import Viewer
from services.agents import agent_seen
from services.figures import Figures, figures
from services.team_position import TeamPosition, team_position
from services.working_waits import working_waits

KEYS: Final = ("leads_assigned", "conversions", "conversion_rate", "revenue", "satisfaction", "response_time", "fast_response_rate")
"""Measured from the roll-up; the median of the waits is read from the leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentKpis:
    """What an agent's own board begins with."""

    agent_id: int
    period: Period
    compared_with: Period
    currency: str
    readings: Mapping[str, Reading]
    """By metric key: those of `KEYS` and the median response time."""
    working_response: Median
    """The waits of the median response time as far as they fell in working hours."""
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
        readings=readings | {MEDIAN_RESPONSE_TIME.key: _median(session, viewer, found, agent_id)},
        working_response=working_waits(session, viewer, agent, period),
        leads_this_week=daily.totals(session, viewer.scope, week).leads_assigned,
        position=team_position(session, viewer, agent_id, period, today),
        has_data=agent_id in found.now,
    )


def _median(session: Session, viewer: Viewer, found: Figures, agent_id: int) -> Reading:
    now, before = (_waits(session, viewer, agent_id, span) for span in (found.selection.period, found.before_period))
    return reading(MEDIAN_RESPONSE_TIME, now, before if found.knows_before else None)


def _waits(session: Session, viewer: Viewer, agent_id: int, period: Period) -> Median:
    waits = responses.waits_by_agent(session, viewer.scope, Selection(period=period, agent_ids=frozenset({agent_id})))
    return Median(waits.get(agent_id, ()), SECONDS_PER_HOUR)
