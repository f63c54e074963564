"""The evening of an agent's day: how it went, on the screen and as a message at the end of the working day."""

from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import insights as sales_queries
from data.queries import report_readers
from data.queries.day_people import Planner, planners
from domain.access import Selection
from domain.coaching.day_end import DaySummary, best_moment, first_step, next_entry, streak_words
from domain.facts import AgentChoice, EventEntry
from domain.local_time import local_time, moment_at
from domain.metrics.status import Tone
from domain.periods import Grain, Period, containing
from domain.records import WORK_TYPES
from domain.working_hours import DAY_ENDS
from services import calendar, daily_plan, insights, timeline
from services.access import Viewer, viewer
from services.agents import agent_seen
from services.morning import ZONES_REACH, is_between
from services.notifications import Notice, inbox_key, notify_person
from services.play_day import play_day
from services.roster import currency_of
from services.vision_board import is_own
from services.work_days import next_work_day

KIND: Final = "end_of_day"
UNTIL: Final = time(20, 30)
"""A summary told later than three hours after work interrupts an evening; it is on the screen."""
TOMORROW: Final = timedelta(days=1)


def is_evening(agent: AgentChoice, now: datetime) -> bool:
    """Whether the agent's working day is over."""
    return is_between(now, agent.time_zone, DAY_ENDS, time.max)


def summary_of(session: Session, who: Viewer, agent_id: int, day: date, now: datetime) -> DaySummary:
    """How the agent's day went; raises NotFoundError for an agent the viewer may not see that day.

    Points and streak are told of today, and to nobody but the agent; of a streak that is paused nothing is said.
    """
    agent = agent_seen(session, who, agent_id, day)
    plan = daily_plan.plan_of(session, who, agent_id, day, now)
    entries = [each for each in timeline.day_of(session, who, agent_id, day) if each.type in WORK_TYPES]
    sales = sales_queries.sales(session, who.scope, agent_id, containing(day, Grain.DAY))
    works_on = next_work_day(session, agent, day)
    following = _following(session, who, agent_id, day, works_on)
    is_live = day == local_time(now, agent.time_zone).on
    own = play_day(session, who, agent_id, now) if is_live and is_own(who, agent_id) else None
    left = next((each.title for each in plan.asked if not each.is_done), None) if plan else None
    return DaySummary(
        day=day,
        done=plan.done if plan else 0,
        asked=len(plan.asked) if plan else 0,
        activities=len(entries),
        best_moment=best_moment(entries, (amount for _, amount in sales), currency_of(session), agent.time_zone),
        insight=_insight(session, who, agent_id, day, now),
        first_step=first_step(following, left),
        next_on=following.local_on if following else works_on,
        points=own.points if own else None,
        streak=streak_words(own.streak) if own and own.streak else None,
    )


def tell_evenings(session: Session, now: datetime) -> dict[str, int]:
    """Tell everybody whose working day is over how it went, once; not on a day off or where nothing was planned or logged."""
    evenings = [
        each
        for each in planners(session, now.date() - ZONES_REACH)
        if is_between(now, each.agent.time_zone, DAY_ENDS, UNTIL) and _today(each, now) in each.planned_days - each.days_off
    ]
    told = report_readers.told(session, {inbox_key(_key(each, now), each.agent.agent_id) for each in evenings})
    waiting = [each for each in evenings if inbox_key(_key(each, now), each.agent.agent_id) not in told]
    return {"evenings": len(waiting), "told": sum(_tell(session, each, now) for each in waiting)}


def _tell(session: Session, planner: Planner, now: datetime) -> bool:
    agent, today = planner.agent, _today(planner, now)
    found = summary_of(session, viewer(session, agent.agent_id), agent.agent_id, today, now)
    if not found.asked and not found.activities:
        return False
    notice = Notice(
        kind=KIND,
        title=found.title,
        body="\n".join(found.lines),
        link=f"/daily?agent={agent.agent_id}",
        dedupe_key=_key(planner, now),
        expires_at=moment_at(datetime.combine(today, UNTIL), agent.time_zone).moment,
    )
    notify_person(session, agent.agent_id, notice, now)
    return True


def _following(session: Session, who: Viewer, agent_id: int, day: date, works_on: date | None) -> EventEntry | None:
    """The first entry after the day up to the next working day: one planned for a Saturday comes before Monday."""
    days = Period(day + TOMORROW, (works_on or day + TOMORROW) + TOMORROW)
    return next_entry(calendar.events_in(session, who, Selection(period=days, agent_ids=frozenset({agent_id}))))


def _insight(session: Session, who: Viewer, agent_id: int, day: date, now: datetime) -> str | None:
    """Good news first: an evening is no time for a list of what is wrong."""
    shown = insights.insights_of(session, who, agent_id, day, now).shown
    best = next((each for each in shown if each.tone is Tone.GOOD), next(iter(shown), None))
    return best.sentence if best else None


def _today(planner: Planner, now: datetime) -> date:
    return local_time(now, planner.agent.time_zone).on


def _key(planner: Planner, now: datetime) -> str:
    return f"{KIND}:{_today(planner, now)}"
