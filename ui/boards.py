"""The Overview: headline figures, exceptions, development, targets, the table of agents, one agent in detail, and the forecast."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st
from sqlalchemy.orm import Session

from domain.formatting import day_text, value_text
from domain.metrics.definition import Metric
from domain.metrics.flags import Flag, FlagKind
from services.access import Viewer
from services.overview import AgentRow, OverviewBoard, overview
from services.trends import Trend, targets_over, trends
from ui import below, cards, charts, empty, forecast, layout, links, tables, trend_charts
from ui.filters import Chosen
from ui.kept import kept
from ui.looked_up import looked_up
from ui.period_words import comparison_text
from ui.said import said
from ui.session import signed_in_viewer
from ui.theme import palette
from ui.turns import fragment
from ui.wording import plain

TREND: Final = "trend"
CARD_METRICS: Final = 8
"""Two rows of four; the table below has the rest."""
PACE_NOTE: Final = "Bar: so far. Marker: due by now."
AGENTS_NOTE: Final = "Click a heading to sort, a row for its details."
_KIND_WORDS: Final = {
    FlagKind.QUIET: "Silent",
    FlagKind.BEHIND_PACE: "Behind pace",
    FlagKind.REVENUE_GAP: "Revenue gap",
    FlagKind.FALLEN: "Fewer calls",
    FlagKind.BELOW_PEERS: "Below the others",
}


@fragment(key="figures")
def show(chosen: Chosen) -> None:
    """Everything below the filters; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    board = kept(
        viewer,
        chosen.selection.agent_ids,
        ("overview", chosen.selection, chosen.today),
        lambda session: overview(session, viewer, chosen.selection, chosen.today, looked_up(viewer, chosen)),
    )
    if empty.explains(viewer, chosen.selection.period, has_data=board.has_data, data_span=board.data_span):
        return
    headline(board, chosen)
    with layout.section("Worth a look", key="exceptions", note="At most seven findings that are more than luck, most pressing first."):
        exceptions(board, chosen.params)
    below.show(lambda: _rest(viewer, board, chosen))


def _rest(viewer: Viewer, board: OverviewBoard, chosen: Chosen) -> None:
    left, right = st.columns([3, 2])
    with left, layout.section("Over time", key="development", view="trend", params=chosen.params | {"metric": shown_metric(board)}):
        development(viewer, board, chosen)
    with right, layout.section("Against target", key="targets", note=PACE_NOTE, view="overview", params=chosen.params):
        against_target(board)
    with layout.section("Agents", key="agents", note=AGENTS_NOTE, view="agents", params=chosen.params):
        row = agent_table(board)
        if row is not None:
            agent_detail(row, board, chosen.params)
    forecast.show(chosen, [metric.key for metric in _by_telling(board)])


def headline(board: OverviewBoard, chosen: Chosen) -> None:
    """The figures that matter most, as cards that open their records."""
    compared = comparison_text(board.selection.period, chosen.today)
    shown = cards.telling_first(board.readings)[:CARD_METRICS]
    cards.metric_cards(shown, compared_with=compared, currency=board.currency, params=chosen.params)


def against_target(board: OverviewBoard) -> None:
    """Every figure with a target as a bar with a marker where it should be by now."""
    aimed = [reading for reading in board.readings if reading.target]
    if not aimed:
        st.markdown(":gray[No figure here has a target with these days and filters.]")
        return
    text = charts.target_bars_text(aimed, currency=board.currency)
    charts.show(charts.target_bars(aimed, palette(), currency=board.currency), alt_text=text, key="against-target")


def development(viewer: Viewer, board: OverviewBoard, chosen: Chosen) -> None:
    """One figure over the period; which one is the viewer's choice, kept in the address."""
    names = {metric.key: metric.name for metric in _by_telling(board)}
    st.selectbox("Figure", list(names), format_func=names.__getitem__, key=TREND, bind="query-params", width=240)
    key = shown_metric(board)
    line, targets = kept(
        viewer,
        chosen.selection.agent_ids,
        ("overview-trend", chosen.selection, chosen.today, key),
        lambda session: _line(session, viewer, chosen, key),
    )
    trend_charts.show(line, targets, currency=board.currency, key="development")


def _line(session: Session, viewer: Viewer, chosen: Chosen, key: str) -> tuple[Trend, tuple[float | None, ...]]:
    (line,) = trends(session, viewer, chosen.selection, [key], chosen.today)
    return line, targets_over(session, viewer, chosen.selection, line, chosen.today, looked_up(viewer, chosen))


def shown_metric(board: OverviewBoard) -> str:
    """The metric whose development is shown; the first one until the viewer chooses."""
    names = {metric.key: metric.name for metric in _by_telling(board)}
    return said(TREND, names, next(iter(names)))


def _by_telling(board: OverviewBoard) -> list[Metric]:
    """The metrics to choose from, those with something to show first."""
    telling = {reading.metric.key for reading in board.readings if cards.is_telling(reading)}
    return sorted(board.columns, key=lambda metric: metric.key not in telling)


def exceptions(board: OverviewBoard, params: Mapping[str, str]) -> None:
    """What to look at first, each with its evidence and a way to the records behind it."""
    if not board.flags:
        st.markdown(":material/check_circle: Nothing stands out: nobody is clearly behind, silent, or below the others.")
    with st.grid(2, min_column_width=300, gap="small", key="flags"):
        for flag in board.flags:
            _exception(flag, params)


def _exception(flag: Flag, params: Mapping[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"flag-{flag.agent_id}-{flag.kind}-{flag.metric_key}"):
        st.markdown(
            f":orange-badge[:material/flag: {_KIND_WORDS[flag.kind]}] **{plain(flag.agent_name)}:** {plain(flag.sentence)}  \n"
            f":small[:gray[{plain(flag.evidence[:1].upper() + flag.evidence[1:])}]]",
            width="stretch",
        )
        links.records_link(flag.metric_key, params, agent_id=flag.agent_id)


def agent_table(board: OverviewBoard) -> AgentRow | None:
    """One line per agent; the chosen one is returned."""
    columns = {"name": tables.text_column("Agent", pinned=True), "standing": tables.text_column("Against target")} | {
        metric.key: tables.metric_column(metric, board.currency) for metric in _by_telling(board)
    }
    rows = [_agent_cells(row, board) for row in board.agents]
    alt_text = f"{len(rows)} agents with {', '.join(metric.name for metric in board.columns)}."
    place = tables.choosable(rows, columns, key="agents", alt_text=alt_text)
    return board.agents[place] if place is not None else None


def _agent_cells(row: AgentRow, board: OverviewBoard) -> dict[str, Any]:
    figures = {key: tables.cell(reading.metric, reading.value, board.currency) for key, reading in row.readings.items()}
    return {"name": row.name, "standing": tables.standing_words(row.readings.values())} | figures


def agent_detail(row: AgentRow, board: OverviewBoard, params: Mapping[str, str]) -> None:
    """One agent's figures, each with a link to its records."""
    last = f"last activity {day_text(row.last_worked_on)}" if row.last_worked_on else "no activity in these days"
    st.markdown(f"**{plain(row.name)}** :small[:gray[{plain(row.team_name or 'no team')} · {last}]]")
    with st.grid(cards.MAX_COLUMNS, min_column_width=cards.MIN_CARD_WIDTH, gap="small"):
        for reading in row.readings.values():
            with st.container(gap="xxsmall"):
                shown = value_text(reading.metric, reading.value, board.currency)
                st.markdown(f"{reading.metric.name} **{plain(shown)}**  \n{cards.standing(reading, board.currency)}")
                links.records_link(reading.metric.key, params, agent_id=row.agent_id)
