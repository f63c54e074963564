"""The guard every screen begins with."""

import streamlit as st

from services.access import Viewer
from ui import digest_link
from ui.pages import page_spec
from ui.session import viewer_of_this_run


def open_page(key: str) -> Viewer:
    """Let the person in for whom this screen exists and say who they are; for everybody else the run ends here.

    The router does not even register it for others; this is the second lock on the same door.
    """
    viewer = viewer_of_this_run()
    if viewer is None:
        st.error("Your session has ended. Load this page again to sign in.")
        st.stop()
    if viewer.must_change_password or not page_spec(key).is_for(viewer):
        st.error("There is no such page.")
        st.stop()
    digest_link.note(viewer)
    return viewer
