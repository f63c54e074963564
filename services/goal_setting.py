"""Setting goals: several for a period at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from data.queries import goals as queries
from data.writes import goals as writes
from data.writes.goals import GoalRow
from domain.errors import ConflictError, InputError
from domain.formatting import period_text
from domain.goals.entry import asked_days, checked_name, known_type
from domain.goals.target import checked_target
from domain.periods import Period
from domain.records import GoalPeriod
from services.access import Viewer
from services.agents import agent_seen
from services.ai import Phrased
from services.ai_goals import keep_words
from services.audit import Action
from services.goal_marks import keep_plan, note, take_back
from services.goal_news import tell_set
from services.roster import currency_of

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
        note(session, viewer, Action.GOAL_SET, stored, row.agent_id, now)
        keep_plan(session, viewer, row.agent_id, stored, today, wanted.assumptions)
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
        else take_back(session, viewer, known[kind], now)
        for kind in sorted(kept.keys() | (wanted.targets.keys() & known.keys()))
    ]
    if any(changed):
        tell_set(session, viewer, wanted.agent_id, days, now)
    return days


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


def _put(session: Session, viewer: Viewer, row: GoalRow, wanted: WantedGoals, today: date, now: datetime, *, is_new: bool) -> bool:
    stored = writes.put_goal(session, row, now)
    if stored is not None:
        keep_plan(session, viewer, row.agent_id, stored, today, wanted.assumptions)
        note(session, viewer, Action.GOAL_SET if is_new else Action.GOAL_CHANGED, stored, row.agent_id, now)
    return stored is not None
