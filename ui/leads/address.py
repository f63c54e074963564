"""What the address of the Leads screen says: which lead is open, and what the list is narrowed to."""

from typing import Final

import streamlit as st

from domain.records import LeadStatus

LEAD: Final = "lead"
STATUS: Final = "status"
AGENT: Final = "agent"
BEFORE: Final = "before"
_MOST_DIGITS: Final = 18
"""Longer numbers are no ids: the database's end at 19 digits."""


def number(name: str) -> int | None:
    """The id a parameter names; None for one that is missing or no id."""
    said = st.query_params.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else None


def status() -> LeadStatus | None:
    """The status the list is narrowed to; None for all, and for a word that is no status."""
    said = st.query_params.get(STATUS, "")
    return LeadStatus(said) if said in set(LeadStatus) else None


def put(name: str, value: object) -> None:
    """Put a parameter into the address, or take it out with None; for `on_click` and `on_change`."""
    if value is not None:
        st.query_params[name] = str(value)
    elif name in st.query_params:
        del st.query_params[name]


def narrow(name: str, value: object) -> None:
    """Narrow the list, which then begins at its newest lead."""
    put(name, value)
    put(BEFORE, None)
