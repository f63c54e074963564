"""The fields of a card: its words, how long it takes, its day, and the goal, deal or lead it is about."""

from datetime import date
from typing import Final

import streamlit as st

import clock
from database import database
from domain.coaching.vision import ANY_DAY, LONGEST_NOTE, LONGEST_TITLE, MOST_MINUTES, BoardView, Card, CardState, column_names
from domain.facts import AgentChoice
from domain.local_time import local_time
from domain.periods import Period
from services.access import Viewer
from services.goals import goals_of
from ui.goals.words import title_text
from ui.link_choice import deal_choice, lead_choice
from ui.session import signed_in_viewer

NOTHING: Final = "Nothing"
ABOUT: Final = (NOTHING, "Goal", "Deal", "Lead")
STEP_MINUTES: Final = 15


def card_fields(agent: AgentChoice, week: Period, card: Card | None, key: str) -> dict[str, object]:
    """The fields, filled with the card where there is one; what was entered, for `card_details`."""
    title = st.text_input("Title", card.title if card else "", max_chars=LONGEST_TITLE, placeholder="Five calls to past clients", key=key)
    note = st.text_area("Note", card.note if card else "", max_chars=LONGEST_NOTE, height=80, key=f"{key}-note")
    left, right = st.columns(2)
    kept = card.minutes if card else None
    minutes = left.number_input("Minutes", 1, MOST_MINUTES, kept, step=STEP_MINUTES, placeholder="not said", key=f"{key}-minutes")
    days = column_names(week, BoardView.DAY)
    now = card.day.isoformat() if card and card.day and card.day in week else ANY_DAY
    day = right.selectbox("Day", list(days), list(days).index(now), format_func=days.__getitem__, key=f"{key}-day")
    said = {"title": title, "note": note, "minutes": minutes, "day": None if day == ANY_DAY else date.fromisoformat(day)}
    return said | _about(signed_in_viewer(), agent, card, key) | {"state": card.state if card else CardState.TODO}


def _about(viewer: Viewer, agent: AgentChoice, card: Card | None, key: str) -> dict[str, object]:
    kinds = st.pills("It is about", ABOUT, default=_kind(card), required=True, key=f"{key}-about")
    today, name = local_time(clock.now(), agent.time_zone).on, card.about if card else None
    match kinds:
        case "Goal":
            return {"goal_id": _goal(viewer, agent, today, card.goal_id if card else None, key)}
        case "Deal":
            return {"deal_id": deal_choice(viewer, agent, today, key=key, kept=(card.deal_id if card else None, name))}
        case "Lead":
            return {"lead_id": lead_choice(viewer, agent, today, key=key, kept=(card.lead_id if card else None, name))}
    return {}


def _goal(viewer: Viewer, agent: AgentChoice, today: date, kept: int | None, key: str) -> int | None:
    with database().reading() as session:
        running = goals_of(session, viewer, agent.agent_id, today, past=0).current
    names = {each.goal.id: title_text(each) for each in running}
    if kept is not None:
        names.setdefault(kept, "The goal it is about now")
    if not names:
        st.caption("No goal is running.")
        return None
    chosen: int = st.selectbox(
        "Goal", list(names), list(names).index(kept) if kept else 0, format_func=names.__getitem__, key=f"{key}-goal"
    )
    return chosen


def _kind(card: Card | None) -> str:
    linked = (card.goal_id, card.deal_id, card.lead_id) if card else ()
    return next((kind for kind, each in zip(ABOUT[1:], linked, strict=False) if each is not None), NOTHING)
