"""Calls, agreements, lists and sales over time against their target, by day, week or month."""

from typing import Final

import streamlit as st

from domain.metrics.catalog import METRICS
from domain.periods import Grain
from services.access import Viewer
from services.pipeline_board import VOLUMES, Followed, PipelineBoard, TargetLine, target_line
from ui import layout, trend_charts
from ui.filters import Chosen
from ui.kept import kept
from ui.looked_up import looked_up
from ui.said import said

NOTE: Final = (
    "Up to the end of the days chosen: a fortnight by day, else twelve weeks or months. The line is what was asked of everybody there, "
    "by their working days; with a category chosen there is none, because targets are for all of somebody's work."
)
VOLUME, BY = "volume", "by"
"""The parameters of the address."""
GRAINS: Final = {Grain.DAY: "Day", Grain.WEEK: "Week", Grain.MONTH: "Month"}


def show(viewer: Viewer, chosen: Chosen, board: PipelineBoard) -> None:
    """The card."""
    names = {key: METRICS[key].name for key in VOLUMES}
    params = chosen.params | {VOLUME: said(VOLUME, names, VOLUMES[0]), BY: said(BY, GRAINS, Grain.WEEK).value}
    with layout.section("Against target over time", key="volume", note=NOTE, view="pipeline-volume", params=params):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            key = st.selectbox("Figure", list(names), format_func=names.__getitem__, key=VOLUME, bind="query-params", width=200)
            grain = st.segmented_control(
                "By", list(GRAINS), default=Grain.WEEK, format_func=GRAINS.__getitem__, key=BY, bind="query-params", required=True
            )
        line = _read(viewer, chosen, board, key, Grain(grain))
        trend_charts.show(line.trend, line.targets, currency=board.currency, key="pipeline-volume")


def _read(viewer: Viewer, chosen: Chosen, board: PipelineBoard, key: str, grain: Grain) -> TargetLine:
    followed = Followed(key, grain, board.data_span)
    return kept(
        viewer,
        chosen.selection.agent_ids,
        ("pipeline-volume", chosen.selection, chosen.today, key, grain),
        lambda session: target_line(session, viewer, chosen.selection, followed, chosen.today, looked_up(viewer, chosen)),
    )
