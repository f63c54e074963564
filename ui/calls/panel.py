"""The call under way: started with a tap, timed, recorded where that is allowed, and saved with its outcome."""

from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.calls import CallEntry
from domain.contact import OUTCOMES
from domain.facts import AgentChoice
from domain.local_time import local_time, wall_clock
from domain.recording import Permission
from domain.records import Outcome
from recorder import recorder
from services import calls, recordings
from services.access import Viewer
from services.call_input import NewCall, ended_call, new_call
from services.calls import CallUnderWay
from ui import log_activity
from ui.activity_words import ACTIVITIES
from ui.activity_words import OUTCOMES as OUTCOME_NAMES
from ui.attempts import attempt, show_refusal
from ui.calls.words import WHAT_IS_KEPT
from ui.components import recording_guard, timer
from ui.link_choice import lead_choice
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import plain

SAMPLE_RATE: Final = 8000
"""A telephone line carries no more; an hour is 58 MB, half of what Streamlit would make by itself."""
SECONDS_PER_MINUTE: Final = 60


@fragment(key="call")
def show(agent: AgentChoice) -> None:
    """The agent's call, or the way to start one; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    with database().reading() as session:
        found = calls.call_of(session, viewer, agent.agent_id, clock.now())
    if found is not None:
        _under_way(found)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="call-start-row"):
        new = new_call(agent_id=agent.agent_id)
        st.button("Start call", key="call-start", type="primary", icon=":material/call:", on_click=_start, args=(new,))
        if st.button("Start with a lead or a number", key="call-start-with", type="tertiary", icon=":material/contact_phone:"):
            _start_with(agent)


def _start(new: NewCall) -> None:
    attempt(lambda session, viewer: calls.start_call(session, viewer, new, clock.now()))


@st.dialog("Start a call", icon=":material/call:", on_dismiss="rerun")
def _start_with(agent: AgentChoice) -> None:
    """Whom the call is with; all of it can be left open."""
    on = local_time(clock.now(), agent.time_zone).on
    lead_id = lead_choice(signed_in_viewer(), agent, on, key="call")
    name = st.text_input("Name", key="call-name", max_chars=300, help="Of somebody who is no lead yet.")
    phone = st.text_input("Number", key="call-phone", max_chars=60)
    if st.button("Start call", key="call-start-now", type="primary", icon=":material/call:"):
        _start(new_call(agent_id=agent.agent_id, lead_id=lead_id, client_name=name, client_phone=phone))
        st.rerun(scope="app")


def _under_way(found: CallUnderWay) -> None:
    call, now = found.call, clock.now()
    shown = ACTIVITIES[call.kind]
    with st.container(border=True, key="card-call", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            about = plain(call.lead_name or call.subject, limit=80)
            since = f"since {wall_clock(call.started_at, call.time_zone):%H:%M}"
            st.markdown(f"{shown.symbol} **{shown.name} under way**{f' · {about}' if about else ''}  \n:gray[{since}]", width="content")
            timer.running(int((now - call.started_at).total_seconds()), key=f"call-timer-{call.id}")
        _form(call, found.recording, is_forgotten=call.is_forgotten(now))
        if st.button("Take it back", key="call-drop", type="tertiary", icon=":material/undo:", help="Nothing is logged or kept of it."):
            attempt(lambda session, viewer: calls.drop_call(session, viewer, call.id, clock.now()))
            st.rerun(scope="app")
        show_refusal()


def _form(call: CallEntry, allowed: Permission, *, is_forgotten: bool) -> None:
    """A form, because its button waits for a recording that is still on its way."""
    with st.form(f"call-form-{call.id}", border=False, enter_to_submit=False):
        _recorder(call, allowed)
        st.pills("How did it go?", OUTCOMES[call.kind], key=_key(call, "outcome"), format_func=OUTCOME_NAMES.__getitem__)
        st.text_area("Note", key=_key(call, "notes"), max_chars=10_000, height=80, placeholder="What was said, and what comes next?")
        if is_forgotten:
            help_text = "This call was left open, so its clock says nothing. 0 when you do not know."
            st.number_input("Minutes it took", 0, 1440, key=_key(call, "minutes"), help=help_text)
        if st.form_submit_button("Stop and save", key="call-save", type="primary", icon=":material/call_end:"):
            _save(call)
    if allowed.allowed:
        recording_guard.stop_before("call-save", within="card-call", key=f"call-guard-{call.id}")


def _recorder(call: CallEntry, allowed: Permission) -> None:
    if not allowed.allowed:
        st.caption(f":material/mic_off: {plain(allowed.why)}")
        return
    st.audio_input("Record the call", sample_rate=SAMPLE_RATE, key=_key(call, "sound"), help=WHAT_IS_KEPT)
    st.caption(f":material/gavel: {plain(allowed.why)} {WHAT_IS_KEPT}")


def _save(call: CallEntry) -> None:
    """End the call; its recording follows in a transaction of its own, so that a refused one does not keep the call open."""
    outcome: Outcome | None = st.session_state.get(_key(call, "outcome"))
    minutes: int = st.session_state.get(_key(call, "minutes")) or 0
    notes: str = st.session_state.get(_key(call, "notes")) or ""
    end = ended_call(outcome=outcome, notes=notes, talked_seconds=minutes * SECONDS_PER_MINUTE or None)
    entry = attempt(lambda session, viewer: calls.finish_call(session, viewer, call.id, end, clock.now()))
    if entry is None:
        return
    st.session_state[log_activity.LOGGED] = entry.id
    sound = st.session_state.get(_key(call, "sound"))
    if sound is not None:
        attempt(lambda session, viewer: _attach(session, viewer, entry.id, sound.getbuffer()))
    st.rerun(scope="app")


def _attach(session: Session, viewer: Viewer, activity_id: int, sound: memoryview) -> None:
    with recorder().draft() as draft:
        draft.write(sound)
        recordings.attach(session, recorder(), viewer, activity_id, draft, clock.now())


def _key(call: CallEntry, field: str) -> str:
    """Of a field of this call: the next one begins empty."""
    return f"call-{call.id}-{field}"
