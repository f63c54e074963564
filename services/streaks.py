"""An agent's streak: closed days as they are kept, the days since worked out live; and how they want their days counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily, day_plans
from data.queries import streaks as queries
from data.queries.streaks import Settings
from data.writes import streaks as writes
from domain.access import Scope, Selection
from domain.coaching.streaks import MOST_MINIMUM, START, Day, Step, Streak, steps, streak
from domain.counters import Counters
from domain.errors import InputError
from domain.facts import AgentChoice
from domain.local_time import local_time
from domain.periods import Grain, Period, containing
from domain.records import Role
from domain.working_days import Span, WorkDays
from services import points
from services.access import Viewer
from services.day_completion import Completion, completions
from services.work_days import work_days

AGAIN: Final = timedelta(days=14)
"""Days that are closed again each night, because what was done is often written down later."""
FURTHEST: Final = timedelta(days=35)
"""What nothing closed for longer is history: it brings no points and no streak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What the days of an agent are worked out from."""

    by_day: dict[date, Counters]
    planned: WorkDays
    settings: Settings


def streak_of(session: Session, agent: AgentChoice, today: date, known: Week) -> Streak:
    """The agent's streak with today as far as it is; whoever asks has made sure that the viewer may know."""
    month = containing(today, Grain.MONTH)
    closed = queries.closed_days(session, agent.agent_id, Period(min(month.start, today - FURTHEST), today))
    last = closed[-1] if closed else queries.last_closed(session, agent.agent_id, today)
    since = max(last.day + timedelta(days=1), today - FURTHEST) if last else today - FURTHEST
    days = Period(since, today + timedelta(days=1))
    taken = steps(_days(days, known, _completions(session, agent, days, known), today), last.after if last else START)
    states = [each.state for each in closed if each.day in month]
    return streak(taken[-1], [*states, *(step.state for step in taken[:-1] if step.day.on in month)])


def close_days(session: Session, now: datetime) -> dict[str, int]:
    """Close yesterday for everybody whose day is over, the two weeks before it again, and settle their points. Returns counts."""
    work = queries.agents_at_work(session, now.date() - FURTHEST)
    waiting = [(agent, last) for agent, last in work if last is None or last < _yesterday(agent, now)]
    lines = sum(_close(session, agent, last, now) for agent, last in waiting)
    return {"agents": len(waiting), "ledger_lines": lines}


def settings_of(session: Session, agent_id: int) -> Settings:
    """How the agent wants their days counted."""
    return queries.settings_of(session, agent_id)


def choose(session: Session, viewer: Viewer, *, minimum: int, is_shared: bool) -> None:
    """Set one's own daily minimum, from today on, and whether managers see the streak; InputError for a minimum out of reach."""
    if not 1 <= minimum <= MOST_MINIMUM:
        raise InputError(f"A daily minimum is from 1 to {MOST_MINIMUM}: the smallest act that makes a day count.")
    writes.put_settings(session, viewer.person_id, {"minimum": minimum, "is_shared": is_shared})


def mute(session: Session, viewer: Viewer, *, is_muted: bool) -> None:
    """Celebrate with words alone, or with confetti again."""
    writes.put_settings(session, viewer.person_id, {"is_muted": is_muted})


def pause(session: Session, viewer: Viewer, now: datetime) -> None:
    """Let no day count from today on, until it is resumed; nothing where a pause lasts already."""
    found = queries.settings_of(session, viewer.person_id)
    if not found.is_paused:
        _keep_pauses(session, viewer, (*found.pauses, Span(local_time(now, viewer.time_zone).on)))


def resume(session: Session, viewer: Viewer, now: datetime) -> None:
    """Let days count again from today on."""
    today = local_time(now, viewer.time_zone).on
    found = queries.settings_of(session, viewer.person_id)
    _keep_pauses(session, viewer, tuple(Span(each.start, each.end or today) for each in found.pauses))


def known_of(session: Session, agent: AgentChoice, days: Period) -> Week:
    """The agent's work, planned days and settings of these days."""
    own = Scope(viewer_id=agent.agent_id, role=Role.AGENT)
    by_day = daily.totals_by_day(session, own, Selection(period=days, agent_ids=frozenset({agent.agent_id})))
    planned = work_days(session, agent, days)
    return Week(by_day=by_day, planned=planned, settings=queries.settings_of(session, agent.agent_id))


def _completions(session: Session, agent: AgentChoice, days: Period, known: Week) -> dict[date, Completion]:
    """Of these days, by the agent's own facts, whoever looks."""
    own = Scope(viewer_id=agent.agent_id, role=Role.AGENT)
    return completions(known.by_day, day_plans.kept_days(session, own, agent.agent_id, days))


def _days(days: Period, known: Week, done: dict[date, Completion], today: date, minimums: dict[date, int] | None = None) -> list[Day]:
    planned = frozenset(known.planned.days)
    return [
        Day(
            on=day,
            is_planned=day in planned,
            is_paused=known.settings.is_paused_on(day),
            done=done[day].done if day in done else 0,
            is_promise_kept=day in done and done[day].is_promise_kept,
            minimum=(minimums or {}).get(day, known.settings.minimum),
            is_over=day < today,
        )
        for day in days
    ]


def _close(session: Session, agent: AgentChoice, last: date | None, now: datetime) -> int:
    """A day closed before keeps the minimum it was closed with."""
    today = _yesterday(agent, now) + timedelta(days=1)
    since = today - (FURTHEST if last is None else max(AGAIN, min(FURTHEST, today - last - timedelta(days=1))))
    days = Period(since, today)
    known = known_of(session, agent, days)
    before = queries.last_closed(session, agent.agent_id, since)
    minimums = {each.day: each.minimum for each in queries.closed_days(session, agent.agent_id, days)}
    done = _completions(session, agent, days, known)
    taken = steps(_days(days, known, done, today, minimums), before.after if before else START)
    writes.put_days(session, agent.agent_id, _with_points(session, agent, days, known, done, taken))
    return points.settle(session, agent.agent_id, days, known.by_day, now)


def _with_points(
    session: Session, agent: AgentChoice, days: Period, known: Week, done: dict[date, Completion], taken: list[Step]
) -> list[tuple[Step, int, float | None]]:
    own = Scope(viewer_id=agent.agent_id, role=Role.AGENT)
    made = points.points_by_day(session, own, agent.agent_id, days, known.by_day)
    return [(step, made.get(step.day.on, 0), done[step.day.on].share if step.day.on in done else None) for step in taken]


def _yesterday(agent: AgentChoice, now: datetime) -> date:
    return local_time(now, agent.time_zone).on - timedelta(days=1)


def _keep_pauses(session: Session, viewer: Viewer, pauses: tuple[Span, ...]) -> None:
    lasting = [each for each in pauses if each.end is None or each.end > each.start]
    kept = [[each.start.isoformat(), each.end.isoformat() if each.end else None] for each in lasting]
    writes.put_settings(session, viewer.person_id, {"pauses": kept})
