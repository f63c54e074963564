"""Whom a leaderboard compares: everybody or one level, chosen above it and kept in the address."""

from datetime import date
from typing import Final

import streamlit as st

from database import database
from domain.progression.levels import LADDER, STEPS
from domain.records import Level, Role
from services.access import Viewer
from services.leaderboard import LEVEL, level_from, level_of

EVERYBODY: Final = ""
NOTE: Final = "By everybody's newest assessment, which Progress explains."


def chosen(viewer: Viewer, today: date) -> Level | None:
    """The level to compare within, or None for everybody; an agent is offered their own."""
    own = _own(viewer, today)
    offered = {EVERYBODY: "Everybody"} | _levels(viewer, own)
    if len(offered) == 1:
        return None
    named = level_from(st.query_params.to_dict())
    picked = own if named and viewer.role is Role.AGENT else named
    st.session_state["compare-with"] = picked.value if picked else EVERYBODY
    st.segmented_control(
        "Compare with", list(offered), required=True, format_func=offered.__getitem__, key="compare-with", help=NOTE, on_change=_picked
    )
    return picked


def _own(viewer: Viewer, today: date) -> Level | None:
    if viewer.role is not Role.AGENT:
        return None
    with database().reading() as session:
        return level_of(session, viewer, today)


def _levels(viewer: Viewer, own: Level | None) -> dict[str, str]:
    if viewer.role is not Role.AGENT:
        return {each.level.value: each.name for each in LADDER}
    return {own.value: f"Same level ({STEPS[own].name})"} if own else {}


def _picked() -> None:
    picked = st.session_state["compare-with"]
    if picked:
        st.query_params[LEVEL] = picked
    elif LEVEL in st.query_params:
        del st.query_params[LEVEL]
