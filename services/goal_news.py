"""Telling people about their goals: that one is reached, once, and again only when more was asked for, and that somebody else set some."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import goals as queries
from data.queries import inbox
from domain.access import Scope
from domain.facts import AgentChoice
from domain.formatting import day_text, period_text, value_text
from domain.goals.progress import GoalProgress
from domain.local_time import local_time
from domain.periods import Period
from domain.records import Role
from services.access import Viewer
from services.goals import MOST, progress_of
from services.notifications import Notice, notify_person, put_in_inbox

REACHED: Final = "goal_reached"
NEWS: Final = timedelta(days=7)
"""What was reached longer ago is history: an import of last year's sales congratulates nobody."""
AGO: Final = NEWS + timedelta(days=1)
"""How long ago a goal may have ended and still have news; a day more, because days end at different moments."""


def tell_reached(session: Session, now: datetime) -> dict[str, int]:
    """Tell everybody the goals they reached within the last week; what was told already is not told again. Returns counts.

    A rate or an average is reached when its days are over. The agent is told by all their facts, whoever may see them.
    """
    people = queries.agents_with_goals(session, now.date() - AGO)
    return {"agents": len(people), "reached": sum(_tell(session, agent, now) for agent in people)}


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


def _tell(session: Session, agent: AgentChoice, now: datetime) -> int:
    today = local_time(now, agent.time_zone).on
    entries = queries.open_goals(session, agent.agent_id, today - AGO, limit=MOST)
    goals, currency = progress_of(session, _own(agent.agent_id), agent.agent_id, entries, today)
    reached = [each for each in goals if each.reached_on is not None and today - NEWS <= each.reached_on <= today]
    told = _most_told(session, agent.agent_id) if reached else {}
    for goal in reached:
        if told.get(goal.goal.id, 0.0) < goal.goal.target:
            notify_person(session, agent.agent_id, _notice(goal, currency), now)
    return len(reached)


def _most_told(session: Session, agent_id: int) -> dict[int, float]:
    """By goal, the highest figure the agent was told they reached: less asked for afterwards is no news."""
    told = sorted(
        (int(goal_id), float(target)) for _, goal_id, target in (key.split(":") for key in inbox.told_keys(session, agent_id, REACHED))
    )
    return dict(told)


def _own(agent_id: int) -> Scope:
    return Scope(viewer_id=agent_id, role=Role.AGENT)


def _notice(goal: GoalProgress, currency: str) -> Notice:
    """The key names the figure asked for: one that is raised and reached again is news again, one that is lowered is not."""
    metric, days = goal.definition, period_text(goal.goal.days)
    target, value = (value_text(metric, each, currency) for each in (goal.goal.target, goal.value))
    now_on = f" on {day_text(goal.reached_on)}" if goal.reached_on and metric.prorated else ""
    return Notice(
        kind=REACHED,
        title=f"Goal reached: {metric.name}, {target} in {days}",
        body=f"You reached your goal for {days}{now_on}. It stands at {value}.",
        link=_link(goal.goal.agent_id),
        dedupe_key=f"{REACHED}:{goal.goal.id}:{goal.goal.target:.4f}",
    )
