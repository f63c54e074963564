"""Heatmap — when do we call, and when do we reach people?"""

import streamlit as st

from database import database
from domain.records import Role
from services.heatmap import call_heatmap
from ui import agent_hours, empty, filters, hours, layout
from ui.page import open_page

viewer = open_page("heatmap")
layout.heading("Heatmap", "When do we call, and when do we reach people?")
chosen = filters.bar(viewer)
with database().reading() as session:
    board = call_heatmap(session, viewer, chosen.selection)
if empty.explains(viewer, chosen.selection.period, has_data=board.has_data, data_span=board.data_span):
    st.stop()

with layout.section("Calls by weekday and hour", key="week", note=hours.NOTE, view="heatmap", params=chosen.params):
    cell = hours.week(board)
if cell is None:
    st.caption("Choose an hour, in the chart or in the table, to see the calls behind it.")
else:
    with layout.section(hours.title(cell), key="hour"):
        hours.records_of(viewer, chosen, cell)
if viewer.role is not Role.AGENT:
    agent_hours.show(viewer, chosen)
