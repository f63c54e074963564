"""The Deals screen: one deal, or what needs somebody today and all open deals, as a table or by stage."""

from datetime import datetime
from typing import Final

import streamlit as st

import clock
from database import database
from domain.deals.priority import DealPriority
from domain.deals.warning_words import WARNING_WORDS
from domain.records import Role
from services import deal_warnings
from services.access import Viewer
from services.choices import people_seen
from services.deal_warnings import DealAtRisk, DealPage
from services.roster import currency_of
from ui import below, layout, parameters
from ui.attempts import show_refusal
from ui.deals import address, card, filters, listing, model_card, monitoring, stages, thresholds
from ui.deals.words import amount_text, priority_badge
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import plain

PAGE: Final = 50
ON_BOARD: Final = 200
"""Deals read for the board: the most pressing of them stand first in their stages."""
TODAY: Final = 5
"""Deals called out: as many as somebody can do something about in a morning."""
TODAY_NOTE: Final = (
    "The deals that ask most for attention: what is wrong, how much is at stake and how soon they are to close, added up. Every open deal "
    "is looked at each hour, and at once when something is done for it here."
)


@fragment(key="deals")
def show() -> None:
    """The whole screen; who looks is asked again on every run."""
    viewer, now = signed_in_viewer(), clock.now()
    show_refusal()
    if address.DEAL in st.query_params:
        card.show(viewer, parameters.number(address.DEAL), now)
        return
    limit, offset = (ON_BOARD, 0) if address.is_board() else (PAGE, address.offset())
    with database().reading() as session:
        agents = people_seen(session, viewer) if viewer.role is not Role.AGENT else {}
        places = deal_warnings.stages(session, viewer, now)
        read = deal_warnings.likeliest if address.is_likely_first() and not address.is_board() else deal_warnings.page
        found = read(session, viewer, address.narrowed(now), now, offset=offset, limit=limit)
        currency = currency_of(session)
    filters.show(agents, places, has_chances=any(deal.chance_told is not None for deal in found.deals))
    if not found.deals:
        _nothing(has_any=bool(places))
        return
    _today(viewer, found, currency, now)
    if address.is_board():
        stages.show(found, currency)
    else:
        listing.show(viewer, found, currency, offset)
    below.show(lambda: _rest(viewer))


def _rest(viewer: Viewer) -> None:
    monitoring.show(viewer)
    model_card.show(viewer)
    thresholds.show(viewer)


def _today(viewer: Viewer, found: DealPage, currency: str, now: datetime) -> None:
    pressing = [deal for deal in found.deals if deal_warnings.needs_somebody(deal, viewer, now)][:TODAY]
    if not pressing or address.offset() or address.is_likely_first():
        return
    with layout.section("Needs you today" if viewer.role is Role.AGENT else "Needs somebody today", key="deals-today", note=TODAY_NOTE):
        for deal in pressing:
            _pressing(deal, viewer, currency, now)


def _pressing(deal: DealAtRisk, viewer: Viewer, currency: str, now: datetime) -> None:
    listed = deal.listed
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"deals-today-{listed.deal_id}"):
        with st.container(gap="xxsmall", width="stretch"):
            whose = f" · {plain(listed.agent_name)}" if listed.agent_name and viewer.role is not Role.AGENT else ""
            amount = plain(amount_text(listed.amount_minor, currency))
            st.markdown(f"{priority_badge(listed.priority)} **{plain(listed.name)}** :gray[{amount}{whose}]")
            st.caption(_why(deal, viewer, now))
        st.button("Open", key=f"deals-open-{listed.deal_id}", on_click=parameters.put, args=(address.DEAL, listed.deal_id))


def _why(deal: DealAtRisk, viewer: Viewer, now: datetime) -> str:
    """Why today: what is planned for it, unless it presses so much that it would stand here anyway."""
    coming, first = deal.facts.next_step, deal.warnings[0] if deal.warnings else None
    if coming and deal_warnings.is_today(coming, viewer, now) and deal.listed.priority is not DealPriority.HIGH:
        return f"Planned for today: {plain(coming.title)}"
    return f"{plain(first.evidence, limit=500)} **{WARNING_WORDS[first.rule].do}**" if first else ""


def _nothing(*, has_any: bool) -> None:
    with st.container(border=True, key="card-empty"):
        st.header("No deal fits" if has_any else "No open deals yet", anchor=False)
        if has_any:
            st.markdown("Other filters may show more.")
            st.button("Show all deals", key="deals-all", icon=":material/filter_alt_off:", on_click=address.show_all)
        else:
            st.markdown(
                "Deals arrive with an import of your CRM, through the API, or with a lead that is interested. Here you see which need help."
            )
