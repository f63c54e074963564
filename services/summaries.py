"""The weekly and the monthly page: how the period goes, how far its leads have come, and how it developed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Selection
from domain.counters import total
from domain.metrics.catalog import metric
from domain.metrics.funnel import Step, funnel
from domain.metrics.pace import Pace, Recent, pace
from domain.metrics.reading import Reading
from domain.metrics.trend import fitting_grain, trend
from domain.periods import Period
from services.access import Viewer
from services.figures import Figures, figures, metrics_for
from services.trends import Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A period at a glance."""

    selection: Selection
    compared_with: Period
    currency: str
    readings: tuple[Reading, ...]
    paces: Mapping[str, Pace]
    """By metric key, for the readings with a pro-rated target."""
    funnel: tuple[Step, ...]
    """The leads assigned in the period, as far as they have come by now."""
    trends: tuple[Trend, ...]
    """One per reading, in the same order."""
    has_data: bool
    data_span: tuple[date, date] | None

    def trend(self, key: str) -> Trend:
        """The trend of a metric among the readings."""
        return next(each for each in self.trends if each.metric.key == key)


def summary(session: Session, viewer: Viewer, selection: Selection, today: date, screen: str) -> Summary:
    """The summary of a selection for the screen "weekly" or "monthly", in seven statements."""
    found = figures(session, viewer.scope, selection, today)
    shown = metrics_for(found.roster, screen)
    readings = found.readings(shown)
    by_day = daily.totals_by_day(session, viewer.scope, selection)
    grain = fitting_grain(selection.period)
    return Summary(
        selection=selection,
        compared_with=found.before_period,
        currency=found.roster.currency,
        readings=readings,
        paces=_paces(found, readings),
        funnel=funnel(total(by_day.values())),
        trends=tuple(Trend(metric=each, grain=grain, points=tuple(trend(each, by_day, selection.period, grain, today))) for each in shown),
        has_data=bool(found.now),
        data_span=found.data_span,
    )


def _paces(found: Figures, readings: tuple[Reading, ...]) -> dict[str, Pace]:
    paced = [each for each in readings if each.aim and each.metric.prorated and each.value is not None]
    return {each.metric.key: pace(each.value or 0.0, each.aim, _recent(found, each)) for each in paced if each.aim}


def _recent(found: Figures, reading: Reading) -> Recent:
    """What the people looked at did in the four weeks before today, and on how many planned days."""
    measured = metric(reading.metric.key).measure(total(each.sums for each in found.recent.values()))
    return Recent(events=measured.sample, amount=measured.value or 0.0, days=found.recent_workdays)
