"""What happened with one lead, newest first, with the form that adds to it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import streamlit as st

import clock
from database import database
from domain.facts import ActivityEntry
from domain.formatting import day_text, money_text
from domain.lead_history import HISTORY_TYPES, UNDONE
from domain.local_time import wall_clock
from domain.records import ActivityType
from services import activities, lead_moves
from services.access import Viewer
from services.activity_input import new_activity
from services.lead_lists import lead_history
from services.leads import StoredLead
from services.recordings import RecordingEntry
from services.roster import currency_of
from ui.activity_line import line
from ui.activity_words import ACTIVITIES, duration_text, outcome_badge
from ui.attempts import attempt
from ui.calls import playback
from ui.layout import section
from ui.wording import plain

FIRST: Final = 20
"""Entries shown at first, and how many more each time."""
_OFFERED: Final = (ActivityType.NOTE, ActivityType.CALL, ActivityType.EMAIL)
_PLACEHOLDER: Final = "What was said, and what comes next?"


def show(viewer: Viewer, lead: StoredLead) -> None:
    """The entries the viewer may see; each lead remembers on its own how many are shown."""
    with section("What happened", key="lead-timeline", note="Newest first.", height="content"):
        _log(lead)
        shown_key = f"lead-timeline-shown-{lead.id}"
        limit: int = st.session_state.get(shown_key, FIRST)
        with database().reading() as session:
            found = lead_history(session, viewer, lead.id or 0, after=None, limit=limit)
            currency = currency_of(session)
        heard = playback.of_activities(viewer, (each.id for each in found.entries))
        if not found.entries:
            st.markdown(":gray[Nothing yet. Log the first call, or keep a note.]")
        for day, entries in groupby(found.entries, key=lambda entry: wall_clock(entry.occurred_at, viewer.time_zone).date()):
            st.markdown(f"**{day:%a} {day_text(day)}**")
            for entry in entries:
                _line(entry, viewer.time_zone, currency, heard.get(entry.id, ()))
        if found.next_after is not None:
            st.button("Show more", key="lead-more", on_click=_show_more, args=(shown_key, limit + FIRST))


def _show_more(shown_key: str, limit: int) -> None:
    st.session_state[shown_key] = limit


def _line(entry: ActivityEntry, time_zone: str, currency: str, heard: Sequence[RecordingEntry]) -> None:
    with line(f"lead-line-{entry.id}", entry.occurred_at, time_zone, _words(entry, currency), _said(entry)):
        playback.show(heard, time_zone, key="lead")


def _words(entry: ActivityEntry, currency: str) -> str:
    """What it was, how it ended, what it brought, and whose it is."""
    shown = ACTIVITIES[entry.type]
    is_history = entry.type in HISTORY_TYPES
    facts = [_sale(entry, currency)] if is_history else [outcome_badge(entry.outcome), duration_text(entry.duration_seconds)]
    title = plain(entry.subject) if is_history else shown.name
    return " ".join(part for part in (f"{shown.symbol} **{title}**", *facts, f":gray[· {plain(entry.agent_name)}]") if part)


def _said(entry: ActivityEntry) -> str:
    """What was noted; the title of a history entry stands in its line already."""
    texts = (entry.notes,) if entry.type in HISTORY_TYPES else (entry.subject, entry.notes)
    return " ".join(plain(text, limit=2_000) for text in texts if text)


def _sale(entry: ActivityEntry, currency: str) -> str:
    """What a conversion brought, and that one was taken back."""
    if entry.details.get(UNDONE):
        return ":gray-badge[taken back]"
    revenue = entry.details.get("revenue_minor")
    return f":green-badge[{plain(money_text(revenue, currency))}]" if isinstance(revenue, int) else ""


def _log(lead: StoredLead) -> None:
    """A call, an e-mail or a note about the lead; for its agent's count, so not while it is nobody's."""
    if lead.agent_id is None:
        return
    lead_id, names = lead.id or 0, {each: ACTIVITIES[each].name for each in _OFFERED}
    with st.form(f"lead-log-{lead_id}", clear_on_submit=True, border=False):
        st.radio("What", _OFFERED, format_func=names.__getitem__, key=_kind_key(lead_id), horizontal=True, label_visibility="collapsed")
        st.text_area("Note", max_chars=10_000, height=80, key=_notes_key(lead_id), placeholder=_PLACEHOLDER, label_visibility="collapsed")
        args = (lead_id, lead.agent_id)
        st.form_submit_button("Log it", icon=":material/check:", key="lead-log-save", on_click=_save, args=args)


def _save(lead_id: int, agent_id: int) -> None:
    """A note needs words; a call or an e-mail is worth logging without. Before the page is drawn, so that all of it knows."""
    kind, notes, now = st.session_state[_kind_key(lead_id)], st.session_state[_notes_key(lead_id)], clock.now()
    if kind is ActivityType.NOTE:
        attempt(lambda session, viewer: lead_moves.add_note(session, viewer, lead_id, notes, now))
        return
    new = new_activity(agent_id=agent_id, type=kind, lead_id=lead_id, notes=notes)
    attempt(lambda session, viewer: activities.record_activity(session, viewer, new, now))


def _kind_key(lead_id: int) -> str:
    return f"lead-log-kind-{lead_id}"


def _notes_key(lead_id: int) -> str:
    return f"lead-log-notes-{lead_id}"
