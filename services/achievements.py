"""Achievements: granted once their facts are stored, under review when these are corrected, and shown with what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy.orm import Session

from data.models.people import BEGINNING
from data.queries import achievements as queries
from data.queries import daily, records
from data.queries.goal_facts import business_of
from data.queries.streaks import agents_at_work
from data.writes import achievements as writes
from domain.access import Scope, Selection
from domain.coaching.achievement_catalog import ACHIEVEMENTS, offered
from domain.coaching.achievements import (
    Achievement,
    AgentSums,
    Condition,
    GrantState,
    Kind,
    Standing,
    best_day,
    day_reached,
    is_news,
    period_key,
    periods_to_look_at,
    standing,
)
from domain.facts import AgentChoice
from domain.local_time import local_time
from domain.metrics.behind import Behind
from domain.periods import Grain, Period, containing
from domain.records import Role
from services import own_achievements
from services.access import Viewer
from services.achievement_facts import sums_of
from services.agents import agent_seen
from services.notifications import Notice, put_in_inbox

Grant: TypeAlias = queries.Grant
EVIDENCE: Final = 20
"""Ids of records kept with a grant, the newest: enough to see what it rests on."""
AT_WORK: Final = timedelta(days=35)
"""Who did nothing for five weeks earns nothing new."""
RECORDS: Final = [each for each in ACHIEVEMENTS if each.kind is Kind.RECORD]


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """An achievement as an agent stands to it."""

    achievement: Achievement
    grants: Sequence[Grant]
    """Newest first."""
    standing: Standing
    """In the period that runs."""
    is_held_by_other: bool = False
    """For a record: whether somebody else holds it."""

    @property
    def is_earned(self) -> bool:
        """Whether it was ever granted."""
        return bool(self.grants)


def gallery(session: Session, viewer: Viewer, agent_id: int, today: date) -> list[Badge]:
    """Everything the agent can earn, by the facts the viewer may see; raises NotFoundError for an agent they may not see today."""
    agent_seen(session, viewer, agent_id, today)
    _, profile = business_of(session, agent_id, today)
    sums = sums_of(session, viewer.scope, agent_id, today)
    mine: dict[str, list[Grant]] = {}
    for each in queries.grants_of(session, viewer.scope, agent_id):
        mine.setdefault(each.achievement, []).append(each)
    held = queries.held_by_somebody(session, [each.key for each in RECORDS])
    shown = [*offered(profile), *own_achievements.shown_to(session, mine.keys())]
    return [_badge(each, mine.get(each.key, []), sums, today, held) for each in shown]


def grant_everything(session: Session, now: datetime) -> dict[str, int]:
    """Grant what is earned and not granted yet, and look at what was granted lately again. Returns counts."""
    people = [agent for agent, _ in agents_at_work(session, now.date() - AT_WORK)]
    of_the_company = own_achievements.to_earn(session)
    granted = sum(_grant_to(session, agent, of_the_company, now) for agent in people)
    granted += sum(_pass_on(session, each, now) for each in RECORDS)
    return {"agents": len(people), "granted": granted}


def _badge(achievement: Achievement, grants: Sequence[Grant], sums: AgentSums, today: date, held: set[str]) -> Badge:
    mine = any(each.state is GrantState.HELD for each in grants)
    return Badge(
        achievement=achievement,
        grants=grants,
        standing=standing(achievement, sums, today),
        is_held_by_other=achievement.key in held and not mine,
    )


def _grant_to(session: Session, agent: AgentChoice, of_the_company: Sequence[Achievement], now: datetime) -> int:
    today = local_time(now, agent.time_zone).on
    own = Scope(viewer_id=agent.agent_id, role=Role.AGENT)
    sums, (_, profile) = sums_of(session, own, agent.agent_id, today), business_of(session, agent.agent_id, today)
    held = {(each.achievement, each.period): each for each in queries.grants_of(session, own, agent.agent_id)}
    return sum(
        _look_at(session, agent, achievement, days, sums, held, now)
        for achievement in (*offered(profile), *of_the_company)
        if achievement.kind is not Kind.RECORD
        for days in periods_to_look_at(achievement, today)
    )


def _look_at(
    session: Session,
    agent: AgentChoice,
    achievement: Achievement,
    days: Period | None,
    sums: AgentSums,
    held: Mapping[tuple[str, str], Grant],
    now: datetime,
) -> int:
    """Grant it, or say that a grant still holds or must be looked at; returns how many were granted."""
    today = local_time(now, agent.time_zone).on
    found, before = standing(achievement, sums, today, days), held.get((achievement.key, period_key(days)))
    if before is not None:
        state = GrantState.HELD if found.is_reached else GrantState.UNDER_REVIEW
        if state is not before.state:
            writes.put_state(session, before.id, state)
        return 0
    if not found.is_reached:
        return 0
    return _grant(session, agent, achievement, found, sums, now)


def _grant(session: Session, agent: AgentChoice, achievement: Achievement, found: Standing, sums: AgentSums, now: datetime) -> int:
    period, today = period_key(found.days), local_time(now, agent.time_zone).on
    evidence, earned_on = _evidence(session, agent, achievement, found, sums, today), _earned_on(session, agent, achievement, found, today)
    kept = {"agent_id": agent.agent_id, "achievement": achievement.key, "period": period, "value": found.value}
    is_new = writes.grant(session, kept | {"evidence": evidence, "earned_on": earned_on}, now)
    if is_new and is_news(earned_on, today):
        notice = Notice(
            kind="achievement",
            title=f"Earned: {achievement.name}",
            body=achievement.about,
            link=f"/progress?agent={agent.agent_id}",
            dedupe_key=f"achievement:{agent.agent_id}:{achievement.key}:{period}",
        )
        put_in_inbox(session, {agent.agent_id}, notice, now)
    return int(is_new)


def _earned_on(session: Session, agent: AgentChoice, achievement: Achievement, found: Standing, today: date) -> date:
    """The day of the last record it needed; for a goal, whose way is not kept by day, today or the last day it could be reached on."""
    days = found.days or Period(BEGINNING, today + timedelta(days=1))
    at_latest = min(today, days.last_day)
    if achievement.condition is Condition.GOAL_SHARE:
        return at_latest
    own, selection = Scope(viewer_id=agent.agent_id, role=Role.AGENT), Selection(period=days, agent_ids=frozenset({agent.agent_id}))
    counts = daily.counters_by_day(session, own, selection, (achievement.counter,))
    by_day = {day: count for day, (count,) in counts.items()}
    return day_reached(achievement, by_day, found.needed or achievement.least) or at_latest


def _evidence(
    session: Session, agent: AgentChoice, achievement: Achievement, found: Standing, sums: AgentSums, today: date
) -> dict[str, Any]:
    """The days it rests on, and the ids of its newest records; for a goal the goals' days say which it was."""
    days = found.days or Period(BEGINNING, today + timedelta(days=1))
    if achievement.condition is Condition.DAY and (best := best_day(achievement, sums, days)) is not None:
        days = containing(best, Grain.DAY)
    told = {"from": days.start.isoformat(), "to": days.last_day.isoformat()}
    if achievement.condition is Condition.GOAL_SHARE:
        return told | {"kind": "goal", "ids": []}
    own = Scope(viewer_id=agent.agent_id, role=Role.AGENT)
    selection = Selection(period=days, agent_ids=frozenset({agent.agent_id}))
    behind = Behind(counters=(achievement.counter,))
    facts = records.facts_behind(session, own, selection, behind, limit=EVIDENCE)
    return told | {"kind": records.contribution_of(achievement.counter).table, "ids": [each.entry.id for each in facts]}


def _pass_on(session: Session, achievement: Achievement, now: datetime) -> int:
    """Let whoever made the most in a month hold the record; where corrections left nobody enough for one, nobody does."""
    best = queries.best_month(session, achievement.counter, achievement.least)
    if best is None:
        writes.review(session, achievement.key)
        return 0
    agent = AgentChoice(agent_id=best.agent_id, name="", time_zone="UTC", working_days=frozenset())
    days = containing(best.month, Grain.MONTH)
    found = Standing(value=best.count, needed=best.count, days=days)
    granted = _grant(session, agent, achievement, found, AgentSums(months={}, days={}, goals={}), now)
    writes.pass_on(session, achievement.key, best.agent_id, period_key(days), best.count)
    return granted
