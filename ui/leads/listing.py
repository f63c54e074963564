"""The leads the viewer looks after, the newest first, narrowed by the address."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import pandas as pd
import streamlit as st

from domain.records import LeadStatus, Role
from services.access import Viewer
from services.leads import RecordFilter, StoredLead
from ui.leads import address, bulk
from ui.leads.words import STATUSES, first_contact, status_text
from ui.tables import UNKNOWN, text_column

PAGE: Final = 50
_COLUMNS: Final = {
    "name": text_column("Lead", pinned=True),
    "status": text_column("Status"),
    "first_contact": text_column("First contact", help_text="How long a new lead has waited, or how long the first contact took."),
    "company": text_column("Company"),
    "source": text_column("Source"),
    "agent": text_column("Agent"),
}


def filters(agents: Mapping[int, str]) -> RecordFilter:
    """Draw the filters and return what they choose; an agent who is not the viewer's to see finds nothing."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="leads-filters"):
        st.session_state["leads-status"] = address.status()
        st.pills(
            "Status", list(LeadStatus), key="leads-status", wrap=True, format_func=status_text, on_change=_picked, args=(address.STATUS,)
        )
        if len(agents) > 1:
            chosen = address.number(address.AGENT)
            st.session_state["leads-agent"] = chosen if chosen in agents else None
            st.selectbox(
                "Agent",
                list(agents),
                key="leads-agent",
                format_func=agents.__getitem__,
                placeholder="Everybody",
                on_change=_picked,
                args=(address.AGENT,),
            )
    return RecordFilter(agent_id=address.number(address.AGENT), status=address.status())


def _picked(name: str) -> None:
    address.narrow(name, st.session_state[f"leads-{name}"])


def show(viewer: Viewer, found: Sequence[StoredLead], agents: Mapping[int, str], now: datetime) -> None:
    """The table, what can be done with the leads chosen in it, and the way to older ones."""
    shown = found[:PAGE]
    if not shown:
        _nothing(viewer)
    else:
        chosen = [shown[row] for row in _table(shown, agents, now) if row < len(shown)]
        if chosen:
            bulk.bar(viewer, chosen, agents)
        else:
            st.caption("Choose one lead to open it, or several to change them together.")
    _paging(shown, has_more=len(found) > PAGE)


def _table(shown: Sequence[StoredLead], agents: Mapping[int, str], now: datetime) -> list[int]:
    rows = [
        {
            "name": lead.name,
            "status": STATUSES[lead.status].name,
            "first_contact": first_contact(lead, now),
            "company": lead.company,
            "source": lead.source or "Source unknown",
            "agent": agents.get(lead.agent_id or 0, "Nobody yet" if lead.agent_id is None else UNKNOWN),
        }
        for lead in shown
    ]
    event = st.dataframe(
        pd.DataFrame(rows),
        column_config=_COLUMNS,
        hide_index=True,
        # Other leads on the page mean another table: a choice by row numbers must not move on to somebody else.
        key=f"leads-table-{hash(tuple(lead.id for lead in shown))}",
        alt="Leads with their status and first contact",
        placeholder=UNKNOWN,
        on_select="rerun",
        selection_mode="multi-row",
    )
    return list(event["selection"]["rows"])


def _nothing(viewer: Viewer) -> None:
    is_narrowed = any(name in st.query_params for name in (address.STATUS, address.AGENT, address.BEFORE))
    with st.container(border=True, key="card-empty"):
        st.header("No lead fits" if is_narrowed else "No leads yet", anchor=False)
        if is_narrowed:
            st.markdown("Other filters may show more.")
            st.button("Show all leads", key="leads-all", icon=":material/filter_alt_off:", on_click=_show_all)
        elif viewer.role is Role.AGENT:
            st.markdown("A lead that is given to you shows up here, with the time it has been waiting for your first contact.")
        else:
            st.markdown("Leads arrive with an import of your CRM or through the API. Here you see who waits, and hand them out.")


def _show_all() -> None:
    for name in (address.STATUS, address.AGENT, address.BEFORE):
        address.put(name, None)


def _paging(shown: Sequence[StoredLead], *, has_more: bool) -> None:
    with st.container(horizontal=True, gap="small"):
        if address.BEFORE in st.query_params:
            st.button("Newest", key="leads-newest", icon=":material/first_page:", on_click=address.put, args=(address.BEFORE, None))
        if has_more:
            last = shown[-1].id
            st.button("Older", key="leads-older", icon=":material/chevron_right:", on_click=address.put, args=(address.BEFORE, last))
