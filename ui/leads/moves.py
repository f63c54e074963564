"""Changing leads from the screen: each in a transaction of its own, and what was refused is said with its reason."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.errors import ConflictError, PacesetterError
from domain.money import to_minor
from domain.records import DealStatus, LeadStatus
from services import deals, leads
from services.access import Viewer
from services.deals import DealWords, RecordFilter
from services.leads import LeadWords, StoredLead
from services.owners import AgentName, today_of
from services.roster import currency_of
from ui.session import current_viewer
from ui.wording import counted, plain

_RESULT: Final = "leads-result"
HAS_DEAL: Final = "This lead has a deal already. Leave the amount empty: it stands with the deal."


def to_status(status: LeadStatus, reason: str = "") -> LeadWords:
    """What is said when a lead gets a status; the reason is kept for a lost one."""
    return LeadWords(status=status, columns={"lost_reason": reason.strip()} if status is LeadStatus.LOST else {})


def to_agent(agent_id: int) -> LeadWords:
    """What is said when a lead is given to somebody."""
    return LeadWords(agent=AgentName(agent_id=agent_id))


def rated(stars: int | None) -> LeadWords:
    """What is said when a customer's satisfaction is known, from 1 to 5, or is taken back."""
    return LeadWords(columns={"satisfaction": stars})


def change(chosen: Sequence[StoredLead], said: LeadWords) -> None:
    """Say it of every lead; for `on_click`. One that cannot be changed does not keep the others from it."""
    viewer = current_viewer()
    if viewer is None:
        return
    refusals = [(lead.name, _refusal(partial(_say, viewer=viewer, lead=lead, said=said))) for lead in chosen]
    refused = [(name, reason) for name, reason in refusals if reason is not None]
    st.session_state[_RESULT] = (len(chosen) - len(refused), refused)


def convert(lead: StoredLead, amount: float | None) -> None:
    """Mark the lead as converted; with an amount in major units a won deal is stored with it, unless the lead has a deal already."""
    viewer = current_viewer()
    if viewer is None:
        return
    reason = _refusal(lambda session: _convert(session, viewer, lead, amount))
    st.session_state[_RESULT] = (0, [(lead.name, reason)]) if reason is not None else (1, [])


def _convert(session: Session, viewer: Viewer, lead: StoredLead, amount: float | None) -> None:
    now = clock.now()
    # The change locks the lead, so that two conversions at once cannot both find it without a deal.
    _say(session, viewer, lead, to_status(LeadStatus.CONVERTED))
    if amount is None:
        return
    if deals.deals(session, viewer, RecordFilter(lead_id=lead.id), after=None, limit=1, now=now):
        raise ConflictError(HAS_DEAL, code="has_deal")
    columns = {"name": lead.name, "company": lead.company, "source": lead.source, "category": lead.category, "lead_id": lead.id}
    sale = {"amount_minor": to_minor(Decimal(str(amount)), currency_of(session)), "status": DealStatus.WON}
    said = DealWords(columns=columns | sale | {"closed_on": today_of(viewer, now)}, agent=AgentName(agent_id=lead.agent_id))
    deals.store(session, viewer, said, now)


def _say(session: Session, viewer: Viewer, lead: StoredLead, said: LeadWords) -> None:
    leads.change(session, viewer, lead.id or 0, said, clock.now())


def _refusal(work: Callable[[Session], None]) -> str | None:
    try:
        database().write(work)
    except PacesetterError as error:
        return str(error)
    return None


def show_result() -> None:
    """What came of the last change, once: how many leads were changed, and each that was not with its reason."""
    done, refused = st.session_state.pop(_RESULT, (0, []))
    if done:
        st.success(f"{counted(done, 'lead')} changed.", icon=":material/check_circle:")
    if refused:
        lines = [f"- {plain(name)}: {plain(reason)}" for name, reason in refused]
        st.warning("\n".join(["Not changed:", "", *lines]), icon=":material/info:")
