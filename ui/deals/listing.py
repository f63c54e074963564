"""The open deals the viewer looks after as a table, the most pressing first; one of them is chosen to open it."""

from typing import Any, Final

import streamlit as st

from domain.pipeline.steps import words as stage_words
from domain.records import Role
from services.access import Viewer
from services.deal_warnings import DealAtRisk, DealPage
from ui import layout, parameters, tables
from ui.deals import address
from ui.deals.words import amount_text, days_text, priority_text, stage_text, task_text, warning_names
from ui.tables import UNKNOWN, share_column, text_column
from ui.wording import counted, plain

MOST_NAMED: Final = 2
"""Warnings named in a cell; more would be cut off."""
CHANCE_NOTE: Final = (
    "How likely it is to be won within the time its pipeline is learnt for; a deal's page has that and why. "
    "From 1 to 99 %, because nothing that is still to come is certain; empty where none is told."
)
_COLUMNS: Final = {
    "name": text_column("Deal", pinned=True, width=190),
    "priority": text_column("Priority", help_text="What is wrong, what is at stake and how soon it is to close, added up."),
    "chance": share_column("Chance", help_text=CHANCE_NOTE, places=0),
    "warnings": text_column("What warns of it", width=230),
    "quiet": text_column("Quiet for", help_text="Full days since the last activity; where there was none, since it was created."),
    "stage": text_column("Stage"),
    "amount": text_column("Amount"),
    "next": text_column("Next step", help_text="What its agent has in the calendar for it."),
    "agent": text_column("Agent"),
}


def show(viewer: Viewer, found: DealPage, currency: str, offset: int) -> None:
    """The table and the way to the others."""
    with layout.section("Open deals", key="deals-list", view="deals", params=address.params()):
        first = "likeliest" if address.is_likely_first() else "most pressing"
        st.caption(f"{counted(found.in_all, 'open deal')}, the {first} first. Choose one to open it.")
        place = st.container()
        unused = _unused(viewer, found)
        columns = {name: column for name, column in _COLUMNS.items() if name not in unused}
        rows = [_row(deal, viewer.time_zone, currency) for deal in found.deals]
        # Other deals on the page mean another table: a choice by row number must not move on to another deal.
        key = f"deals-table-{hash(tuple(deal.listed.deal_id for deal in found.deals))}"
        chosen = tables.choosable(rows, columns, key=key, alt_text=f"Open deals with what warns of them, the {first} first")
        if chosen is not None:
            listed = found.deals[chosen].listed
            place.button(
                f"Open {plain(listed.name)}", key="deals-open", type="primary", on_click=parameters.put, args=(address.DEAL, listed.deal_id)
            )
        _paging(found, offset)


def _unused(viewer: Viewer, found: DealPage) -> set[str]:
    """Columns that would be the same or empty in every row."""
    alone = {"agent"} if viewer.role is Role.AGENT else set[str]()
    return alone | ({"chance"} if all(deal.chance_told is None for deal in found.deals) else set[str]())


def _row(deal: DealAtRisk, zone: str, currency: str) -> dict[str, Any]:
    listed = deal.listed
    return {
        "name": listed.name,
        "priority": priority_text(listed.priority),
        "chance": None if deal.chance_told is None else deal.chance_told * 100,
        "warnings": warning_names(tuple(each.rule for each in deal.warnings), most=MOST_NAMED),
        "quiet": days_text(deal.facts.quiet_days),
        "stage": stage_words(stage_text(listed.stage)),
        "amount": amount_text(listed.amount_minor, currency),
        "next": task_text(deal.facts.next_step, zone),
        "agent": listed.agent_name or UNKNOWN,
    }


def _paging(found: DealPage, offset: int) -> None:
    with st.container(horizontal=True, gap="small"):
        if offset:
            st.button("First page", key="deals-first", icon=":material/first_page:", on_click=parameters.put, args=(address.FROM, None))
        if offset + len(found.deals) < found.in_all:
            args = (address.FROM, offset + len(found.deals))
            st.button("More", key="deals-more", icon=":material/chevron_right:", on_click=parameters.put, args=args)
