"""What is kept about the viewer: told, taken along, erased."""

from typing import Final

import streamlit as st

import clock
from recorder import recorder
from services import erasure, privacy
from services.access import Viewer
from ui import outcome
from ui.session import signed_in_viewer
from ui.wording import plain

MY_DATA: Final = "/api/export/my-data.zip"
LONGEST: Final = 500


def kept() -> None:
    """A few lines a kind of thing: four columns of sentences fit no phone."""
    for each in privacy.kept(recorder().keep_days):
        about, what, why, how_long = (
            plain(words, limit=LONGEST) for words in (each.about.capitalize(), each.what, each.why, each.how_long)
        )
        st.markdown(f"**{about}**: {what}  \n:small[:gray[Why: {why} · How long: {how_long}]]")


def my_data() -> None:
    """Everything about the viewer as one file."""
    st.markdown("One ZIP with a file for each kind of record, and a README that says what each is. Colleagues' records are not in it.")
    st.link_button("Download my data", MY_DATA, icon=":material/download:")


def erase_behaviour() -> None:
    """What was observed or told about how the viewer works, gone with one button."""
    st.markdown(
        "Patterns found in your own work, your energy check-ins, nudges and what came of them, what the coach said to you, and your "
        "consents to all of it are deleted. What you did stays: no number of yours or of your team changes."
    )
    if st.button("Erase what was observed about me", key="erase_behaviour", icon=":material/delete:"):
        _confirm()


@st.dialog("Erase what was observed about you")
def _confirm() -> None:
    viewer = signed_in_viewer()
    st.markdown("This cannot be undone. Download your data first if you want to keep it.")
    if st.button("Erase it", key="erase_behaviour_yes", type="primary"):
        said = "Patterns, check-ins, nudges and texts of the coach about you are erased."
        outcome.save(lambda session: erasure.erase_own_behaviour(session, viewer, clock.now()), said)


def ask_for_erasure(viewer: Viewer) -> None:
    """The wish to be erased whole, told to the administrators."""
    st.markdown(
        "An administrator erases everything about you: you lose your access, and what your team did stays in its sums without your name. "
        "Backups made before keep what they hold until they are deleted."
    )
    if st.button("Ask to be erased", key="ask_erasure", icon=":material/person_remove:"):
        said = "Your administrators have your wish in their inbox."
        outcome.save(lambda session: erasure.ask_for_erasure(session, viewer, clock.now()), said)
