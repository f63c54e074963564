"""What can be done with the leads chosen in the list, one or many."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from domain.lead_list import LeadLine
from domain.lead_steps import ENDS, STEPS
from domain.records import LeadStatus, Role
from services import lead_moves
from services.access import Viewer
from ui import parameters
from ui.leads import address, moves, reach
from ui.leads.words import STATUSES
from ui.wording import counted, plain

NOBODY: Final = "Nobody (take it back)"
MOST: Final = 1e12
"""A typing error beyond it; in minor units it still fits the database's whole numbers."""
SEVERAL: Final = "Converted stores no amount for several leads. Open one to add what it was sold for."
_RECEIVER: Final = "leads-assign-to"


def bar(viewer: Viewer, chosen: Sequence[LeadLine], agents: Mapping[int, str]) -> None:
    """Open the lead, or change all that are chosen."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="card-bulk"):
        st.markdown(f"**{counted(len(chosen), 'lead')} chosen**", width="content")
        if len(chosen) == 1:
            open_label = f"Open {plain(chosen[0].name, limit=40)}"
            st.button(open_label, key="leads-open", type="primary", on_click=parameters.put, args=(address.LEAD, chosen[0].id))
            reach.call_button(chosen[0].phone, key="leads-call")
        lead_ids = [line.id for line in chosen]
        if all(line.status in ENDS for line in chosen):
            reopening(lead_ids)
        else:
            _moving(lead_ids)
            losing(lead_ids)
        assigning(viewer, lead_ids, agents)


def _moving(lead_ids: Sequence[int]) -> None:
    """The steps; the conversion of one lead asks for its amount, that of several cannot: each was sold for its own."""
    if len(lead_ids) > 1:
        steps(lead_ids)
        st.caption(SEVERAL, width="content")
        return
    steps(lead_ids, [step for step in STEPS if step is not LeadStatus.CONVERTED])
    converting(lead_ids, key=f"leads-amount-{lead_ids[0]}")


def converting(lead_ids: Sequence[int], *, key: str, is_converted: bool = False) -> None:
    """The sale; a lead that is converted already may still lack its amount."""
    label, action = ("Add the amount", "Store the sale") if is_converted else ("Converted", "Mark as converted")
    with st.popover(label, icon=STATUSES[LeadStatus.CONVERTED].symbol):
        help_text = "Stored as a won deal, or as the amount of the deal that is open. Leave it empty when you do not know."
        st.number_input("Amount (optional)", min_value=0.0, max_value=MOST, value=None, help=help_text, key=key)
        st.button(action, key="lead-convert", type="primary", on_click=_convert, args=(lead_ids, key))


def _convert(lead_ids: Sequence[int], key: str) -> None:
    """The amount is read at the click: it comes with it when somebody types and clicks without leaving the field first."""
    moves.change(lead_ids, moves.convert(st.session_state[key]))


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
