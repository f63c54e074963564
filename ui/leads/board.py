"""The list of leads or the one that is open, drawn again when a lead changes."""

import streamlit as st

import clock
from database import database
from domain.periods import Grain, containing
from services.choices import filter_choices
from services.lead_lists import lead_page, lead_sources
from services.owners import today_of
from services.roster import currency_of
from ui import outcome, parameters
from ui.leads import address, card, filters, listing, moves, waiting
from ui.session import signed_in_viewer
from ui.turns import fragment


@fragment(key="leads")
def show() -> None:
    """One lead where the address names one, else who waits and the list."""
    viewer, now = signed_in_viewer(), clock.now()
    moves.show_result()
    outcome.show()
    with database().reading() as session:
        agents = filter_choices(session, viewer, containing(today_of(viewer, now), Grain.MONTH)).agents
        if address.LEAD not in st.query_params:
            sources = lead_sources(session, viewer, now)
            found = lead_page(session, viewer, address.search(), after=parameters.number(address.BEFORE), limit=listing.PAGE, now=now)
            currency = currency_of(session)
    if address.LEAD in st.query_params:
        card.show(viewer, parameters.number(address.LEAD), agents, now)
        return
    waiting.show()
    filters.show(viewer, agents, sources)
    listing.show(viewer, found, agents, currency, now)
