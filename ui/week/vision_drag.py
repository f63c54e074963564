"""The vision board as it is dragged: what the browser is given, and what it says came of it, which is checked and never taken on trust.

A dragged card is known by its words alone, and a board that is given other cards under the same key keeps showing the old ones
(streamlit-sortables 0.3). So the words are unique, and the key carries the version of the board.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import streamlit as st
from sqlalchemy.orm import Session
from streamlit_sortables import sort_items

from domain.coaching.vision import NOT_THE_SAME, BoardView, Column, labels
from domain.errors import InputError
from services import vision_changes
from services.access import Viewer
from services.vision_board import VisionBoard
from services.vision_changes import SeenBoard
from ui import drag_style
from ui.attempts import attempt
from ui.theme import palette

_DRAWN: Final = "vision-drawn"
_TRIES: Final = "vision-tries"
"""Counts what was refused: the board is then drawn anew, with the cards where they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a browser was shown."""

    key: str
    seen: SeenBoard
    view: BoardView
    headers: Mapping[str, str]
    """By the words above a column, its key."""
    cards: Mapping[str, int]
    """By the words on a card, its id."""
    shown: Sequence[Mapping[str, Any]]


def take(today: date) -> None:
    """Keep what was dragged since the board was drawn, if anything; to be called before the board is read."""
    drawn: Drawn | None = st.session_state.get(_DRAWN)
    said = st.session_state.get(drawn.key) if drawn else None
    if drawn is None or said is None or said == drawn.shown:
        return
    if attempt(partial(_arrange, drawn, said, today)) is None:
        st.session_state[_TRIES] = st.session_state.get(_TRIES, 0) + 1


def show(board: VisionBoard, view: BoardView) -> None:
    """The board to drag cards on."""
    columns = board.columns(view)
    cards = labels(board.cards)
    words = {card_id: text for text, card_id in cards.items()}
    shown = [{"header": heading(column), "items": [words[card.id] for card in column.cards]} for column in columns]
    tries = st.session_state.get(_TRIES, 0)
    drawn = Drawn(
        key=f"vision-{board.agent_id}-{board.week.start}-{view}-{board.version}-{tries}",
        seen=SeenBoard(agent_id=board.agent_id, week_on=board.week.start, version=board.version),
        view=view,
        headers={heading(column): column.key for column in columns},
        cards=cards,
        shown=shown,
    )
    st.session_state[_DRAWN] = drawn
    sort_items(shown, multi_containers=True, direction="vertical", custom_style=drag_style.style(palette()), key=drawn.key)


def heading(column: Column) -> str:
    """`To do · 90 min`: what is still to be done in it, where that was said."""
    return f"{column.name} · {column.minutes} min" if column.minutes else column.name


def order_said(drawn: Drawn, said: Any) -> dict[str, list[int]]:  # noqa: ANN401 - a browser says anything
    """The ids per column as the browser has them; InputError for words it was not given."""
    try:
        return {drawn.headers[column["header"]]: [drawn.cards[words] for words in column["items"]] for column in said}
    except (KeyError, TypeError):
        raise InputError(NOT_THE_SAME, code="other_cards") from None


def _arrange(drawn: Drawn, said: Any, today: date, session: Session, viewer: Viewer) -> bool:  # noqa: ANN401 - a browser says anything
    vision_changes.arrange(session, viewer, drawn.seen, drawn.view, order_said(drawn, said), today)
    return True
