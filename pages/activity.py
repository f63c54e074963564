"""What works — which activities work best, when, and what is worth working on?"""

import streamlit as st

from domain.periods import Preset
from ui import agent_choice, filters, layout
from ui.page import open_page
from ui.what_works import board

viewer = open_page("activity")
layout.heading("What works", "Which activities work best, when, and what is worth working on?")
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="activity-bar"):
    agent = agent_choice.one_agent(viewer, filters.today(viewer))
    if agent is None:
        st.stop()
    chosen = filters.bar(viewer, default=Preset.LAST_90_DAYS, with_choices=False)
board.show(agent, chosen.selection.period)
