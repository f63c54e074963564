"""The vision board of a week: dragged or moved by a form, read by who looks after the agent."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

import streamlit as st
from sqlalchemy.orm import Session

from domain.coaching.vision import BoardView, Card, label
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from domain.periods import Period
from services import vision_additions, vision_changes
from services.access import Viewer
from services.vision_board import VisionBoard, board_of
from services.vision_changes import SeenBoard
from ui import layout
from ui.attempts import attempt, show_refusal
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.week import said, vision_drag, vision_forms
from ui.week.said import Section
from ui.wording import counted, plain

NOTE: Final = (
    "What this week is for. Drag a card, or with the keyboard: Tab to it, Space lifts it, arrow keys move it, Space puts it down. "
    "*Move or change* does the same without dragging. Your managers can read the board and suggest a card; only its agent changes it."
)
VIEWS: Final = {BoardView.STATE: "By state", BoardView.DAY: "By day"}
COLUMNS: Final = "columns"
"""The name of the choice in the address."""
COLUMN_WIDTH: Final = 150


@fragment(key="vision")
def show(agent: AgentChoice, week: Period, today: date) -> None:
    """The board of the week; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    vision_drag.take(today)
    try:
        board = kept(
            viewer,
            frozenset({agent.agent_id}),
            ("vision", week, today),
            lambda session: board_of(session, viewer, agent.agent_id, week, today),
        )
    except NotFoundError:
        return
    with layout.section("Vision board", key="vision", note=NOTE, height="content"):
        show_refusal()
        said.show(Section.VISION)
        for card in board.suggestions:
            _suggested(card, board, today)
        view = _head(agent, board, today)
        if not board.cards:
            st.markdown(f":gray[{_empty_words(board)}]")
        elif board.may_change:
            vision_drag.show(board, view)
        else:
            _read_only(board, view)


def _head(agent: AgentChoice, board: VisionBoard, today: date) -> BoardView:
    """What the columns are, and what can be done; the view chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="vision-bar"):
        view = st.segmented_control(
            "Columns", list(VIEWS), default=BoardView.STATE, required=True, format_func=VIEWS.__getitem__, key=COLUMNS, bind="query-params"
        )
        if board.may_change:
            _own_buttons(agent, board, view, today)
        elif not board.is_own and not board.is_over:
            if st.button("Suggest a card", icon=":material/lightbulb:", key="vision-suggest"):
                vision_forms.suggest(agent, board.week, today)
            if board.cards and st.button("Keep as team template", icon=":material/bookmark:", type="tertiary", key="vision-keep"):
                vision_forms.keep(agent, board.week, today)
    return BoardView(view)


def _own_buttons(agent: AgentChoice, board: VisionBoard, view: BoardView, today: date) -> None:
    if st.button("Add a card", icon=":material/add:", type="primary", key="vision-add"):
        vision_forms.add(agent, board.week, today)
    if board.cards and st.button("Move or change", icon=":material/swap_horiz:", key="vision-move"):
        vision_forms.move(agent, board, view, today)
    if board.waiting:
        words = f"Take over {counted(board.waiting, 'card')} of last week"
        st.button(words, icon=":material/redo:", key="vision-carry", on_click=_carry, args=(board, today))
    if st.button("Templates", icon=":material/bookmark:", type="tertiary", key="vision-templates"):
        vision_forms.templates(agent, board, today)


def _empty_words(board: VisionBoard) -> str:
    if board.may_change:
        return "Nothing is on the board yet. Add what would make this a good week: three to five cards are plenty."
    return "Nothing was on the board." if board.is_over else "Nothing is on this board yet. You can suggest a first card."


def _read_only(board: VisionBoard, view: BoardView) -> None:
    """The columns as lists."""
    columns = [column for column in board.columns(view) if column.cards or view is BoardView.STATE]
    with st.grid(len(columns), min_column_width=COLUMN_WIDTH, gap="small", key="vision-columns"):
        for column in columns:
            lines = [f"- {plain(label(card))}{_more(card)}" for card in column.cards] or [":gray[Nothing]"]
            st.markdown("\n".join([f"**{plain(vision_drag.heading(column))}**", "", *lines]))


def _more(card: Card) -> str:
    """What a card does not say in its first line."""
    gone = " · taken over into the next week" if card.has_gone_on else ""
    return f"  \n  :small[:gray[{plain(card.note + gone)}]]" if card.note or gone else ""


def _suggested(card: Card, board: VisionBoard, today: date) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"vision-idea-{card.id}"):
        by = f" from {plain(card.suggested_by)}" if card.suggested_by else ""
        note = f"  \n:small[:gray[{plain(card.note)}]]" if card.note else ""
        st.markdown(f":blue-badge[:material/lightbulb: Suggested]{by}: **{plain(label(card))}**{note}", width="stretch")
        if board.may_change:
            _button("Take it on", "check", "accept", card, board, vision_changes.accept_card, today)
            _button("No, thanks", "close", "decline", card, board, vision_changes.remove_card, today)


def _button(words: str, icon: str, key: str, card: Card, board: VisionBoard, deed: Callable[..., None], today: date) -> None:
    seen = SeenBoard(agent_id=board.agent_id, week_on=board.week.start, version=board.version)
    asked = (seen, card.id, today)
    st.button(words, icon=f":material/{icon}:", key=f"vision-{key}-{card.id}", type="tertiary", on_click=_do, args=(deed, asked))


def _do(deed: Callable[..., Any], asked: tuple[object, ...]) -> None:
    attempt(lambda session, viewer: deed(session, viewer, *asked))


def _carry(board: VisionBoard, today: date) -> None:
    taken = attempt(partial(_carried, board, today))
    if taken:
        said.keep(Section.VISION, f"{counted(taken, 'card')} taken over, each marked with ↻.")


def _carried(board: VisionBoard, today: date, session: Session, viewer: Viewer) -> int:
    return vision_additions.carry_over(session, viewer, board.agent_id, board.week.start, today)
