"""How activities ended: one agent's own by day and hour, and the team's calls from the daily sums."""

from typing import Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity
from data.models.daily_metrics import daily_metrics
from data.queries.activities import within
from data.queries.insights import MOST_SHARE, ever_on, may_compare
from data.queries.membership import team_on
from data.queries.scope import on_team, visible
from domain.access import Scope
from domain.activity_analytics.tally import Tally
from domain.metrics.measures import Ratio
from domain.metrics.ranking import MIN_PEERS
from domain.periods import Period
from domain.records import WORK_TYPES

_GROUPS: Final = (col(Activity.local_on), col(Activity.local_hour), col(Activity.type), col(Activity.outcome))


def tallies(session: Session, scope: Scope, agent_id: int, period: Period) -> list[Tally]:
    """The agent's work of the period on the days the viewer may see, counted by day, hour, type and outcome.

    The daily sums know outcomes of calls only; this reads single activities, so the caller keeps the period short. The index on
    agent and moment finds them.
    """
    agent, day = col(Activity.agent_id), col(Activity.local_on)
    wanted = and_(agent == agent_id, within(period), visible(agent, day, scope), col(Activity.type).in_(sorted(WORK_TYPES)))
    rows = session.execute(select(*_GROUPS, func.count()).where(wanted).group_by(*_GROUPS))
    return [Tally(on=on, hour=hour, type=type_, outcome=outcome, count=count) for on, hour, type_, outcome, count in rows]


def team_calls(session: Session, scope: Scope, agent_id: int, period: Period) -> Ratio | None:
    """Conversations of the calls of everybody else on the agent's team, in a period that is over.

    None where it would tell about single colleagues: fewer than `MIN_PEERS` of them called, or one of them made more than half of the
    calls. The team is that of the period's last day; the period does not move from day to day, so that no two answers can be subtracted.
    """
    team_id = team_on(session, agent_id, period.last_day)
    if team_id is None or not may_compare(scope, agent_id, team_id):
        return None
    columns = daily_metrics.c
    calls = func.sum(columns.calls)
    query = (
        select(calls, func.sum(columns.conversations))
        .where(_others_days(agent_id, team_id, period))
        .group_by(columns.agent_id)
        .having(calls > 0)
    )
    rows = session.execute(query).all()
    called = sum(int(own) for own, _ in rows)
    if len(rows) < MIN_PEERS or max(int(own) for own, _ in rows) > MOST_SHARE * called:
        return None
    return Ratio(sum(int(reached) for _, reached in rows), called)


def _others_days(agent_id: int, team_id: int, period: Period) -> ColumnElement[bool]:
    agent, day = daily_metrics.c.agent_id, daily_metrics.c.day
    in_period = and_(day >= period.start, day < period.end)
    return and_(agent != agent_id, agent.in_(ever_on(team_id)), in_period, on_team(agent, day, {team_id}))
