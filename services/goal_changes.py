"""Changing goals that are set: asked differently, paused, resumed and taken back while their days are not over."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from data.queries import goals as queries
from data.writes import goals as writes
from data.writes.goals import GoalChange
from domain.errors import ConflictError, InputError, NotFoundError
from domain.goals.entry import ENDS_BY_ITSELF, GoalEntry, checked_name, span_days
from domain.goals.target import checked_target
from domain.periods import Period
from domain.records import GoalPeriod
from services.access import Viewer
from services.audit import Action
from services.goal_marks import keep_plan, note, take_back
from services.goal_news import tell_set
from services.goal_studio import NOBODY_SAID
from services.goals import GONE
from services.roster import currency_of
from services.saving import said_in_words

CHANGED: Final = "Somebody changed this goal meanwhile. Look at it again, then repeat your change."
OVER: Final = "This goal's time is over; it stays as it was, or nobody could trust what was reached."


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalEdit:
    """What somebody asks of a goal instead; what is None stays."""

    target: Decimal
    """In the metric's unit and money in major units."""
    name: str | None = None
    deadline: date | None = None
    """The last day; only for goals with days of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenGoal:
    """A goal as somebody saw it before they changed it."""

    agent_id: int
    goal_id: int
    version: int


def change_goal(session: Session, viewer: Viewer, seen: SeenGoal, edit: GoalEdit, today: date, now: datetime) -> None:
    """Ask for something else. Raises NotFoundError, InputError, and ConflictError when it changed since it was seen or is over."""
    goal = _open_goal(session, viewer, seen.agent_id, seen.goal_id, today)
    change = GoalChange(
        target=checked_target(goal.definition, edit.target, currency_of(session)),
        name=goal.name if edit.name is None else checked_name(edit.name),
        ends_on=_days_instead(goal, edit.deadline, today).end,
    )
    with said_in_words(session):
        is_changed = writes.change_goal(session, goal.id, seen.version, change, now)
    if not is_changed:
        raise ConflictError(CHANGED)
    keep_plan(session, viewer, goal.agent_id, goal.id, today, NOBODY_SAID)
    note(session, viewer, Action.GOAL_CHANGED, goal.id, goal.agent_id, now)
    tell_set(session, viewer, goal.agent_id, goal.days, now)


def pause_goal(session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date, now: datetime) -> None:
    """Days from today on are not planned for the goal; nothing for one that is paused. Raises as `remove_goal`."""
    goal = _open_goal(session, viewer, agent_id, goal_id, today)
    if writes.pause_goal(session, goal.id, today, now):
        note(session, viewer, Action.GOAL_PAUSED, goal.id, agent_id, now)
        tell_set(session, viewer, agent_id, goal.days, now)


def resume_goal(session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date, now: datetime) -> None:
    """Days from today on are planned again, those of the pause stay left out; nothing for one that runs. Raises as `remove_goal`."""
    goal = _open_goal(session, viewer, agent_id, goal_id, today)
    if writes.resume_goal(session, goal, today, now):
        note(session, viewer, Action.GOAL_RESUMED, goal.id, agent_id, now)
        tell_set(session, viewer, agent_id, goal.days, now)


def remove_goal(
    session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date, now: datetime, *, seen_version: int | None = None
) -> None:
    """Take a goal back; it stays among those taken back.

    Raises NotFoundError, and ConflictError for one that is over or, with a version, changed since it was seen.
    """
    goal = _open_goal(session, viewer, agent_id, goal_id, today)
    if seen_version not in {None, goal.version}:
        raise ConflictError(CHANGED)
    take_back(session, viewer, goal, now)
    tell_set(session, viewer, goal.agent_id, goal.days, now)


def _days_instead(goal: GoalEntry, deadline: date | None, today: date) -> Period:
    if deadline is None or deadline == goal.days.last_day:
        return goal.days
    if goal.period is not GoalPeriod.SPAN:
        raise InputError(ENDS_BY_ITSELF, code="no_deadline")
    return span_days(goal.starts_on, deadline, today)


def _open_goal(session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date) -> GoalEntry:
    found = queries.goal_of(session, viewer.scope, agent_id, goal_id, today, locked=True)
    if found is None:
        raise NotFoundError(GONE)
    if found.ends_on <= today:
        raise ConflictError(OVER, code="goal_over")
    return found
