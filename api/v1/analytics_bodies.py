"""What the analytics routes answer with: the figures flat, as dashboards want them, and beside each what it rests on."""

from datetime import date
from typing import Self

from pydantic import Field

from api.v1.fields import Shown
from domain.metrics.definition import Unit
from domain.metrics.reading import Reading
from domain.metrics.status import Status
from domain.metrics.team_ranking import Part, Quarter, WayUp
from domain.metrics.work import SECONDS_PER_HOUR
from domain.periods import Period
from services.agent_kpis import AgentKpis
from services.team_position import TeamPosition, Unplaced

PERCENT = 100


class DaysOut(Shown):
    """The days a figure is about, both included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @classmethod
    def of(cls, period: Period) -> Self:
        """The period as two days."""
        return cls.model_validate({"from": period.start, "to": period.last_day})


class FigureOut(Shown):
    """A figure with what it rests on."""

    key: str
    """As in docs/metrics.md."""
    name: str
    unit: Unit
    value: float | None
    """In the metric's unit: shares from 0 to 1, money in minor units; null when there was nothing to measure."""
    sample: int
    """How many facts it rests on."""
    low: float | None
    """Where the figure behind the luck lies with 80 % probability, where that can be said."""
    high: float | None
    before: float | None
    """The same elapsed part of the period before."""
    change_percent: float | None
    is_good: bool | None
    """Whether the change is good news; null when luck explains it or too little stands behind it."""
    status: Status

    @classmethod
    def of(cls, reading: Reading) -> Self:
        """The reading as an answer."""
        low, high = reading.now.interval() or (None, None)
        return cls(
            key=reading.metric.key,
            name=reading.metric.name,
            unit=reading.metric.unit,
            value=reading.value,
            sample=reading.now.sample,
            low=low,
            high=high,
            before=reading.before.value if reading.before else None,
            change_percent=change_percent(reading),
            is_good=reading.change.is_good,
            status=reading.status,
        )


class KpisOut(Shown):
    """The key figures as plain numbers."""

    leads_handled: int
    leads_this_week: int
    """From Monday on, whatever the days asked for."""
    conversion_rate: float | None
    """Percent of the leads assigned in these days that have converted by now."""
    total_revenue_minor: int
    response_time_hours: float | None
    """The median wait of leads first contacted in these days."""
    mean_response_time_hours: float | None
    response_time_working_hours: float | None
    """The same median, of what of the waits fell in working hours: 9:00 to 17:30 of the agent's weekdays, without holidays and absences."""
    satisfaction_score: float | None
    satisfaction_count: int
    team_ranking: int | None
    """1 is best; null without a place, `position.why_not` says why."""
    total_agents: int


class TrendsOut(Shown):
    """Change in percent against the period before; null where there is nothing to compare with."""

    leads: float | None
    conversion: float | None
    revenue: float | None
    response: float | None
    """Negative is an improvement."""
    satisfaction: float | None
    ranking: int | None
    """Places moved up."""


class PartOut(Shown):
    """One component of the score."""

    key: str
    """As in docs/metrics.md."""
    weight: float
    """Its share of the score, from 0 to 1; 0 where there is nothing to measure, and its share goes to the others."""
    quarter: Quarter | None
    """Which quarter of the ranked team it is in; null where there is nothing to measure, or too few colleagues have the figure."""

    @classmethod
    def of(cls, part: Part) -> Self:
        """The component as an answer."""
        return cls(key=part.key, weight=round(part.weight, 3), quarter=part.quarter)


class WayUpOut(Shown):
    """What one component alone would have to be for the next better band; exactly one of the three is there."""

    more_conversions: int | None
    """Of the same leads."""
    more_five_star_ratings: int | None
    response_time_hours: float | None
    """This median wait, from a coarse ladder."""

    @classmethod
    def of(cls, way: WayUp) -> Self:
        """The way up as an answer."""
        hours = None if way.seconds is None else round(way.seconds / SECONDS_PER_HOUR, 2)
        return cls(more_conversions=way.conversions, more_five_star_ratings=way.ratings, response_time_hours=hours)


class PositionOut(Shown):
    """The place in the team. It says nothing about anybody else."""

    days: DaysOut
    """At least 90: a place over fewer would be mostly luck."""
    total_agents: int
    ranked: int | None
    """Those with enough leads; null where so few are that the number would tell about each."""
    place: int | None
    moved: int | None
    """Places moved up against the equally long days that ended where the period before did."""
    is_clear_move: bool
    """False where luck alone may explain it."""
    best: int | None
    """The band of places that luck could swap."""
    worst: int | None
    score: float | None
    """From 0 to 100, to the nearest five."""
    parts: list[PartOut]
    ways_up: list[WayUpOut]
    why_not: Unplaced | None
    leads_missing: int

    @classmethod
    def of(cls, position: TeamPosition) -> Self:
        """The position as an answer."""
        place = position.place
        return cls(
            days=DaysOut.of(position.window),
            total_agents=position.total_agents,
            ranked=position.ranked,
            place=place.position if place else None,
            moved=position.moved,
            is_clear_move=position.is_clear_move,
            best=place.best if place else None,
            worst=place.worst if place else None,
            score=position.score,
            parts=[PartOut.of(part) for part in position.parts],
            ways_up=[WayUpOut.of(way) for way in position.ways_up],
            why_not=position.why_not,
            leads_missing=position.leads_missing,
        )


class AgentKpisOut(Shown):
    """An agent's key figures."""

    agent_id: int
    agent_name: str
    days: DaysOut
    compared_with: DaysOut
    currency: str
    kpis: KpisOut
    trends: TrendsOut
    position: PositionOut
    figures: list[FigureOut]

    @classmethod
    def of(cls, found: AgentKpis, agent_name: str) -> Self:
        """The figures as an answer."""
        return cls(
            agent_id=found.agent_id,
            agent_name=agent_name,
            days=DaysOut.of(found.period),
            compared_with=DaysOut.of(found.compared_with),
            currency=found.currency,
            kpis=_kpis(found),
            trends=_trends(found),
            position=PositionOut.of(found.position),
            figures=[FigureOut.of(each) for each in found.readings.values()],
        )


def change_percent(reading: Reading) -> float | None:
    """The change relative to before, in percent with one decimal."""
    return percent(reading.change.share)


def percent(share: float | None) -> float | None:
    """A share in percent with one decimal."""
    return None if share is None else round(share * PERCENT, 1)


def _kpis(found: AgentKpis) -> KpisOut:
    value = {key: reading.value for key, reading in found.readings.items()}
    return KpisOut(
        leads_handled=round(value["leads_assigned"] or 0),
        leads_this_week=found.leads_this_week,
        conversion_rate=percent(value["conversion_rate"]),
        total_revenue_minor=round(value["revenue"] or 0),
        response_time_hours=value["median_response_time"],
        mean_response_time_hours=value["response_time"],
        response_time_working_hours=value["working_response_time"],
        satisfaction_score=value["satisfaction"],
        satisfaction_count=found.readings["satisfaction"].now.sample,
        team_ranking=found.position.place.position if found.position.place else None,
        total_agents=found.position.total_agents,
    )


def _trends(found: AgentKpis) -> TrendsOut:
    moved = {key: change_percent(reading) for key, reading in found.readings.items()}
    return TrendsOut(
        leads=moved["leads_assigned"],
        conversion=moved["conversion_rate"],
        revenue=moved["revenue"],
        response=moved["median_response_time"],
        satisfaction=moved["satisfaction"],
        ranking=found.position.moved,
    )
