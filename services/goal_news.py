"""Telling people about their goals: reached, and again only when more was asked for; at risk; and that somebody else set some."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import goals as queries
from data.queries import inbox
from domain.access import Scope
from domain.facts import AgentChoice
from domain.formatting import day_text, period_text, value_text
from domain.goals.progress import GoalProgress
from domain.local_time import local_time
from domain.metrics.definition import Unit
from domain.metrics.status import Status
from domain.periods import Period
from domain.records import Role
from services.access import Viewer
from services.goals import MOST, by_kept_chances, progress_of
from services.notifications import Notice, notify_person, put_in_inbox

REACHED: Final = "goal_reached"
NEWS: Final = timedelta(days=7)
"""What was reached longer ago is history: an import of last year's sales congratulates nobody."""
AT_RISK: Final = "goal_at_risk"
COOL_DOWN: Final = timedelta(days=7)
"""A goal is told to be at risk once a week at most: who hears it daily stops listening."""
WORKING_HOURS: Final = range(8, 18)
"""On the agent's clock, and on a day they work: a worry nobody can act on tonight only costs sleep."""
LEAST: Final = 0.1
"""What is needed is told no more exactly; but little is not nothing."""
AGO: Final = NEWS + timedelta(days=1)
"""How long ago a goal may have ended and still have news; a day more, because days end at different moments."""


def tell_news(session: Session, now: datetime) -> dict[str, int]:
    """Tell everybody the goals they reached within the last week, and those at risk. Returns counts.

    A goal is told to be reached once for each figure asked for; a rate or an average is reached when its days are over. One at risk
    is told in working hours, and not again for a week. The agent is told by all their facts, whoever may see them.
    """
    people = queries.agents_with_goals(session, now.date() - AGO)
    told = [_tell(session, agent, now) for agent in people]
    return {"agents": len(people), "reached": sum(reached for reached, _ in told), "at_risk": sum(at_risk for _, at_risk in told)}


def tell_set(session: Session, viewer: Viewer, agent_id: int, days: Period, now: datetime) -> None:
    """Tell an agent, in their inbox, that somebody else set, changed or took back goals of theirs; nothing about their own doing."""
    if viewer.person_id == agent_id and not viewer.is_program:
        return
    notice = Notice(
        kind="goals_set",
        title=f"{viewer.name} changed your goals for {period_text(days)}",
        body="Have a look at what is asked, and talk about it if it does not fit.",
        link=_link(agent_id),
        dedupe_key=f"goals_set:{agent_id}:{days.start}:{days.grain}:{now.isoformat()}",
    )
    put_in_inbox(session, {agent_id}, notice, now)


def _link(agent_id: int) -> str:
    return f"/goals?agent={agent_id}"


def _tell(session: Session, agent: AgentChoice, now: datetime) -> tuple[int, int]:
    """How many goals were found reached, and how many were told to be at risk."""
    today = local_time(now, agent.time_zone).on
    entries = queries.open_goals(session, agent.agent_id, today - AGO, limit=MOST)
    found, currency = progress_of(session, _own(agent.agent_id), agent.agent_id, entries, today)
    goals = by_kept_chances(session, found, today)
    reached = [each for each in goals if each.reached_on is not None and today - NEWS <= each.reached_on <= today]
    told = _most_told(session, agent.agent_id) if reached else {}
    at_risk = _worth_a_word(session, agent, [each for each in goals if each.status is Status.AT_RISK and today in each.goal.days], now)
    notices = [_reached(each, currency) for each in reached if told.get(each.goal.id, 0.0) < each.goal.target]
    for notice in (*notices, *(_at_risk(each, currency, today) for each in at_risk)):
        notify_person(session, agent.agent_id, notice, now)
    return len(reached), len(at_risk)


def _worth_a_word(session: Session, agent: AgentChoice, at_risk: Sequence[GoalProgress], now: datetime) -> list[GoalProgress]:
    """Those it was not said of lately, at an hour and on a day on which something can be done about it."""
    clock = local_time(now, agent.time_zone)
    if not at_risk or clock.hour not in WORKING_HOURS or clock.on.isoweekday() not in agent.working_days:
        return []
    said = inbox.told_keys(session, agent.agent_id, AT_RISK, since=now - COOL_DOWN)
    return [each for each in at_risk if not any(key.startswith(_risk_key(each)) for key in said)]


def _most_told(session: Session, agent_id: int) -> dict[int, float]:
    """By goal, the highest figure the agent was told they reached: less asked for afterwards is no news."""
    told = sorted(
        (int(goal_id), float(target)) for _, goal_id, target in (key.split(":") for key in inbox.told_keys(session, agent_id, REACHED))
    )
    return dict(told)


def _own(agent_id: int) -> Scope:
    return Scope(viewer_id=agent_id, role=Role.AGENT)


def _reached(goal: GoalProgress, currency: str) -> Notice:
    """The key names the figure asked for: one that is raised and reached again is news again, one that is lowered is not."""
    metric, days = goal.definition, period_text(goal.goal.days)
    target, value = (value_text(metric, each, currency) for each in (goal.goal.target, goal.value))
    now_on = f" on {day_text(goal.reached_on)}" if goal.reached_on and metric.prorated else ""
    return Notice(
        kind=REACHED,
        title=f"Goal reached: {_named(goal)}, {target} in {days}",
        body=f"You reached your goal for {days}{now_on}. It stands at {value}.",
        link=_link(goal.goal.agent_id),
        dedupe_key=f"{REACHED}:{goal.goal.id}:{goal.goal.target:.4f}",
    )


def _at_risk(goal: GoalProgress, currency: str, today: date) -> Notice:
    metric, days = goal.definition, period_text(goal.goal.days)
    value, target = (value_text(metric, each, currency) for each in (goal.value, goal.goal.target))
    return Notice(
        kind=AT_RISK,
        title=f"Still time for a goal: {_named(goal)} in {days}",
        body=f"It stands at {value}; the goal is {target}.{_needed(goal, currency)} If it no longer fits, change it or pause it.",
        link=_link(goal.goal.agent_id),
        dedupe_key=f"{_risk_key(goal)}{today}",
    )


def _needed(goal: GoalProgress, currency: str) -> str:
    if goal.pace is None or not goal.pace.needed_per_day:
        return ""
    metric, needed = goal.definition, max(LEAST, round(goal.pace.needed_per_day, 1))
    figure = metric.words.counted(needed) if metric.unit is Unit.COUNT else value_text(metric, needed, currency)
    return f" About {figure} each working day would still make it."


def _risk_key(goal: GoalProgress) -> str:
    return f"{AT_RISK}:{goal.goal.id}:"


def _named(goal: GoalProgress) -> str:
    """The goal's own name with its metric, or the metric."""
    return f"{goal.goal.name} ({goal.definition.name})" if goal.goal.name else goal.definition.name
