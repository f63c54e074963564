"""Logging what was done: one tap per kind, then how it went; or everything at once in a form."""

from datetime import date, datetime
from typing import Any, Final

import streamlit as st

import clock
from domain.contact import OUTCOMES, one_tap_outcome
from domain.facts import ActivityEntry, AgentChoice
from domain.local_time import moment_at, wall_clock
from domain.records import ActivityType, Outcome
from services import activities
from services.activity_input import changed_activity, new_activity
from ui.activity_words import ACTIVITIES
from ui.activity_words import OUTCOMES as OUTCOME_NAMES
from ui.attempts import attempt, show_refusal
from ui.link_choice import deal_choice, lead_choice
from ui.session import signed_in_viewer

LOGGED: Final = "daily-logged"
"""Session key of the entry logged last, for the bar that says so."""
OPENED: Final = "daily-form-opened"
"""Session key of the moment the form was opened, so that its time does not run on while somebody fills it in."""
BUTTON_WIDTH: Final = 124
"""Wide enough for "Appointment" with its icon; two beside each other on a phone of 390 pixels."""
SECONDS_PER_MINUTE: Final = 60


def buttons(agent: AgentChoice, day: date) -> None:
    """One button per kind of work: a tap logs it, now or at this time of day on the day shown."""
    with st.grid(min_column_width=BUTTON_WIDTH, gap="xsmall", key="log-grid"):
        for kind in OUTCOMES:
            shown = ACTIVITIES[kind]
            st.button(shown.name, icon=shown.symbol, key=f"log-{kind.value}", width="stretch", on_click=_log, args=(agent, day, kind))


def _log(agent: AgentChoice, day: date, kind: ActivityType) -> None:
    now = clock.now()
    new = new_activity(agent_id=agent.agent_id, type=kind, outcome=one_tap_outcome(kind), occurred_at=_moment(agent, day, now))
    _remember(attempt(lambda session, viewer: activities.record_activity(session, viewer, new, now)))


def _moment(agent: AgentChoice, day: date, now: datetime) -> datetime:
    """Now for today; for another day the same time of day there."""
    shown = wall_clock(now, agent.time_zone)
    return now if shown.date() == day else moment_at(datetime.combine(day, shown.time()), agent.time_zone).moment


def _remember(entry: ActivityEntry | None) -> None:
    if entry is not None:
        st.session_state[LOGGED] = entry.id


def just_logged(agent: AgentChoice, entry: ActivityEntry | None) -> None:
    """What was logged last: how it went can be said, and it can be taken back."""
    if entry is None:
        return
    shown = ACTIVITIES[entry.type]
    with st.container(border=True, key="card-logged", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = f"{shown.name} logged at {wall_clock(entry.occurred_at, agent.time_zone):%H:%M}"
            st.markdown(f":green[:material/check_circle:] **{words}**", width="content")
            st.button("Undo", key="undo", icon=":material/undo:", on_click=take_back, args=(entry.id,))
            if st.button("Add details", key="details", icon=":material/edit_note:", type="tertiary"):
                edit(agent, entry)
        if OUTCOMES[entry.type]:
            key = f"outcome-{entry.id}"
            st.session_state[key] = entry.outcome
            st.pills(
                "How did it go?",
                OUTCOMES[entry.type],
                key=key,
                format_func=OUTCOME_NAMES.__getitem__,
                on_change=_say_outcome,
                args=(entry,),
            )


def _say_outcome(entry: ActivityEntry) -> None:
    outcome: Outcome | None = st.session_state[f"outcome-{entry.id}"]
    change = changed_activity(**_kept(entry) | {"outcome": outcome})
    attempt(lambda session, viewer: activities.change_activity(session, viewer, entry.id, change, clock.now()))


def take_back(activity_id: int) -> None:
    """Remove an entry; for `on_click`."""
    attempt(lambda session, viewer: activities.delete_activity(session, viewer, activity_id, clock.now()))
    if st.session_state.get(LOGGED) == activity_id:
        del st.session_state[LOGGED]


def _kept(entry: ActivityEntry) -> dict[str, Any]:
    names = ("type", "outcome", "direction", "subject", "notes", "category", "lead_id", "deal_id", "duration_seconds", "occurred_at")
    return {name: getattr(entry, name) for name in names}


def note_opening() -> None:
    """Remember when the form was opened; for `on_click`."""
    st.session_state[OPENED] = clock.now()


@st.dialog("Log an activity", icon=":material/add_task:", on_dismiss="rerun")
def log_with_details(agent: AgentChoice, day: date) -> None:
    """Everything at once: kind, outcome, lead, deal, note, duration and time."""
    kind = st.pills("What", list(OUTCOMES), default=ActivityType.CALL, required=True, format_func=_kind_name, key="new-kind")
    now: datetime = st.session_state.get(OPENED) or clock.now()
    said = _fields(agent, kind, _moment(agent, day, now), "new")
    if st.button("Log it", type="primary", icon=":material/check:", key="new-save"):
        entry = attempt(
            lambda session, viewer: activities.record_activity(
                session, viewer, new_activity(agent_id=agent.agent_id, type=kind, **said), clock.now()
            )
        )
        if entry is not None:
            _remember(entry)
            st.rerun(scope="app")
    show_refusal()


@st.dialog("Edit activity", icon=":material/edit:", on_dismiss="rerun")
def edit(agent: AgentChoice, entry: ActivityEntry) -> None:
    """Correct an entry; a time on another day moves it there."""
    key = f"edit-{entry.id}"
    kind = st.pills("What", list(OUTCOMES), default=entry.type, required=True, format_func=_kind_name, key=f"{key}-kind")
    said = _fields(agent, kind, entry.occurred_at, key, entry)
    if st.button("Save", type="primary", icon=":material/check:", key=f"{key}-save"):
        change = _kept(entry) | {"type": kind} | said
        changed = attempt(
            lambda session, viewer: activities.change_activity(session, viewer, entry.id, changed_activity(**change), clock.now())
        )
        if changed is not None:
            st.rerun(scope="app")
    show_refusal()


def _fields(agent: AgentChoice, kind: ActivityType, moment: datetime, key: str, entry: ActivityEntry | None = None) -> dict[str, Any]:
    """The form's fields, filled with the entry's where there is one."""
    outcome = _outcome_field(kind, key, entry)
    shown = wall_clock(moment, agent.time_zone).replace(second=0, microsecond=0)
    when, long = st.columns([3, 2])
    at = (
        when.datetime_input(f"When ({agent.time_zone})", shown, format="YYYY-MM-DD", step=SECONDS_PER_MINUTE * 5, key=f"{key}-when")
        or shown
    )
    minutes = long.number_input("Minutes", 0, 1440, _minutes(entry), key=f"{key}-minutes", help="How long it took; 0 when you do not know.")
    viewer = signed_in_viewer()
    lead_id = lead_choice(viewer, agent, at.date(), key=key, kept=(entry.lead_id, entry.lead_name) if entry else (None, None))
    deal_id = deal_choice(viewer, agent, at.date(), key=key, kept=(entry.deal_id, entry.deal_name) if entry else (None, None))
    notes = st.text_area("Note", entry.notes if entry else "", max_chars=10_000, height=80, key=f"{key}-notes")
    return {
        "outcome": outcome,
        "occurred_at": moment if at == shown else moment_at(at, agent.time_zone).moment,
        "duration_seconds": _seconds(minutes, entry),
        "lead_id": lead_id,
        "deal_id": deal_id,
        "notes": notes,
    }


def _outcome_field(kind: ActivityType, key: str, entry: ActivityEntry | None) -> Outcome | None:
    offered = OUTCOMES[kind]
    if not offered:
        return None
    first = entry.outcome if entry else one_tap_outcome(kind)
    name = f"{key}-outcome-{kind.value}"
    return st.pills("Outcome", offered, default=first if first in offered else None, format_func=OUTCOME_NAMES.__getitem__, key=name)


def _minutes(entry: ActivityEntry | None) -> int:
    return round((entry.duration_seconds or 0) / SECONDS_PER_MINUTE) if entry else 0


def _seconds(minutes: int, entry: ActivityEntry | None) -> int | None:
    """Seconds of the field; those of the entry where the minutes were left alone, so that 45 s stay 45 s."""
    if entry is not None and minutes == _minutes(entry):
        return entry.duration_seconds
    return minutes * SECONDS_PER_MINUTE or None


def _kind_name(kind: ActivityType) -> str:
    return f"{ACTIVITIES[kind].symbol} {ACTIVITIES[kind].name}"
