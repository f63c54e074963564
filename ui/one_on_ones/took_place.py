"""For administrators: on which days who talked with whom, and no word of it."""

import streamlit as st

from database import database
from domain.formatting import day_text
from services import one_on_ones
from services.access import Viewer
from ui import layout, tables
from ui.empty import CARD

NOTE = "The latest 200. What was said belongs to the two people; administrators have no way to it."


def show(viewer: Viewer) -> None:
    """The list."""
    with database().reading() as session:
        found = one_on_ones.took_place(session, viewer)
    if not found:
        with st.container(border=True, key=CARD):
            st.header("No 1:1 was held yet", anchor=False)
            st.markdown(
                "Managers find on this screen who needs a conversation and why, with a pre-read for both. Once a talk was held, its day "
                "and its two people stand here, and nothing of what they said."
            )
        return
    rows = [{"Day": day_text(each.held_on), "Agent": each.agent_name, "Held by": each.manager_name} for each in found]
    with layout.section("Held", key="one-on-ones-held", note=NOTE):
        tables.in_words(rows, key="one-on-ones-held", alt_text="1:1s that were held, the latest first: day, agent and manager.")
