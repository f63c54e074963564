"""The pipeline as the team works it: figures with their targets, what is ahead, how deals get on, and what changed since another day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import add
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily, pipeline_flow
from data.queries import pipeline_ahead as ahead_queries
from data.queries.daily import DataSpan
from domain.access import Selection
from domain.counters import total
from domain.metrics.catalog import metric
from domain.metrics.reading import Reading
from domain.metrics.trend import reaching_back, trend
from domain.periods import Grain, Period
from domain.pipeline.ahead import Ahead
from domain.pipeline.changes import Changes, changes
from domain.pipeline.conversion import COHORT_DAYS, Conversion, Transition, conversion
from domain.pipeline.steps import is_known, ordered
from domain.records import Profile
from services.access import Viewer
from services.figures import Figures, figures
from services.lookups import Lookups
from services.pipeline_stages import pipelines
from services.trends import Trend, targets_over

CARDS: Final = ("calls", "proposals", "agreements", "lists_sent", "list_size", "deals_won", "revenue_per_call", "revenue_per_list")
VOLUMES: Final = ("calls", "proposals", "agreements", "lists_sent", "deals_won", "revenue")
"""What is followed over time against its target."""
COLUMNS: Final = ("calls", "agreements", "lists_sent", "deals_won", "revenue", "revenue_per_call", "revenue_per_list")
"""What is told of each agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineAgent:
    """One agent's line."""

    agent_id: int
    name: str
    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineBoard:
    """The figures of a selection."""

    selection: Selection
    compared_with: Period
    currency: str
    profiles: tuple[Profile, ...]
    """The kinds of business among the people, whose stages there are."""
    readings: tuple[Reading, ...]
    agents: tuple[PipelineAgent, ...]
    """By name; those without anything too."""
    revenue_per_agent: float | None
    """In minor units: revenue by the agents who were there; None where nobody was."""
    has_data: bool
    data_span: DataSpan


@dataclass(frozen=True, slots=True)
class Followed:
    """What to follow over time."""

    key: str
    grain: Grain
    data_span: DataSpan = None
    """That of the board, where somebody has read it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """A metric over time with what was asked in each bucket."""

    trend: Trend
    targets: tuple[float | None, ...]
    """As many as there are points; None where nothing was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceThen:
    """What changed since a day whose state was kept."""

    day: date
    has_amounts: bool
    """Whether any of these deals has a known amount."""
    account: Changes


def pipeline_board(session: Session, viewer: Viewer, selection: Selection, today: date, known: Lookups | None = None) -> PipelineBoard:
    """The figures of the selection, together and per agent."""
    found = figures(session, viewer.scope, selection, today, known)
    return PipelineBoard(
        selection=selection,
        compared_with=found.before_period,
        currency=found.roster.currency,
        profiles=found.roster.profiles,
        readings=found.readings(metric(key) for key in CARDS),
        agents=tuple(_agent(found, agent_id) for agent_id in found.agent_ids),
        revenue_per_agent=_per_agent(found),
        has_data=bool(found.now),
        data_span=found.data_span,
    )


def _agent(found: Figures, agent_id: int) -> PipelineAgent:
    readings = found.readings_of(agent_id, [metric(key) for key in COLUMNS])
    return PipelineAgent(agent_id=agent_id, name=found.roster.agents[agent_id].name, readings={each.metric.key: each for each in readings})


def _per_agent(found: Figures) -> float | None:
    if not found.agent_ids:
        return None
    return total(each.sums for each in found.now.values()).revenue_minor / len(found.agent_ids)


def target_line(
    session: Session, viewer: Viewer, selection: Selection, followed: Followed, today: date, known: Lookups | None = None
) -> TargetLine:
    """A metric of the last fortnight, twelve weeks or months up to the selection's end, with its targets. InputError for an unknown key."""
    asked, grain = metric(followed.key), followed.grain
    span = followed.data_span or daily.days_with_facts(session, viewer.scope)
    wide = replace(selection, period=_reaching_back(selection.period, grain, span[0] if span else None, today))
    by_day = daily.totals_by_day(session, viewer.scope, wide)
    line = Trend(metric=asked, grain=grain, points=tuple(trend(asked, by_day, wide.period, grain, today)))
    return TargetLine(trend=line, targets=targets_over(session, viewer, wide, line, today, known))


def _reaching_back(period: Period, grain: Grain, known_from: date | None, today: date) -> Period:
    """A fortnight by day; by week or month the twelve units that end with the period, or with today in one still running."""
    last = max(period.start, min(period.last_day, today))
    if grain is Grain.DAY:
        return Period(last - timedelta(days=13), last + timedelta(days=1))
    return reaching_back(Period(period.start, last + timedelta(days=1)), grain, known_from)


def pipeline_ahead(session: Session, viewer: Viewer, selection: Selection, today: date, now: datetime) -> Ahead:
    """What is booked, waits and is due from today on, whatever days are chosen."""
    return ahead_queries.ahead(session, viewer.scope, selection, today, now)


def conversions(session: Session, viewer: Viewer, selection: Selection, today: date) -> dict[Transition, Conversion]:
    """How many deals get from each step to the next, of those that entered it in the year before the selection's end.

    Steps nobody entered are left out: other businesses have others.
    """
    until = min(today, selection.period.last_day)
    found = pipeline_flow.spells(session, viewer.scope, selection, until - timedelta(days=COHORT_DAYS), today)
    return {transition: conversion(spells) for transition, spells in found.items() if spells}


def changes_since(session: Session, viewer: Viewer, selection: Selection, wanted: date, today: date) -> SinceThen | None:
    """What changed in the open pipeline since the end of the day wanted, or of the nearest one kept; None before a first one was kept."""
    day, flows = pipeline_flow.flows(session, viewer.scope, selection, wanted, today)
    if day is None:
        return None
    unknown = {stage for flow in flows for stage in (flow.stage_was, flow.stage_now) if stage and not is_known(stage)}
    learned = pipeline_flow.stage_order(session, viewer.scope, selection, today, unknown) if unknown else ()
    account = changes(flows, [pipelines(session).places(), ordered(learned)])
    worth = reduce(add, account.parts.values(), account.before + account.after)
    return SinceThen(day=day, has_amounts=worth.amount_minor > 0, account=account)
