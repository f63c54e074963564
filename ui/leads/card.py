"""One lead: how to reach them, how far they have come, what can be done next and what happened so far."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import streamlit as st

from database import database
from domain.coaching.contact_timing import timing_words
from domain.errors import NotFoundError
from domain.formatting import day_text, money_text
from domain.lead_steps import ENDS
from domain.records import DealStatus, LeadStatus
from services.access import Viewer
from services.deals import StoredDeal
from services.lead_lists import LeadCard, lead_card
from services.leads import StoredLead
from services.roster import currency_of
from ui import parameters
from ui.layout import section
from ui.leads import address, bulk, erasing, history, moves, reach
from ui.leads.words import status_text, steps, wait_badge
from ui.wording import plain

NO_LEAD: Final = "There is no such lead among those you look after."
WHEN: Final = (
    "From calls in working hours of the last year, by the clock of whoever called: this lead's own, drawn towards those to other leads "
    "of the same source. Said only where luck is unlikely."
)
_AMOUNT: Final = "lead-amount"
_AHEAD: Final = {
    LeadStatus.NEW: (LeadStatus.CONTACTED, LeadStatus.INTERESTED),
    LeadStatus.CONTACTED: (LeadStatus.INTERESTED,),
    LeadStatus.INTERESTED: (),
}
"""The steps that remain; the last one, the conversion, asks for an amount."""


def show(viewer: Viewer, lead_id: int | None, agents: Mapping[int, str], now: datetime) -> None:
    """The lead with this id; one that is not the viewer's to see is told like one that does not exist."""
    st.button(
        "All leads", key="lead-back", icon=":material/arrow_back:", type="tertiary", on_click=parameters.put, args=(address.LEAD, None)
    )
    found = _found(viewer, lead_id, now)
    if found is None:
        st.info(NO_LEAD, icon=":material/info:")
        return
    _about(found.lead, agents, now)
    _actions(viewer, found, agents)
    _deals(found)
    history.show(viewer, found.lead)


def _found(viewer: Viewer, lead_id: int | None, now: datetime) -> LeadCard | None:
    try:
        with database().reading() as session:
            return lead_card(session, viewer, lead_id or 0, now)
    except NotFoundError:
        return None


def _actions(viewer: Viewer, found: LeadCard, agents: Mapping[int, str]) -> None:
    """What comes next: the steps ahead, or the way back for a lead that has come to an end."""
    lead, lead_ids = found.lead, [found.lead.id or 0]
    with section("What is next", key="lead-actions", height="content"):
        with st.container(horizontal=True, gap="small", key="lead-steps"):
            if lead.status in ENDS:
                bulk.reopening(lead_ids)
            else:
                bulk.steps(lead_ids, _AHEAD[lead.status])
            if lead.status is not LeadStatus.LOST and not any(deal.status is DealStatus.WON for deal in found.deals):
                bulk.converting(lead_ids, key=_AMOUNT, is_converted=lead.status is LeadStatus.CONVERTED)
            if lead.status not in ENDS:
                bulk.losing(lead_ids)
            bulk.assigning(viewer, lead_ids, agents)
            reach.call_button(lead.phone, key="lead-call")
        if found.timing is not None:
            st.caption(f":material/schedule: {plain(timing_words(found.timing))}", help=WHEN)
        if lead.status is not LeadStatus.NEW or lead.satisfaction is not None:
            _rating(lead)
        _contact(lead)
        erasing.offer(viewer, lead)


def _about(lead: StoredLead, agents: Mapping[int, str], now: datetime) -> None:
    with section(plain(lead.name), key="lead", height="content"):
        st.markdown(f"**{status_text(lead.status)}** · First contact: {wait_badge(lead, now)}")
        st.markdown(" → ".join(plain(step) for step in steps(lead)) or ":gray[No dates are known.]")
        agent = agents.get(lead.agent_id) if lead.agent_id is not None else "Nobody yet"
        known = {"Phone": lead.phone, "E-mail": lead.email, "Company": lead.company, "Source": lead.source, "Agent": agent or ""}
        told = known | {"Lost because": lead.lost_reason}
        with st.container(horizontal=True, gap="medium", key="lead-known"):
            for name, value in told.items():
                if value:
                    st.markdown(f":gray[{name}]  \n{plain(value)}", width="content")


def _contact(lead: StoredLead) -> None:
    """Whether they may be contacted at all."""
    st.checkbox(
        "Does not want to be contacted",
        value=lead.wants_no_contact,
        key=f"lead-no-contact-{lead.id}-{lead.wants_no_contact}",
        help="They unsubscribed, or asked to be left alone: no plan of a day and no call list names them.",
        on_change=_leave_alone,
        args=(lead,),
    )


def _leave_alone(lead: StoredLead) -> None:
    moves.change([lead.id or 0], moves.leave_alone(wants_no_contact=not lead.wants_no_contact))


def _rating(lead: StoredLead) -> None:
    key = f"lead-rating-{lead.id}"
    st.session_state[key] = None if lead.satisfaction is None else lead.satisfaction - 1
    st.caption("How satisfied is the customer? One star to five.")
    st.feedback("stars", key=key, on_change=_rate, args=(lead, key))


def _rate(lead: StoredLead, key: str) -> None:
    stars: int | None = st.session_state[key]
    moves.change([lead.id or 0], moves.rate(None if stars is None else stars + 1))


def _deals(found: LeadCard) -> None:
    if not found.deals:
        return
    with database().reading() as session:
        currency = currency_of(session)
    with section("Deals", key="lead-deals", height="content"):
        st.markdown("\n".join(f"- {_deal_words(deal, currency)}" for deal in found.deals))


def _deal_words(deal: StoredDeal, currency: str) -> str:
    amount = "amount unknown" if deal.amount_minor is None else money_text(deal.amount_minor, currency)
    when = "" if deal.closed_on is None else f" on {day_text(deal.closed_on)}"
    return f"{plain(deal.name)} · {deal.status.value}{plain(when)} · **{plain(amount)}**"
