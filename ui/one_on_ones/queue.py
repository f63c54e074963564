"""A manager's queue: who needs a conversation and why, in three groups, each with the way to prepare it."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

import clock
from database import database
from domain.formatting import day_text
from domain.one_on_ones.queue import Due, Group, ReasonKind, reason_text
from domain.one_on_ones.talk import Talk
from services import one_on_one_changes, one_on_one_queue, one_on_ones
from services.access import Viewer
from ui import layout
from ui.attempts import attempt
from ui.empty import CARD
from ui.one_on_ones import address, words
from ui.wording import plain

LONGEST = 600


def show(viewer: Viewer, now: datetime) -> None:
    """Everybody the manager looks after."""
    with database().reading() as session:
        due = one_on_one_queue.who_is_due(session, viewer, now)
        preparing = {each.agent_id: each for each in one_on_ones.talks(session, viewer) if not each.is_held}
    if not due:
        with st.container(border=True, key=CARD):
            st.header("Nobody to talk with yet", anchor=False)
            st.markdown("As soon as somebody is on a team you manage, they stand here: who needs a conversation, and why.")
        return
    with layout.section("Who needs a conversation", key="one-on-one-queue", note=words.QUEUE_NOTE, height="content"):
        for group in Group:
            _group(group, [each for each in due if each.group is group], preparing)


def _group(group: Group, due: list[Due], preparing: Mapping[int, Talk]) -> None:
    if not due:
        return
    st.subheader(words.GROUPS[group], anchor=False, help=words.GROUP_NOTES[group])
    for each in due:
        _line(each, preparing.get(each.agent_id))


def _line(due: Due, prepared: Talk | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"due-{due.agent_id}"):
        with st.container(gap="xxsmall"):
            why = [each for each in due.reasons if each.kind is not ReasonKind.LONG_SINCE]
            reasons = "".join(f"\n- {plain(reason_text(each), limit=LONGEST)}" for each in why)
            talked = f"{due.last_talk.rstrip('.')}, on {day_text(due.last_held_on)}." if due.last_held_on else due.last_talk
            st.markdown(f"**{plain(due.name)}** :small[:gray[{talked}]]\n{reasons}")
        with st.container(width="content"):
            if prepared is not None:
                address.open_button(prepared, "Go on preparing", is_first=due.group is Group.THIS_WEEK)
            else:
                st.button(
                    "Prepare",
                    key=f"talk-prepare-{due.agent_id}",
                    icon=":material/edit_calendar:",
                    type="primary" if due.group is Group.THIS_WEEK else "secondary",
                    on_click=_prepare,
                    args=(due.agent_id,),
                )


def _prepare(agent_id: int) -> None:
    talk_id = attempt(lambda session, viewer: one_on_one_changes.prepare(session, viewer, agent_id, clock.now()))
    if talk_id is not None:
        st.query_params[address.TALK] = str(talk_id)
