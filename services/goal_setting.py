"""Setting goals: several for a period at once; changed, paused and taken back while their days are not over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from data.queries import goals as queries
from data.writes import goals as writes
from data.writes.goals import GoalChange, GoalRow
from domain.errors import ConflictError, InputError, NotFoundError
from domain.formatting import period_text
from domain.goals.entry import ENDS_BY_ITSELF, GoalEntry, asked_days, checked_name, known_type, span_days
from domain.goals.target import checked_target
from domain.periods import Period
from domain.records import GoalPeriod
from services.access import Viewer
from services.agents import agent_seen
from services.ai import Phrased
from services.ai_goals import keep_words
from services.audit import Action, record
from services.goal_news import tell_set
from services.goal_plan_record import plan_record
from services.goal_studio import NOBODY_SAID, studio_of
from services.goals import GONE, in_unit
from services.roster import currency_of
from services.saving import said_in_words

CHANGED: Final = "Somebody changed this goal meanwhile. Look at it again, then repeat your change."
OVER: Final = "This goal's time is over; it stays as it was, or nobody could trust what was reached."
NOTHING: Final = "Name at least one figure to reach."


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedGoals:
    """What an agent wants to reach in the calendar period a day falls in, or from that day to a deadline."""

    agent_id: int
    period: GoalPeriod
    day: date
    targets: Mapping[str, Decimal | None]
    """By goal type, in the metric's unit and money in major units; None takes the goal back."""
    name: str = ""
    """Tells goals of the same kind and days apart."""
    deadline: date | None = None
    """The last day of goals with days of their own; no other has one."""
    assumptions: Mapping[str, float] = field(default_factory=dict)
    """What somebody says instead of what is known, by key, for the plans that are kept with the goals."""
    words: Phrased | None = None
    """What a language model said of the analysis; kept with the plan it is about."""


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
            goal = f"There is a goal on {kind}{f' called {row.name}' if row.name else ''} for {period_text(days)} already"
            raise ConflictError(f"{goal}. Change that one, or tell them apart by a name.", code="taken")
        _note(session, viewer, Action.GOAL_SET, stored, row.agent_id, now)
        _keep_plan(session, viewer, row.agent_id, stored, today, wanted.assumptions)
        if wanted.words is not None:
            keep_words(session, viewer, row.agent_id, stored, wanted.words, today, now)
    tell_set(session, viewer, wanted.agent_id, days, now)
    return days


def set_goals(session: Session, viewer: Viewer, wanted: WantedGoals, today: date, now: datetime) -> Period:
    """Set, change and take back several goals of one period at once; kinds that are not named stay. Raises as `create_goals`.

    In the same order whoever asks, so that two at a time wait for each other instead of standing in each other's way.
    """
    days, rows = _checked(session, viewer, wanted, today)
    there = queries.goals_in(session, wanted.agent_id, wanted.period, days)
    known = {each.type: each for each in there if each.name == checked_name(wanted.name)}
    kept = {row.metric_key: row for row in rows}
    changed = [
        _put(session, viewer, kept[kind], wanted, today, now, is_new=kind not in known)
        if kind in kept
        else _remove(session, viewer, known[kind], now)
        for kind in sorted(kept.keys() | (wanted.targets.keys() & known.keys()))
    ]
    if any(changed):
        tell_set(session, viewer, wanted.agent_id, days, now)
    return days


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
    _keep_plan(session, viewer, goal.agent_id, goal.id, today, NOBODY_SAID)
    _note(session, viewer, Action.GOAL_CHANGED, goal.id, goal.agent_id, now)
    tell_set(session, viewer, goal.agent_id, goal.days, now)


def pause_goal(session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date, now: datetime) -> None:
    """Days from today on are not planned for the goal; nothing for one that is paused. Raises as `remove_goal`."""
    goal = _open_goal(session, viewer, agent_id, goal_id, today)
    if writes.pause_goal(session, goal.id, today, now):
        _note(session, viewer, Action.GOAL_PAUSED, goal.id, agent_id, now)
        tell_set(session, viewer, agent_id, goal.days, now)


def resume_goal(session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date, now: datetime) -> None:
    """Days from today on are planned again, those of the pause stay left out; nothing for one that runs. Raises as `remove_goal`."""
    goal = _open_goal(session, viewer, agent_id, goal_id, today)
    if writes.resume_goal(session, goal, today, now):
        _note(session, viewer, Action.GOAL_RESUMED, goal.id, agent_id, now)
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
    _remove(session, viewer, goal, now)
    tell_set(session, viewer, goal.agent_id, goal.days, now)


def _checked(session: Session, viewer: Viewer, wanted: WantedGoals, today: date) -> tuple[Period, list[GoalRow]]:
    """The days meant, and the goals to store for them."""
    agent_seen(session, viewer, wanted.agent_id, today)
    if not wanted.targets:
        raise InputError(NOTHING, code="no_goal_named")
    days = asked_days(wanted.period, wanted.day, wanted.deadline, today)
    currency, name = currency_of(session), checked_name(wanted.name)
    named = [(known_type(key), target) for key, target in sorted(wanted.targets.items())]
    return days, [
        GoalRow(
            agent_id=wanted.agent_id,
            period=wanted.period,
            metric_key=definition.key,
            name=name,
            target=checked_target(definition, target, currency),
            days=days,
            created_by=viewer.author_id,
        )
        for definition, target in named
        if target is not None
    ]


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


def _put(session: Session, viewer: Viewer, row: GoalRow, wanted: WantedGoals, today: date, now: datetime, *, is_new: bool) -> bool:
    stored = writes.put_goal(session, row, now)
    if stored is not None:
        _keep_plan(session, viewer, row.agent_id, stored, today, wanted.assumptions)
        _note(session, viewer, Action.GOAL_SET if is_new else Action.GOAL_CHANGED, stored, row.agent_id, now)
    return stored is not None


def _keep_plan(session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date, said: Mapping[str, float]) -> None:
    """What the goal takes as it is known now, kept beside it: later one can see what it was set on."""
    goal = queries.goal_of(session, viewer.scope, agent_id, goal_id, today)
    if goal is not None:
        view = studio_of(session, viewer.scope, in_unit(goal, currency_of(session)), today, said)
        writes.keep_plan(session, goal_id, plan_record(view))


def _remove(session: Session, viewer: Viewer, goal: GoalEntry, now: datetime) -> bool:
    is_gone = writes.cancel_goal(session, goal.id, now)
    if is_gone:
        _note(session, viewer, Action.GOAL_REMOVED, goal.id, goal.agent_id, now)
    return is_gone


def _note(session: Session, viewer: Viewer, action: Action, goal_id: int, agent_id: int, now: datetime) -> None:
    record(session, person_id=viewer.author_id, action=action, subject=f"goal:{goal_id}", details={"agent": agent_id}, at=now)
