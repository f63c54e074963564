"""Where the running week, month or quarter is heading, within what a viewer may see and chose, with its own back-test."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from data.queries import colleagues, daily, deal_lives
from domain.access import Selection
from domain.errors import NotFoundError
from domain.forecasting.back_test import HISTORY_DAYS, BackTest, back_test, share_gone
from domain.forecasting.forecast import Forecast, Unforeseen, forecast
from domain.forecasting.foreseen import Parts, foreseen
from domain.forecasting.pipeline import OLDEST, Pipeline
from domain.forecasting.series import Series
from domain.metrics.definition import Metric
from domain.periods import Grain, Period, containing
from domain.records import Role
from services.access import Viewer
from services.agents import agent_seen
from services.lookups import Lookups
from services.roster import Roster, roster
from services.targets import aims


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodForecast:
    """One figure of the running period. Money in minor units."""

    metric: Metric
    period: Period
    """The calendar week, month or quarter today belongs to."""
    currency: str
    people: int
    """Whose working days are planned in it."""
    target: float | None
    """What all of them are asked for in the whole period; None where somebody is asked for nothing."""
    trail: tuple[tuple[date, float], ...]
    """What was there on the evening of each day so far."""
    found: Forecast | Unforeseen
    back_test: BackTest


def period_forecast(
    session: Session, viewer: Viewer, selection: Selection, key: str, grain: Grain, today: date, known: Lookups | None = None
) -> PeriodForecast:
    """The forecast of a metric for the people, teams and categories of the selection; its period is left aside for the running one.

    Raises InputError for a metric that cannot be forecast.
    """
    metric, parts = foreseen(key)
    period = containing(today, grain)
    window = Period(period.start - timedelta(days=HISTORY_DAYS), period.end)
    board = roster(session, viewer.scope, replace(selection, period=window), today, known.staff if known else None)
    series = _series(session, viewer, replace(selection, period=window), parts, board)
    target = None if selection.categories else _target(session, board, key, period, today, known)
    pipeline = _pipeline(session, viewer, replace(selection, period=window), parts, today)
    found = forecast(series, period, today, target, pipeline)
    return PeriodForecast(
        metric=metric,
        period=period,
        currency=board.currency,
        people=len(_working(board, period)),
        target=target,
        trail=_trail(series, period, today),
        found=found,
        back_test=_back_test(series, period, today, pipeline) if isinstance(found, Forecast) else BackTest(tried=()),
    )


def people_asked(session: Session, viewer: Viewer, today: date, *, team_id: int | None, agent_id: int | None) -> Selection:
    """The team's or the agent's people as a selection, everybody's in the viewer's scope without either.

    Raises NotFoundError for a team the viewer does not look after and for an agent they may not see.
    """
    if team_id is not None and not _looks_after(session, viewer, team_id, today):
        raise NotFoundError("There is no such team among those you look after.")
    agents = frozenset() if agent_id is None else frozenset({agent_seen(session, viewer, agent_id, today).agent_id})
    teams = frozenset() if team_id is None else frozenset({team_id})
    return Selection(period=containing(today, Grain.MONTH), agent_ids=agents, team_ids=teams)


def _looks_after(session: Session, viewer: Viewer, team_id: int, today: date) -> bool:
    """An agent sees that their team is there, and no sums of it."""
    is_theirs = viewer.role is Role.ADMIN or team_id in viewer.team_ids
    return is_theirs and bool(colleagues.crews(session, viewer.scope, today, team_id=team_id))


def _series(session: Session, viewer: Viewer, selection: Selection, parts: Parts, board: Roster) -> Series:
    by_day = daily.counters_by_day(session, viewer.scope, selection, parts.counters)
    counts, worth = ({day: sums[place] for day, sums in by_day.items()} for place in (0, -1))
    return Series.of(selection.period, counts, _planned(board, selection.period), None if parts.worth is None else worth)


def _pipeline(session: Session, viewer: Viewer, selection: Selection, parts: Parts, today: date) -> Pipeline | None:
    """The deals on their way to the event; None where it is none of theirs, or there are none."""
    start = selection.period.start
    since = start - timedelta(days=OLDEST)
    found = deal_lives.lives(session, viewer.scope, selection, parts.deals, today=today, since=since) if parts.deals else []
    return Pipeline.of(found, start) if found else None


def _planned(board: Roster, window: Period) -> Mapping[date, int]:
    """How many people each day is a working day of."""
    planned = Counter[date]()
    for agent in board.agents.values():
        planned.update(agent.holder.calendar.present.during(window))
    return planned


def _working(board: Roster, period: Period) -> list[int]:
    return [agent_id for agent_id, agent in board.agents.items() if agent.holder.calendar.present.between(period.start, period.end)]


def _target(session: Session, board: Roster, key: str, period: Period, today: date, known: Lookups | None) -> float | None:
    """What everybody at work in the period is asked together; a target of some of them would stand beside the work of all."""
    asked = aims(session, board, period, today, known.rules if known else None)
    is_everybody = all(key in asked.by_agent.get(agent_id, {}) for agent_id in _working(board, period))
    return asked.together[key].target if is_everybody and key in asked.together else None


def _trail(series: Series, period: Period, today: date) -> tuple[tuple[date, float], ...]:
    start = series.place(period.start)
    days = Period(period.start, today + timedelta(days=1))
    return tuple((day, series.amount_between(start, series.place(day) + 1)) for day in days)


def _back_test(series: Series, period: Period, today: date, pipeline: Pipeline | None) -> BackTest:
    return back_test(series, period, share_gone(series, period, series.place(today)), pipeline)
