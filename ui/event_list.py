"""A day's calendar entries, each with what can be done with it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from domain.calendar.conflicts import conflicts
from domain.contact import MATCHING_ACTIVITY, OUTCOMES
from domain.facts import AgentChoice, EventEntry
from domain.local_time import wall_clock
from domain.records import NOT_HELD, EventStatus
from services import calendar, event_outcomes, event_start
from services.access import Viewer
from ui import event_form
from ui.activity_words import ACTIVITIES, EVENTS, event_state
from ui.activity_words import OUTCOMES as OUTCOME_NAMES
from ui.attempts import attempt, show_refusal
from ui.pages import page_spec
from ui.repeat_choice import said_plainly
from ui.wording import plain

START, DONE, NO_SHOW, EDIT, CANCEL, REOPEN = "Start", "Done", "Nobody came", "Edit", "Call off", "Plan again"
START_WITHIN: Final = timedelta(hours=12)
"""Nobody begins what is planned for another day; what is late by hours still begins."""
CHOICES: Final[Mapping[EventStatus, tuple[str, ...]]] = {
    EventStatus.PLANNED: (START, DONE, NO_SHOW, EDIT, CANCEL),
    EventStatus.COMPLETED: (REOPEN,),
    EventStatus.NO_SHOW: (REOPEN,),
    EventStatus.CANCELLED: (REOPEN,),
}


def event_rows(
    events: Sequence[EventEntry],
    agents: Mapping[int, AgentChoice],
    in_the_way: Mapping[int, Sequence[EventEntry]] | None = None,
    *,
    with_names: bool,
) -> None:
    """The entries in the order they start, each with what it overlaps, of these unless told; today's agents' can be changed.

    What the title says is not said again below it.
    """
    overlapping = conflicts(events) if in_the_way is None else in_the_way
    for event in events:
        with st.container(border=True, key=f"card-event-{event.id}", horizontal=True, vertical_alignment="center", gap="small"):
            _words(event, overlapping.get(event.id, ()), with_name=with_names)
            agent = agents.get(event.agent_id)
            if agent is not None:
                _menu(event, agent)


def _words(event: EventEntry, in_the_way: Sequence[EventEntry], *, with_name: bool) -> None:
    shown = EVENTS[event.kind]
    about = [shown.name, event.agent_name if with_name else "", event.lead_name or "", event.module_title or ""]
    new = [part for part in about if part and part.casefold() not in event.title.casefold()]
    parts = [*(plain(part) for part in new), *([said_plainly(event.series)] if event.series else [])]
    with st.container(gap="xxsmall", width="stretch"):
        st.markdown(f"**{clock_span(event)}** · {shown.symbol} {plain(event.title)} {_state(event)}")
        if parts:
            st.caption(" · ".join(parts))
        if in_the_way:
            st.markdown(f":orange-badge[:material/warning: Overlaps] {overlap_words(in_the_way)}")
        if event.notes:
            st.caption(plain(event.notes, limit=2000))


def _state(event: EventEntry) -> str:
    if event.status is EventStatus.PLANNED and event.started_at is not None:
        return f":gray-badge[:material/timelapse: Since {wall_clock(event.started_at, event.time_zone):%H:%M}]"
    return event_state(event.status)


def overlap_words(others: Sequence[EventEntry]) -> str:
    """`12 Oak Street 10:00–10:30 and 2 more`, in markdown."""
    first, more = others[0], len(others) - 1
    rest = f" and {more} more" if more else ""
    return f"{plain(first.title, limit=60)} {clock_span(first)}{rest}"


def clock_span(event: EventEntry) -> str:
    """`09:00–09:30` on the agent's clock."""
    start, end = (wall_clock(moment, event.time_zone) for moment in (event.starts_at, event.ends_at))
    return f"{start:%H:%M}–{end:%H:%M}"


def _menu(event: EventEntry, agent: AgentChoice) -> None:
    choices = [choice for choice in CHOICES[event.status] if _is_offered(choice, event)]
    picked = st.menu_button("Change", choices, icon=":material/more_horiz:", type="tertiary", key=f"event-menu-{event.id}-{event.version}")
    if picked == EDIT:
        event_form.edit(agent, event)
    elif picked == START:
        _start(event)
    elif picked == CANCEL and event.series is not None:
        event_form.call_off(event)
    elif picked == DONE and calendar.has_activity(event):
        complete(event)
    elif picked is not None:
        attempt(lambda session, viewer: _change(session, viewer, event, picked))
        st.rerun()


def _is_offered(choice: str, event: EventEntry) -> bool:
    if choice == START:
        is_near = abs(clock.now() - event.starts_at) <= START_WITHIN
        return calendar.has_activity(event) and event.started_at is None and is_near
    return choice != NO_SHOW or calendar.has_activity(event)


def _start(event: EventEntry) -> None:
    """Begin it, and go where its clock runs."""
    if attempt(lambda session, viewer: event_start.start_event(session, viewer, event.id, event.version, clock.now())) is None:
        st.rerun()
    st.switch_page(page_spec("daily").page(), query_params={"agent": str(event.agent_id)})


def _change(session: Session, viewer: Viewer, event: EventEntry, picked: str) -> None:
    """What needs no further question."""
    match picked:
        case "Done":
            event_outcomes.complete_event(session, viewer, event.id, event.version, None, clock.now())
        case "Nobody came":
            event_outcomes.mark_no_show(session, viewer, event.id, event.version, clock.now())
        case "Call off":
            calendar.cancel_event(session, viewer, event.id, event.version)
        case "Plan again":
            event_outcomes.reopen_event(session, viewer, event.id, event.version, clock.now())


@st.dialog("How did it go?", icon=":material/check_circle:", on_dismiss="rerun")
def complete(event: EventEntry) -> None:
    """Close an entry as done; its outcome goes into the activity it becomes."""
    kind = MATCHING_ACTIVITY[event.kind]
    held = [outcome for outcome in OUTCOMES[kind] if outcome not in NOT_HELD]
    st.markdown(plain(event.title))
    outcome = st.pills("Outcome", held, default=held[0], required=True, format_func=OUTCOME_NAMES.__getitem__, key=f"done-{event.id}")
    st.caption(f"This logs one {ACTIVITIES[kind].name.lower()} on the day it started.")
    if st.button("Log it", type="primary", icon=":material/check:", key="done-log"):
        done = attempt(
            lambda session, viewer: event_outcomes.complete_event(session, viewer, event.id, event.version, outcome, clock.now())
        )
        if done is not None:
            st.rerun(scope="app")
    show_refusal()
