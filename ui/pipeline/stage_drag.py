"""The items in their stages as they are dragged; what the browser says came of it is checked and never taken on trust."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st
from sqlalchemy.orm import Session
from streamlit_sortables import sort_items

import clock
from domain.coaching.vision import NOT_THE_SAME
from domain.errors import InputError
from services import deal_moves
from services.access import Viewer
from services.bulk import BulkResult
from services.pipeline_items import PipelineItem, StageColumn
from ui import drag_style
from ui.attempts import attempt
from ui.pipeline import news
from ui.theme import palette

_DRAWN: Final = "pipeline-drawn"
_TRIES: Final = "pipeline-tries"
"""Counts what was refused: the board is then drawn anew, with the items where they are."""
LONGEST: Final = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a browser was shown."""

    key: str
    stages: Mapping[str, str]
    """By the words above a column, its stage."""
    items: Mapping[str, int]
    """By the words on a card, its id."""
    seen: Mapping[int, str]
    """By id, the stage it was shown in."""
    shown: Sequence[Mapping[str, Any]]


def take() -> None:
    """Move what was dragged since the board was drawn, if anything; to be called before the board is read."""
    drawn: Drawn | None = st.session_state.get(_DRAWN)
    said = st.session_state.get(drawn.key) if drawn else None
    if drawn is None or said is None or said == drawn.shown:
        return
    result = attempt(partial(_move, drawn, said))
    if result is None or result.refused:
        st.session_state[_TRIES] = st.session_state.get(_TRIES, 0) + 1
    news.keep(result)


def show(columns: Sequence[StageColumn]) -> None:
    """The board to drag items on."""
    names = labels([item for column in columns for item in column.items])
    shown = [{"header": heading(column), "items": [names[item.id] for item in column.items]} for column in columns]
    tries = st.session_state.get(_TRIES, 0)
    version = hash(tuple((column.stage, column.count, tuple(item.id for item in column.items)) for column in columns))
    drawn = Drawn(
        key=f"pipeline-board-{version}-{tries}",
        stages={heading(column): column.stage for column in columns},
        items={text: item_id for item_id, text in names.items()},
        seen={item.id: column.stage for column in columns for item in column.items},
        shown=shown,
    )
    st.session_state[_DRAWN] = drawn
    sort_items(shown, multi_containers=True, direction="vertical", custom_style=drag_style.narrow_style(palette()), key=drawn.key)


def heading(column: StageColumn) -> str:
    """`Call booked · 12`: how many there are, also those not shown."""
    return f"{column.name} · {column.count:,}"


def labels(items: Sequence[PipelineItem]) -> dict[int, str]:
    """The words on each card by its id: whom it is about, and whose it is where there are several agents.

    A dragged card is known by its words alone, so one that comes twice is numbered.
    """
    has_several = len({item.agent_name for item in items}) > 1
    seen: Counter[str] = Counter()
    found = {}
    for item in items:
        about = (item.company or item.name)[:LONGEST]
        text = f"{about} · {item.agent_name}" if has_several and item.agent_name else about
        seen[text] += 1
        found[item.id] = text if seen[text] == 1 else f"{text} ({seen[text]})"
    return found


def moves_said(drawn: Drawn, said: Any) -> dict[int, str]:  # noqa: ANN401 - a browser says anything
    """Which items are in another stage than they were shown in; InputError for words it was not given, or items left out or doubled."""
    try:
        placed = [(drawn.items[words], drawn.stages[column["header"]]) for column in said for words in column["items"]]
    except (KeyError, TypeError):
        raise InputError(NOT_THE_SAME, code="other_cards") from None
    if sorted(item for item, _ in placed) != sorted(drawn.seen):
        raise InputError(NOT_THE_SAME, code="other_cards")
    return {item: stage for item, stage in placed if stage != drawn.seen[item]}


def _move(drawn: Drawn, said: Any, session: Session, viewer: Viewer) -> BulkResult:  # noqa: ANN401 - a browser says anything
    return deal_moves.move_many(session, viewer, moves_said(drawn, said), clock.now(), seen=drawn.seen)
