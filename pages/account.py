"""Your account — who am I here, where am I signed in, and where do messages reach me?"""

import streamlit as st

from domain.records import Role
from ui import account, first_steps, links, new_password, outcome, report_choice, wishes
from ui.channels import board
from ui.layout import heading, section
from ui.page import open_page
from ui.play import joy

viewer = open_page("account")
heading("Your account", "Who am I here, where am I signed in, and where do messages reach me?")
outcome.show()
left, right = st.columns(2)
with left:
    with section("About you", key="about"):
        account.about(viewer)
        first_steps.way_back(viewer)
    with section("Password", key="password"):
        new_password.change_form(viewer)
with right:
    with section("Where you are signed in", key="browsers"):
        account.browsers(viewer)
    note = "And what you agreed to: recording, patterns, your name on leaderboards."
    with section("What is held about you", key="privacy", note=note, height="content"):
        links.page_link("privacy", "Open Privacy", {}, icon=":material/shield_person:")
with section("Where messages reach you", key="channels", note="Besides your inbox here, which has everything."):
    board.own(viewer)
if viewer.role is not Role.ADMIN:
    with section("What reaches you there, and when", key="wishes", note="Your inbox has everything, whatever you choose here."):
        wishes.show(viewer)
    with section("Your reports", key="reports", note="That a report is ready. It can be made at any time on Weekly and Monthly."):
        report_choice.show(viewer)
with section("Celebrations", key="joy", note="What is worth a moment of joy is said on Daily either way."):
    joy.preference(viewer)
if viewer.team_ids:
    with section("Your teams' channels", key="team-channels", note="What concerns a team goes to its managers and to these."):
        board.shared(viewer)
