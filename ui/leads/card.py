"""One lead: how to reach them, how far they have come, what can be done next and what happened so far."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import streamlit as st

import clock
from database import database
from domain.errors import NotFoundError
from domain.facts import ActivityEntry
from domain.formatting import money_text
from domain.local_time import wall_clock
from domain.records import ActivityType, LeadStatus
from services import activities, deals, leads
from services.access import Viewer
from services.activity_input import new_activity
from services.activity_list import ActivityFilter
from services.activity_list import activities as listed
from services.deals import RecordFilter, StoredDeal
from services.leads import StoredLead
from services.roster import currency_of
from ui.activity_words import ACTIVITIES, outcome_badge
from ui.attempts import attempt, show_refusal
from ui.layout import section
from ui.leads import address, bulk, moves
from ui.leads.words import STATUSES, first_contact, furthest, status_text, steps
from ui.wording import plain

NO_LEAD: Final = "There is no such lead among those you look after."
FIRST: Final = 20
"""Entries shown at first, and how many more each time."""
MOST_DEALS: Final = 20
MOST: Final = 1e12
"""A typing error beyond it; in minor units it still fits the database's whole numbers."""
_MORE: Final = "lead-timeline-shown"


def show(viewer: Viewer, lead_id: int | None, agents: Mapping[int, str], now: datetime) -> None:
    """The lead with this id; one that is not the viewer's to see is told like one that does not exist."""
    st.button("All leads", key="lead-back", icon=":material/arrow_back:", type="tertiary", on_click=address.put, args=(address.LEAD, None))
    lead = _lead(viewer, lead_id, now)
    if lead is None:
        st.info(NO_LEAD, icon=":material/info:")
        return
    _about(lead, agents, now)
    with st.container(horizontal=True, gap="small", key="lead-actions"):
        bulk.actions(viewer, [lead], agents, (LeadStatus.CONTACTED, LeadStatus.INTERESTED))
        _converting(lead)
        if lead.status is LeadStatus.LOST:
            said = moves.to_status(furthest(lead))
            st.button("Reopen", key="lead-reopen", icon=":material/undo:", on_click=moves.change, args=([lead], said))
    _rating(lead)
    _deals(viewer, lead, now)
    _timeline(viewer, lead)


def _lead(viewer: Viewer, lead_id: int | None, now: datetime) -> StoredLead | None:
    try:
        with database().reading() as session:
            return leads.lead(session, viewer, lead_id or 0, now)
    except NotFoundError:
        return None


def _about(lead: StoredLead, agents: Mapping[int, str], now: datetime) -> None:
    with section(plain(lead.name), key="lead", height="content"):
        st.markdown(f"**{status_text(lead.status)}** · First contact: {first_contact(lead, now)}")
        st.markdown(" → ".join(plain(step) for step in steps(lead)) or ":gray[No dates are known.]")
        agent = agents.get(lead.agent_id) if lead.agent_id is not None else "nobody yet"
        known = {"Company": lead.company, "E-mail": lead.email, "Phone": lead.phone, "Source": lead.source, "Agent": agent or ""}
        told = known | {"Lost because": lead.lost_reason}
        st.markdown("\n".join(f"- {name}: {plain(value)}" for name, value in told.items() if value))


def _converting(lead: StoredLead) -> None:
    with st.popover("Converted", icon=STATUSES[LeadStatus.CONVERTED].symbol):
        help_text = "Stored as a won deal of today. Leave it empty when you do not know, or when the deal is here already."
        amount = st.number_input("Amount (optional)", min_value=0.0, max_value=MOST, value=None, help=help_text, key="lead-amount")
        st.button("Mark as converted", key="lead-convert", type="primary", on_click=moves.convert, args=(lead, amount))


def _rating(lead: StoredLead) -> None:
    key = f"lead-rating-{lead.id}"
    st.session_state[key] = None if lead.satisfaction is None else lead.satisfaction - 1
    st.caption("How satisfied is the customer? One star to five.")
    st.feedback("stars", key=key, on_change=_rate, args=(lead, key))


def _rate(lead: StoredLead, key: str) -> None:
    stars: int | None = st.session_state[key]
    moves.change([lead], moves.rated(None if stars is None else stars + 1))


def _deals(viewer: Viewer, lead: StoredLead, now: datetime) -> None:
    with database().reading() as session:
        found = deals.deals(session, viewer, RecordFilter(lead_id=lead.id), after=None, limit=MOST_DEALS, now=now)
        currency = currency_of(session)
    if found:
        with section("Deals", key="lead-deals", height="content"):
            st.markdown("\n".join(f"- {_deal_words(deal, currency)}" for deal in found))


def _deal_words(deal: StoredDeal, currency: str) -> str:
    amount = "amount unknown" if deal.amount_minor is None else money_text(deal.amount_minor, currency)
    return f"{plain(deal.name)} · {deal.status.value} · {plain(amount)}"


def _timeline(viewer: Viewer, lead: StoredLead) -> None:
    with section("What happened", key="lead-timeline", note="Newest first.", height="content"):
        _log(lead)
        shown_key = f"{_MORE}-{lead.id}"
        limit: int = st.session_state.get(shown_key, FIRST)
        with database().reading() as session:
            found = listed(session, viewer, ActivityFilter(lead_id=lead.id), after=None, limit=limit + 1)
        if not found:
            st.markdown(":gray[Nothing yet. Log the first call, or keep a note.]")
        for entry in found[:limit]:
            st.markdown(_entry_words(entry, viewer.time_zone))
        if len(found) > limit:
            st.button("Show more", key="lead-more", on_click=_show_more, args=(shown_key, limit + FIRST))


def _show_more(shown_key: str, limit: int) -> None:
    st.session_state[shown_key] = limit


def _entry_words(entry: ActivityEntry, time_zone: str) -> str:
    shown = ACTIVITIES[entry.type]
    said = " ".join(plain(text) for text in (entry.subject, entry.notes) if text)
    when = f"{wall_clock(entry.occurred_at, time_zone):%Y-%m-%d %H:%M}"
    return f"{shown.symbol} **{shown.name}** {outcome_badge(entry.outcome)} :gray[{when} · {plain(entry.agent_name)}]  \n{said}"


def _log(lead: StoredLead) -> None:
    """A call, an e-mail or a note about the lead; for its agent's count, so not while it is nobody's."""
    if lead.agent_id is None:
        return
    with st.form(f"lead-log-{lead.id}", clear_on_submit=True, border=False):
        offered = (ActivityType.NOTE, ActivityType.CALL, ActivityType.EMAIL)
        kind = st.radio("What", offered, format_func=lambda each: ACTIVITIES[each].name, horizontal=True, key="lead-log-kind")
        notes = st.text_area("Note", max_chars=10_000, height=80, key="lead-log-notes")
        if st.form_submit_button("Log it", icon=":material/check:", key="lead-log-save"):
            new = new_activity(agent_id=lead.agent_id, type=kind, lead_id=lead.id, notes=notes)
            attempt(lambda session, viewer: activities.record_activity(session, viewer, new, clock.now()))
    show_refusal()
