"""Your account — who am I here, where am I signed in, and where do messages reach me?"""

import streamlit as st

from domain.records import Role
from ui import account, new_password, outcome, pattern_choice, report_choice, wishes
from ui.calls import settings as recording
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
    with section("Password", key="password"):
        new_password.change_form(viewer)
    with section("On leaderboards", key="on-leaderboards", note="Your managers see your figures either way; colleagues never do."):
        account.on_leaderboards(viewer)
with right:
    with section("Where you are signed in", key="browsers"):
        account.browsers(viewer)
    with section("Recording of your calls", key="recording", note="Where your administrator allowed it, and only while you want it."):
        recording.preference(viewer)
    with section("Patterns in your own work", key="own-patterns", note="Yours to allow and to take back at any time."):
        pattern_choice.show(viewer)
with section("Where messages reach you", key="channels", note="Besides your inbox here, which has everything."):
    board.own(viewer)
if viewer.role is not Role.ADMIN:
    with section("What reaches you there, and when", key="wishes", note="Your inbox has everything, whatever you choose here."):
        wishes.show(viewer)
    with section("Your reports", key="reports", note="That a report is ready. It can be made at any time on Weekly and Monthly."):
        report_choice.show(viewer)
with section("Celebrations", key="joy", note="What is worth a moment of joy is said on Daily either way."):
    joy.preference(viewer)
with section("What is held about you", key="my-data", note="Profile, work, goals, plans, check-ins, messages, consents, sign-ins."):
    account.my_data()
if viewer.team_ids:
    with section("Your teams' channels", key="team-channels", note="What concerns a team goes to its managers and to these."):
        board.shared(viewer)
