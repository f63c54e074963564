"""Calendar — what is planned, and what was done?"""

import streamlit as st

from ui import agent_choice, calendar_board, calendar_exchange, event_form, filters, layout
from ui.attempts import show_refusal
from ui.page import open_page

viewer = open_page("calendar")
layout.heading("Calendar", "What is planned, and what was done?")
today = filters.today(viewer)
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="calendar-bar"):
    asked = calendar_board.span(today)
    agents = agent_choice.agents(viewer, today)
    if agents and st.button("Book time", type="primary", icon=":material/add:", key="book"):
        event_form.book(agents, asked[-1])
show_refusal()
event_form.show_said()
if agents:
    calendar_board.show(agents, asked, today)
    calendar_exchange.show(viewer, agents)
