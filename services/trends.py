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
from domain.periods import Grain, containing
from services.access import Viewer
from services.lookups import Lookups
from services.roster import roster
from services.targets import aims_by_period


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


def targets_over(
    session: Session, viewer: Viewer, selection: Selection, line: Trend, today: date, known: Lookups | None = None
) -> tuple[float | None, ...]:
    """What the selection's people were asked for together in each bucket of the line; None where nothing was.

    Targets are for all of somebody's work, so a choice of categories has none.
    """
    if selection.categories or not line.points:
        return (None,) * len(line.points)
    people = roster(session, viewer.scope, selection, today, known.staff if known else None)
    periods = [containing(point.start, line.grain) for point in line.points]
    asked = aims_by_period(session, people, line.metric.key, periods, today, known.rules if known else None)
    return tuple(aim.target if aim else None for aim in asked)
