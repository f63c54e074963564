"""The tokens of programs: making one, showing it once, a table of all, and ending one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import pandas as pd
import streamlit as st

import clock
from database import database
from domain.api_scopes import ApiScope
from domain.local_time import wall_clock
from services import api_tokens
from services.access import Viewer
from services.api_tokens import IssuedToken, TokenEntry
from ui.outcome import attempt, save
from ui.session import signed_in_viewer
from ui.tables import UNKNOWN
from ui.wording import plain

SCOPE_WORDS: Final = {
    ApiScope.ACTIVITIES_WRITE: "Report activities",
    ApiScope.ACTIVITIES_READ: "Read activities",
    ApiScope.RECORDINGS_WRITE: "Attach recordings",
    ApiScope.RECORDINGS_READ: "Hear recordings",
    ApiScope.LEADS_WRITE: "Write leads",
    ApiScope.LEADS_READ: "Read leads",
    ApiScope.DEALS_WRITE: "Write deals",
    ApiScope.DEALS_READ: "Read deals",
    ApiScope.CALENDAR_WRITE: "Write the calendar",
    ApiScope.CALENDAR_READ: "Read the calendar",
    ApiScope.PEOPLE_READ: "Read people and teams",
    ApiScope.PROGRESSION_READ: "Read levels and training",
    ApiScope.PROGRESSION_WRITE: "Assess levels again",
}
LIVES: Final = {90: "90 days", 365: "A year", 30: "30 days", None: "Until it is revoked"}
"""The first is offered: somebody looks after it four times a year."""
_SHOWN: Final = "new_api_token"


def shown_once() -> None:
    """The token that was just made, until it is put away."""
    if _SHOWN not in st.session_state:
        return
    name, value = st.session_state[_SHOWN]
    with st.container(border=True, key="card-new-token"):
        st.markdown(f"**Copy this token into {plain(name)} now.** It is shown only this once; nobody can look it up later.")
        st.code(value, language=None, wrap_lines=True)
        if st.button("I have copied it", key="token_done", type="primary"):
            del st.session_state[_SHOWN]
            st.rerun()


def make(viewer: Viewer) -> None:
    """The form for a new token."""
    with st.form("new_token", border=False):
        name = st.text_input("What uses it", key="token_name", max_chars=80, placeholder="Aircall")
        scopes = st.pills(
            "What it may do",
            list(SCOPE_WORDS),
            default=[ApiScope.ACTIVITIES_WRITE],
            selection_mode="multi",
            format_func=SCOPE_WORDS.__getitem__,
            key="token_scopes",
            help="Over the whole organisation. Reporting does not include reading.",
        )
        days = st.selectbox("Works for", list(LIVES), format_func=LIVES.__getitem__, key="token_days")
        submitted = st.form_submit_button("Create and show token", key="token_submit", type="primary")
    if submitted:
        issued = attempt(lambda: _issue(viewer, name, scopes, days))
        if issued is not None:
            st.session_state[_SHOWN] = (name, issued.value)
            st.rerun()


def table(tokens: Sequence[TokenEntry], viewer: Viewer) -> None:
    """One line a token, the newest first."""
    if not tokens:
        st.info("No program has a token yet. Create one below, then follow docs/api.md.", icon=":material/key_off:")
        return
    now = clock.now()
    st.dataframe(
        pd.DataFrame([_line(token, viewer, now) for token in tokens]),
        hide_index=True,
        key="token_table",
        alt="Every API token with its rights, its last use and its end",
        column_config={"May": st.column_config.TextColumn(width=330)},
    )


def end(tokens: Sequence[TokenEntry]) -> None:
    """Choose a token that still works and end it."""
    names = {token.token_id: f"{token.name} ({token.hint}…)" for token in tokens if token.revoked_at is None}
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        token_id = st.selectbox(
            "End a token", list(names), index=None, format_func=names.__getitem__, key="token_chosen", placeholder="Choose a token"
        )
        if st.button("Revoke", key="token_revoke", icon=":material/key_off:", disabled=token_id is None) and token_id is not None:
            _confirm(token_id, names[token_id])


@st.dialog("Revoke a token")
def _confirm(token_id: int, name: str) -> None:
    viewer = signed_in_viewer()
    st.markdown(f"{plain(name)} stops working at once, and whatever uses it cannot report any more. What it reported stays.")
    if st.button("Revoke", key="token_revoke_yes", type="primary"):
        save(lambda session: api_tokens.revoke(session, viewer, token_id, clock.now()), f"{name} is revoked.")


def _issue(viewer: Viewer, name: str, scopes: Sequence[ApiScope], days: int | None) -> IssuedToken:
    details = api_tokens.new_token_details(name=name, scopes=scopes, days=days)
    return database().write(lambda session: api_tokens.issue(session, viewer, details, clock.now()))


def _line(token: TokenEntry, viewer: Viewer, now: datetime) -> dict[str, str]:
    return {
        "What uses it": token.name,
        "Token": f"{token.hint}…",
        "May": ", ".join(words for scope, words in SCOPE_WORDS.items() if scope in token.scopes),
        "Last used": _moment(token.last_used_at, viewer) or "never",
        "Works": _until(token, viewer, now),
        "Made by": token.created_by or UNKNOWN,
    }


def _until(token: TokenEntry, viewer: Viewer, now: datetime) -> str:
    if token.revoked_at is not None:
        return f"revoked on {_day(token.revoked_at, viewer)}"
    if token.expires_at is None:
        return "until revoked"
    return f"{'ended on' if token.expires_at <= now else 'until'} {_day(token.expires_at, viewer)}"


def _moment(at: datetime | None, viewer: Viewer) -> str:
    return f"{wall_clock(at, viewer.time_zone):%d %b %Y, %H:%M}" if at else ""


def _day(at: datetime, viewer: Viewer) -> str:
    return f"{wall_clock(at, viewer.time_zone):%d %b %Y}"
