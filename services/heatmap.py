"""When calls are made and reach somebody, within a selection."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Selection
from domain.metrics.heatmap import Heatmap, heatmap
from services.access import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatmapBoard:
    """The hours of the week, in the agents' local time."""

    selection: Selection
    hours: Heatmap
    has_data: bool
    data_span: tuple[date, date] | None


def call_heatmap(session: Session, viewer: Viewer, selection: Selection) -> HeatmapBoard:
    """Calls and conversations of the selection by weekday and hour."""
    hours = daily.calls_by_hour(session, viewer.scope, selection)
    return HeatmapBoard(
        selection=selection,
        hours=heatmap((each.weekday, each.hour, each.calls, each.conversations) for each in hours),
        has_data=bool(hours),
        data_span=daily.days_with_facts(session, viewer.scope),
    )
