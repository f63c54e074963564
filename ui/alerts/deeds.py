"""Doing something about an alert: taking it on at once; silencing, assigning and commenting in a dialog with its log."""

from collections.abc import Sequence
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.alerts.lifecycle import AlertState
from domain.errors import NotFoundError
from services import alerts
from services.access import Viewer
from services.alerts import AlertShown, Deed, LogEntry, Silence
from ui.alerts import words
from ui.attempts import attempt, show_refusal
from ui.outcome import tell
from ui.session import signed_in_viewer
from ui.wording import plain

ASKED: Final = "alert-asked"
LONGEST_NOTE: Final = 500


def take(alert_id: int) -> None:
    """The viewer takes it on; for a button's callback."""
    attempt(lambda session, viewer: alerts.assign(session, viewer, alert_id, viewer.person_id, clock.now()))


def ask(alert_id: int) -> None:
    """Open the dialog about an alert in the run that follows; for a button's callback."""
    st.session_state[ASKED] = alert_id


def open_asked() -> None:
    """The dialog that was asked for, once."""
    alert_id = st.session_state.pop(ASKED, None)
    if alert_id is not None:
        dialog(alert_id)


@st.dialog("What to do about it", icon=":material/notification_important:", width="medium")
def dialog(alert_id: int) -> None:
    """Silence, assignment, a comment, and what happened so far."""
    viewer = signed_in_viewer()
    try:
        with database().reading() as session:
            alert, log = alerts.alert_with_log(session, viewer, alert_id)
            able = alerts.able_to_take(session, viewer, alert_id)
    except NotFoundError as error:
        st.info(plain(str(error)))
        return
    st.markdown(f"{words.badge(alert.priority)} {plain(alert.sentence, limit=400)}")
    if alert.state is not AlertState.RESOLVED:
        _silence(alert)
        _assignee(alert, able)
    _comment(alert)
    show_refusal()
    _log(log, viewer)


def _silence(alert: AlertShown) -> None:
    is_silent = alert.is_silenced(clock.now())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        span = st.segmented_control(
            "Tell nobody for", list(Silence), default=Silence.DAY, format_func=words.SPANS.__getitem__, key="alert-span", required=True
        )
        if st.button("Silence", key="alert-silence", icon=":material/notifications_off:"):
            _do(lambda session, who: alerts.silence(session, who, alert.id, span, clock.now()), "It is silent for now.")
        if is_silent and st.button("Let it speak", key="alert-speak", icon=":material/notifications_active:"):
            _do(lambda session, who: alerts.silence(session, who, alert.id, None, clock.now()), "It speaks again.")


def _assignee(alert: AlertShown, able: dict[int, str]) -> None:
    choices: list[int | None] = [None, *able]
    index = choices.index(alert.assignee_id) if alert.assignee_id in choices else 0
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        person_id = st.selectbox(
            "Who takes it on",
            choices,
            index=index,
            format_func=lambda key: plain(able.get(key, "Nobody") if key is not None else "Nobody"),
            key="alert-assignee",
        )
        if st.button("Assign", key="alert-assign", icon=":material/person_check:"):
            _do(lambda session, who: alerts.assign(session, who, alert.id, person_id, clock.now()), "It is assigned.")


def _comment(alert: AlertShown) -> None:
    with st.form("alert-comment", border=False, clear_on_submit=True):
        note = st.text_area("Comment", key="alert-note", max_chars=LONGEST_NOTE, placeholder="Two people were at a fair.")
        submitted = st.form_submit_button("Comment", key="alert-say", icon=":material/chat:")
    if submitted:
        _do(lambda session, who: alerts.comment(session, who, alert.id, note, clock.now()), "Your comment is kept.")


def _log(log: Sequence[LogEntry], viewer: Viewer) -> None:
    for entry in log:
        st.markdown(words.log_text(entry, viewer.time_zone))


def _do(work: Deed, said: str) -> None:
    """Do it and draw the screen again, or say in the dialog why not."""

    def done(session: Session, viewer: Viewer) -> bool:
        work(session, viewer)
        return True

    if attempt(done):
        tell(said)
        st.rerun()
