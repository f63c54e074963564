"""Booking and editing a calendar entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from domain.calendar.series import Reach
from domain.contact import MATCHING_ACTIVITY
from domain.facts import AgentChoice, EventEntry, SeriesPart
from domain.local_time import ClockNote, local_time, wall_clock
from domain.records import EventKind
from services import calendar, event_series
from services.access import Viewer
from services.calendar import Booked
from services.event_input import changed_event, new_event
from services.event_series import Repeat
from services.series_entries import AHEAD
from ui.activity_words import EVENTS
from ui.attempts import attempt, show_refusal
from ui.link_choice import lead_choice, module_choice
from ui.repeat_choice import reach_choice, rule_choice, said_plainly
from ui.session import signed_in_viewer
from ui.wording import counted, plain

DURATIONS: Final = (15, 30, 45, 60, 90, 120, 180, 240, 480)
MORNING: Final = time(9)
HALF_HOUR: Final = timedelta(minutes=30)
RECORDING: Final = "Only where your administrator has set out a basis for it; otherwise nothing is recorded."
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
    module_id: int | None = None
    auto_record: bool = True
    series: SeriesPart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What the form says, and how it repeats."""

    details: dict[str, Any]
    repeat: Repeat


@st.dialog("Book time", icon=":material/event:", on_dismiss="rerun")
def book(agents: Sequence[AgentChoice], day: date) -> None:
    """A new entry in one of these agents' calendars."""
    agent = agents[0]
    if len(agents) > 1:
        agent = st.selectbox("For", agents, format_func=lambda choice: choice.name, key="event-agent")
    blank = _Start(kind=EventKind.APPOINTMENT, title="", starts=_first_time(agent, day), minutes=30, notes="", lead=(None, None))
    said = _fields(agent, blank, "event-new")
    if st.button("Book it", type="primary", icon=":material/check:", key="event-book"):
        _store(attempt(lambda session, viewer: _book(session, viewer, agent, said)))
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
        module_id=event.module_id,
        auto_record=event.auto_record,
        series=event.series,
    )
    said = _fields(agent, current, f"event-{event.id}-{event.version}")
    if st.button("Save", type="primary", icon=":material/check:", key="event-save"):
        _store(attempt(lambda session, viewer: _change(session, viewer, event, said)))
    show_refusal()


@st.dialog("Call off", icon=":material/event_busy:", on_dismiss="rerun")
def call_off(event: EventEntry) -> None:
    """A planned entry of a series: it alone, or others with it."""
    st.markdown(f"{plain(event.title)} {said_plainly(event.series)}")
    reach = reach_choice(f"off-{event.id}-reach")
    st.caption("What is called off stays visible and does not count.")
    if st.button("Call off", type="primary", icon=":material/event_busy:", key="event-off"):
        today = local_time(clock.now(), event.time_zone).on
        done = attempt(lambda session, viewer: event_series.cancel_events(session, viewer, event.id, event.version, reach, today))
        if done is not None:
            st.session_state[SAID] = [f"{counted(done, 'entry', 'entries')} called off."]
            st.rerun(scope="app")
    show_refusal()


def _book(session: Session, viewer: Viewer, agent: AgentChoice, said: _Said) -> Booked:
    new = new_event(agent_id=agent.agent_id, **said.details)
    if said.repeat.rule is None:
        return calendar.book_event(session, viewer, new)
    return event_series.book_series(session, viewer, new, said.repeat.rule, local_time(clock.now(), agent.time_zone).on)


def _change(session: Session, viewer: Viewer, event: EventEntry, said: _Said) -> Booked:
    change = changed_event(**said.details, deal_id=event.deal_id)
    today = local_time(clock.now(), event.time_zone).on
    return event_series.change_event(session, viewer, event.id, event.version, change, said.repeat, today)


def _fields(agent: AgentChoice, start: _Start, key: str) -> _Said:
    reach = reach_choice(f"{key}-reach") if start.series else Reach.THIS
    kind = EventKind(st.pills("Kind", list(EVENTS), default=start.kind, required=True, format_func=_kind_name, key=f"{key}-kind"))
    title = st.text_input("Title", start.title, max_chars=200, placeholder="12 Oak Street, second viewing", key=f"{key}-title")
    starts, minutes = _time(agent, start, key)
    rule = rule_choice(starts.date(), key=key, part=start.series) if start.series is None or reach is not Reach.THIS else None
    details = {"kind": kind, "title": title, "starts": starts, "minutes": minutes} | _about(agent, start, kind, starts.date(), key)
    return _Said(details=details, repeat=Repeat(reach=reach, rule=rule))


def _time(agent: AgentChoice, start: _Start, key: str) -> tuple[datetime, int]:
    when, long = st.columns([3, 2])
    starts = when.datetime_input(f"Starts ({agent.time_zone})", start.starts, format="YYYY-MM-DD", key=f"{key}-starts")
    lengths = sorted({*DURATIONS, start.minutes})
    minutes = long.selectbox("Lasts", lengths, lengths.index(start.minutes), format_func=_length_name, key=f"{key}-minutes")
    return starts or start.starts, minutes


def _about(agent: AgentChoice, start: _Start, kind: EventKind, on: date, key: str) -> dict[str, Any]:
    """What it is about: a training's module, else a lead; whether it is recorded; notes."""
    viewer = signed_in_viewer()
    is_training = kind is EventKind.TRAINING
    module_id = module_choice(key=key, kept=start.module_id) if is_training else None
    lead_id = start.lead[0] if is_training else lead_choice(viewer, agent, on, key=key, kept=start.lead)
    auto_record = start.auto_record
    if kind in MATCHING_ACTIVITY:
        auto_record = st.checkbox("Offer recording when it starts", start.auto_record, help=RECORDING, key=f"{key}-record")
    notes = st.text_area("Notes", start.notes, max_chars=2000, height=80, key=f"{key}-notes")
    return {"lead_id": lead_id, "module_id": module_id, "auto_record": auto_record, "notes": notes}


def _first_time(agent: AgentChoice, day: date) -> datetime:
    """Nine in the morning; today the next half hour, if that is later."""
    morning, now = datetime.combine(day, MORNING), wall_clock(clock.now(), agent.time_zone).replace(tzinfo=None)
    coming = now.replace(minute=0, second=0, microsecond=0) + HALF_HOUR * (2 if now.minute >= HALF_HOUR.seconds // 60 else 1)
    return max(morning, coming) if coming.date() == day else morning


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
    entries = f", {booked.written} entries so far (a series is written {AHEAD.days} days ahead)" if booked.written > 1 else ""
    st.session_state[SAID] = [f"“{booked.event.title}” is in the calendar{entries}.", *_remarks(booked)]
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
