"""What was done on a day, newest first; recent entries can be corrected or taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import streamlit as st

from domain.facts import ActivityEntry, AgentChoice
from services.activities import is_correctable
from services.recordings import RecordingEntry
from ui import log_activity
from ui.activity_line import line
from ui.activity_words import ACTIVITIES, duration_text, outcome_badge
from ui.calls import playback
from ui.wording import plain

SHOWN: Final = 15
"""Entries before “Show all”: two screens of a phone."""
ALL: Final = "timeline-all"


def show(agent: AgentChoice, entries: Sequence[ActivityEntry], now: datetime, heard: Mapping[int, Sequence[RecordingEntry]]) -> None:
    """The day's entries with their recordings; the older ones after a tap."""
    shown = entries if st.session_state.get(ALL) == _day_key(agent, entries) else entries[:SHOWN]
    for entry in shown:
        with line(f"entry-{entry.id}", entry.occurred_at, agent.time_zone, _words(entry), _said(entry)):
            playback.show(heard.get(entry.id, ()), agent.time_zone, key="day")
            if is_correctable(entry, now):
                _menu(agent, entry)
    if len(shown) < len(entries):
        st.button(f"Show all {len(entries)}", key="timeline-more", type="tertiary", on_click=_show_all, args=(_day_key(agent, entries),))


def _words(entry: ActivityEntry) -> str:
    """What it was, with whom, and how it ended."""
    shown = ACTIVITIES[entry.type]
    about = entry.lead_name or entry.deal_name or entry.subject
    parts = [f"{shown.symbol} **{shown.name}**", plain(about, limit=80) if about else "", outcome_badge(entry.outcome)]
    return " ".join(part for part in parts if part)


def _said(entry: ActivityEntry) -> str:
    """How long it took, and what was noted."""
    return " · ".join(part for part in (duration_text(entry.duration_seconds), plain(entry.notes, limit=200)) if part)


def _menu(agent: AgentChoice, entry: ActivityEntry) -> None:
    picked = st.menu_button("Change", ["Edit", "Delete"], icon=":material/more_horiz:", type="tertiary", key=f"entry-menu-{entry.id}")
    if picked == "Edit":
        log_activity.edit(agent, entry)
    elif picked == "Delete":
        log_activity.take_back(entry.id)
        st.rerun()


def _day_key(agent: AgentChoice, entries: Sequence[ActivityEntry]) -> str:
    return f"{agent.agent_id} {entries[0].local_on}" if entries else ""


def _show_all(key: str) -> None:
    st.session_state[ALL] = key
