"""Weekly and monthly reports about an agent or a team: what they say, from the services the screens read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import colleagues
from domain.access import Selection
from domain.errors import NotFoundError
from domain.formatting import day_text, money_text, period_text, span_text
from domain.metrics.catalog import metric
from domain.metrics.reading import Reading
from domain.periods import Grain, Period
from domain.records import Role
from domain.reports import parts, team_parts
from domain.reports.content import Report, Section
from services import coaching_report
from services.access import Viewer
from services.agent_funnel import agent_funnel
from services.agent_kpis import AgentKpis, agent_kpis
from services.agents import agent_seen
from services.figures import Figures, figures, metrics_for
from services.goals import goals_of
from services.insights import insights_of
from services.lead_sources import lead_sources
from services.revenue_trends import revenue_trend
from services.standing import standing

AGENT_FIGURES: Final = ("leads_assigned", "conversion_rate", "conversions", "revenue", "median_response_time", "satisfaction")
"""What an agent asks first, before the figures of their kind of business."""
NOTES: Final = (
    "Changes are against the same elapsed part of the period before. “Better” and “worse” stand only where more than luck is behind them.",
    "A dash means that there was nothing to measure, which is not zero.",
)


def agent_report(session: Session, viewer: Viewer, agent_id: int, days: Period, today: date, now: datetime) -> Report:
    """The report about one agent, of the days the viewer may see; raises NotFoundError for an agent the viewer may not see today.

    `today` is the day where the agent is. A month's report coaches: it begins with the month in short, what went well and what
    held back, and ends with patterns, achievements, the level and what to do next.
    """
    agent = agent_seen(session, viewer, agent_id, today)
    selection = Selection(period=days, agent_ids=frozenset({agent_id}))
    found = figures(session, viewer.scope, selection, today)
    kpis = agent_kpis(session, viewer, agent_id, days, today)
    readings = _readings(kpis, found)
    coaches = days.grain is Grain.MONTH
    sections = (
        *(coaching_report.opening(session, viewer, agent_id, found, readings, kpis.currency) if coaches else ()),
        _own_figures(kpis, readings),
        parts.targets(_working(found), found.roster.currency),
        _goals(session, viewer, agent_id, days, today),
        parts.funnel(agent_funnel(session, viewer, selection)),
        *_money(session, viewer, selection, today),
        _insights(session, viewer, agent_id, today, now),
        *(coaching_report.closing(session, viewer, agent, days, today, readings) if coaches else ()),
    )
    report = _report(viewer, agent.name, found, sections, today)
    return replace(report, title="Monthly coaching report") if coaches else report


def team_report(session: Session, viewer: Viewer, team_id: int, days: Period, today: date) -> Report:
    """The report about a team: for its managers and admins; NotFoundError, in the same words, for others and for no team."""
    seen = viewer.role is Role.ADMIN or team_id in viewer.scope.team_ids
    crew = colleagues.crews(session, viewer.scope, today, team_id=team_id) if seen else []
    if not crew:
        raise NotFoundError("There is no such team among those you look after.")
    selection = Selection(period=days, team_ids=frozenset({team_id}))
    found = figures(session, viewer.scope, selection, today)
    working = _working(found)
    sections = (
        parts.figures(working, found.roster.currency),
        parts.targets(working, found.roster.currency),
        _standings(found),
        parts.funnel(agent_funnel(session, viewer, selection)),
        *_money(session, viewer, selection, today),
    )
    return _report(viewer, crew[0].name, found, sections, today)


def _report(viewer: Viewer, about: str, found: Figures, sections: tuple[Section, ...], today: date) -> Report:
    days, before = found.selection.period, found.before_period
    unfinished = f", up to {day_text(today)}" if days.is_unfinished(today) else ""
    return Report(
        title="Weekly report" if days.grain is Grain.WEEK else "Monthly report",
        about=about,
        days=f"{period_text(days)}{unfinished}",
        compared_with=f"Compared with {span_text(before.start, before.last_day)}",
        made=f"Made for {viewer.name} on {day_text(today)}",
        sections=sections,
        notes=NOTES,
    )


def _working(found: Figures) -> tuple[Reading, ...]:
    """The figures the Weekly or the Monthly screen shows of the same people."""
    screen = "weekly" if found.selection.period.grain is Grain.WEEK else "monthly"
    return found.readings(metrics_for(found.roster, screen))


def _readings(kpis: AgentKpis, found: Figures) -> tuple[Reading, ...]:
    first = (kpis.readings[key] for key in AGENT_FIGURES)
    return (*first, *(each for each in _working(found) if each.metric.key not in AGENT_FIGURES))


def _own_figures(kpis: AgentKpis, readings: Sequence[Reading]) -> Section:
    section = parts.figures(readings, kpis.currency)
    place = kpis.position.place
    line = f"Place in {kpis.position.team_name}: {place.text}, over {period_text(kpis.position.window)}." if place else ""
    return replace(section, lines=(line,) if line else ())


def _goals(session: Session, viewer: Viewer, agent_id: int, days: Period, today: date) -> Section:
    board = goals_of(session, viewer, agent_id, today)
    touching = [each for each in (*board.current, *board.past) if each.goal.starts_on < days.end and days.start < each.goal.ends_on]
    return parts.goals(touching, board.currency)


def _money(session: Session, viewer: Viewer, selection: Selection, today: date) -> tuple[Section, Section]:
    grain = Grain.DAY if selection.period.grain is Grain.WEEK else Grain.WEEK
    trend = revenue_trend(session, viewer, selection, grain, today)
    best = trend.best_day
    best_line = f"Best day: {day_text(best.start)}, {money_text(best.value or 0, trend.currency)}." if best else ""
    revenue = parts.revenue(trend.points, best_line, trend.month_total, period_text(trend.month), trend.currency)
    return parts.sources(lead_sources(session, viewer, selection), trend.currency), revenue


def _insights(session: Session, viewer: Viewer, agent_id: int, today: date, now: datetime) -> Section:
    board = insights_of(session, viewer, agent_id, today, now)
    return parts.insights(board.shown, [each.sentence for each in board.too_early])


def _standings(found: Figures) -> Section:
    ranked = standing(found, found.agent_ids)
    rows = [
        team_parts.Line(
            name=found.roster.agents[agent_id].name,
            place=ranked.places.get(agent_id),
            score=ranked.score(agent_id),
            readings=found.readings_of(agent_id, [metric(key) for key in team_parts.COLUMNS]),
        )
        for agent_id in (*ranked.places, *(each for each in ranked.indexes if each not in ranked.places))
    ]
    return team_parts.standings(rows, found.roster.currency, by_target=ranked.by_target)
