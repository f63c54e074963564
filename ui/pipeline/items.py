"""The items in the stages of their pipeline: dragged, or chosen and moved by a form, one or many; one is opened to change its dates."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.profiles import PROFILES
from domain.records import Profile
from services import deal_moves
from services.access import Viewer
from services.bulk import BulkResult
from services.pipeline_board import PipelineBoard
from services.pipeline_items import PER_STAGE, StageColumn, stage_columns
from services.pipeline_stages import pipelines
from ui import layout
from ui.attempts import attempt
from ui.filters import Chosen
from ui.kept import kept
from ui.pipeline import item_form, news, stage_drag

NOTE: Final = (
    f"Open items of the people chosen, whatever days are chosen, and those decided today: the last {PER_STAGE} moved of each stage, the "
    "number above is of all. Drag an item to its stage, with the keyboard Space lifts it, arrow keys move it, Space puts it down; the form "
    "below does the same for many at once. Every move is kept with who made it and when."
)
WHICH, TO = "pipeline-which", "pipeline-to"


def show(viewer: Viewer, chosen: Chosen, board: PipelineBoard) -> None:
    """The card."""
    with layout.section("Items", key="items", note=NOTE):
        news.show()
        profile = _profile(board.profiles)
        columns = kept(
            viewer,
            chosen.selection.agent_ids,
            ("pipeline-items", chosen.selection, profile, chosen.today),
            lambda session: stage_columns(session, viewer, chosen.selection, profile, chosen.today),
        )
        if not any(column.items for column in columns):
            st.markdown(":gray[No item is open in these stages.]")
            return
        with database().reading() as session:
            used = pipelines(session).used(profile)
        stage_drag.show(columns)
        _form(columns, {stage.key: stage.name for stage in used} | {column.stage: column.name for column in columns if column.stage})


def _profile(profiles: Sequence[Profile]) -> Profile:
    if len(profiles) == 1:
        return profiles[0]
    return Profile(
        st.segmented_control(
            "Pipeline", list(profiles), default=profiles[0], format_func=lambda each: PROFILES[each].name, key="pipeline-of", required=True
        )
        or profiles[0]
    )


def _form(columns: Sequence[StageColumn], stages: Mapping[str, str]) -> None:
    shown = {item.id: item for column in columns for item in column.items}
    names = stage_drag.labels(list(shown.values()))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="pipeline-form"):
        picked = st.multiselect("Items", list(names), format_func=names.__getitem__, key=WHICH, placeholder="Choose one or many", width=360)
        stage = st.selectbox(
            "To stage", list(stages), format_func=stages.__getitem__, index=None, key=TO, placeholder="Choose a stage", width=220
        )
        seen = {each: shown[each].stage for each in picked}
        st.button("Move", icon=":material/swap_horiz:", disabled=not (picked and stage), on_click=_move, args=(seen,), key="pipeline-move")
        if len(picked) == 1 and st.button("Dates and list", icon=":material/edit_calendar:", key="pipeline-open"):
            item_form.show(picked[0])


def _move(seen: Mapping[int, str]) -> None:
    """To the stage chosen at the click."""
    stage: str | None = st.session_state[TO]
    if not stage:
        return

    def work(session: Session, viewer: Viewer) -> BulkResult:
        return deal_moves.move_many(session, viewer, dict.fromkeys(seen, stage), clock.now(), seen=seen)

    news.keep(attempt(work))
    st.session_state[WHICH] = []
