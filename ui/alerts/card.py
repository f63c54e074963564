"""Alerts of one rule: what it is and the next step, said once; then each with since when, what it rests on, and what can be done."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from domain.alerts.words import WORDS
from services.access import Viewer
from services.alerts import AlertShown
from ui.alerts import deeds, words
from ui.links import page_link
from ui.wording import counted, plain


def show(alerts: Sequence[AlertShown], viewer: Viewer, now: datetime, asked_id: str) -> None:
    """The card of a rule; `asked_id` is the alert a message led to."""
    first = alerts[0]
    rule, count = WORDS[first.rule], f" :gray[{counted(len(alerts), 'alert')}]" if len(alerts) > 1 else ""
    with st.container(border=True, key=f"card-alerts-{first.rule}-{first.id}", gap="small"):
        st.markdown(f"{words.badge(first.priority)} **{rule.name}**{count}  \n:gray[Next:] {rule.do}")
        for alert in alerts:
            _row(alert, viewer, now, is_asked=str(alert.id) == asked_id)


def _row(alert: AlertShown, viewer: Viewer, now: datetime, *, is_asked: bool) -> None:
    said, buttons = st.columns([3, 2], vertical_alignment="center", gap="small")
    with said, st.container(gap="xxsmall"):
        mark = " :blue-badge[From your message]" if is_asked else ""
        st.markdown(f"{plain(alert.sentence, limit=400)} :gray[{plain(alert.team)}]{mark}")
        since = f"Firing {words.since_text(alert, now, viewer.time_zone)}.{_silence(alert, now, viewer)}"
        st.caption(f"{plain(alert.evidence, limit=2000)} {since}")
    with buttons, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="small"):
        _buttons(alert, viewer)


def _buttons(alert: AlertShown, viewer: Viewer) -> None:
    if alert.assignee_id is None:
        st.button("I take it on", key=f"alert-take-{alert.id}", on_click=deeds.take, args=(alert.id,))
    else:
        who = "You" if alert.assignee_id == viewer.person_id else plain(alert.assignee or "Somebody")
        st.markdown(f":gray[{who} took it on.]", width="content")
    st.button("More …", key=f"alert-act-{alert.id}", type="tertiary", on_click=deeds.ask, args=(alert.id,), help="Silence, assign, comment")
    page_link(WORDS[alert.rule].page, "Look", _params(alert), icon=":material/arrow_forward:")


def _silence(alert: AlertShown, now: datetime, viewer: Viewer) -> str:
    if alert.silenced_until is None or not alert.is_silenced(now):
        return ""
    return f" Silent until {words.moment_text(alert.silenced_until, viewer.time_zone)}."


def _params(alert: AlertShown) -> Mapping[str, str]:
    """The screen about the agent, or about the team."""
    if alert.agent_id is None:
        return {"team": str(alert.team_id)}
    return {"agent": str(alert.agent_id)}
