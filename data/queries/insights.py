"""What insights compare: an agent's own leads and sales, and how long the others' leads wait, without a word about any of them."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, InsightDismissal, Lead, TeamMembership
from data.queries.membership import belongs_on
from data.queries.scope import on_team, visible
from domain.access import Scope
from domain.coaching.insights.signals import IN_TIME_DAYS, Cohort, TeamWait
from domain.metrics.measures import Ratio
from domain.metrics.ranking import MIN_PEERS
from domain.periods import Period
from domain.records import DealStatus, Role

MOST_SHARE: Final = 0.5
"""Where one agent brings more than half of the waits, their median is nearly that agent's own."""


def cohorts(session: Session, scope: Scope, agent_id: int, earlier: Period, recent: Period) -> tuple[Cohort, ...]:
    """The agent's leads assigned in the two adjoining periods by source, and how many of each converted in time."""
    assigned = col(Lead.assigned_on)
    is_recent = assigned >= recent.start
    in_time = col(Lead.converted_on) <= assigned + IN_TIME_DAYS
    wanted = (
        col(Lead.agent_id) == agent_id,
        assigned >= earlier.start,
        assigned < recent.end,
        visible(col(Lead.agent_id), assigned, scope),
    )
    counts = func.count(), func.count().filter(in_time)
    query = select(col(Lead.source), is_recent, *counts).where(*wanted).group_by(col(Lead.source), is_recent).order_by(col(Lead.source))
    return tuple(
        Cohort(source=source, is_recent=bool(recent_half), conversion=Ratio(converted, leads))
        for source, recent_half, leads, converted in session.execute(query)
    )


def sales(session: Session, scope: Scope, agent_id: int, period: Period) -> tuple[tuple[date, int], ...]:
    """Closing day and amount of the agent's deals won in the period, those with a known amount."""
    closed, amount = col(Deal.closed_on), col(Deal.amount_minor)
    wanted = (
        *_closed_deals(scope, agent_id),
        closed >= period.start,
        closed < period.end,
        col(Deal.status) == DealStatus.WON,
        amount.is_not(None),
    )
    return tuple((on, minor) for on, minor in session.execute(select(closed, amount).where(*wanted)) if on and minor is not None)


def first_closed_on(session: Session, scope: Scope, agent_id: int) -> date | None:
    """The day of the first deal closed by the agent that the viewer sees; None when there is none."""
    return session.scalar(select(func.min(col(Deal.closed_on))).where(*_closed_deals(scope, agent_id)))


def seen_since(session: Session, scope: Scope, agent_id: int, today: date) -> date:
    """The day from which on the viewer has seen the agent without a gap up to today."""
    if scope.role is not Role.MANAGER or agent_id == scope.viewer_id:
        return date.min
    member = TeamMembership
    query = select(col(member.from_on), col(member.until_on)).where(
        col(member.person_id) == agent_id, col(member.team_id).in_(sorted(scope.team_ids)), col(member.from_on) <= today
    )
    since = today
    for from_on, until_on in session.execute(query.order_by(col(member.from_on).desc())):
        if until_on is None or until_on >= since:
            since = min(since, from_on)
    return since


def team_wait(session: Session, scope: Scope, agent_id: int, period: Period) -> TeamWait | None:
    """How long new leads waited with the others on the agent's team in a period that is over, all taken together.

    None where it would tell about single colleagues: fewer than `MIN_PEERS` of them, or one with more than half of the leads. The
    team is that of the period's last day, each lead counts where its agent was on the team on the day of the first contact, and the
    period does not move with the day it is asked on: so two answers cannot be subtracted from each other.
    """
    team_id = session.scalar(
        select(col(TeamMembership.team_id)).where(col(TeamMembership.person_id) == agent_id, belongs_on(period.last_day))
    )
    if team_id is None or not may_compare(scope, agent_id, team_id):
        return None
    agent, contacted, seconds = col(Lead.agent_id), col(Lead.contacted_on), col(Lead.response_seconds)
    others = and_(agent != agent_id, contacted >= period.start, contacted < period.end, seconds.is_not(None))
    per_wait = (
        select(agent.label("agent"), seconds.label("seconds"), func.count().over(partition_by=agent).label("own"))
        .where(others, agent.in_(ever_on(team_id)), on_team(agent, contacted, {team_id}))
        .subquery()
    )
    middle: ColumnElement[float] = func.percentile_cont(0.5).within_group(per_wait.c.seconds)
    found = session.execute(select(middle, func.count(), func.count(per_wait.c.agent.distinct()), func.max(per_wait.c.own))).one()
    median, waits, agents, most = found
    if agents < MIN_PEERS or most > MOST_SHARE * waits:
        return None
    return TeamWait(seconds=float(median), waits=waits, agents=agents)


def put_aside(session: Session, person_id: int, *, since: datetime) -> list[str]:
    """The ids of the insights the person put aside from the moment on."""
    mine = (col(InsightDismissal.person_id) == person_id, col(InsightDismissal.dismissed_at) >= since)
    return list(session.scalars(select(col(InsightDismissal.insight_id)).where(*mine)))


def _closed_deals(scope: Scope, agent_id: int) -> tuple[ColumnElement[bool], ...]:
    agent, closed = col(Deal.agent_id), col(Deal.closed_on)
    return agent == agent_id, closed.is_not(None), visible(agent, closed, scope)


def may_compare(scope: Scope, agent_id: int, team_id: int) -> bool:
    """An agent learns about their own team, a manager about those they manage, an admin about all."""
    return scope.role is Role.ADMIN or agent_id == scope.viewer_id or team_id in scope.team_ids


def ever_on(team_id: int) -> Any:  # noqa: ANN401 - a subquery of ids
    """Lets the index on agents serve instead of all leads of the days."""
    return select(col(TeamMembership.person_id)).where(col(TeamMembership.team_id) == team_id)
