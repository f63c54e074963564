"""What work is worth in points, for administrators: a kind, its points, the most of a day, and from which day on."""

from datetime import timedelta
from typing import Final

import streamlit as st

import clock
from database import database
from domain.coaching.points import LARGEST, ValueChange
from domain.local_time import local_time
from services import points
from services.access import Viewer
from ui.outcome import save
from ui.wording import plain

NOTE: Final = "A change holds from a day to come: points that were made stay as they are."


def show(viewer: Viewer) -> None:
    """The values of today, and a form that changes one from a day on."""
    today = local_time(clock.now(), viewer.time_zone).on
    with database().reading() as session:
        worth = points.values(session, today)
    st.table([{"Work": plain(each.name), "Points": each.points, "At most a day": each.most} for each in worth], border="horizontal")
    names = {each.key: each.name for each in worth}
    key = st.selectbox("Work", list(names), format_func=names.__getitem__, key="point-key", width=200)
    held = next(each for each in worth if each.key == key)
    with st.form("point-value", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        made = st.number_input("Points", min_value=0, max_value=LARGEST, value=held.points, key=f"point-points-{key}", width=120)
        most = st.number_input("At most a day", min_value=0, max_value=LARGEST, value=held.most, key=f"point-most-{key}", width=140)
        first = st.date_input(
            "From", value=today + timedelta(days=1), min_value=today + timedelta(days=1), key="point-from", width=160, format="YYYY-MM-DD"
        )
        submitted = st.form_submit_button("Change from then on", key="point-save")
    if submitted:
        change = ValueChange(key=key, from_on=first, points=made, most=most)
        save(lambda session: points.change_value(session, viewer, change, clock.now()), f"{names[key]}: changed from {first:%d %b %Y} on.")
