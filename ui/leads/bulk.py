"""What can be done with the leads chosen in the list, one or many."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from domain.lead_list import LeadLine
from domain.lead_steps import ENDS, STEPS
from domain.records import LeadStatus, Role
from services import lead_moves
from services.access import Viewer
from ui.leads import address, moves
from ui.leads.words import STATUSES
from ui.wording import counted, plain

NOBODY: Final = "Nobody (take it back)"
_RECEIVER: Final = "leads-assign-to"


def bar(viewer: Viewer, chosen: Sequence[LeadLine], agents: Mapping[int, str]) -> None:
    """Open the lead, or change all that are chosen."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="card-bulk"):
        st.markdown(f"**{counted(len(chosen), 'lead')} chosen**", width="content")
        if len(chosen) == 1:
            open_label = f"Open {plain(chosen[0].name, limit=40)}"
            st.button(open_label, key="leads-open", type="primary", on_click=address.put, args=(address.LEAD, chosen[0].id))
        lead_ids = [line.id for line in chosen]
        if all(line.status in ENDS for line in chosen):
            reopening(lead_ids)
        else:
            steps(lead_ids)
            losing(lead_ids)
        assigning(viewer, lead_ids, agents)


def steps(lead_ids: Sequence[int], offered: Sequence[LeadStatus] = STEPS) -> None:
    """The steps a lead can take, a button each."""
    for status in offered:
        words = STATUSES[status]
        st.button(words.name, key=f"leads-to-{status}", icon=words.symbol, on_click=moves.change, args=(lead_ids, moves.onward(status)))


def reopening(lead_ids: Sequence[int]) -> None:
    """The way back for leads that have come to an end."""
    st.button("Reopen", key="lead-reopen", icon=":material/undo:", on_click=moves.change, args=(lead_ids, lead_moves.reopen))


def losing(lead_ids: Sequence[int]) -> None:
    """Losing the leads, with a reason where it is known."""
    with st.popover("Lost", icon=STATUSES[LeadStatus.LOST].symbol):
        # Other leads mean another field: a reason typed for one must not be said of the next.
        key = f"leads-lost-reason-{hash(tuple(lead_ids))}"
        st.text_input("Why? (optional)", max_chars=200, key=key)
        st.button("Mark as lost", key="leads-to-lost", on_click=_lose, args=(lead_ids, key))


def _lose(lead_ids: Sequence[int], reason_key: str) -> None:
    """The reason is read at the click: it comes with it when somebody types and clicks without leaving the field first."""
    moves.change(lead_ids, moves.lose(st.session_state[reason_key]))


def assigning(viewer: Viewer, lead_ids: Sequence[int], agents: Mapping[int, str]) -> None:
    """Giving the leads to somebody, for those who decide that; only an admin takes them back, a manager would not see them any more."""
    if viewer.role is Role.AGENT or not agents:
        return
    offered = {**agents, address.NOBODY: NOBODY} if viewer.role is Role.ADMIN else agents
    with st.popover("Assign", icon=":material/person_add:"):
        st.selectbox("To", list(offered), index=None, format_func=offered.__getitem__, placeholder="Choose somebody", key=_RECEIVER)
        st.button("Assign", key="leads-assign", on_click=_give, args=(lead_ids,))


def _give(lead_ids: Sequence[int]) -> None:
    """To whoever is chosen at the click; to nobody by accident."""
    receiver: int | None = st.session_state[_RECEIVER]
    if receiver is not None:
        moves.change(lead_ids, moves.give(receiver or None))
