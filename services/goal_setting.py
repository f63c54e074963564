"""Setting goals: several for a period at once, changed and taken back while their period is not over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from data.queries import goals as queries
from data.writes import goals as writes
from data.writes.goals import GoalRow
from domain.errors import ConflictError, InputError, NotFoundError
from domain.formatting import period_text
from domain.goals.entry import GoalEntry, known_type, open_days
from domain.goals.target import checked_target
from domain.periods import Period
from domain.records import GoalPeriod
from services.access import Viewer
from services.agents import agent_seen
from services.audit import Action, record
from services.goal_news import tell_set
from services.roster import currency_of

CHANGED: Final = "Somebody changed this goal meanwhile. Look at it again, then repeat your change."
OVER: Final = "This goal's time is over; it stays as it was, or nobody could trust what was reached."
NOTHING: Final = "Name at least one figure to reach."
GONE: Final = "There is no such goal among those of the people you look after."


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedGoals:
    """What an agent wants to reach in the calendar period a day falls in."""

    agent_id: int
    period: GoalPeriod
    day: date
    targets: Mapping[str, Decimal | None]
    """By goal type, in the metric's unit and money in major units; None takes the goal back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenGoal:
    """A goal as somebody saw it before they changed it."""

    agent_id: int
    goal_id: int
    version: int


def create_goals(session: Session, viewer: Viewer, wanted: WantedGoals, today: date, now: datetime) -> Period:
    """Set goals that are not there yet, all of them or none; the days they are for.

    An agent sets their own, a manager those of the agents they look after today. Raises NotFoundError for anybody else's,
    InputError for a target or period that cannot be, ConflictError where there is a goal of the kind already.
    """
    days, rows = _checked(session, viewer, wanted, today)
    if not rows:
        raise InputError(NOTHING, code="no_goal_named")
    for row in rows:
        stored = writes.insert_goal(session, row, now)
        if stored is None:
            kind = known_type(row.metric_key).name
            raise ConflictError(f"There is a goal on {kind} for {period_text(days)} already. Change that one instead.", code="taken")
        _note(session, viewer, Action.GOAL_SET, stored, row.agent_id, now)
    tell_set(session, viewer, wanted.agent_id, days, now)
    return days


def set_goals(session: Session, viewer: Viewer, wanted: WantedGoals, today: date, now: datetime) -> Period:
    """Set, change and take back several goals of one period at once; kinds that are not named stay. Raises as `create_goals`.

    In the same order whoever asks, so that two at a time wait for each other instead of standing in each other's way.
    """
    days, rows = _checked(session, viewer, wanted, today)
    known = {each.type: each for each in queries.goals_in(session, wanted.agent_id, wanted.period, days)}
    kept = {row.metric_key: row for row in rows}
    changed = [
        _put(session, viewer, kept[kind], now, is_new=kind not in known) if kind in kept else _remove(session, viewer, known[kind], now)
        for kind in sorted(kept.keys() | (wanted.targets.keys() & known.keys()))
    ]
    if any(changed):
        tell_set(session, viewer, wanted.agent_id, days, now)
    return days


def change_goal(session: Session, viewer: Viewer, seen: SeenGoal, target: Decimal, today: date, now: datetime) -> None:
    """Ask for another figure. Raises NotFoundError, InputError, and ConflictError when it changed since it was seen or is over."""
    goal = _open_goal(session, viewer, seen.agent_id, seen.goal_id, today)
    kept = checked_target(goal.definition, target, currency_of(session))
    if not writes.update_target(session, goal.id, seen.version, kept, now):
        raise ConflictError(CHANGED)
    _note(session, viewer, Action.GOAL_CHANGED, goal.id, goal.agent_id, now)
    tell_set(session, viewer, goal.agent_id, goal.days, now)


def remove_goal(
    session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date, now: datetime, *, seen_version: int | None = None
) -> None:
    """Take a goal back. Raises NotFoundError, and ConflictError for one that is over or, with a version, changed since it was seen."""
    goal = _open_goal(session, viewer, agent_id, goal_id, today)
    if seen_version not in {None, goal.version}:
        raise ConflictError(CHANGED)
    _remove(session, viewer, goal, now)
    tell_set(session, viewer, goal.agent_id, goal.days, now)


def _checked(session: Session, viewer: Viewer, wanted: WantedGoals, today: date) -> tuple[Period, list[GoalRow]]:
    """The days meant, and the goals to store for them."""
    agent_seen(session, viewer, wanted.agent_id, today)
    if not wanted.targets:
        raise InputError(NOTHING, code="no_goal_named")
    days = open_days(wanted.period, wanted.day, today)
    currency = currency_of(session)
    named = [(known_type(key), target) for key, target in sorted(wanted.targets.items())]
    return days, [
        GoalRow(
            agent_id=wanted.agent_id,
            period=wanted.period,
            metric_key=definition.key,
            target=checked_target(definition, target, currency),
            days=days,
            created_by=_author(viewer),
        )
        for definition, target in named
        if target is not None
    ]


def _open_goal(session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date) -> GoalEntry:
    found = queries.goal_of(session, viewer.scope, agent_id, goal_id, today)
    if found is None:
        raise NotFoundError(GONE)
    if found.ends_on <= today:
        raise ConflictError(OVER, code="goal_over")
    return found


def _put(session: Session, viewer: Viewer, row: GoalRow, now: datetime, *, is_new: bool) -> bool:
    stored = writes.put_goal(session, row, now)
    if stored is not None:
        _note(session, viewer, Action.GOAL_SET if is_new else Action.GOAL_CHANGED, stored, row.agent_id, now)
    return stored is not None


def _remove(session: Session, viewer: Viewer, goal: GoalEntry, now: datetime) -> bool:
    is_gone = writes.delete_goal(session, goal.id)
    if is_gone:
        _note(session, viewer, Action.GOAL_REMOVED, goal.id, goal.agent_id, now)
    return is_gone


def _note(session: Session, viewer: Viewer, action: Action, goal_id: int, agent_id: int, now: datetime) -> None:
    record(session, person_id=_author(viewer), action=action, subject=f"goal:{goal_id}", details={"agent": agent_id}, at=now)


def _author(viewer: Viewer) -> int | None:
    return None if viewer.is_program else viewer.person_id
