"""Goals — what do I want to reach, and how far am I?"""

import streamlit as st

from ui import agent_choice, filters, layout
from ui.attempts import show_refusal
from ui.goals import board, form, said, studio, words
from ui.page import open_page

viewer = open_page("goals")
layout.heading("Goals", words.question(viewer.role))
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="goals-bar"):
    agent = agent_choice.one_agent(viewer, filters.today(viewer))
    if agent is None:
        st.stop()
    form.opener(agent)
    studio.opener()
show_refusal()
said.show()
studio.show(agent)
board.show(agent)
