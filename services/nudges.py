"""Nudging an agent who is behind their own usual, at the hours at which they act on it, and finding out what that is worth."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import nudges as queries
from data.queries import wishes
from data.queries.day_people import planners
from data.queries.nudges import OUTCOME
from data.writes import nudges as writes
from domain.access import Scope
from domain.coaching.nudge_experiment import Arm, ArmResult, arm_of, results, stopped
from domain.coaching.nudge_words import sentence
from domain.coaching.nudges import HOURS, LOOKED_BACK_WEEKS, MOST_A_DAY, Pattern, ToldNudge, best_hours, pattern
from domain.facts import AgentChoice
from domain.local_time import local_time
from domain.notices import NoticeKind
from domain.records import Role
from services import daily_plan
from services.access import Viewer, require_role, viewer
from services.agents import agent_seen
from services.morning import ZONES_REACH
from services.notifications import Notice, notify_person

KIND: Final = "nudge"
METRIC_KEY: Final = "calls"
"""The one kind of work whose hours are kept: an hour's usual of anything else would need all activities read again."""
WEEK: Final = timedelta(days=7)
REMEMBERED: Final = timedelta(days=180)
"""How long own nudges say at which hours an agent acts, and the experiment's results are told of."""
USEFUL_FOR: Final = timedelta(minutes=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlyNudge:
    """Where an agent stands at this hour, and what they were told lately."""

    pattern: Pattern
    told: ToldNudge | None
    """The latest nudge of today while it is of use; None too for a day that is held out."""


def hourly_nudge(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> HourlyNudge:
    """The agent's calls before this hour against their own days of the weekday; raises NotFoundError for one the viewer may not see."""
    agent = agent_seen(session, viewer, agent_id, local_time(now, viewer.time_zone).on)
    today = local_time(now, agent.time_zone).on
    told = told_lately(session, viewer, agent_id, today, now)
    return HourlyNudge(pattern=_pattern(session, viewer.scope, agent, now), told=told)


def told_lately(session: Session, viewer: Viewer, agent_id: int, today: date, now: datetime) -> ToldNudge | None:
    """The latest nudge of the last two hours, for the screen: without working the pattern out again."""
    found = queries.nudges_of_day(session, viewer.scope, agent_id, today)
    return next((each for each in found if now - each.made_at < OUTCOME), None)


def nudge_everybody(session: Session, now: datetime) -> dict[str, int]:
    """Nudge whoever is behind their own usual at an hour of theirs, on a day they work; at most one an hour and three a day."""
    working = [
        each for each in planners(session, now.date() - ZONES_REACH) if _works_now(each.agent, each.planned_days - each.days_off, now)
    ]
    if not working:
        return {"looked_at": 0, "nudged": 0}
    off = stopped(results(queries.agent_days(session, now - REMEMBERED, now - OUTCOME)))
    return {"looked_at": len(working), "nudged": sum(_nudge(session, each.agent, off, now) for each in working)}


def nudge_results(session: Session, who: Viewer, now: datetime) -> tuple[ArmResult, ...]:
    """What each wording is worth against the days held out, of the last half year, for administrators. Raises AccessError."""
    require_role(who, {Role.ADMIN})
    return results(queries.agent_days(session, now - REMEMBERED, now - OUTCOME))


def _works_now(agent: AgentChoice, days: frozenset[date], now: datetime) -> bool:
    shown = local_time(now, agent.time_zone)
    return shown.on in days and shown.hour in HOURS


def _nudge(session: Session, agent: AgentChoice, off: frozenset[Arm], now: datetime) -> bool:
    """Whether the agent was nudged, or would have been and was held out."""
    today, hour = (shown := local_time(now, agent.time_zone)).on, shown.hour
    had = queries.hours_of_day(session, agent.agent_id, today)
    if (
        hour in had
        or len(had) >= MOST_A_DAY
        or hour not in best_hours(queries.sent_nudges(session, agent.agent_id, now - REMEMBERED, now - OUTCOME))
    ):
        return False
    held = wishes.wishes_of(session, {agent.agent_id})[agent.agent_id]
    found = _pattern(session, Scope(viewer_id=agent.agent_id, role=Role.AGENT), agent, now)
    if NoticeKind.NUDGES in held.unwanted or held.is_quiet(now) or not found.is_behind:
        return False
    return _tell(session, agent, found, arm_of(agent.agent_id, today.isoformat(), off), today, now)


def _tell(session: Session, agent: AgentChoice, found: Pattern, arm: Arm, today: date, now: datetime) -> bool:
    words = sentence(arm, found, today, _next_step(session, agent, now) if arm is Arm.NEXT_STEP else None)
    row = {"agent_id": agent.agent_id, "day": today, "hour": found.hour, "arm": arm, "metric_key": METRIC_KEY, "sentence": words}
    is_new = writes.keep(session, row | {"usual": found.usual, "done": found.done, "days": found.days, "made_at": now})
    if is_new and words:
        notice = Notice(
            kind=KIND,
            title=words[:200],
            link=f"/daily?agent={agent.agent_id}",
            dedupe_key=f"{KIND}:{agent.agent_id}:{today}:{found.hour}",
            expires_at=now + USEFUL_FOR,
        )
        notify_person(session, agent.agent_id, notice, now)
    return is_new


def _next_step(session: Session, agent: AgentChoice, now: datetime) -> str | None:
    plan = daily_plan.plan_of_today(session, viewer(session, agent.agent_id), agent.agent_id, now)
    return plan.next.title[:120] if plan.next else None


def _pattern(session: Session, scope: Scope, agent: AgentChoice, now: datetime) -> Pattern:
    shown = local_time(now, agent.time_zone)
    earlier = [shown.on - WEEK * weeks for weeks in range(1, LOOKED_BACK_WEEKS + 1)]
    found = queries.calls_by_hour(session, scope, agent.agent_id, [shown.on, *earlier])
    today = found.pop(shown.on, (0,) * 24)
    return pattern(list(found.values()), today, shown.hour)
