"""The screen as each role has it: the talk that is open, a manager's queue, an agent's own talks, or that talks took place."""

import streamlit as st

import clock
from domain.records import Role
from ui import outcome, parameters
from ui.attempts import show_refusal
from ui.one_on_ones import address, own, queue, talk, took_place
from ui.session import signed_in_viewer
from ui.turns import fragment


@fragment(key="one-on-ones")
def show() -> None:
    """The whole screen; who looks is asked again on every run."""
    viewer, now = signed_in_viewer(), clock.now()
    outcome.show()
    show_refusal()
    if address.TALK in st.query_params:
        talk.show(viewer, parameters.number(address.TALK, digits=address.MOST_DIGITS), now)
    elif viewer.role is Role.MANAGER:
        queue.show(viewer, now)
        own.history(viewer)
    elif viewer.role is Role.AGENT:
        own.show(viewer, now)
    else:
        took_place.show(viewer)
        own.history(viewer)
