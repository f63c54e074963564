"""Which of an agent's activities work best, when, what to work on, and the performance score with its account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import activity_outcomes, daily
from domain.access import Selection
from domain.activity_analytics.report import ActivityFacts, TypeReport, report
from domain.activity_analytics.score import SCORED, Score, score_of
from domain.activity_analytics.tally import by_type
from domain.activity_analytics.weeks import Week, weeks_of
from domain.coaching.insights.spans import sales_span
from domain.counters import Counters, total
from domain.metrics.measures import Ratio
from domain.periods import Period
from domain.records import ActivityType
from services.access import Viewer
from services.agents import agent_seen
from services.figures import Figures, figures

MAX_DAYS: Final = 92
"""A quarter: enough for patterns, recent enough to be how somebody works, and few enough single activities to read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityAnalytics:
    """An agent's activities of some days."""

    agent_id: int
    asked: Period
    days: Period
    """What was looked at: the days asked for up to today, at most the last `MAX_DAYS` of them."""
    compared_with: Period | None
    """None where there is nothing of the agent's to compare with."""
    team_days: Period
    """The weeks in which calls are held against the team's."""
    types: tuple[TypeReport, ...]
    weeks: Mapping[ActivityType, tuple[Week, ...]]
    score: Score | None
    """None where no target for work was due in these days."""
    data_span: tuple[date, date] | None
    """The first and the last day with facts in the viewer's scope."""

    @property
    def has_data(self) -> bool:
        """Whether anything was done in these days."""
        return bool(self.types)

    @property
    def is_cut(self) -> bool:
        """Whether fewer days were looked at than have gone by of those asked for."""
        return self.days.start > self.asked.start

    @property
    def strengths(self) -> tuple[TypeReport, ...]:
        """What works best, most conversion first."""
        return tuple(sorted((each for each in self.types if each.is_strength), key=lambda each: -(each.conversion.value or 0.0)))

    @property
    def gaps(self) -> tuple[TypeReport, ...]:
        """What is worth developing, most volume first."""
        return tuple(sorted((each for each in self.types if each.is_gap), key=lambda each: -each.volume))

    @property
    def best_times(self) -> tuple[TypeReport, ...]:
        """What has an hour or weekday that clearly or likely works better, most volume first."""
        timed = (each for each in self.types if each.hour.finding.verdict.is_told or each.weekday.finding.verdict.is_told)
        return tuple(sorted(timed, key=lambda each: -each.volume))


def activity_analytics(session: Session, viewer: Viewer, agent_id: int, period: Period, today: date) -> ActivityAnalytics:
    """The agent's activities on the days the viewer may see; raises NotFoundError for an agent the viewer may not see today."""
    agent_seen(session, viewer, agent_id, today)
    days = looked_at(period, today)
    found = figures(session, viewer.scope, Selection(period=days, agent_ids=frozenset({agent_id})), today)
    facts = _facts(session, viewer, found, agent_id, today)
    types = report(facts)
    return ActivityAnalytics(
        agent_id=agent_id,
        asked=period,
        days=days,
        compared_with=None if facts.before is None else found.before_period,
        team_days=sales_span(today),
        types=types,
        weeks={each.practice.type: weeks_of(each.practice, facts, days, today) for each in types},
        score=_score(found, agent_id),
        data_span=found.data_span,
    )


def looked_at(period: Period, today: date) -> Period:
    """The part of the period up to today, at most its last `MAX_DAYS` days; all of a period that has not begun."""
    gone = period.elapsed(today) or period
    return gone if gone.days <= MAX_DAYS else Period(gone.end - timedelta(days=MAX_DAYS), gone.end)


def _facts(session: Session, viewer: Viewer, found: Figures, agent_id: int, today: date) -> ActivityFacts:
    days, before, team_days = found.selection.period, found.before_period, sales_span(today)
    span = Period(min(before.start, team_days.start), max(days.end, team_days.end))
    by_day = daily.totals_by_day(session, viewer.scope, Selection(period=span, agent_ids=frozenset({agent_id})))
    knows_before = found.knows_before and any(by_day[day].activities for day in before if day in by_day)
    own = total(sums for day, sums in by_day.items() if day in team_days)
    return ActivityFacts(
        now=by_type(activity_outcomes.tallies(session, viewer.scope, agent_id, days)),
        before=by_type(activity_outcomes.tallies(session, viewer.scope, agent_id, before)) if knows_before else None,
        by_day=by_day,
        days_now=tuple(days),
        days_before=tuple(before),
        work_days_now=_work_days(found, agent_id, days, by_day, today),
        work_days_before=_work_days(found, agent_id, before, by_day, today) if knows_before else (),
        own_calls=Ratio(own.conversations, own.calls),
        team_calls=activity_outcomes.team_calls(session, viewer.scope, agent_id, team_days),
    )


def _work_days(found: Figures, agent_id: int, period: Period, by_day: Mapping[date, Counters], today: date) -> tuple[date, ...]:
    """Planned working days that are over, and other days with work."""
    agent = found.roster.agents.get(agent_id)
    planned = frozenset(agent.holder.calendar.present.days) if agent else frozenset()
    worked = {day for day, sums in by_day.items() if sums.activities}
    return tuple(day for day in period if day < today and (day in planned or day in worked))


def _score(found: Figures, agent_id: int) -> Score | None:
    aims, sums = found.aims.by_agent.get(agent_id, {}), found.of(agent_id)
    due = {key: aims[key].expected for key in SCORED if key in aims}
    return score_of({key: int(getattr(sums, key)) for key in SCORED}, due)
