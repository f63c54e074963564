"""Whether patterns are looked for in one's own work alone: a choice on one's account."""

import streamlit as st

import clock
from database import database
from services import patterns
from services.access import Viewer
from ui import outcome


def show(viewer: Viewer) -> None:
    """The choice as it is, and a button to change it."""
    with database().reading() as session:
        wanted = patterns.wants_own(session, viewer)
    st.markdown(
        "Every night it is looked at what goes together with success in your calls, leads and meetings. Only you see what is found."
        if wanted
        else "Nothing is looked for in your work alone. It counts only in patterns of teams, with four others or more."
    )
    label = "Stop, and erase what was found" if wanted else "Look for patterns in my own work"
    if st.button(label, key="own_patterns"):
        done = (
            "Nothing is looked for any more, and what was found is erased."
            if wanted
            else "Patterns in your own work are looked for from tonight on."
        )
        outcome.save(lambda session: patterns.change_wish(session, viewer, wanted=not wanted, now=clock.now()), done)
