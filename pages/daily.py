"""Daily — what is my day, how far am I, what next?"""

import streamlit as st

from domain.records import Role
from ui import agent_choice, day_board, filters, first_steps, layout
from ui.page import open_page

viewer = open_page("daily")
layout.heading("Daily", "What is my day, how far am I, what next?")
if viewer.role is Role.AGENT:
    first_steps.show(viewer)
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="daily-bar"):
    agent = agent_choice.one_agent(viewer, filters.today(viewer))
    if agent is None:
        st.stop()
    day, today = day_board.chosen_day(agent)
day_board.show(viewer, agent, day, today)
