"""Parameters of a screen's address: read as numbers, put in and taken out."""

from typing import Final

import streamlit as st

MOST_DIGITS: Final = 18
"""Longer numbers are no ids: the database's end at 19 digits."""


def number(name: str, *, digits: int = MOST_DIGITS) -> int | None:
    """The number a parameter names; None for one that is missing or no number."""
    said = st.query_params.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= digits else None


def put(name: str, value: object) -> None:
    """Put a parameter into the address, or take it out with None; for `on_click` and `on_change`."""
    if value is not None:
        st.query_params[name] = str(value)
    elif name in st.query_params:
        del st.query_params[name]
