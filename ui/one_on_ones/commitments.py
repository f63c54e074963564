"""Commitments with where they stand: their agent ticks them, either of the two drops one with a reason."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import streamlit as st

import clock
from domain.one_on_ones.commitments import LONGEST_AHEAD, Commitment
from domain.one_on_ones.limits import LONGEST_COMMITMENT, LONGEST_REASON
from services import one_on_one_changes
from services.access import Viewer
from ui.attempts import attempt
from ui.one_on_ones import words
from ui.wording import plain

USUAL_DAYS: Final = 7
"""A week is the day most things are promised for."""


def rows(viewer: Viewer, commitments: Iterable[Commitment], today: date, *, may_drop: bool) -> None:
    """A line for each."""
    for each in commitments:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"commitment-{each.id}"):
            tick(viewer, each, today)
            if may_drop and each.state(today).is_open:
                _drop(each)


def tick(viewer: Viewer, each: Commitment, today: date) -> None:
    """The words with a box for its agent; for the manager, and once it was dropped, without."""
    state = each.state(today)
    told = f"{plain(each.words)} {words.LIVES[state]} :small[:gray[{plain(each.standing(today))}]]"
    if viewer.person_id != each.agent_id or each.dropped_on is not None:
        st.markdown(told)
        return
    is_done = each.done_on is not None
    st.checkbox(told, value=is_done, key=f"commitment-tick-{each.id}-{is_done}", on_change=_tick, args=(each.id, not is_done))


def adding(talk_id: int, today: date) -> None:
    """A form for one more."""
    with st.form(f"commitment-new-{talk_id}", border=False, clear_on_submit=True):
        said = st.text_input("What will be done?", key=f"commitment-words-{talk_id}", max_chars=LONGEST_COMMITMENT)
        due_on = st.date_input(
            "By when?",
            value=today + timedelta(days=USUAL_DAYS),
            min_value=today,
            max_value=today + LONGEST_AHEAD,
            key=f"commitment-due-{talk_id}",
            format="YYYY-MM-DD",
        )
        if st.form_submit_button("Add", key=f"commitment-add-{talk_id}", icon=":material/add:"):
            attempt(lambda session, viewer: one_on_one_changes.promise(session, viewer, talk_id, said, due_on, clock.now()))
            st.rerun()


def _tick(commitment_id: int, is_done: bool) -> None:  # noqa: FBT001 - Streamlit hands arguments by place
    attempt(lambda session, viewer: one_on_one_changes.tick(session, viewer, commitment_id, clock.now(), is_done=is_done))


def _drop(each: Commitment) -> None:
    popover = st.popover("Drop", type="tertiary", icon=":material/block:", key=f"commitment-drop-{each.id}")
    with popover, st.form(f"commitment-drop-form-{each.id}", border=False):
        reason = st.text_input("Why does it no longer hold?", key=f"commitment-why-{each.id}", max_chars=LONGEST_REASON)
        if st.form_submit_button("Drop it", key=f"commitment-dropped-{each.id}"):
            attempt(lambda session, viewer: one_on_one_changes.drop(session, viewer, each.id, reason, clock.now()))
            st.rerun()
