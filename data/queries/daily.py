"""Sums of the daily roll-up within a viewer's scope and selection: by day, by agent, by hour of the week."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Select,
    cast,
    extract,
    func,
    literal,
    null,
    or_,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from data.models.daily_metrics import daily_metrics
from data.queries.scope import seen_spans, selected, visible, within_reach
from domain.access import Scope, Selection
from domain.counters import BIG_COUNTERS, CALL_HOUR_NAMES, CONVERSATION_HOUR_NAMES, COUNTER_NAMES, HOURS, Counters
from domain.periods import Period
from domain.records import Role


def _sum(name: str) -> str:
    """The counter's sum as an integer; PostgreSQL sums 64-bit integers to decimals."""
    total = f"coalesce(sum(daily_metrics.{name}), 0)"
    return f"CAST({total} AS bigint)" if name in BIG_COUNTERS else total


_SUMS: Final = text(", ".join(_sum(name) for name in COUNTER_NAMES))
"""All sums as one piece of SQL, in the counters' order: building and comparing forty expressions took longer than adding a month."""
_NOUGHTS: Final = text(", ".join("0" for _ in COUNTER_NAMES))
SPAN: Final = -1
"""Marks the row that has no sums but the days."""
DataSpan: TypeAlias = tuple[date, date] | None
"""The first and the last day with facts; None when there are none."""
_HOUR_SUMS: Final = text(", ".join(f"sum(daily_metrics.{name})" for name in (*CALL_HOUR_NAMES, *CONVERSATION_HOUR_NAMES)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHour:
    """Calls of one hour of the week; weekday is ISO (Monday 1), hour is local."""

    weekday: int
    hour: int
    calls: int
    conversations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentCalls:
    """One agent's calls of a local hour of the day (0 to 23) or of an ISO weekday."""

    agent_id: int
    place: int
    calls: int
    conversations: int


def totals(session: Session, scope: Scope, selection: Selection) -> Counters:
    """Everything in the selection together."""
    return _counters(session.execute(select(_SUMS).where(_chosen(scope, selection))).one())


def totals_by_day(session: Session, scope: Scope, selection: Selection) -> dict[date, Counters]:
    """The selection's days that have facts, oldest first."""
    day = daily_metrics.c.day
    rows = session.execute(select(day, _SUMS).where(_chosen(scope, selection)).group_by(day).order_by(day))
    return {on: _counters(sums) for on, *sums in rows}


def counters_by_day(session: Session, scope: Scope, selection: Selection, names: Sequence[str]) -> dict[date, tuple[int, ...]]:
    """A few counters of the selection's days that have facts, in the order of their names: a year of days without the other forty sums."""
    day = daily_metrics.c.day
    sums = (cast(func.sum(daily_metrics.c[name]), BigInteger) for name in names)
    rows = session.execute(select(day, *sums).where(_chosen(scope, selection)).group_by(day))
    return {on: tuple(found) for on, *found in rows}


def totals_by_agent(session: Session, scope: Scope, selection: Selection) -> dict[int, Counters]:
    """The selection's agents that have facts, by id."""
    agent = daily_metrics.c.agent_id
    rows = session.execute(select(agent, _SUMS).where(_chosen(scope, selection)).group_by(agent).order_by(agent))
    return {agent_id: _counters(sums) for agent_id, *sums in rows}


def totals_by_agent_and_month(session: Session, scope: Scope, selection: Selection) -> dict[int, dict[date, Counters]]:
    """For each of the selection's agents with facts, the calendar months that have any, by their first day."""
    agent, month = daily_metrics.c.agent_id, cast(func.date_trunc("month", daily_metrics.c.day), Date).label("month")
    rows = session.execute(select(agent, month, _SUMS).where(_chosen(scope, selection)).group_by(agent, month).order_by(agent, month))
    found: dict[int, dict[date, Counters]] = {}
    for agent_id, first, *sums in rows:
        found.setdefault(agent_id, {})[first] = _counters(sums)
    return found


def partly_hidden(session: Session, scope: Scope, agent_ids: Collection[int], period: Period) -> set[int]:
    """Those of the agents who have facts on days of the period that the viewer may not see."""
    others = frozenset(agent_ids) - {scope.viewer_id}
    if scope.role is not Role.MANAGER or not others:
        return set()
    columns = daily_metrics.c
    theirs = selected(columns.agent_id, columns.day, Selection(period=period, agent_ids=others))
    hidden = select(columns.agent_id).distinct().where(theirs, ~visible(columns.agent_id, columns.day, scope))
    return set(session.scalars(hidden))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentTotals:
    """What one agent's days of a selection add up to."""

    sums: Counters
    last_worked_on: date | None
    """The last of these days with any work; None when there is none."""


def totals_by_agent_in(session: Session, scope: Scope, selections: Sequence[Selection]) -> list[dict[int, AgentTotals]]:
    """For each of the selections, its agents that have facts, by id: one statement for a period and what it is compared with."""
    return _by_selection(session.execute(union_all(*_parts(scope, selections))), len(selections))


def totals_and_span(session: Session, scope: Scope, selections: Sequence[Selection]) -> tuple[list[dict[int, AgentTotals]], DataSpan]:
    """The same, and the first and the last day on which the viewer can see anything; in one statement."""
    seen = _seen_days(scope).subquery()
    span = select(literal(SPAN), null().cast(Integer), seen.c.last_on, seen.c.first_on, _NOUGHTS).select_from(seen)
    rows = session.execute(union_all(span, *_parts(scope, selections))).all()
    first, last = next((first_on, last_on) for part, _, last_on, first_on, *_ in rows if part == SPAN)
    return _by_selection((row for row in rows if row[0] != SPAN), len(selections)), (first, last) if first else None


def _parts(scope: Scope, selections: Sequence[Selection]) -> list[Select[*tuple[Any, ...]]]:
    agent = daily_metrics.c.agent_id
    worked_on = func.max(daily_metrics.c.day).filter(daily_metrics.c.activities > 0).label("worked_on")
    return [
        select(literal(number).label("part"), agent, worked_on, null().cast(Date), _SUMS).where(_chosen(scope, selection)).group_by(agent)
        for number, selection in enumerate(selections)
    ]


def _by_selection(rows: Iterable[Any], parts: int) -> list[dict[int, AgentTotals]]:
    found: list[dict[int, AgentTotals]] = [{} for _ in range(parts)]
    for part, agent_id, last, _, *sums in rows:
        found[part][agent_id] = AgentTotals(sums=_counters(sums), last_worked_on=last)
    return found


def calls_by_hour(session: Session, scope: Scope, selection: Selection) -> list[CallHour]:
    """The hours of the week that have calls, Monday first."""
    weekday = extract("isodow", daily_metrics.c.day)
    rows = session.execute(select(weekday, _HOUR_SUMS).where(_chosen(scope, selection)).group_by(weekday).order_by(weekday))
    hours = (
        CallHour(weekday=int(day), hour=hour, calls=sums[hour], conversations=sums[HOURS + hour])
        for day, *sums in rows
        for hour in range(HOURS)
    )
    return [hour for hour in hours if hour.calls]


def calls_by_agent_and_hour(session: Session, scope: Scope, selection: Selection, weekday: int | None) -> list[AgentCalls]:
    """Each agent's hours of the day that have calls, of one ISO weekday or of all."""
    agent, day = daily_metrics.c.agent_id, daily_metrics.c.day
    on_day = true() if weekday is None else extract("isodow", day) == weekday
    rows = session.execute(select(agent, _HOUR_SUMS).where(_chosen(scope, selection), on_day).group_by(agent))
    hours = (
        AgentCalls(agent_id=agent_id, place=hour, calls=sums[hour], conversations=sums[HOURS + hour])
        for agent_id, *sums in rows
        for hour in range(HOURS)
    )
    return [each for each in hours if each.calls]


def calls_by_agent_and_weekday(session: Session, scope: Scope, selection: Selection) -> list[AgentCalls]:
    """Each agent's ISO weekdays that have calls."""
    columns, weekday = daily_metrics.c, cast(extract("isodow", daily_metrics.c.day), Integer)
    sums = (func.sum(columns.calls), func.sum(columns.conversations))
    query = select(columns.agent_id, weekday, *sums).where(_chosen(scope, selection), columns.calls > 0).group_by(columns.agent_id, weekday)
    return [
        AgentCalls(agent_id=agent_id, place=day, calls=calls, conversations=met) for agent_id, day, calls, met in session.execute(query)
    ]


def days_with_facts(session: Session, scope: Scope) -> DataSpan:
    """The first and the last day on which the viewer can see anything, or None; two look-ups in an index for everybody they may see."""
    first, last = session.execute(_seen_days(scope)).one()
    return (first, last) if first else None


def _seen_days(scope: Scope) -> Select[*tuple[Any, ...]]:
    day = daily_metrics.c.day
    if scope.role is Role.ADMIN:
        return select(func.min(day).label("first_on"), func.max(day).label("last_on"))
    spans = seen_spans(scope).subquery()
    seen = select(day).where(
        daily_metrics.c.agent_id == spans.c.person_id,
        day >= spans.c.from_on,
        or_(spans.c.until_on.is_(None), day < spans.c.until_on),
    )
    first_seen, last_seen = (seen.order_by(order).limit(1).correlate(spans).scalar_subquery() for order in (day.asc(), day.desc()))
    return select(func.min(first_seen).label("first_on"), func.max(last_seen).label("last_on")).select_from(spans)


def all_days_with_facts(session: Session) -> DataSpan:
    """The first and the last day on which anybody has facts, or None."""
    first, last = session.execute(select(func.min(daily_metrics.c.day), func.max(daily_metrics.c.day))).one()
    return (first, last) if first else None


def categories(session: Session, scope: Scope, period: Period) -> list[str]:
    """The categories in the viewer's facts of the period, in alphabetical order, without the empty one."""
    category = daily_metrics.c.category
    query = select(category).distinct().where(_chosen(scope, Selection(period=period)), category != "").order_by(category)
    return list(session.scalars(query))


def _chosen(scope: Scope, selection: Selection) -> ColumnElement[bool]:
    columns = daily_metrics.c
    return _in_scope(scope) & selected(columns.agent_id, columns.day, selection, category=columns.category)


def _in_scope(scope: Scope) -> ColumnElement[bool]:
    agent = daily_metrics.c.agent_id
    return within_reach(agent, scope) & visible(agent, daily_metrics.c.day, scope)


def _counters(sums: Sequence[int]) -> Counters:
    return Counters(**dict(zip(COUNTER_NAMES, sums, strict=True)))
