"""The goals of an agent."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Select, case, func, literal, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Goal, GoalPause, Person
from data.models.plans import PLAN
from data.queries.scope import visible
from domain.access import Scope
from domain.facts import AgentChoice
from domain.goals.entry import GOAL_TYPES, GoalEntry
from domain.periods import Period
from domain.records import GoalPeriod, GoalState
from domain.working_days import Span

_KINDS: Final = case({key: place for place, key in enumerate(GOAL_TYPES)}, value=col(Goal.metric_key))
_IN_ORDER: Final = (col(Goal.starts_on), _KINDS, col(Goal.name))
"""Within the same end: what begins first, then as the kinds are offered, then by name."""
_PURSUED: Final = col(Goal.state) != GoalState.CANCELLED
_PAUSES: Final = (
    select(func.array_agg(aggregate_order_by(array([col(GoalPause.from_on), col(GoalPause.until_on)]), col(GoalPause.from_on))))
    .where(col(GoalPause.goal_id) == col(Goal.id))
    .correlate(Goal)
    .scalar_subquery()
)
_GOALS: Final = select(Goal, type_coerce(_PAUSES, ARRAY(Date, dimensions=2)))
"""Each with its pauses that are over, as pairs of days."""
MOST_IN_A_PERIOD: Final = 100
"""Every kind, several times over under names of their own."""


def open_goals(session: Session, agent_id: int, today: date, *, limit: int) -> list[GoalEntry]:
    """The agent's goals that run, then those still to begin, what ends first first; money still in major units."""
    # A plan of many weeks to come ends before the year does: it must not crowd out the year's goal, which runs.
    order = (col(Goal.starts_on) > today, col(Goal.ends_on), *_IN_ORDER)
    return _goals(session, (col(Goal.agent_id) == agent_id, col(Goal.ends_on) > today, _PURSUED), order, limit)


def past_goals(session: Session, agent_id: int, today: date, *, limit: int) -> list[GoalEntry]:
    """The agent's goals that are over, those that ended last first; money still in major units."""
    over = (col(Goal.agent_id) == agent_id, col(Goal.ends_on) <= today, _PURSUED)
    return _goals(session, over, (col(Goal.ends_on).desc(), *_IN_ORDER), limit)


def ended_goals(session: Session, days: Period) -> list[GoalEntry]:
    """Everybody's goals whose last day is among the days, paused ones too; cancelled ones did not end. Money still in major units."""
    over = (
        col(Goal.ends_on) > days.start,
        col(Goal.ends_on) <= days.end,
        col(Goal.state) != GoalState.CANCELLED,
        col(Goal.metric_key).in_(GOAL_TYPES),
    )
    return _entries(session, _GOALS.where(*over).order_by(col(Goal.id)))


def cancelled_goals(session: Session, agent_id: int, *, limit: int) -> list[GoalEntry]:
    """The agent's goals that were taken back, the latest taken back first; money still in major units."""
    taken_back = (col(Goal.agent_id) == agent_id, col(Goal.state) == GoalState.CANCELLED)
    return _goals(session, taken_back, (col(Goal.updated_at).desc(), col(Goal.id).desc()), limit)


def goals_in(session: Session, agent_id: int, period: GoalPeriod, days: Period) -> list[GoalEntry]:
    """The agent's goals for these days, or for days of their own that begin with them; money still in major units."""
    wanted = (col(Goal.agent_id) == agent_id, col(Goal.period) == period, col(Goal.starts_on) == days.start, _PURSUED)
    return _goals(session, wanted, _IN_ORDER, MOST_IN_A_PERIOD)


def goal_of(session: Session, scope: Scope, agent_id: int, goal_id: int, today: date, *, locked: bool = False) -> GoalEntry | None:
    """The agent's goal with this id, if the viewer may see the agent's facts of today; locked for the transaction where asked.

    None for one that was taken back.
    """
    of_agent = (col(Goal.id) == goal_id, col(Goal.agent_id) == agent_id, _PURSUED)
    wanted = (*of_agent, visible(col(Goal.agent_id), literal(today, Date), scope))
    query = _GOALS.where(*wanted)
    found = _entries(session, query.with_for_update(of=Goal) if locked else query)
    return found[0] if found else None


def plans_of(session: Session, agent_id: int, goal_ids: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """What was reckoned for these goals of the agent when they were saved, by id, where that was kept."""
    wanted = (col(Goal.agent_id) == agent_id, col(Goal.id).in_(sorted(goal_ids)))
    rows = session.execute(select(col(Goal.id), col(Goal.analysis)).where(*wanted))
    return {row.id: row.analysis[PLAN] for row in rows if row.analysis and PLAN in row.analysis}


def agents_with_goals(session: Session, ended_after: date) -> list[AgentChoice]:
    """The active people who have a goal that runs, or ended after the day."""
    has_goal = select(col(Goal.agent_id)).where(col(Goal.ends_on) > ended_after, _PURSUED)
    people = select(Person).where(col(Person.active), col(Person.id).in_(has_goal)).order_by(col(Person.id))
    return [
        AgentChoice(agent_id=each.id or 0, name=each.name, time_zone=each.time_zone, working_days=frozenset(each.working_days))
        for each in session.scalars(people)
    ]


def _goals(session: Session, wanted: Iterable[ColumnElement[bool]], order: Iterable[Any], limit: int) -> list[GoalEntry]:
    return _entries(session, _GOALS.where(*wanted, col(Goal.metric_key).in_(GOAL_TYPES)).order_by(*order).limit(limit))


def _entries(session: Session, query: Select[Goal, Any]) -> list[GoalEntry]:
    return [_entry(row, pauses or ()) for row, pauses in session.execute(query)]


def _entry(row: Goal, pauses: Iterable[tuple[date, date]]) -> GoalEntry:
    return GoalEntry(
        id=row.id or 0,
        agent_id=row.agent_id,
        period=row.period,
        type=row.metric_key,
        target=float(row.target),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        version=row.version,
        name=row.name,
        state=row.state,
        paused_on=row.paused_on,
        pauses=tuple(Span(start, end) for start, end in pauses),
    )
