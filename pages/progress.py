"""Progress — which level am I on, what does the next one take, and what helps me there?"""

import streamlit as st

from ui import agent_choice, filters, layout
from ui.attempts import show_refusal
from ui.page import open_page
from ui.play import gallery
from ui.progress import board, modules, team
from ui.progress.words import question

viewer = open_page("progress")
layout.heading("Progress", question(viewer.role))
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="progress-bar"):
    agent = agent_choice.one_agent(viewer, filters.today(viewer))
    modules.opener(viewer)
show_refusal()
modules.show_said()
if agent is not None:
    board.show(agent)
    gallery.show(agent)
gallery.claims()
team.show(viewer, filters.today(viewer))
