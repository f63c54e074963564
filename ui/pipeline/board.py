"""The Pipeline screen: its figures first, then what is ahead and how volume runs against target, then its parts one at a time."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from domain.features import Feature
from services.access import Viewer
from services.pipeline_board import PipelineBoard, pipeline_board
from ui import below, cards, empty
from ui.filters import Chosen
from ui.kept import kept
from ui.looked_up import looked_up
from ui.parts import chosen_part
from ui.period_words import comparison_text
from ui.pipeline import ahead, changed, conversions, items, people, stage_drag, volume
from ui.session import signed_in_viewer
from ui.turns import fragment

CHANGES, CONVERSIONS, AGENTS, ITEMS = "What changed", "Conversions", "Agents", "Items"
_PARTS: Final = (CHANGES, CONVERSIONS, AGENTS, ITEMS)


@fragment(key="figures")
def show(chosen: Chosen) -> None:
    """Everything below the filters; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    if not viewer.may_use(Feature.PIPELINE):
        return
    stage_drag.take()
    board = kept(
        viewer,
        chosen.selection.agent_ids,
        ("pipeline", chosen.selection, chosen.today),
        lambda session: pipeline_board(session, viewer, chosen.selection, chosen.today, looked_up(viewer, chosen)),
    )
    if empty.explains(viewer, chosen.selection.period, has_data=board.has_data, data_span=board.data_span):
        return
    compared = comparison_text(board.selection.period, chosen.today)
    shown = [each for each in board.readings if cards.is_telling(each)] or board.readings
    cards.metric_cards(shown, compared_with=compared, currency=board.currency, params=chosen.params)
    below.show(lambda: _rest(viewer, chosen, board))


def _rest(viewer: Viewer, chosen: Chosen, board: PipelineBoard) -> None:
    left, right = st.columns([2, 3])
    with left:
        ahead.show(viewer, chosen, board.currency)
    with right:
        volume.show(viewer, chosen, board)
    shown: dict[str, Callable[[], None]] = {
        CHANGES: lambda: changed.show(viewer, chosen, board.currency),
        CONVERSIONS: lambda: conversions.show(viewer, chosen),
        AGENTS: lambda: people.show(chosen, board),
        ITEMS: lambda: items.show(viewer, chosen, board),
    }
    shown.get(chosen_part(_PARTS), shown[CHANGES])()
