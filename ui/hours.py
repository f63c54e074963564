"""The Heatmap's sections: the week by its hours, and the calls behind one of them."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from database import database
from domain.facts import ActivityEntry
from domain.formatting import share_text
from domain.metrics.behind import HourOfWeek
from domain.metrics.heatmap import Cell, Heatmap
from services.access import Viewer
from services.heatmap import HeatmapBoard
from services.records import records
from ui import charts, links, tables, trend_charts
from ui.filters import Chosen
from ui.theme import palette
from ui.trend_charts import CELL_SELECTION, WEEKDAYS, hour_text
from ui.wording import counted

NOTE: Final = (
    "Calls by the local weekday and hour of whoever made them. A rate is shown from ten calls on; "
    "the best hour is named only when it is clearly better than the others."
)
FIRST: Final = 10
"""Calls listed below the chart; the link has the rest."""


def week(board: HeatmapBoard) -> Cell | None:
    """The week as a chart and, on request, as a table; returns the hour that was chosen in either."""
    text = trend_charts.week_heatmap_text(board.hours)
    st.caption(text)
    drawn = trend_charts.week_heatmap(board.hours, palette())
    event = charts.show(drawn, alt_text=text, key="week", selection=CELL_SELECTION)
    with st.expander("As a table", icon=":material/table_chart:"):
        from_table = _as_table(board.hours)
    return _clicked(board.hours, event["selection"].get(CELL_SELECTION)) or from_table


def _clicked(hours: Heatmap, points: Any) -> Cell | None:  # noqa: ANN401 - what the browser sends
    """The cell of a click; anything else the browser may send chooses nothing."""
    point = points[0] if isinstance(points, list) and points else points
    if not isinstance(point, Mapping):
        return None
    weekday, hour = point.get("weekday"), point.get("hour")
    if not isinstance(weekday, int) or not isinstance(hour, int) or weekday not in range(1, 8) or hour not in range(24):
        return None
    return hours.cell(weekday, hour)


def _as_table(hours: Heatmap) -> Cell | None:
    shown = [cell for cell in hours.cells if cell.calls]
    columns = {
        "when": tables.text_column("Hour"),
        "calls": tables.number_column("Calls", places=0),
        "conversations": tables.number_column("Conversations", places=0),
        "rate": tables.share_column("Conversation rate", help_text="From ten calls on."),
    }
    rows = [_hour_cells(cell) for cell in shown]
    place = tables.choosable(rows, columns, key="week-table", alt_text=f"{len(rows)} hours of the week with calls.")
    return shown[place] if place is not None else None


def _hour_cells(cell: Cell) -> dict[str, Any]:
    rate = cell.rate.value if cell.is_judged else None
    return {
        "when": hour_text(cell),
        "calls": cell.calls,
        "conversations": cell.conversations,
        "rate": None if rate is None else rate * 100,
    }


def title(cell: Cell) -> str:
    """`Tue 09:00–10:00: 24 calls, 42 % reached somebody`."""
    rate = f", {share_text(cell.rate.value)} reached somebody" if cell.is_judged else ""
    return f"{hour_text(cell)}: {counted(cell.calls, 'call')}{rate}"


def records_of(viewer: Viewer, chosen: Chosen, cell: Cell) -> None:
    """The latest calls of the hour, and a link to all of them."""
    at = HourOfWeek(weekday=cell.weekday, hour=cell.hour)
    with database().reading() as session:
        found = records(session, viewer, "calls", chosen.selection, at=at, limit=FIRST)
    columns = {
        "day": tables.text_column("Day", width="small"),
        "agent": tables.text_column("Agent"),
        "subject": tables.text_column("Subject"),
        "outcome": tables.text_column("Outcome"),
        "with": tables.text_column("With"),
    }
    rows = [_call_cells(fact.entry) for fact in found.facts if isinstance(fact.entry, ActivityEntry)]
    tables.sortable(rows, columns, key="hour-records", alt_text=f"The latest {len(rows)} calls of {hour_text(cell)}.")
    params = links.records_params("calls", chosen.params) | {"weekday": str(cell.weekday), "hour": str(cell.hour)}
    links.page_link(links.RECORDS, f"All {counted(found.count, 'call')}", params, icon=":material/list:")


def _call_cells(entry: ActivityEntry) -> dict[str, Any]:
    return {
        "day": f"{WEEKDAYS[entry.local_on.isoweekday() - 1]} {entry.local_on.isoformat()}",
        "agent": entry.agent_name,
        "subject": entry.subject,
        "outcome": entry.outcome.value.replace("_", " ") if entry.outcome else "not noted",
        "with": entry.lead_name or entry.deal_name or "",
    }
