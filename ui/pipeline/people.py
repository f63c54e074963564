"""Each agent's volume, lists and revenue, and what a call, a list and an agent bring."""

import streamlit as st

from domain.formatting import money_text
from domain.metrics.catalog import METRICS
from services.pipeline_board import COLUMNS, PipelineBoard
from ui import layout, tables
from ui.filters import Chosen
from ui.wording import counted, plain


def show(chosen: Chosen, board: PipelineBoard) -> None:
    """The card."""
    with layout.section("Agents", key="pipeline-agents", note="Click a heading to sort.", view="pipeline-agents", params=chosen.params):
        if board.revenue_per_agent is not None:
            shown = plain(money_text(board.revenue_per_agent, board.currency))
            st.markdown(f"Revenue per agent **{shown}** :small[:gray[of {counted(len(board.agents), 'agent')} in these days]]")
        columns = {"name": tables.text_column("Agent", pinned=True), "standing": tables.text_column("Against target")} | {
            key: tables.metric_column(METRICS[key], board.currency) for key in COLUMNS
        }
        rows = [
            {"name": each.name, "standing": tables.standing_words(each.readings.values())}
            | {key: tables.cell(reading.metric, reading.value, board.currency) for key, reading in each.readings.items()}
            for each in board.agents
        ]
        names = ", ".join(METRICS[key].name for key in COLUMNS)
        tables.sortable(rows, columns, key="pipeline-agents", alt_text=f"{counted(len(rows), 'agent')} with {names}.")
