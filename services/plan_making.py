"""Making the plan of an agent's day: what waits, weighed by the agent's own history, and the best three of it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from data.queries import goals as goal_queries
from data.queries.waiting import waiting_for
from data.writes import day_plans as writes
from domain.access import Scope
from domain.coaching.daily_plan import Candidate, MustDoKind, Waiting, candidates, must_dos
from domain.coaching.daily_plan_words import evidence, reason, title
from domain.coaching.odds import MINUTES_EACH, PROSPECTING_KEYS, odds
from domain.counters import total
from domain.facts import AgentChoice
from domain.formatting import period_text
from domain.goals.progress import GoalFacts, GoalProgress
from domain.local_time import day_start, local_time
from domain.periods import Period
from domain.records import Role
from services.goals import MOST, facts_of, progress_of

LOOKED_BACK: Final = timedelta(days=90)
"""A quarter of own history: what a lead or a call is worth to this agent lately."""
LONGEST_TITLE: Final = 400
LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What waits for an agent at a moment, the best first."""

    ranked: tuple[Candidate, ...]
    currency: str
    is_day_off: bool


def make_plan(session: Session, agent: AgentChoice, now: datetime) -> bool:
    """Make the plan of the agent's day, once: one that is there stays as it was promised. Returns whether it was made now.

    It is chosen by the agent's own facts, whoever looks first. On a day off nothing is planned, and that is kept too.
    """
    today = local_time(now, agent.time_zone).on
    found = weighed(session, agent, today, now)
    chosen = () if found.is_day_off else must_dos(found.ranked)
    rows = [_row(place, each, agent, found.currency, now) for place, each in enumerate(chosen, start=1)]
    return writes.keep_plan(session, agent.agent_id, today, made_at=now, is_day_off=found.is_day_off, rows=rows)


def weighed(session: Session, agent: AgentChoice, today: date, now: datetime) -> Weighed:
    """Everything the agent could do today with its worth."""
    own = Scope(viewer_id=agent.agent_id, role=Role.AGENT)
    facts, currency = facts_of(session, own, agent.agent_id, Period(today - LOOKED_BACK, today + timedelta(days=1)), today)
    waiting = [*waiting_for(session, own, agent.agent_id, today, now), *_prospecting(session, own, agent, facts, today)]
    ranked = candidates(waiting, odds(total(facts.by_day.values())), now)
    return Weighed(ranked=ranked, currency=currency, is_day_off=_is_day_off(facts, agent, today))


def _is_day_off(facts: GoalFacts, agent: AgentChoice, today: date) -> bool:
    """By the agent's calendar with its holidays and absences; by their weekdays alone where nobody is on a board, such as an admin."""
    if not facts.work_days.days:
        return today.isoweekday() not in agent.working_days
    return not facts.work_days.between(today, today + timedelta(days=1))


def _prospecting(session: Session, own: Scope, agent: AgentChoice, facts: GoalFacts, today: date) -> Iterable[Waiting]:
    """The day's part of every running goal on work the agent can do by doing it."""
    entries = [
        each
        for each in goal_queries.open_goals(session, agent.agent_id, today, limit=MOST)
        if each.type in PROSPECTING_KEYS and today in each.days
    ]
    if not entries:
        return
    for goal in progress_of(session, own, agent.agent_id, entries, today)[0]:
        asked = _asked_today(goal, facts, today)
        if asked:
            yield _part_of(goal, asked, day_start(today, agent.time_zone))


def _asked_today(goal: GoalProgress, facts: GoalFacts, today: date) -> int:
    """What each working day from today on must bring, today's own so far not taken off; 0 where nothing is needed any more."""
    if goal.pace is None or not goal.pace.needed_per_day:
        return 0
    missing = goal.pace.target - goal.pace.actual
    done_today = facts.measure(goal.definition, Period(today, today + timedelta(days=1))).value or 0.0
    return math.ceil((missing + done_today) * goal.pace.needed_per_day / missing)


def _part_of(goal: GoalProgress, asked: int, since: datetime) -> Waiting:
    key = goal.goal.type
    return Waiting(
        kind=MustDoKind.PROSPECTING,
        record_id=goal.goal.id,
        name=f"{goal.definition.words.counted(goal.goal.target)} in {period_text(goal.goal.days)}",
        since=since,
        goal_id=goal.goal.id,
        metric_key=key,
        asked=asked,
        reached=round(goal.value or 0),
        minutes_each=MINUTES_EACH[key],
    )


def _row(place: int, candidate: Candidate, agent: AgentChoice, currency: str, now: datetime) -> dict[str, Any]:
    waiting = candidate.waiting
    return {
        "position": place,
        "kind": candidate.kind,
        "key": waiting.key,
        "title": title(waiting)[:LONGEST_TITLE],
        "reason": reason(candidate, now, agent.time_zone, currency)[:LONGEST_REASON],
        "evidence": evidence(candidate),
        "minutes": candidate.minutes,
        "lead_id": waiting.lead_id,
        "deal_id": waiting.deal_id,
        "event_id": waiting.event_id,
        "goal_id": waiting.goal_id,
    }
