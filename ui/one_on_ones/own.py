"""An agent's own 1:1s: the next one, asking for one, what was taken on; and for everybody the talks that were held."""

from datetime import datetime

import streamlit as st

import clock
from database import database
from domain.one_on_ones.limits import LONGEST_TOPICS
from domain.one_on_ones.talk import Talk
from services import one_on_one_changes, one_on_ones
from services.access import Viewer
from services.owners import today_of
from ui import layout
from ui.attempts import attempt
from ui.one_on_ones import address, commitments, words
from ui.outcome import tell
from ui.wording import plain

OWN_NOTE = "Tick what is done; it stands on Daily as well, from a week before its day on. Drop what no longer holds, and say why."


def show(viewer: Viewer, now: datetime) -> None:
    """The agent's talks with whoever holds them."""
    with database().reading() as session:
        found = one_on_ones.together(session, viewer, viewer.person_id, now)
        able = one_on_ones.possible_managers(session, viewer, now)
    with layout.section("Next", key="one-on-one-next", note=words.PRIVATE, height="content"):
        for each in found.preparing:
            _line(each, viewer, "Read and add your topics", is_first=True)
        _asking(able, {each.manager_id for each in found.preparing})
    with layout.section("What you took on", key="one-on-one-commitments", note=OWN_NOTE, height="content"):
        if found.commitments:
            commitments.rows(viewer, found.commitments, today_of(viewer, now), may_drop=True)
        else:
            st.markdown(":gray[Nothing yet. What you take on in a 1:1 stands here with its day, and on Daily when the day comes near.]")
    history(viewer)


def history(viewer: Viewer) -> None:
    """The viewer's talks that were held, the latest first."""
    with database().reading() as session:
        held = [each for each in one_on_ones.talks(session, viewer) if each.is_held]
    if held:
        with layout.section("Held", key="one-on-one-history", note=words.PRIVATE, height="content"):
            for each in held:
                _line(each, viewer, "Open")


def _line(talk: Talk, viewer: Viewer, label: str, *, is_first: bool = False) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"talk-{talk.id}"):
        st.markdown(f"**{plain(words.other_name(talk, viewer))}** :gray[{words.when_text(talk)}]")
        with st.container(width="content"):
            address.open_button(talk, label, is_first=is_first)


def _asking(able: dict[int, str], asked: set[int]) -> None:
    """Ask a manager with whom nothing is prepared."""
    left = {manager_id: name for manager_id, name in able.items() if manager_id not in asked}
    if not left:
        if not able:
            st.markdown(":gray[Nobody manages a team you are on, so there is nobody to talk with here yet.]")
        return
    if not asked:
        st.markdown("No 1:1 is being prepared. You can ask for one: say what it would be about, and your manager is told that you asked.")
    with st.popover("Ask for a 1:1", icon=":material/waving_hand:", key="talk-ask"), st.form("talk-ask-form", border=False):
        manager_id = st.selectbox("With", list(left), format_func=left.__getitem__, key="talk-ask-manager")
        topics = st.text_area("What do you want to talk about?", key="talk-ask-topics", max_chars=LONGEST_TOPICS)
        if st.form_submit_button("Ask", key="talk-ask-send", type="primary"):
            _ask(manager_id, topics)


def _ask(manager_id: int, topics: str) -> None:
    if attempt(lambda session, viewer: one_on_one_changes.ask_for(session, viewer, manager_id, topics, clock.now())) is not None:
        tell("Your manager knows that you would like to talk.")
    st.rerun()
