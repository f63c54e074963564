"""Leaderboard — who is ahead, by how much, and what it is made of?"""

import streamlit as st

from database import database
from services.leaderboard import leaderboard
from ui import empty, filters, layout, standings
from ui.page import open_page

viewer = open_page("leaderboard")
layout.heading("Leaderboard", "Who is ahead, by how much, and what is it made of?")
chosen = filters.bar(viewer, with_choices=not standings.is_own(viewer))
with database().reading() as session:
    board = leaderboard(session, viewer, chosen.selection, chosen.today)
if empty.explains(viewer, chosen.selection.period, has_data=board.has_data, data_span=board.data_span):
    st.stop()

if standings.is_own(viewer):
    standings.own_place(board, chosen.params)
    st.stop()
standings.podium(board)
with layout.section("Standings", key="standings", note=standings.RANKING_NOTE, view="leaderboard", params=chosen.params):
    row = standings.table(board)
with layout.section(f"What the index is made of: {standings.name_of(row)}", key="account"):
    standings.account(row, board, chosen.params)
