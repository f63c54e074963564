"""The vision board's forms: a card added, suggested, moved, changed or taken away without dragging; templates used and kept."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

import streamlit as st

from database import database
from domain.coaching.vision import BoardView, Card, CardState, Column, label
from domain.facts import AgentChoice
from domain.periods import Period
from services import vision_additions, vision_changes, vision_templates
from services.vision_board import VisionBoard
from services.vision_changes import Move, SeenBoard
from services.vision_input import card_details
from services.vision_templates import Template
from ui.attempts import attempt, show_refusal
from ui.session import signed_in_viewer
from ui.week import said
from ui.week.said import Section
from ui.week.vision_fields import card_fields
from ui.wording import counted, plain

TOP: Final = "At the top"
LONGEST_NAME: Final = 80


@st.dialog("Add a card", icon=":material/add:", on_dismiss="rerun")
def add(agent: AgentChoice, week: Period, today: date) -> None:
    """A card of one's own for the week."""
    fields = card_fields(agent, week, None, "vision-new")
    if st.button("Add it", type="primary", icon=":material/check:", key="vision-new-save"):
        work = partial(vision_additions.add_card, agent_id=agent.agent_id, day=week.start, today=today)
        said.close(Section.VISION, _with_details(work, fields), "The card is on the board.")
    show_refusal()


@st.dialog("Suggest a card", icon=":material/lightbulb:", on_dismiss="rerun")
def suggest(agent: AgentChoice, week: Period, today: date) -> None:
    """A card for an agent one looks after, who decides."""
    st.caption(f"{plain(agent.name)} sees it above the board and takes it on or not.")
    fields = card_fields(agent, week, None, "vision-idea")
    if st.button("Suggest it", type="primary", icon=":material/check:", key="vision-idea-save"):
        work = partial(vision_additions.suggest_card, agent_id=agent.agent_id, day=week.start, today=today)
        said.close(Section.VISION, _with_details(work, fields), "The card is suggested.")
    show_refusal()


@st.dialog("Move or change a card", icon=":material/swap_horiz:", on_dismiss="rerun")
def move(agent: AgentChoice, board: VisionBoard, view: BoardView, today: date) -> None:
    """Everything that dragging does, by choosing; and a card's words, state and end."""
    cards = {card.id: card for card in board.cards}
    card = cards[st.selectbox("Card", list(cards), format_func=lambda each: label(cards[each]), key="vision-which")]
    seen = SeenBoard(agent_id=board.agent_id, week_on=board.week.start, version=board.version)
    _move_fields(card, board.columns(view), seen, view, today)
    with st.expander("Change its words", icon=":material/edit:"):
        fields = card_fields(agent, board.week, card, f"vision-edit-{card.id}-{board.version}")
        if st.button("Save", icon=":material/check:", key="vision-edit-save"):
            work = partial(vision_changes.change_card, seen=seen, card_id=card.id, today=today)
            said.close(Section.VISION, _with_details(work, fields), "The card is changed.")
    with st.container(horizontal=True):
        if card.state is not CardState.DONE and st.button("Done", icon=":material/task_alt:", key="vision-done"):
            there = Move(view=BoardView.STATE, card_id=card.id, to=CardState.DONE.value)
            _act(vision_changes.move_card, (seen, there, today), "Well done. The card is marked as done.")
        if st.button("Remove", icon=":material/delete:", type="tertiary", key="vision-remove"):
            _act(vision_changes.remove_card, (seen, card.id, today), "The card is removed.")
    show_refusal()


def _move_fields(card: Card, columns: tuple[Column, ...], seen: SeenBoard, view: BoardView, today: date) -> None:
    names = {column.key: column.name for column in columns}
    now = next(column.key for column in columns if card in column.cards)
    to = st.selectbox("Column", list(names), list(names).index(now), format_func=names.__getitem__, key=f"vision-column-{card.id}")
    others = [each for column in columns if column.key == to for each in column.cards if each.id != card.id]
    places = [TOP, *(f"Below {label(each)}" for each in others)]
    numbers = list(range(len(places)))
    place = st.selectbox("Place", numbers, len(places) - 1, format_func=places.__getitem__, key=f"vision-place-{card.id}-{to}")
    if st.button("Move", type="primary", icon=":material/swap_horiz:", key="vision-move-save"):
        there = Move(view=view, card_id=card.id, to=to, index=place)
        _act(vision_changes.move_card, (seen, there, today), f"Moved to {names[to]}.")


@st.dialog("Templates", icon=":material/bookmark:", on_dismiss="rerun")
def templates(agent: AgentChoice, board: VisionBoard, today: date) -> None:
    """Begin with a template, or keep this board as one."""
    viewer = signed_in_viewer()
    with database().reading() as session:
        found = vision_templates.templates_of(session, viewer, agent.agent_id, today)
    if found:
        _use(board, {each.id: each for each in found}, today)
    else:
        st.markdown(":gray[No template yet. Keep a week's board as one, and the next week begins with its cards.]")
    if board.cards:
        _keep(agent, board.week, today)
    show_refusal()


@st.dialog("Keep as team template", icon=":material/bookmark:", on_dismiss="rerun")
def keep(agent: AgentChoice, week: Period, today: date) -> None:
    """For a manager: this board's cards for everybody on the agent's team."""
    st.caption("Everybody on the team can begin a week with these cards. Goals, deals and leads are left out.")
    _keep(agent, week, today)
    show_refusal()


def _use(board: VisionBoard, found: dict[int, Template], today: date) -> None:
    chosen = found[st.selectbox("Template", list(found), format_func=lambda each: _name(found[each]), key="vision-template")]
    with st.container(horizontal=True):
        if st.button(f"Add {counted(chosen.cards, 'card')}", type="primary", icon=":material/add:", key="vision-template-use"):
            asked = (board.agent_id, board.week.start, chosen.id, today)
            _act(vision_templates.use_template, asked, f"The cards of “{chosen.name}” are on the board.")
        if chosen.may_remove and st.button("Delete template", icon=":material/delete:", type="tertiary", key="vision-template-remove"):
            _act(vision_templates.remove_template, (board.agent_id, chosen.id, today), "The template is deleted.")


def _keep(agent: AgentChoice, week: Period, today: date) -> None:
    name = st.text_input("Name", max_chars=LONGEST_NAME, placeholder="A good start", key="vision-template-name")
    if st.button("Keep these cards as a template", icon=":material/bookmark_add:", key="vision-template-keep"):
        _act(vision_templates.save_template, (agent.agent_id, week, name, today), "The template is kept.")


def _name(template: Template) -> str:
    return f"{template.name} · {template.team_name or 'yours'}"


def _with_details(work: Callable[..., Any], fields: dict[str, object]) -> bool | None:
    """True when the work was done with the card described; None when it was refused."""
    return attempt(lambda session, viewer: (work(session, viewer, details=card_details(**fields)), True)[1])


def _act(deed: Callable[..., Any], asked: tuple[object, ...], became: str) -> None:
    said.close(Section.VISION, attempt(lambda session, viewer: (deed(session, viewer, *asked), True)[1]), became)
