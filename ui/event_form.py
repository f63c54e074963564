"""Booking and editing a calendar entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import streamlit as st

from domain.facts import AgentChoice, EventEntry
from domain.local_time import ClockNote, wall_clock
from domain.records import EventKind
from services import calendar
from services.calendar import Booked
from services.event_input import changed_event, new_event
from ui.activity_words import EVENTS
from ui.attempts import attempt, show_refusal
from ui.link_choice import lead_choice
from ui.session import signed_in_viewer
from ui.wording import counted, plain

DURATIONS: Final = (15, 30, 45, 60, 90, 120, 180, 240, 480)
MORNING: Final = time(9)
SAID: Final = "calendar-said"
"""Session key of what the calendar has to say after a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """What the form shows first."""

    kind: EventKind
    title: str
    starts: datetime
    minutes: int
    notes: str
    lead: tuple[int | None, str | None]


@st.dialog("Book time", icon=":material/event:", on_dismiss="rerun")
def book(agents: Sequence[AgentChoice], day: date) -> None:
    """A new entry in one of these agents' calendars."""
    agent = agents[0]
    if len(agents) > 1:
        agent = st.selectbox("For", agents, format_func=lambda choice: choice.name, key="event-agent")
    blank = _Start(kind=EventKind.APPOINTMENT, title="", starts=datetime.combine(day, MORNING), minutes=30, notes="", lead=(None, None))
    said = _fields(agent, blank, "event-new")
    if st.button("Book it", type="primary", icon=":material/check:", key="event-book"):
        _store(attempt(lambda session, viewer: calendar.book_event(session, viewer, new_event(agent_id=agent.agent_id, **said))))
    show_refusal()


@st.dialog("Edit entry", icon=":material/edit_calendar:", on_dismiss="rerun")
def edit(agent: AgentChoice, event: EventEntry) -> None:
    """A planned entry, to be moved or reworded."""
    minutes = int((event.ends_at - event.starts_at).total_seconds() // 60)
    current = _Start(
        kind=event.kind,
        title=event.title,
        starts=wall_clock(event.starts_at, agent.time_zone),
        minutes=minutes,
        notes=event.notes,
        lead=(event.lead_id, event.lead_name),
    )
    said = _fields(agent, current, f"event-{event.id}-{event.version}")
    if st.button("Save", type="primary", icon=":material/check:", key="event-save"):
        change = said | {"deal_id": event.deal_id}
        _store(attempt(lambda session, viewer: calendar.change_event(session, viewer, event.id, event.version, changed_event(**change))))
    show_refusal()


def _fields(agent: AgentChoice, start: _Start, key: str) -> dict[str, Any]:
    kind = st.pills("Kind", list(EVENTS), default=start.kind, required=True, format_func=_kind_name, key=f"{key}-kind")
    title = st.text_input("Title", start.title, max_chars=200, placeholder="12 Oak Street, second viewing", key=f"{key}-title")
    when, long = st.columns([3, 2])
    starts = when.datetime_input(
        f"Starts ({agent.time_zone})",
        start.starts,
        format="YYYY-MM-DD",
        key=f"{key}-starts",
    )
    lengths = sorted({*DURATIONS, start.minutes})
    minutes = long.selectbox("Lasts", lengths, lengths.index(start.minutes), format_func=_length_name, key=f"{key}-minutes")
    lead_id = lead_choice(signed_in_viewer(), agent, (starts or start.starts).date(), key=key, kept=start.lead)
    notes = st.text_area("Notes", start.notes, max_chars=2000, height=80, key=f"{key}-notes")
    return {"kind": kind, "title": title, "starts": starts or start.starts, "minutes": minutes, "lead_id": lead_id, "notes": notes}


def _kind_name(kind: EventKind) -> str:
    return f"{EVENTS[kind].symbol} {EVENTS[kind].name}"


def _length_name(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _store(booked: Booked | None) -> None:
    """Close the form when it was stored, leaving word of what is worth knowing."""
    if booked is None:
        return
    st.session_state[SAID] = [f"“{booked.event.title}” is in the calendar.", *_remarks(booked)]
    st.rerun(scope="app")


def _remarks(booked: Booked) -> list[str]:
    remarks = []
    if booked.clock is ClockNote.SKIPPED:
        remarks.append(f"Clocks go forward that night, so it starts at {wall_clock(booked.event.starts_at, booked.event.time_zone):%H:%M}.")
    if booked.clock is ClockNote.REPEATED:
        remarks.append("Clocks go back that night; the first of the two hours was taken.")
    if booked.overlapping:
        names = ", ".join(f"“{event.title}”" for event in booked.overlapping[:3])
        remarks.append(f"It overlaps with {counted(len(booked.overlapping), 'other entry', 'other entries')}: {names}.")
    return remarks


def show_said() -> None:
    """Say once what became of the last change; a remark needs attention, the rest is good news."""
    said = st.session_state.pop(SAID, None)
    if said:
        st.success(plain(said[0]), icon=":material/check_circle:")
        for remark in said[1:]:
            st.warning(plain(remark, limit=500), icon=":material/warning:")
