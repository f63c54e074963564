"""Rewards as administrators promise them: a name, and the level of play or the achievement they are for."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.coaching.achievements import Achievement
from services import own_achievements, rewards
from services.access import Viewer
from services.rewards import reward_details
from ui.outcome import save
from ui.play.gallery import milestone_text
from ui.wording import plain

NOTE: Final = "Who reaches the milestone may claim it; their manager or an administrator approves. Nothing is bought or paid here."
LEVEL: Final = "A level of play"


def show(viewer: Viewer) -> None:
    """What is promised, and the form that promises more."""
    with database().reading() as session:
        offered, named = rewards.promised(session, viewer), own_achievements.known(session)
    if not offered:
        st.markdown(":gray[Nothing is promised yet. A lunch at level of play 5, or a day off for the month's record, is a start.]")
    for each in offered:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"promise-{each.id}"):
            st.markdown(f"**{plain(each.name)}** :small[:gray[for {plain(milestone_text(each.play_level, each.achievement, named))}]]")
            if st.button("Offer it no more", key=f"promise-end-{each.id}", type="tertiary"):
                save(partial(_end, viewer, each.id), "It is offered no more; what was claimed stays.")
    _form(viewer, named)


def _form(viewer: Viewer, named: Mapping[str, Achievement]) -> None:
    keys = ["", *(key for key, each in named.items() if each.is_offered)]
    with st.form("promise", border=False, clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Reward", key="promise-name", max_chars=120, placeholder="Lunch for two", width=240)
        achievement = st.selectbox(
            "For", keys, format_func=lambda key: named[key].name if key else LEVEL, key="promise-achievement", width=220
        )
        level = st.number_input("Level of play", min_value=2, max_value=1000, value=5, key="promise-level", width=140)
        submitted = st.form_submit_button("Promise it", key="promise-save")
    if submitted:
        milestone = {"achievement": achievement} if achievement else {"play_level": level}
        save(lambda session: rewards.promise(session, viewer, reward_details(name=name, **milestone), clock.now()), "It is promised.")


def _end(viewer: Viewer, reward_id: int, session: Session) -> None:
    rewards.end(session, viewer, reward_id, clock.now())
