"""Metrics over time, within a selection."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Selection
from domain.metrics.catalog import metric
from domain.metrics.definition import Metric
from domain.metrics.trend import Point, fitting_grain, trend
from domain.periods import Grain
from services.access import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One metric's points."""

    metric: Metric
    grain: Grain
    points: tuple[Point, ...]

    @property
    def best(self) -> Point | None:
        """The highest finished point; None when nothing was measured."""
        measured = [point for point in self.points if not point.unfinished and point.value]
        return max(measured, key=lambda point: point.value or 0.0, default=None)


def trends(
    session: Session, viewer: Viewer, selection: Selection, keys: Iterable[str], today: date, grain: Grain | None = None
) -> tuple[Trend, ...]:
    """The metrics of these keys per day, week, month or quarter (by the period's length unless named), from one statement.

    Raises InputError for an unknown key.
    """
    chosen = [metric(key) for key in keys]
    step = grain or fitting_grain(selection.period)
    by_day = daily.totals_by_day(session, viewer.scope, selection)
    return tuple(Trend(metric=each, grain=step, points=tuple(trend(each, by_day, selection.period, step, today))) for each in chosen)
