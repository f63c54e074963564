"""Changing leads from the screen: each in a transaction of its own, and what was refused is said with its reason."""

from collections.abc import Sequence
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.errors import PacesetterError
from domain.records import LeadStatus
from services import leads
from services.access import Viewer
from services.leads import LeadWords, StoredLead
from services.owners import AgentName
from ui.session import current_viewer
from ui.wording import counted, plain

_RESULT: Final = "leads-result"


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
    refusals = [(lead.name, _refusal(viewer, lead, said)) for lead in chosen]
    refused = [(name, reason) for name, reason in refusals if reason is not None]
    st.session_state[_RESULT] = (len(chosen) - len(refused), refused)


def _refusal(viewer: Viewer, lead: StoredLead, said: LeadWords) -> str | None:
    def work(session: Session) -> None:
        leads.change(session, viewer, lead.id or 0, said, clock.now())

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
