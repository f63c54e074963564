"""Revenue over time with its best day and the month it belongs to, and the response time as a rolling mean."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Selection
from domain.metrics.catalog import metric
from domain.metrics.measures import Mean
from domain.metrics.reading import Reading
from domain.metrics.rolling import FOUR_WEEKS, RollingPoint, rolling
from domain.metrics.trend import Point, reaching_back, trend
from domain.metrics.work import SECONDS_PER_HOUR
from domain.periods import Grain, Period, containing
from services.access import Viewer
from services.figures import figures

GRAINS: Final = (Grain.DAY, Grain.WEEK, Grain.MONTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevenueTrend:
    """Revenue of a selection."""

    grain: Grain
    currency: str
    period: Period
    """The days of the trend."""
    points: tuple[Point, ...]
    """The last may be unfinished, and says so."""
    best_day: Point | None
    """The day of the trend with the most revenue, today included, the first of equal ones; None where nothing was sold."""
    month: Period
    """The calendar month of the period's last day that is not to come."""
    compared_with: Period
    month_total: Reading
    """That month so far, against the same days of the month before; without a comparison where the data does not reach back."""


def revenue_trend(
    session: Session, viewer: Viewer, selection: Selection, grain: Grain, today: date, *, with_earlier: bool = False
) -> RevenueTrend:
    """Revenue per day, week or month of what the viewer may see of the selection; with earlier ones, twelve weeks or months at least."""
    revenue, asked = metric("revenue"), selection.period
    month = containing(min(asked.last_day, max(today, asked.start)), Grain.MONTH)
    of_month = figures(session, viewer.scope, replace(selection, period=month), today)
    known_from = of_month.data_span[0] if of_month.data_span else None
    period = reaching_back(asked, grain, known_from) if with_earlier else asked
    by_day = daily.totals_by_day(session, viewer.scope, replace(selection, period=period))
    days = trend(revenue, by_day, period, Grain.DAY, today)
    return RevenueTrend(
        grain=grain,
        currency=of_month.roster.currency,
        period=period,
        points=tuple(days if grain is Grain.DAY else trend(revenue, by_day, period, grain, today)),
        best_day=max((point for point in days if point.value), key=lambda point: point.value or 0.0, default=None),
        month=month,
        compared_with=of_month.before_period,
        month_total=of_month.readings([revenue])[0],
    )


def rolling_response(session: Session, viewer: Viewer, selection: Selection, today: date) -> tuple[RollingPoint, ...]:
    """The mean response time in hours of the 7 and the 28 days up to each day of the period that is not to come."""
    over = selection.period.elapsed(today)
    if over is None:
        return ()
    reaching = Period(over.start - timedelta(days=FOUR_WEEKS - 1), over.end)
    by_day = daily.totals_by_day(session, viewer.scope, replace(selection, period=reaching))
    waits = {day: Mean(sums.response_seconds, sums.responses, SECONDS_PER_HOUR) for day, sums in by_day.items() if sums.responses}
    return tuple(rolling(waits, over))
