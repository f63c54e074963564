"""The sheet of an agent's day today, for whoever may see the agent: made of the plan, the calendar and the call list."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.access import Selection
from domain.formatting import day_text
from domain.local_time import local_time, wall_clock
from domain.periods import Period
from domain.records import EventStatus
from domain.reports.day_sheet import MOST_CALLS, MOST_PLANNED, MOST_TO_DO, DaySheet, Line, line
from services import calendar, daily_plan
from services.access import Viewer
from services.agents import agent_seen
from services.call_list import calls_to_make


def day_sheet(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> DaySheet:
    """What is open today. Raises NotFoundError for an agent the viewer may not see today."""
    agent = agent_seen(session, viewer, agent_id, local_time(now, viewer.time_zone).on)
    today, zone = local_time(now, agent.time_zone).on, agent.time_zone
    clock = wall_clock(now, zone)
    return DaySheet(
        about=agent.name,
        day=f"{today:%A}, {day_text(today)}",
        made=f"Made at {clock:%H:%M} ({zone}). What happened since is in Pacesetter; log there what you note here.",
        to_do=_to_do(session, viewer, agent_id, today, now),
        planned=_planned(session, viewer, agent_id, Period(today, today + timedelta(days=1)), zone),
        calls=tuple(
            line(f"{each.callee.name} · {each.callee.phone}", each.reason)
            for each in calls_to_make(session, viewer, agent_id, now)[:MOST_CALLS]
        ),
    )


def _to_do(session: Session, viewer: Viewer, agent_id: int, day: date, now: datetime) -> tuple[Line, ...]:
    """The must-dos that are open and what came in since; nothing where the day has no plan yet."""
    plan = daily_plan.plan_of(session, viewer, agent_id, day, now)
    if plan is None:
        return ()
    still = [line(each.title, each.reason) for each in plan.must_dos if not each.is_done and each.put_off_at is None]
    return tuple([*still, *(line(each.title, each.reason) for each in plan.came_in)][:MOST_TO_DO])


def _planned(session: Session, viewer: Viewer, agent_id: int, day: Period, zone: str) -> tuple[Line, ...]:
    events = calendar.events_in(session, viewer, Selection(period=day, agent_ids=frozenset({agent_id})))
    ahead = [each for each in events if each.status is EventStatus.PLANNED]
    return tuple(line(f"{wall_clock(each.starts_at, zone):%H:%M} {each.title}") for each in ahead[:MOST_PLANNED])
