"""What became of the last change in a section of the week, said once above it."""

from enum import StrEnum

import streamlit as st

from ui.wording import plain


class Section(StrEnum):
    """Where something was changed."""

    VISION = "vision-said"
    CONTENT = "content-said"


def keep(where: Section, said: str) -> None:
    """Say it when the section is drawn again."""
    st.session_state[where] = said


def close(where: Section, done: object | None, said: str) -> None:
    """Close the form when it was stored, leaving word of it."""
    if done is not None:
        keep(where, said)
        st.rerun(scope="app")


def show(where: Section) -> None:
    """Say it."""
    said = st.session_state.pop(where, None)
    if said:
        st.success(plain(said), icon=":material/check_circle:")
