"""What an agent's achievements are read from: months and days of their sums, and how far their goals came."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models.people import BEGINNING
from data.queries import daily
from data.queries import goals as goal_queries
from domain.access import Scope, Selection
from domain.coaching.achievements import AgentSums
from domain.goals.progress import GoalProgress
from domain.periods import Grain, Period, containing
from services.goals import progress_of

MOST_GOALS: Final = 40
"""Goals of two months of one agent."""


def sums_of(session: Session, scope: Scope, agent_id: int, today: date) -> AgentSums:
    """By the facts the scope may see."""
    tomorrow, only = today + timedelta(days=1), frozenset({agent_id})
    since = since_day(today)
    months = daily.totals_by_agent_and_month(session, scope, Selection(period=Period(BEGINNING, tomorrow), agent_ids=only))
    return AgentSums(
        months=months.get(agent_id, {}),
        days=daily.totals_by_day(session, scope, Selection(period=Period(since, tomorrow), agent_ids=only)),
        goals=_goals(session, scope, agent_id, since, today),
    )


def since_day(today: date) -> date:
    """The first day of the month before, which also has the week before in it."""
    month = containing(today, Grain.MONTH)
    return containing(month.start - timedelta(days=1), Grain.MONTH).start


def _goals(session: Session, scope: Scope, agent_id: int, since: date, today: date) -> dict[Period, float]:
    entries = goal_queries.open_goals(session, agent_id, since, limit=MOST_GOALS)
    if not entries:
        return {}
    found: dict[Period, float] = {}
    for each in progress_of(session, scope, agent_id, entries, today)[0]:
        share = _share(each)
        found[each.goal.days] = max(found.get(each.goal.days, 0.0), share)
    return found


def _share(goal: GoalProgress) -> float:
    """How much of it was reached; a rate or an average only once its days are over, and nothing of one that is paused."""
    is_final = goal.definition.prorated or goal.is_over
    return goal.completion_share or 0.0 if is_final and not goal.goal.is_paused else 0.0
