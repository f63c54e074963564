"""Overview — is the team on pace, and who needs a hand?"""

import streamlit as st

from database import database
from services.overview import overview
from ui import boards, empty, filters, layout
from ui.page import open_page

viewer = open_page("overview")
layout.heading("Overview", "Is the team on pace, and who needs a hand?")
chosen = filters.bar(viewer)
with database().reading() as session:
    board = overview(session, viewer, chosen.selection, chosen.today)
if empty.explains(viewer, chosen.selection.period, has_data=board.has_data, data_span=board.data_span):
    st.stop()

boards.headline(board, chosen)
with layout.section("Worth a look", key="exceptions", note="At most seven findings that are more than luck, most pressing first."):
    boards.exceptions(board, chosen.params)
left, right = st.columns([3, 2])
with left, layout.section("Over time", key="development", view="trend", params=chosen.params | {"metric": boards.shown_metric(board)}):
    boards.development(viewer, board, chosen)
with right, layout.section("Against target", key="targets", note="Bar: so far. Marker: due by now.", view="overview", params=chosen.params):
    boards.against_target(board)
with layout.section("Agents", key="agents", note="Click a heading to sort, a row for its details.", view="agents", params=chosen.params):
    row = boards.agent_table(board)
    if row is not None:
        boards.agent_detail(row, board, chosen.params)
