"""Which 1:1 the address names."""

from typing import Final

import streamlit as st

from domain.one_on_ones.talk import Talk
from ui import parameters

TALK: Final = "talk"
MOST_DIGITS: Final = 9
"""The table's numbers have no more."""


def open_button(found: Talk, label: str, *, is_first: bool = False) -> None:
    """A button that opens the talk."""
    st.button(
        label,
        key=f"talk-open-{found.id}",
        icon=":material/arrow_forward:",
        type="primary" if is_first else "secondary",
        on_click=parameters.put,
        args=(TALK, found.id),
    )


def back_button() -> None:
    """A button that goes back to all of them."""
    st.button("All 1:1s", key="talk-back", icon=":material/arrow_back:", type="tertiary", on_click=parameters.put, args=(TALK, None))
