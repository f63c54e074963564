"""What every change of a goal leaves behind: an audit entry, and the plan it was set on."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from data.queries import goals as queries
from data.writes import goals as writes
from domain.goals.entry import GoalEntry
from services.access import Viewer
from services.audit import Action, record
from services.goal_plan_record import plan_record
from services.goal_studio import studio_of
from services.goals import in_unit
from services.roster import currency_of


def keep_plan(session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date, said: Mapping[str, float]) -> None:
    """What the goal takes as it is known now, kept beside it: later one can see what it was set on."""
    goal = queries.goal_of(session, viewer.scope, agent_id, goal_id, today)
    if goal is not None:
        view = studio_of(session, viewer.scope, in_unit(goal, currency_of(session)), today, said)
        writes.keep_plan(session, goal_id, plan_record(view))


def take_back(session: Session, viewer: Viewer, goal: GoalEntry, now: datetime) -> bool:
    """Take the goal back; whether it was pursued or paused until now."""
    is_gone = writes.cancel_goal(session, goal.id, now)
    if is_gone:
        note(session, viewer, Action.GOAL_REMOVED, goal.id, goal.agent_id, now)
    return is_gone


def note(session: Session, viewer: Viewer, action: Action, goal_id: int, agent_id: int, now: datetime) -> None:
    """Write down who did it; a program is nobody."""
    record(session, person_id=viewer.author_id, action=action, subject=f"goal:{goal_id}", details={"agent": agent_id}, at=now)
