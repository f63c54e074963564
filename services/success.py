"""Whether the product does what it is for, of everybody, for administrators."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily, responses
from data.queries import goals as goal_queries
from data.queries import success as queries
from domain.access import Selection
from domain.counters import Counters
from domain.goals.entry import GoalEntry
from domain.goals.progress import GoalFacts, GoalProgress, progress
from domain.local_time import local_time
from domain.metrics.definition import Unit
from domain.metrics.reading import RIPE_DAYS
from domain.metrics.response import MEDIAN_RESPONSE_TIME
from domain.money import to_minor
from domain.periods import Period
from domain.records import Role
from domain.success.conversion import Conversion, conversions
from domain.success.goal_completion import Completion, completion
from domain.success.skill_change import SkillChange, skill_changes
from domain.success.time_to_level import TimeToLevel, climbs, times_to_level
from domain.success.training_effect import SPAN, Completed, Effect, comparable, effect
from domain.working_days import WorkDays
from services.access import Viewer, require_role
from services.roster import currency_of

LOOKED_BACK: Final = timedelta(days=366)
"""Training and talks of the last year; what came of older ones came of other things too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What was completed, and what followed."""

    completions: int
    people: int
    minutes: int
    """By the modules' own length."""
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks:
    """1:1s that were held, and what followed; their words are nobody's but the two people's."""

    held: int
    people: int
    """Agents with whom somebody talked."""
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """The success metrics."""

    days: Period
    compared_with: Period
    goals: tuple[Completion, ...]
    """All together, then by kind."""
    conversions: tuple[Conversion, ...]
    climbs: tuple[TimeToLevel, ...]
    """All levels together, then each; of all time, whatever the period."""
    skills: tuple[SkillChange, ...]
    training: Training
    """Of the last year, whatever the period."""
    talks: Talks
    """Of the last year, too."""


def success(session: Session, viewer: Viewer, days: Period, today: date, now: datetime) -> Success:
    """The success metrics of a period; AccessError for everybody but admins."""
    require_role(viewer, {Role.ADMIN})
    before = days.previous(today)
    return Success(
        days=days,
        compared_with=before,
        goals=completion(_ended(session, viewer, days, today)),
        conversions=_conversions(session, viewer, days, before, today),
        climbs=_climbs(session),
        skills=skill_changes(queries.assessed_twice(session, days)),
        training=_training(session, today, now),
        talks=_talks(session, today),
    )


def _ended(session: Session, viewer: Viewer, days: Period, today: date) -> list[GoalProgress]:
    """The goals that ended, judged by the facts of their days; those of one span are read together."""
    over = Period(days.start, max(min(days.end, today), days.start + timedelta(days=1)))
    entries, currency = goal_queries.ended_goals(session, over), currency_of(session)
    spans = defaultdict[Period, list[GoalEntry]](list)
    for entry in entries:
        if entry.ends_on <= today:
            spans[entry.days].append(entry)
    return [found for span, goals in spans.items() for found in _of_span(session, viewer, span, goals, currency, today)]


def _of_span(session: Session, viewer: Viewer, span: Period, goals: Sequence[GoalEntry], currency: str, today: date) -> list[GoalProgress]:
    chosen = Selection(period=span, agent_ids=frozenset(goal.agent_id for goal in goals))
    sums = daily.totals_by_agent(session, viewer.scope, chosen)
    needs_waits = any(goal.type == MEDIAN_RESPONSE_TIME.key for goal in goals)
    waits = responses.waits_by_agent(session, viewer.scope, chosen) if needs_waits else {}
    return [
        progress(_in_minor(goal, currency), _whole(span, sums.get(goal.agent_id), waits.get(goal.agent_id, ())), today) for goal in goals
    ]


def _whole(span: Period, sums: Counters | None, waits: Sequence[int]) -> GoalFacts:
    """All facts of a goal's days as those of its first: for a verdict about what is over it does not matter on which day they were."""
    by_day = {span.start: sums} if sums else {}
    return GoalFacts(by_day=by_day, waits=[(span.start, seconds) for seconds in waits], work_days=WorkDays(()))


def _in_minor(goal: GoalEntry, currency: str) -> GoalEntry:
    if goal.definition.unit is not Unit.MONEY:
        return goal
    return replace(goal, target=float(to_minor(Decimal(str(goal.target)), currency)))


def _conversions(session: Session, viewer: Viewer, days: Period, before: Period, today: date) -> tuple[Conversion, ...]:
    known = daily.days_with_facts(session, viewer.scope)
    now = daily.totals(session, viewer.scope, Selection(period=days))
    reaches_back = known is not None and known[0] <= before.start
    earlier = daily.totals(session, viewer.scope, Selection(period=before)) if reaches_back else None
    return conversions(now, earlier, is_ripe=today >= days.end + timedelta(days=RIPE_DAYS))


def _climbs(session: Session) -> tuple[TimeToLevel, ...]:
    changes = queries.level_changes(session)
    return times_to_level(climbs(changes, joined=queries.joined(session), last_seen=queries.last_assessed(session)))


def _training(session: Session, today: date, now: datetime) -> Training:
    finished = queries.finished_training(session, now - LOOKED_BACK)
    done = [
        Completed(agent_id=each.person_id, day=local_time(each.completed_at, each.time_zone).on, minutes=each.minutes) for each in finished
    ]
    return Training(
        completions=len(done),
        people=len({each.agent_id for each in done}),
        minutes=sum(each.minutes for each in done),
        effects=_effects(session, done, today),
    )


def _talks(session: Session, today: date) -> Talks:
    held = [Completed(agent_id=agent_id, day=on, minutes=0) for agent_id, on in queries.held_talks(session, today - LOOKED_BACK)]
    return Talks(held=len(held), people=len({each.agent_id for each in held}), effects=_effects(session, held, today))


def _effects(session: Session, done: Sequence[Completed], today: date) -> tuple[Effect, ...]:
    compared = comparable(done, today)
    if not compared:
        return tuple(effect(key, {}, (), ()) for key in queries.FOLLOWED)
    days = [each.day for each in compared]
    counts = queries.followed_counts(session, Period(min(days) - SPAN, max(days) + SPAN + timedelta(days=2)))
    return tuple(effect(key, counts[key], compared, done) for key in queries.FOLLOWED)
