"""What became of the last change of a vision board, said once above it."""

from typing import Final

import streamlit as st

from ui.wording import plain

_SAID: Final = "vision-said"


def keep(said: str) -> None:
    """Say it when the board is drawn again."""
    st.session_state[_SAID] = said


def close(done: object | None, said: str) -> None:
    """Close the form when it was stored, leaving word of it."""
    if done is not None:
        keep(said)
        st.rerun(scope="app")


def show() -> None:
    """Say it."""
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(plain(said), icon=":material/check_circle:")
