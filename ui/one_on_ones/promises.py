"""What an agent took on in 1:1s, on their own day: past its day, due within a week, or done today."""

import streamlit as st

import clock
from database import database
from domain.facts import AgentChoice
from services import one_on_ones
from services.access import Viewer
from services.owners import today_of
from ui.links import page_link
from ui.one_on_ones import commitments


def show(viewer: Viewer, agent: AgentChoice) -> None:
    """The lines with their boxes; nothing to anybody but the agent, and nothing where nothing is near."""
    now = clock.now()
    with database().reading() as session:
        promised = one_on_ones.of_the_day(session, viewer, agent.agent_id, now)
    if not promised:
        return
    st.markdown(":material/handshake: **Taken on in your 1:1s** :small[:gray[only you and whom you promised it see this]]")
    commitments.rows(viewer, promised, today_of(viewer, now), may_drop=False)
    page_link("one_on_ones", "All your commitments", {}, icon=":material/forum:")
