"""What the rules find about one team at a moment, by the facts its managers may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add
from typing import Final

from sqlalchemy.orm import Session

from data.queries import alert_facts as queries
from data.queries import daily, people
from data.queries import goals as goal_queries
from domain.access import Scope, Selection
from domain.alerts.finding import Finding
from domain.alerts.promises import goals_at_risk, lists_overdue
from domain.alerts.silence import LOOKED_AT, data_stopped
from domain.alerts.thresholds import Thresholds
from domain.alerts.week import WorkWeek, low_booked, low_calls, needs_support, week_name
from domain.counters import Counters
from domain.formatting import value_text
from domain.goals.progress import GoalProgress
from domain.local_time import wall_clock
from domain.metrics.index import index_points
from domain.metrics.status import Status
from domain.periods import Grain, Period, containing
from domain.records import Role
from domain.working_days import Span
from services.goals import MOST, by_kept_chances, progress_of
from services.roster import BoardAgent, Roster, roster

NOBODY: Final = 0
"""Looks at a team as its managers do, and is none of them."""
COMPANY_ZONE: Final = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One team looked at now."""

    team_id: int
    name: str
    zone: str
    """The company's, by whose clock a team's day begins."""
    now: datetime

    @property
    def today(self) -> date:
        """By the company's clock."""
        return wall_clock(self.now, self.zone).date()

    @property
    def scope(self) -> Scope:
        """The team's facts and no other: what its managers see."""
        return Scope(viewer_id=NOBODY, role=Role.MANAGER, team_ids=frozenset({self.team_id}))

    def selection(self, period: Period) -> Selection:
        """The team's days in the period."""
        return Selection(period=period, team_ids=frozenset({self.team_id}))


def company_zone(session: Session) -> str:
    """The clock by which teams are watched."""
    organisation = people.organisation(session)
    return organisation.time_zone if organisation else COMPANY_ZONE


def findings(session: Session, team: Watched, held: Thresholds) -> list[Finding]:
    """What every rule that is switched on says about the team and its agents; nothing for a team nobody is on."""
    week = containing(team.today, Grain.WEEK)
    following = containing(week.end, Grain.WEEK)
    since = Period(team.today - LOOKED_AT, following.end)
    board = roster(session, team.scope, team.selection(since), team.today)
    present = [each for each in board.agents.values() if _is_here(each, team.today, following)]
    if not present:
        return []
    found: list[Finding | None] = [
        *_of_the_week(session, team, held, present, week),
        lists_overdue(queries.overdue_lists(session, team.scope, team.today), held.lists, team.today),
        _stopped(session, team, held, board, since),
        *_goals(session, team, held, present),
    ]
    return [each for each in found if each is not None]


def _is_here(agent: BoardAgent, today: date, following: Period) -> bool:
    """Whether they are on the team today or will be by the end of next week."""
    spans = (each.span for each in agent.holder.teams)
    return agent.is_present and any(today in span or following.start in span for span in spans)


def _of_the_week(session: Session, team: Watched, held: Thresholds, present: list[BoardAgent], week: Period) -> Iterator[Finding | None]:
    following, today = containing(week.end, Grain.WEEK), team.today
    (sums,) = daily.totals_by_agent_in(session, team.scope, [team.selection(week)])
    weeks = {each.agent_id: _work_week(each, week, today) for each in present}
    whole, name = reduce(add, weeks.values()), week_name(week.start)
    ahead = reduce(add, (_work_week(each, following, today) for each in present))
    yield low_calls(whole, sum(each.sums.calls for each in sums.values()), held.calls, name)
    booked = queries.booked_calls(session, team.scope, following)
    yield low_booked(whole, ahead, booked, held.booked, week_name(following.start))
    for each in present:
        if each.role is Role.AGENT:
            own = sums[each.agent_id].sums if each.agent_id in sums else Counters()
            points = round(index_points(own).value or 0)
            yield needs_support(each.agent_id, each.name, weeks[each.agent_id], own.calls, points, held, name)


def _work_week(agent: BoardAgent, week: Period, today: date) -> WorkWeek:
    days = agent.holder.calendar
    return WorkWeek(
        gone=days.present.between(week.start, min(max(today, week.start), week.end)),
        planned=days.present.between(week.start, week.end),
        usual=days.regular.between(week.start, week.end),
    )


def _stopped(session: Session, team: Watched, held: Thresholds, board: Roster, since: Period) -> Finding | None:
    present = (each.holder.calendar.present.days for each in board.agents.values())
    work_days = {day for days in present for day in days if day in since}
    arrived = queries.arrivals(session, team.scope, team.zone, team.now)
    return data_stopped(arrived, work_days, wall_clock(team.now, team.zone), held.silent_hours)


def _goals(session: Session, team: Watched, held: Thresholds, present: list[BoardAgent]) -> Iterator[Finding | None]:
    """One finding for each agent with goals that run; judged as the agent is told of them."""
    pursued = {each.agent_id for each in goal_queries.agents_with_goals(session, team.today)} if held.goals else set[int]()
    for agent in present:
        spans = [each.span for each in agent.holder.teams if each.team_id == team.team_id and team.today in each.span]
        if agent.agent_id in pursued and spans:
            yield goals_at_risk(agent.agent_id, agent.name, _at_risk(session, team, agent.agent_id, spans[0]), held.goals)


def _at_risk(session: Session, team: Watched, agent_id: int, here: Span) -> list[str]:
    """The agent's goals at risk in words; those begun before they came rest on days the team's managers may not see."""
    entries = goal_queries.open_goals(session, agent_id, team.today, limit=MOST)
    running = [each for each in entries if here.start <= each.starts_on and team.today in each.days]
    if not running:
        return []
    found, currency = progress_of(session, team.scope, agent_id, running, team.today)
    return [_told(each, currency) for each in by_kept_chances(session, found, team.today) if each.status is Status.AT_RISK]


def _told(goal: GoalProgress, currency: str) -> str:
    value, target = (value_text(goal.definition, each, currency) for each in (goal.value, goal.goal.target))
    return f"{goal.goal.name or goal.definition.name}: {value}, goal {target}"
