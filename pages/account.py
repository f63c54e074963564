"""Your account — who am I here, and where am I signed in?"""

import streamlit as st

from ui import account, new_password, outcome
from ui.layout import heading, section
from ui.page import open_page

viewer = open_page("account")
heading("Your account", "Who am I here, and where am I signed in?")
outcome.show()
left, right = st.columns(2)
with left:
    with section("About you", key="about"):
        account.about(viewer)
    with section("Password", key="password"):
        new_password.change_form(viewer)
with right, section("Where you are signed in", key="browsers"):
    account.browsers(viewer)
