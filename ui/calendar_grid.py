"""A month as a grid of days, and a week as seven columns: each day a button that can be reached by keyboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import streamlit as st

from domain.facts import EventEntry
from domain.local_time import wall_clock
from domain.periods import Grain, Period, buckets
from domain.records import EventStatus
from services.calendar import DayCount
from ui.activity_words import EVENTS
from ui.stepper import chosen_unit
from ui.wording import counted, plain

DAY_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SHOWN_A_DAY: Final = 6
"""Entries a column of the week shows; the day's own list below has all of them."""
_NOTHING: Final = DayCount()


@dataclass(frozen=True, slots=True)
class Listed:
    """Entries to show in few words, what is in whose way, and whether they are several people's."""

    events: Sequence[EventEntry]
    in_the_way: Mapping[int, Sequence[EventEntry]]
    with_names: bool

    def on(self, day: date) -> list[EventEntry]:
        """The day's entries."""
        return [event for event in self.events if event.local_on == day]

    def line(self, event: EventEntry) -> str:
        """`10:00 12 Oak Street · Ada`, struck through when called off, with a sign and a word when something is in its way."""
        name = f" · {plain(event.agent_name, limit=20)}" if self.with_names else ""
        words = f"{wall_clock(event.starts_at, event.time_zone):%H:%M} {plain(event.title, limit=40)}{name}"
        struck = f"~~{words}~~" if event.status is EventStatus.CANCELLED else words
        clash = " :orange[:material/warning: overlaps]" if event.id in self.in_the_way else ""
        return f"{EVENTS[event.kind].symbol} {struck}{clash}"


def whole_weeks(unit: Period) -> Period:
    """The unit with the days of other units that share its first and last week."""
    weeks = buckets(unit, Grain.WEEK)
    return Period(weeks[0].start, weeks[-1].end)


def month_grid(month: Period, counts: Mapping[date, DayCount], chosen: date, today: date) -> None:
    """The month's weeks; each day says how much is planned and how much was done."""
    with st.grid(len(DAY_NAMES), wrap=False, min_column_width=44, gap="xxsmall", key="month-grid"):
        for name in DAY_NAMES:
            st.markdown(f":gray[{name}]", text_alignment="center")
        for day in whole_weeks(month):
            _day_button(_cell_text(day, counts.get(day, _NOTHING), today), day, chosen, is_quiet=day not in month)
    st.caption("● in the calendar   ○ activities done")


def week_columns(week: Period, counts: Mapping[date, DayCount], listed: Listed, chosen: date, today: date) -> None:
    """The week's days beside each other (below each other on a phone), each with what is planned."""
    for column, day in zip(st.columns(len(DAY_NAMES), gap="xsmall"), week, strict=True):
        with column, st.container(border=True, key=f"card-week-{day:%a}", gap="xxsmall", height="stretch"):
            _day_button(_column_text(day, today), day, chosen)
            _entries(listed, day)
            if done := counts.get(day, _NOTHING).activities:
                st.caption(f"○ {counted(done, 'activity', 'activities')}")


def _entries(listed: Listed, day: date) -> None:
    events = listed.on(day)
    for event in events[:SHOWN_A_DAY]:
        st.markdown(f":small[{listed.line(event)}]")
    if len(events) > SHOWN_A_DAY:
        st.caption(f"and {len(events) - SHOWN_A_DAY} more")


def _day_button(text: str, day: date, chosen: date, *, is_quiet: bool = False) -> None:
    kind: Literal["primary", "secondary", "tertiary"] = "primary" if day == chosen else "tertiary" if is_quiet else "secondary"
    st.button(text, key=f"day-{day}", type=kind, width="stretch", wrap=True, on_click=choose_day, args=(day,))


def chosen_day(today: date) -> date:
    """The day the address names, else a day of the month it names, else today."""
    named_month_only = Grain.MONTH.value in st.query_params and Grain.DAY.value not in st.query_params
    unit = chosen_unit(Grain.MONTH if named_month_only else Grain.DAY, today)
    return today if today in unit else unit.start


def show_unit_of_days(unit: Period, today: date) -> None:
    """Move to a month or week: to today where it is in it, else to its first day; for `on_click`."""
    choose_day(today if today in unit else unit.start)


def choose_day(day: date) -> None:
    """Put the day and its month into the address; for `on_click`."""
    st.query_params.update({Grain.DAY.value: day.isoformat(), Grain.MONTH.value: f"{day:%Y-%m}"})


def _cell_text(day: date, count: DayCount, today: date) -> str:
    number = f"**{day.day}**" if day == today else str(day.day)
    planned = [f"●{count.events}"] if count.events else []
    done = [f"○{count.activities}"] if count.activities else []
    counts = " ".join((*planned, *done))
    return f"{number} :small[{counts}]" if counts else number


def _column_text(day: date, today: date) -> str:
    words = f"{day:%a} {day.day}"
    return f"**{words}** · today" if day == today else words
