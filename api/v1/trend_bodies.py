"""What the funnel, the lead sources and the revenue over time are answered with."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Self

from api.v1.agents import DaysQuery
from api.v1.analytics_bodies import DaysOut, change_percent, percent
from api.v1.fields import Shown
from domain.metrics.funnel import Step
from domain.metrics.rolling import RollingPoint
from domain.metrics.sources import SourceRow
from domain.metrics.trend import Point
from domain.periods import Grain, Period
from services.revenue_trends import RevenueTrend


class StepOut(Shown):
    """One step of the funnel."""

    key: str
    name: str
    count: int
    of_assigned: float | None
    """Percent of the leads assigned."""
    of_previous: float | None
    """Percent of those who reached the step before."""


class FunnelOut(Shown):
    """Leads assigned in the days asked for, as far as they have come by now; lost ones stay in the steps they reached."""

    agent_id: int
    days: DaysOut
    funnel: dict[str, int]
    """`assigned`, `contacted`, `interested`, `converted`."""
    conversion_rates: dict[str, float | None]
    """`contact_rate`, `interest_rate`, `conversion_rate`, each in percent of the leads assigned."""
    steps: list[StepOut]

    @classmethod
    def of(cls, agent_id: int, days: Period, steps: Sequence[Step]) -> Self:
        """The steps as an answer."""
        _, contacted, interested, converted = steps
        return cls(
            agent_id=agent_id,
            days=DaysOut.of(days),
            funnel={step.name.lower(): step.count for step in steps},
            conversion_rates={
                "contact_rate": percent(contacted.of_assigned.value),
                "interest_rate": percent(interested.of_assigned.value),
                "conversion_rate": percent(converted.of_assigned.value),
            },
            steps=[
                StepOut(
                    key=step.key,
                    name=step.name,
                    count=step.count,
                    of_assigned=percent(step.of_assigned.value),
                    of_previous=percent(step.of_previous.value),
                )
                for step in steps
            ],
        )


class SourceOut(Shown):
    """One source."""

    source: str | None
    """Empty where nobody said; null for deals that have neither a lead nor a source of their own."""
    count: int
    """Leads assigned in these days."""
    converted: int
    """Of these, by now."""
    conversion_rate: float | None
    """In percent, with the range in which the true rate lies with 80 % probability."""
    conversion_low: float | None
    conversion_high: float | None
    sales: int
    """Deals won in these days."""
    revenue_minor: int

    @classmethod
    def of(cls, row: SourceRow) -> Self:
        """The row as an answer."""
        low, high = row.conversion.interval() or (None, None)
        return cls(
            source=row.source,
            count=row.leads,
            converted=row.conversion.part,
            conversion_rate=percent(row.conversion.value),
            conversion_low=percent(low),
            conversion_high=percent(high),
            sales=row.sales,
            revenue_minor=row.revenue_minor,
        )


class LeadSourcesOut(Shown):
    """Sources, most leads first."""

    agent_id: int
    days: DaysOut
    currency: str
    sources: list[SourceOut]

    @classmethod
    def of(cls, agent_id: int, days: Period, rows: Sequence[SourceRow], currency: str) -> Self:
        """The rows as an answer."""
        return cls(agent_id=agent_id, days=DaysOut.of(days), currency=currency, sources=[SourceOut.of(row) for row in rows])


class By(StrEnum):
    """The length of a point."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class RevenueQuery(DaysQuery):
    """Which days, and how long a point is; weeks and months are the last twelve unless days are told."""

    by: By = By.DAILY

    @property
    def grain(self) -> Grain:
        """The calendar unit of a point."""
        return {By.DAILY: Grain.DAY, By.WEEKLY: Grain.WEEK, By.MONTHLY: Grain.MONTH}[self.by]

    @property
    def names_days(self) -> bool:
        """Whether days are told; else the trend reaches back."""
        return self.period is not None or self.first_on is not None


class RevenuePointOut(Shown):
    """One day, week or month."""

    date: date
    """Its first day."""
    revenue_minor: int
    sales: int
    """Those whose amount is known."""
    unfinished: bool
    """Days are still to come or outside the days asked for: no fall."""

    @classmethod
    def of(cls, point: Point) -> Self:
        """The point as an answer."""
        return cls(date=point.start, revenue_minor=round(point.value or 0), sales=point.measure.sample, unfinished=point.unfinished)


class RevenueInsightsOut(Shown):
    """What the trend says."""

    best_day: RevenuePointOut | None
    month: DaysOut
    """The month the last of the days lies in."""
    compared_with: DaysOut
    """The same elapsed part of the month before."""
    month_total_minor: int
    month_before_minor: int | None
    """Null where the data does not reach back."""
    month_change_percent: float | None
    is_good: bool | None
    """Whether the change is good news; null where too little stands behind it."""

    @classmethod
    def of(cls, found: RevenueTrend) -> Self:
        """The best day and the month as an answer."""
        total = found.month_total
        return cls(
            best_day=RevenuePointOut.of(found.best_day) if found.best_day else None,
            month=DaysOut.of(found.month),
            compared_with=DaysOut.of(found.compared_with),
            month_total_minor=round(total.value or 0),
            month_before_minor=round(total.before.value or 0) if total.before else None,
            month_change_percent=change_percent(total),
            is_good=total.change.is_good,
        )


class RollingOut(Shown):
    """The mean response time up to a day, in hours; null where no lead was first contacted."""

    date: date
    week_hours: float | None
    four_weeks_hours: float | None


class RevenueTrendOut(Shown):
    """Revenue over time."""

    agent_id: int
    days: DaysOut
    by: By
    currency: str
    data: list[RevenuePointOut]
    insights: RevenueInsightsOut
    response_time: list[RollingOut]

    @classmethod
    def of(cls, agent_id: int, found: RevenueTrend, rolled: Sequence[RollingPoint]) -> Self:
        """The trend as an answer."""
        return cls(
            agent_id=agent_id,
            days=DaysOut.of(found.period),
            by={Grain.DAY: By.DAILY, Grain.WEEK: By.WEEKLY}.get(found.grain, By.MONTHLY),
            currency=found.currency,
            data=[RevenuePointOut.of(point) for point in found.points],
            insights=RevenueInsightsOut.of(found),
            response_time=[
                RollingOut(date=each.day, week_hours=each.week.value, four_weeks_hours=each.four_weeks.value) for each in rolled
            ],
        )
