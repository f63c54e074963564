"""A line of something to do: words on the left, ways to begin on the right, below them on a phone."""

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import clock
from domain.coaching.daily_plan import MustDoKind
from domain.facts import AgentChoice
from services import calls
from services.call_input import new_call
from ui import links
from ui.attempts import attempt

CALLED: Final = frozenset({MustDoKind.NEW_LEAD, MustDoKind.CALL_BACK, MustDoKind.FOLLOW_UP, MustDoKind.DEAL})
"""What a call does; an appointment is prepared, prospecting has no one lead."""


def row(key: str) -> DeltaGenerator:
    """The line; its first child takes what the buttons leave."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"plan-line-{key}")


def buttons() -> DeltaGenerator:
    """The ways to begin, beside each other."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small", width="content")


def ways(agent: AgentChoice, kind: MustDoKind, key: str, lead_id: int | None, event_id: int | None, *, is_next: bool) -> None:
    """How to begin: a call with the lead where it is one, and what is known of it."""
    if kind in CALLED and (lead_id or event_id):
        call(agent, key, lead_id, event_id, is_next=is_next)
    if lead_id:
        links.page_link("leads", "Open", {"lead": str(lead_id)}, icon=":material/person:")
    elif kind is MustDoKind.PROSPECTING:
        links.page_link("leads", "Leads", {"agent": str(agent.agent_id)}, icon=":material/contacts:")


def call(agent: AgentChoice, key: str, lead_id: int | None, event_id: int | None = None, *, is_next: bool = False) -> None:
    """A tap starts the call: its clock runs on Daily."""
    st.button(
        "Call",
        key=f"call-{key}",
        type="primary" if is_next else "secondary",
        icon=":material/call:",
        on_click=_start,
        args=(agent.agent_id, lead_id, event_id),
    )


def _start(agent_id: int, lead_id: int | None, event_id: int | None) -> None:
    if event_id is not None:
        attempt(lambda session, viewer: calls.start_for_event(session, viewer, event_id, clock.now()))
    else:
        new = new_call(agent_id=agent_id, lead_id=lead_id)
        attempt(lambda session, viewer: calls.start_call(session, viewer, new, clock.now()))
