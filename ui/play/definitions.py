"""Achievements of the company's own, as administrators define them: what is asked, how many would hold it, new words, and its end."""

from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.coaching.own_achievements import COUNTABLE, OwnAchievement, Span, asked_text
from domain.coaching.points import LARGEST
from domain.local_time import local_time
from services import own_achievements
from services.access import Viewer
from services.own_achievements import MOST_ASKED, Definition, Preview, definition, wording
from ui.outcome import attempt, save
from ui.wording import counted, plain

NOTE: Final = (
    "Besides those of the product. Everybody can earn them, whatever their business. What is asked never changes: retire it and define "
    "another one, and whoever holds it keeps it."
)
UNNAMED: Final = "Without a name"
"""How many would hold it can be asked before it has one."""
SPANS: Final = {Span.EVER: "Ever", Span.MONTH: "A month", Span.WEEK: "A week", Span.DAY: "A day"}
POINTS_NOTE: Final = "On the day it is earned, each time it is. Points thank for work; no place, target or verdict is made from them."
THE_ONE_BEFORE: Final = {Span.MONTH: "last month", Span.WEEK: "last week", Span.DAY: "yesterday"}


def show(viewer: Viewer) -> None:
    """What is on offer, and the form that defines more."""
    with database().reading() as session:
        offered = own_achievements.on_offer(session, viewer)
    if not offered:
        st.markdown(":gray[None yet. “20 meetings held in a month, with a dinner for it” is a start.]")
    for each in offered:
        _offered(viewer, each)
    _form(viewer)


def preview_text(found: Preview, span: Span) -> str:
    """How many people would hold it: a count, nobody's name."""
    now = counted(found.now, "person", "people")
    if found.before is None:
        return f"{now} would hold it today."
    return f"{now} would hold it today; {THE_ONE_BEFORE[span]} {found.before:,} would have."


def _offered(viewer: Viewer, own: OwnAchievement) -> None:
    asked = asked_text(own.metric_key, own.least, own.span)
    worth = f" · {counted(own.points, 'point')}" if own.points else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"own-{own.id}"):
        st.markdown(f"**{plain(own.name)}** :small[:gray[{plain(asked)}{worth}]]" + (f" :small[{plain(own.about)}]" if own.about else ""))
        with st.popover("Reword", key=f"own-reword-{own.id}", type="tertiary"), st.form(f"own-words-{own.id}", border=False):
            name = st.text_input("Name", own.name, key=f"own-name-{own.id}", max_chars=120)
            about = st.text_input("Words", own.about, key=f"own-about-{own.id}", max_chars=200, placeholder=asked)
            reworded = st.form_submit_button("Save", key=f"own-save-{own.id}")
        retired = st.button("Retire", key=f"own-retire-{own.id}", type="tertiary")
    if reworded:
        save(partial(_reword, viewer, own.id, name, about), "It has its new words.")
    if retired:
        save(partial(_retire, viewer, own.id), "It is retired; whoever holds it keeps it.")


def _form(viewer: Viewer) -> None:
    with st.form("own-new", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input("Name", key="own-new-name", max_chars=120, placeholder="Coffee machine", width=220)
            least = st.number_input("At least", min_value=1, max_value=MOST_ASKED, value=20, key="own-new-least", width=120)
            metric = st.selectbox("Of", list(COUNTABLE), format_func=lambda key: COUNTABLE[key].name, key="own-new-metric", width=200)
            span = st.selectbox("In", list(Span), format_func=SPANS.__getitem__, key="own-new-span", index=1, width=120)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            about = st.text_input("Words (optional)", key="own-new-about", max_chars=200, width=300)
            points = st.number_input(
                "Points", min_value=0, max_value=LARGEST, value=0, step=10, key="own-new-points", width=120, help=POINTS_NOTE
            )
            reward = st.text_input("Reward (optional)", key="own-new-reward", max_chars=120, placeholder="Dinner for two", width=220)
        with st.container(horizontal=True):
            asks = st.form_submit_button("Who would hold it?", key="own-new-preview")
            submitted = st.form_submit_button("Offer it", key="own-new-save", type="primary")
    said = {"name": name, "about": about, "metric": metric, "least": least, "span": span, "points": points, "reward": reward}
    if submitted:
        save(lambda session: own_achievements.define(session, viewer, definition(**said), clock.now()), "It can be earned from now on.")
    elif asks:
        _preview(viewer, said)


def _preview(viewer: Viewer, said: dict[str, object]) -> None:
    found = attempt(lambda: _previewed(viewer, definition(**said | {"name": said["name"] or UNNAMED})))
    if found is not None:
        st.info(found, icon=":material/groups:")


def _previewed(viewer: Viewer, said: Definition) -> str:
    today = local_time(clock.now(), viewer.time_zone).on
    with database().reading() as session:
        return preview_text(own_achievements.preview(session, viewer, said, today), said.span)


def _reword(viewer: Viewer, achievement_id: int, name: str, about: str, session: Session) -> None:
    own_achievements.reword(session, viewer, achievement_id, wording(name=name, about=about), clock.now())


def _retire(viewer: Viewer, achievement_id: int, session: Session) -> None:
    own_achievements.retire(session, viewer, achievement_id, clock.now())
