"""An agent's calls by hour on days of one weekday, the nudges they got, and what was done after each."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Interval, func, literal, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Nudge
from data.models.daily_metrics import daily_metrics
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.nudge_experiment import AgentDay
from domain.coaching.nudges import Told, ToldNudge
from domain.counters import CALL_HOUR_NAMES
from domain.records import WORK_TYPES

OUTCOME: Final = timedelta(hours=2)
"""What is done within two hours is the outcome, fixed before anything was measured."""


def calls_by_hour(session: Session, scope: Scope, agent_id: int, days: Sequence[date]) -> dict[date, tuple[int, ...]]:
    """The agent's calls of each hour on those of the days on which they worked, within the viewer's scope."""
    columns = daily_metrics.c
    sums = [func.sum(columns[name]) for name in CALL_HOUR_NAMES]
    wanted = (columns.agent_id == agent_id, columns.day.in_(days), visible(columns.agent_id, columns.day, scope))
    query = select(columns.day, *sums).where(*wanted).group_by(columns.day).having(func.sum(columns.activities) > 0)
    return {row[0]: tuple(int(each) for each in row[1:]) for row in session.execute(query)}


def sent_nudges(session: Session, agent_id: int, since: datetime, until: datetime) -> list[Told]:
    """The nudges the agent got in [since, until), and whether anything was logged within two hours; fresher ones say nothing yet."""
    made = col(Nudge.made_at)
    wanted = (col(Nudge.agent_id) == agent_id, made >= since, made < until, col(Nudge.sentence) != "")
    query = select(col(Nudge.hour), _activities_after() > 0).where(*wanted)
    return [Told(hour=hour, was_acted_on=bool(acted)) for hour, acted in session.execute(query)]


def nudges_of_day(session: Session, scope: Scope, agent_id: int, day: date) -> list[ToldNudge]:
    """What the agent was nudged about on the day, the latest first; what was held back is not told."""
    wanted = (
        col(Nudge.agent_id) == agent_id,
        col(Nudge.day) == day,
        col(Nudge.sentence) != "",
        visible(col(Nudge.agent_id), col(Nudge.day), scope),
    )
    query = select(col(Nudge.hour), col(Nudge.sentence), col(Nudge.made_at)).where(*wanted).order_by(col(Nudge.made_at).desc())
    return [ToldNudge(hour=row.hour, sentence=row.sentence, made_at=row.made_at) for row in session.execute(query)]


def hours_of_day(session: Session, agent_id: int, day: date) -> list[int]:
    """The hours of the day that had a nudge, sent or held back."""
    return list(session.scalars(select(col(Nudge.hour)).where(col(Nudge.agent_id) == agent_id, col(Nudge.day) == day)))


def agent_days(session: Session, since: datetime, until: datetime) -> list[AgentDay]:
    """Everybody's days in the experiment whose nudges were made in [since, until), each with its mean outcome."""
    made = col(Nudge.made_at)
    each = select(
        col(Nudge.agent_id), col(Nudge.day), col(Nudge.arm), col(Nudge.opted_out_at), _activities_after().label("activities")
    ).where(made >= since, made < until)
    nudges = each.subquery()
    query = select(nudges.c.arm, func.avg(nudges.c.activities), func.bool_or(nudges.c.opted_out_at.is_not(None)))
    rows = session.execute(query.group_by(nudges.c.agent_id, nudges.c.day, nudges.c.arm))
    return [AgentDay(arm=arm, activities=float(activities), opted_out=opted_out) for arm, activities, opted_out in rows]


def _activities_after() -> ColumnElement[int]:
    """How much work the agent logged as done within two hours of the nudge."""
    after = (
        col(Activity.agent_id) == col(Nudge.agent_id),
        col(Activity.occurred_at) >= col(Nudge.made_at),
        col(Activity.occurred_at) < col(Nudge.made_at) + literal(OUTCOME, Interval),
        col(Activity.type).in_(WORK_TYPES),
    )
    return select(func.count()).select_from(Activity).where(*after).correlate(Nudge).scalar_subquery()
