"""The list of leads or the one that is open, drawn again when a lead changes."""

import streamlit as st

import clock
from database import database
from domain.periods import Grain, containing
from services import leads
from services.choices import filter_choices
from services.owners import today_of
from ui.leads import address, card, listing, moves
from ui.session import signed_in_viewer


@st.fragment(key="leads")
def show() -> None:
    """One lead where the address names one, else the list."""
    viewer, now = signed_in_viewer(), clock.now()
    moves.show_result()
    with database().reading() as session:
        agents = filter_choices(session, viewer, containing(today_of(viewer, now), Grain.MONTH)).agents
    if address.LEAD in st.query_params:
        card.show(viewer, address.number(address.LEAD), agents, now)
        return
    wanted = listing.filters(agents)
    with database().reading() as session:
        found = leads.leads(session, viewer, wanted, after=address.number(address.BEFORE), limit=listing.PAGE + 1, now=now)
    listing.show(viewer, found, agents, now)
