"""The morning of an agent: their plan is made and told, in the words that stand on their screen."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import day_plans, report_readers
from data.queries.day_people import Planner, planners
from domain.access import Scope
from domain.coaching.kept_plan import KeptMustDo
from domain.local_time import local_time, moment_at, wall_clock
from domain.records import Role
from services.notifications import Notice, inbox_key, notify_person
from services.plan_making import make_plan

KIND: Final = "morning_plan"
FROM: Final = time(6)
"""On the agent's clock: before the day begins, and after the night."""
UNTIL: Final = time(10)
"""A plan told later than this is none any more; it is on the screen."""
ZONES_REACH: Final = timedelta(days=1)


def tell_mornings(session: Session, now: datetime) -> dict[str, int]:
    """Make the plan of everybody whose morning it is and tell it once; nothing on a day off or where nothing waits. Returns counts."""
    mornings = [each for each in planners(session, now.date() - ZONES_REACH) if is_between(now, each.agent.time_zone, FROM, UNTIL)]
    told = report_readers.told(session, {inbox_key(_key(each, now), each.agent.agent_id) for each in mornings})
    waiting = [each for each in mornings if inbox_key(_key(each, now), each.agent.agent_id) not in told]
    return {"mornings": len(waiting), "told": sum(_tell(session, each, now) for each in waiting)}


def is_between(now: datetime, time_zone: str, start: time, end: time) -> bool:
    """Whether a clock in the zone shows a time from `start` up to but not including `end`."""
    return start <= wall_clock(now, time_zone).time() < end


def plan_lines(must_dos: Sequence[KeptMustDo]) -> str:
    """The must-dos as they stand on the screen: what, how long, why."""
    return "\n".join(f"{each.position}. {each.title} ({each.minutes} min). {each.reason}" for each in must_dos)


def _tell(session: Session, planner: Planner, now: datetime) -> bool:
    agent = planner.agent
    today = local_time(now, agent.time_zone).on
    if today in planner.days_off:
        return False
    if today not in planner.planned_days:
        make_plan(session, agent, now)
    plan = day_plans.plan_of(session, Scope(viewer_id=agent.agent_id, role=Role.AGENT), agent.agent_id, today)
    open_ones = [each for each in plan.must_dos if not each.is_done] if plan else []
    if not open_ones:
        return False
    notify_person(session, agent.agent_id, _notice(planner, open_ones, today, now), now)
    return True


def _notice(planner: Planner, must_dos: Sequence[KeptMustDo], today: date, now: datetime) -> Notice:
    return Notice(
        kind=KIND,
        title=f"Today first: {must_dos[0].title}",
        body=plan_lines(must_dos),
        link=f"/daily?agent={planner.agent.agent_id}",
        dedupe_key=_key(planner, now),
        expires_at=moment_at(datetime.combine(today, UNTIL), planner.agent.time_zone).moment,
    )


def _key(planner: Planner, now: datetime) -> str:
    return f"{KIND}:{local_time(now, planner.agent.time_zone).on}"
