"""An agent's goals with their progress, read from the facts at that moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from data.queries import agents, daily, goal_chances, responses
from data.queries import goals as queries
from domain.access import Scope, Selection
from domain.errors import NotFoundError
from domain.goals.entry import GOAL_TYPES, GoalEntry
from domain.goals.progress import RECENT_DAYS, GoalFacts, GoalProgress, by_chance, judged_by_a_part, progress
from domain.metrics.catalog import DEFINITIONS
from domain.metrics.definition import Unit
from domain.metrics.measures import Measure
from domain.money import to_minor
from domain.periods import Period
from domain.records import GoalPeriod
from domain.working_days import WorkDays
from services.access import Viewer
from services.agents import agent_seen
from services.roster import roster

GONE: Final = "There is no such goal among those of the people you look after."
MOST: Final = 120
"""Goals that run or are to begin: every kind for every length, several times over."""
CHANCE_HOLDS: Final = timedelta(days=3)
"""A chance that was kept longer ago, because the job stood still, says nothing of today."""
PAST: Final = 24
"""Goals that are over, at first: a year or two of somebody with a few a month."""
TAKEN_BACK: Final = 12
"""Goals that were taken back, the latest of them: enough to see what was given up lately."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalBoard:
    """An agent's goals: running or paused, over (the latest first), those still to begin, and those taken back."""

    current: tuple[GoalProgress, ...] = ()
    past: tuple[GoalProgress, ...] = ()
    coming: tuple[GoalProgress, ...] = ()
    cancelled: tuple[GoalProgress, ...] = ()
    """The latest taken back first."""
    has_older: bool = False
    """Whether more are over than are shown."""
    currency: str = "USD"


def goals_of(session: Session, viewer: Viewer, agent_id: int, today: date, *, past: int = PAST) -> GoalBoard:
    """The agent's goals and how far each is; raises NotFoundError for an agent the viewer may not see today."""
    agent_seen(session, viewer, agent_id, today)
    open_goals = queries.open_goals(session, agent_id, today, limit=MOST)
    over = queries.past_goals(session, agent_id, today, limit=past + 1)
    taken_back = queries.cancelled_goals(session, agent_id, limit=min(past, TAKEN_BACK))
    every, currency = progress_of(session, viewer.scope, agent_id, [*open_goals, *over[:past], *taken_back], today)
    judged = by_kept_chances(session, _judged(session, viewer.scope, every, today), today)
    found = [each for each in judged if not each.goal.is_cancelled]
    return GoalBoard(
        current=tuple(each for each in found if today in each.goal.days),
        past=tuple(each for each in found if each.is_over),
        coming=tuple(each for each in found if each.goal.starts_on > today),
        cancelled=tuple(each for each in judged if each.goal.is_cancelled),
        has_older=len(over) > past,
        currency=currency,
    )


def goals_in(
    session: Session, viewer: Viewer, agent_id: int, period: GoalPeriod, days: Period, today: date
) -> tuple[Sequence[GoalProgress], str]:
    """The agent's goals for exactly these days, and the currency of those on money; raises NotFoundError as `goals_of`."""
    agent_seen(session, viewer, agent_id, today)
    found, currency = progress_of(session, viewer.scope, agent_id, queries.goals_in(session, agent_id, period, days), today)
    return _judged(session, viewer.scope, found, today), currency


def goal_with_id(session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date) -> tuple[GoalProgress, str]:
    """One goal of the agent that was not taken back, and the currency; raises NotFoundError."""
    entry = queries.goal_of(session, viewer.scope, agent_id, goal_id, today)
    if entry is None:
        raise NotFoundError(GONE)
    found, currency = progress_of(session, viewer.scope, agent_id, [entry], today)
    return _judged(session, viewer.scope, found, today)[0], currency


def figures_of(session: Session, viewer: Viewer, agent_id: int, days: Period, today: date) -> Mapping[str, Measure]:
    """What the agent reached in these days, by goal type: something to set the next goal by. Raises NotFoundError as `goals_of`."""
    agent_seen(session, viewer, agent_id, today)
    facts = _facts(session, viewer.scope, agent_id, days, WorkDays(()))
    return {key: facts.measure(DEFINITIONS[key], days) for key in GOAL_TYPES}


def progress_of(session: Session, scope: Scope, agent_id: int, entries: Sequence[GoalEntry], today: date) -> tuple[list[GoalProgress], str]:
    """How far the agent's goals are by the facts the scope may see, and the currency of those on money."""
    since = min((today - timedelta(days=RECENT_DAYS), *(entry.starts_on for entry in entries)))
    until = max((today, *(entry.ends_on for entry in entries)))
    facts, currency = facts_of(session, scope, agent_id, Period(since, until), today)
    return [progress(in_unit(entry, currency), facts, today) for entry in entries], currency


def facts_of(session: Session, scope: Scope, agent_id: int, days: Period, today: date) -> tuple[GoalFacts, str]:
    """The agent's facts of these days with their working days, as far as the scope may see, and the currency of amounts."""
    board = roster(session, scope, Selection(period=days, agent_ids=frozenset({agent_id})), today)
    agent = board.agents.get(agent_id)
    work_days = agent.holder.calendar.present if agent else WorkDays(())
    return _facts(session, scope, agent_id, days, work_days), board.currency


def by_kept_chances(session: Session, goals: Sequence[GoalProgress], today: date) -> list[GoalProgress]:
    """The goals with the state that their newest kept chance gives them; by their pace while there is none."""
    running = [each.goal.id for each in goals if today in each.goal.days]
    known = goal_chances.latest(session, running, today - CHANCE_HOLDS)
    return [by_chance(each, known[each.goal.id]) if each.goal.id in known else each for each in goals]


def _facts(session: Session, scope: Scope, agent_id: int, days: Period, work_days: WorkDays) -> GoalFacts:
    own = Selection(period=days, agent_ids=frozenset({agent_id}))
    return GoalFacts(
        by_day=daily.totals_by_day(session, scope, own),
        waits=responses.waits_by_lead(session, scope, own),
        work_days=work_days,
    )


def _judged(session: Session, scope: Scope, found: Sequence[GoalProgress], today: date) -> list[GoalProgress]:
    """The goals, those of whose days so far some are hidden from the viewer judged by a part only."""
    elapsed = {each.goal: {(each.goal.agent_id, day) for day in each.goal.days.elapsed(today) or ()} for each in found}
    asked = set[tuple[int, date]]().union(*elapsed.values())
    hidden = asked - agents.seen_days(session, scope, asked)
    return [judged_by_a_part(each) if elapsed[each.goal] & hidden else each for each in found]


def in_unit(entry: GoalEntry, currency: str) -> GoalEntry:
    """The goal with money in minor units, as the facts have it."""
    if entry.definition.unit is not Unit.MONEY:
        return entry
    return replace(entry, target=float(to_minor(Decimal(str(entry.target)), currency)))
