"""What happened with one lead, newest first, with the form that adds to it."""

from typing import Final

import streamlit as st

import clock
from database import database
from domain.facts import ActivityEntry
from domain.formatting import money_text
from domain.lead_history import HISTORY_TYPES, UNDONE
from domain.local_time import wall_clock
from domain.records import ActivityType
from services import activities, lead_moves
from services.access import Viewer
from services.activity_input import new_activity
from services.lead_lists import lead_history
from services.leads import StoredLead
from services.roster import currency_of
from ui.activity_words import ACTIVITIES, duration_text, outcome_badge
from ui.attempts import attempt, show_refusal
from ui.layout import section
from ui.wording import plain

FIRST: Final = 20
"""Entries shown at first, and how many more each time."""


def show(viewer: Viewer, lead: StoredLead) -> None:
    """The entries the viewer may see; each lead remembers on its own how many are shown."""
    with section("What happened", key="lead-timeline", note="Newest first.", height="content"):
        _log(lead)
        shown_key = f"lead-timeline-shown-{lead.id}"
        limit: int = st.session_state.get(shown_key, FIRST)
        with database().reading() as session:
            found = lead_history(session, viewer, lead.id or 0, after=None, limit=limit)
            currency = currency_of(session)
        if not found.entries:
            st.markdown(":gray[Nothing yet. Log the first call, or keep a note.]")
        for entry in found.entries:
            st.markdown(_words(entry, viewer.time_zone, currency))
        if found.next_after is not None:
            st.button("Show more", key="lead-more", on_click=_show_more, args=(shown_key, limit + FIRST))


def _show_more(shown_key: str, limit: int) -> None:
    st.session_state[shown_key] = limit


def _words(entry: ActivityEntry, time_zone: str, currency: str) -> str:
    shown = ACTIVITIES[entry.type]
    when = f"{wall_clock(entry.occurred_at, time_zone):%Y-%m-%d %H:%M}"
    told = f":gray[{when} · {plain(entry.agent_name)}]"
    if entry.type in HISTORY_TYPES:
        facts = " · ".join(plain(text) for text in (_sale(entry, currency), entry.notes) if text)
        return f"{shown.symbol} **{plain(entry.subject)}** {told}" + (f"  \n{facts}" if facts else "")
    said = " ".join(plain(text, limit=2_000) for text in (entry.subject, entry.notes) if text)
    lasted = duration_text(entry.duration_seconds)
    return f"{shown.symbol} **{shown.name}** {outcome_badge(entry.outcome)} {told}{f' :gray[· {lasted}]' if lasted else ''}  \n{said}"


def _sale(entry: ActivityEntry, currency: str) -> str:
    """What a conversion brought, and that one was taken back."""
    if entry.details.get(UNDONE):
        return "Taken back later"
    revenue = entry.details.get("revenue_minor")
    return money_text(revenue, currency) if isinstance(revenue, int) else ""


def _log(lead: StoredLead) -> None:
    """A call, an e-mail or a note about the lead; for its agent's count, so not while it is nobody's."""
    if lead.agent_id is None:
        return
    with st.form(f"lead-log-{lead.id}", clear_on_submit=True, border=False):
        offered = (ActivityType.NOTE, ActivityType.CALL, ActivityType.EMAIL)
        kind = st.radio("What", offered, format_func=lambda each: ACTIVITIES[each].name, horizontal=True, key="lead-log-kind")
        notes = st.text_area("Note", max_chars=10_000, height=80, key="lead-log-notes")
        if st.form_submit_button("Log it", icon=":material/check:", key="lead-log-save"):
            _save(lead, kind, notes)
    show_refusal()


def _save(lead: StoredLead, kind: ActivityType, notes: str) -> None:
    """A note needs words; a call or an e-mail is worth logging without."""
    if kind is ActivityType.NOTE:
        attempt(lambda session, viewer: lead_moves.add_note(session, viewer, lead.id or 0, notes, clock.now()))
        return
    new = new_activity(agent_id=lead.agent_id or 0, type=kind, lead_id=lead.id, notes=notes)
    attempt(lambda session, viewer: activities.record_activity(session, viewer, new, clock.now()))
