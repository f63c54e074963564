"""Goals — what do I want to reach, and how far am I?"""

import streamlit as st

from domain.records import Role
from ui import agent_choice, filters, layout
from ui.attempts import show_refusal
from ui.goals import board, form
from ui.page import open_page

ASKS_SELF = "What do I want to reach, and how far am I?"
ASKS_OTHERS = "What does each of them want to reach, and how far are they?"

viewer = open_page("goals")
layout.heading("Goals", ASKS_SELF if viewer.role is Role.AGENT else ASKS_OTHERS)
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="goals-bar"):
    agent = agent_choice.one_agent(viewer, filters.today(viewer))
    if agent is None:
        st.stop()
    form.opener(agent)
show_refusal()
form.show_said()
board.show(agent)
