"""An agent's goals with their progress, read from the facts at that moment."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from data.queries import goals as queries
from domain.access import Selection
from domain.goals.entry import GoalEntry
from domain.goals.progress import RECENT_DAYS, GoalFacts, GoalProgress, progress
from domain.metrics.definition import Unit
from domain.money import to_minor
from domain.periods import Period
from domain.working_days import WorkDays
from services.access import Viewer
from services.agents import agent_seen
from services.roster import roster

MOST: Final = 60
"""Goals a board shows: years of them, and few enough to read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalBoard:
    """An agent's goals: running, over (the latest first), and those still to begin."""

    current: tuple[GoalProgress, ...] = ()
    past: tuple[GoalProgress, ...] = ()
    coming: tuple[GoalProgress, ...] = ()


def goals_of(session: Session, viewer: Viewer, agent_id: int, today: date) -> GoalBoard:
    """The agent's goals and how far each is; raises NotFoundError for an agent the viewer may not see today."""
    agent_seen(session, viewer, agent_id, today)
    entries = queries.goals_of(session, agent_id, limit=MOST)
    if not entries:
        return GoalBoard()
    found = _progress(session, viewer, agent_id, entries, today)
    return GoalBoard(
        current=tuple(each for each in found if today in each.goal.days),
        past=tuple(each for each in found if each.is_over),
        coming=tuple(each for each in found if each.goal.starts_on > today),
    )


def _progress(session: Session, viewer: Viewer, agent_id: int, entries: list[GoalEntry], today: date) -> list[GoalProgress]:
    start = min(today - timedelta(days=RECENT_DAYS), *(entry.starts_on for entry in entries))
    span = Selection(period=Period(start, max(today, *(entry.ends_on for entry in entries))), agent_ids=frozenset({agent_id}))
    board = roster(session, viewer.scope, span, today)
    agent = board.agents.get(agent_id)
    facts = GoalFacts(
        by_day=daily.totals_by_day(session, viewer.scope, span),
        waits=queries.first_contact_waits(session, viewer.scope, agent_id, span.period),
        work_days=agent.holder.calendar.present if agent else WorkDays(()),
    )
    return [progress(_in_unit(entry, board.currency), facts, today) for entry in entries]


def _in_unit(entry: GoalEntry, currency: str) -> GoalEntry:
    """The goal with money in minor units, as the facts have it."""
    if entry.definition.unit is not Unit.MONEY:
        return entry
    return replace(entry, target=float(to_minor(Decimal(str(entry.target)), currency)))
