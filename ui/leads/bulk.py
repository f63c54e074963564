"""What can be done with the leads chosen in the list, one or many."""

from collections.abc import Mapping, Sequence

import streamlit as st

from domain.lead_steps import STEPS
from domain.records import LeadStatus, Role
from services.access import Viewer
from services.leads import StoredLead
from ui.leads import address, moves
from ui.leads.words import STATUSES
from ui.wording import counted, plain


def bar(viewer: Viewer, chosen: Sequence[StoredLead], agents: Mapping[int, str]) -> None:
    """Open the lead, or change all that are chosen."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="card-bulk"):
        st.markdown(f"**{counted(len(chosen), 'lead')} chosen**", width="content")
        if len(chosen) == 1:
            open_label = f"Open {plain(chosen[0].name, limit=40)}"
            st.button(open_label, key="leads-open", type="primary", on_click=address.put, args=(address.LEAD, chosen[0].id))
        actions(viewer, chosen, agents)


def actions(viewer: Viewer, chosen: Sequence[StoredLead], agents: Mapping[int, str], steps: Sequence[LeadStatus] = STEPS) -> None:
    """The steps a lead can take, losing it with a reason and, for those who decide that, giving it to somebody."""
    for status in steps:
        words = STATUSES[status]
        said = moves.to_status(status)
        st.button(words.name, key=f"leads-to-{status}", icon=words.symbol, on_click=moves.change, args=(chosen, said))
    with st.popover("Lost", icon=STATUSES[LeadStatus.LOST].symbol):
        reason = st.text_input("Why? (optional)", max_chars=200, key="leads-lost-reason")
        said = moves.to_status(LeadStatus.LOST, reason)
        st.button("Mark as lost", key="leads-to-lost", on_click=moves.change, args=(chosen, said))
    if viewer.role is not Role.AGENT and agents:
        with st.popover("Assign", icon=":material/person_add:"):
            agent_id = st.selectbox("To", list(agents), format_func=agents.__getitem__, key="leads-assign-to")
            st.button("Assign", key="leads-assign", on_click=moves.change, args=(chosen, moves.to_agent(agent_id)))
