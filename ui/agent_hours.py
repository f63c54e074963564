"""The Heatmap of everybody: a row for each agent by the hour of the day, of one weekday or all, or by the day of the week."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from domain.metrics.heatmap import Cell
from domain.metrics.measures import Ratio
from services.access import Viewer
from services.heatmap import MOST_AGENTS, Across, AgentHours, CallMatrix, call_matrix
from ui import charts, layout, links, tables, trend_charts
from ui.drawing import Drawing, drawing
from ui.filters import Chosen
from ui.kept import kept
from ui.said import said
from ui.theme import Palette, palette
from ui.trend_charts import CELL_SELECTION, WEEKDAYS
from ui.wording import counted, plain

NOTE: Final = (
    "Each agent's calls by their own local time. The shade and the figure are calls; whoever called in these days has a row. "
    "A click on a cell, or a row of the table, leads to that agent's week."
)
ACROSS, ON = "across", "on"
"""The parameters of the address."""
SIDES: Final = {Across.HOURS: "Hour of the day", Across.WEEKDAYS: "Day of the week"}
DAYS: Final = {0: "All days"} | dict(enumerate(WEEKDAYS, start=1))
ROW_HEIGHT: Final = 28
AXIS_HEIGHT: Final = 26


def show(viewer: Viewer, chosen: Chosen) -> None:
    """The card; nothing where there is nobody to stand beside."""
    params = chosen.params | {ACROSS: said(ACROSS, SIDES, Across.HOURS).value, ON: DAYS[said(ON, DAYS, 0)]}
    with layout.section("Everybody side by side", key="agents", note=NOTE, view="heatmap-agents", params=params):
        across, weekday = _choice()
        found = kept(
            viewer,
            chosen.selection.agent_ids,
            ("heatmap-agents", chosen.selection, across, weekday),
            lambda session: call_matrix(session, viewer, chosen.selection, across, weekday),
        )
        if not found.rows:
            st.markdown(":gray[Nobody called on this day of the week, with these filters.]")
            return
        row = _drawn(found)
        if row is None:
            return
        links.page_link("heatmap", f"{plain(row.name)}: the week", chosen.params | {"agents": str(row.agent_id)}, icon=":material/person:")


def _choice() -> tuple[Across, int | None]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        across = st.segmented_control(
            "Across", list(SIDES), default=Across.HOURS, format_func=SIDES.__getitem__, key=ACROSS, bind="query-params", required=True
        )
        if across is Across.WEEKDAYS:
            return Across.WEEKDAYS, None
        day = st.segmented_control(
            "On", list(DAYS), default=0, format_func=DAYS.__getitem__, key=ON, bind="query-params", required=True, wrap=True
        )
    return Across.HOURS, day or None


def _drawn(found: CallMatrix) -> AgentHours | None:
    """The chart and the table; returns whoever was chosen in either."""
    shown = found.rows[:MOST_AGENTS]
    if len(found.rows) > len(shown):
        st.caption(f"The first {len(shown)} of {len(found.rows):,} agents by name; the table has all, and a team above narrows them.")
    event = charts.show(matrix(found, shown, palette()), alt_text=words(found), key="agents-hours", selection=CELL_SELECTION)
    with st.expander("As a table", icon=":material/table_chart:"):
        place = tables.choosable(_table(found), _columns(found), key="agents-table", alt_text=words(found))
    return _clicked(found, event["selection"].get(CELL_SELECTION)) or (found.rows[place] if place is not None else None)


def matrix(found: CallMatrix, shown: tuple[AgentHours, ...], colors: Palette) -> Drawing:
    """A row for each agent: the shade and the figure in a cell are the calls."""
    cells = [_cell(row, column, found) for row in shown for column in found.columns]
    most = max(cell["calls"] for cell in cells)
    a_look = trend_charts.heatmap_look(most, colors, tuple(row.name for row in shown), ("agent",))
    return drawing(a_look, cells, AXIS_HEIGHT + ROW_HEIGHT * len(shown))


def words(found: CallMatrix) -> str:
    """How many calls of how many agents, and whose cell is the fullest."""
    total = sum(row.calls for row in found.rows)
    on = "" if found.weekday is None else f" on {WEEKDAYS[found.weekday - 1]}"
    row, column = max(((row, column) for row in found.rows for column in row.cells), key=lambda cell: cell[0].cells[cell[1]].whole)
    top = f"most: {row.name}, {_column_text(found, column)} ({row.cells[column].whole:,})"
    return f"{counted(total, 'call')} of {counted(len(found.rows), 'agent')}{on} by {SIDES[found.across].lower()}; {top}."


def _column_text(found: CallMatrix, column: int) -> str:
    return WEEKDAYS[column - 1] if found.across is Across.WEEKDAYS else f"{column:02d}:00–{column + 1:02d}:00"


def _cell(row: AgentHours, column: int, found: CallMatrix) -> dict[str, Any]:
    rate = row.cells.get(column, Ratio(0, 0))
    return {
        "agent": row.agent_id,
        "day": row.name,
        "clock": WEEKDAYS[column - 1] if found.across is Across.WEEKDAYS else f"{column:02d}",
        "when": f"{row.name}, {_column_text(found, column)}",
        "calls": rate.whole,
        "reached": trend_charts.reached_text(Cell(weekday=1, hour=0, rate=rate)),
        "shown": f"{rate.whole:,}" if rate.whole else "",
    }


def _clicked(found: CallMatrix, points: Any) -> AgentHours | None:  # noqa: ANN401 - what the browser sends
    """Whose cell was clicked; anything else the browser may send chooses nobody."""
    point = points[0] if isinstance(points, list) and points else points
    agent_id = point.get("agent") if isinstance(point, Mapping) else None
    return next((row for row in found.rows if row.agent_id == agent_id), None)


def _table(found: CallMatrix) -> list[dict[str, Any]]:
    columns = found.columns
    return [
        {"name": row.name, "calls": row.calls} | {f"c{column}": row.cells[column].whole if column in row.cells else 0 for column in columns}
        for row in found.rows
    ]


def _columns(found: CallMatrix) -> dict[str, Any]:
    return {"name": tables.text_column("Agent", pinned=True), "calls": tables.number_column("Calls", places=0)} | {
        f"c{column}": tables.number_column(WEEKDAYS[column - 1] if found.across is Across.WEEKDAYS else f"{column:02d}", places=0)
        for column in found.columns
    }
