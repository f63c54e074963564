"""The guard every screen begins with."""

import streamlit as st

from services.access import Viewer
from ui.pages import page_spec
from ui.session import viewer_of_this_run


def open_page(key: str) -> Viewer:
    """Let the person in whose role has this screen and say who they are; for everybody else the run ends here.

    The router does not even register a screen for other roles; this is the second lock on the same door.
    """
    viewer = viewer_of_this_run()
    if viewer is None:
        st.error("Your session has ended. Load this page again to sign in.")
        st.stop()
    if viewer.must_change_password or viewer.role not in page_spec(key).roles:
        st.error("There is no such page.")
        st.stop()
    return viewer
