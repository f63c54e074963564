"""A month's entries one under the other, day by day: what a phone shows best, and a screen reader reads in order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import streamlit as st

from domain.facts import EventEntry
from domain.periods import Grain, Period, containing
from services.calendar import LISTED_AT_MOST
from ui import calendar_grid, stepper
from ui.calendar_grid import Listed

VIEW: Final = "view"


def days(
    month: Period, events: Sequence[EventEntry], in_the_way: Mapping[int, Sequence[EventEntry]], today: date, *, with_names: bool
) -> None:
    """The days that have something, each a button that opens it with what can be done."""
    listed = Listed(events, in_the_way, with_names=with_names)
    planned = [day for day in month if listed.on(day)]
    for day in planned:
        with st.container(border=True, key=f"card-list-{day}", gap="xxsmall"):
            _day_button(day, today)
            st.markdown("\n".join(f"- {listed.line(event)}" for event in listed.on(day)))
    if not planned:
        st.markdown(":gray[Nothing is planned this month. “Book time” puts a call, an appointment or a showing here.]")
    if len(events) >= LISTED_AT_MOST:
        st.caption(f"These are the first {LISTED_AT_MOST} entries; choose one agent to see the rest.")


def _day_button(day: date, today: date) -> None:
    words = stepper.unit_text(containing(day, Grain.DAY), today)
    st.button(words, key=f"day-{day}", type="tertiary", icon=":material/chevron_right:", icon_position="right", on_click=_open, args=(day,))


def _open(day: date) -> None:
    calendar_grid.choose_day(day)
    st.session_state[VIEW] = "Day"
