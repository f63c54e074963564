"""One item: its dates, its list and what the list brought; the partners on it, and the items they become."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.errors import PacesetterError
from domain.money import from_minor, to_minor
from services import deal_moves, deals, sublists
from services.access import Viewer
from services.deals import StoredDeal
from services.pipeline_stages import pipelines
from services.roster import currency_of
from services.sublists import PartnerList
from ui.attempts import attempt, show_refusal
from ui.session import signed_in_viewer
from ui.wording import counted, plain

DAYS: Final = {
    "proposal_on": "Proposal",
    "agreement_on": "Agreement (hard yes)",
    "partner_list_due_on": "List due",
    "partner_list_sent_on": "List sent",
    "first_sale_on": "First sale from the list",
}
COUNTS: Final = {"partner_list_size": "Partners on the list", "total_sales_from_list": "Sales from the list"}
MOST: Final = 1e12
"""A typing error beyond it; in minor units it still fits the database's whole numbers."""


@st.dialog("Dates and list", width="medium", on_dismiss="rerun")
def show(deal_id: int) -> None:
    """The form; who looks is asked again, for a dialog runs without the page's guard."""
    viewer = signed_in_viewer()
    try:
        with database().reading() as session:
            item = deals.deal(session, viewer, deal_id, clock.now())
            lists = sublists.lists_of(session, viewer, deal_id, clock.now())
            currency, arranged = currency_of(session), pipelines(session)
    except PacesetterError as error:
        st.error(plain(str(error)))
        return
    st.markdown(f"**{plain(item.name)}** :small[:gray[{plain(arranged.words(item.stage))}]]")
    said = _fields(item, currency)
    if st.button("Save", type="primary", icon=":material/check:", key=f"item-save-{deal_id}"):
        _save(deal_id, said, currency)
    for each in lists:
        _list(deal_id, each)
    _new_list(deal_id)
    show_refusal()


def _fields(item: StoredDeal, currency: str) -> dict[str, Any]:
    with st.grid(2, min_column_width=150, gap="small", key=f"item-fields-{item.id}"):
        said: dict[str, Any] = {name: _day(item, name, label) for name, label in DAYS.items()}
        for name, label in COUNTS.items():
            said[name] = st.number_input(label, min_value=0, max_value=100_000, value=getattr(item, name), key=f"item-{name}-{item.id}")
        known = None if item.amount_minor is None else float(from_minor(item.amount_minor, currency))
        said["amount"] = st.number_input(f"Amount, {currency}", min_value=0.0, max_value=MOST, value=known, key=f"item-amount-{item.id}")
    return said


def _day(item: StoredDeal, name: str, label: str) -> date | None:
    found: date | None = st.date_input(label, value=getattr(item, name), format="YYYY-MM-DD", key=f"item-{name}-{item.id}")
    return found


def _save(deal_id: int, said: dict[str, Any], currency: str) -> None:
    amount = said.pop("amount")
    columns = said | {"amount_minor": None if amount is None else to_minor(Decimal(str(amount)), currency)}

    def work(session: Session, viewer: Viewer) -> bool:
        deal_moves.keep(session, viewer, deal_id, columns, clock.now())
        return True

    if attempt(work):
        st.rerun(scope="app")


def _list(deal_id: int, each: PartnerList) -> None:
    made = sum(contact.deal_id is not None for contact in each.contacts)
    with st.expander(f"{plain(each.name)}: {counted(len(each.contacts), 'partner')}, {counted(made, 'item')}"):
        for contact in each.contacts:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"contact-{contact.id}"):
                company = f" · {plain(contact.company)}" if contact.company else ""
                st.markdown(f"{plain(contact.name)}{company}", width="stretch")
                if contact.deal_id is not None:
                    st.markdown(":green-badge[:material/check: Item]", width="content")
                elif st.button("Make an item", type="tertiary", icon=":material/add:", key=f"spawn-{contact.id}"):
                    _spawn(deal_id, contact.id)


def _spawn(deal_id: int, contact_id: int) -> None:
    def work(session: Session, viewer: Viewer) -> bool:
        sublists.spawn(session, viewer, deal_id, contact_id, clock.now())
        return True

    if attempt(work):
        st.rerun(scope="fragment")


def _new_list(deal_id: int) -> None:
    with st.expander("Add a partner list", icon=":material/playlist_add:"):
        text = st.text_area("Partners, one a line", placeholder="Lin Chen, Cedar Builders, lin@example.com", key=f"new-list-{deal_id}")
        if st.button("Add the list", icon=":material/add:", key=f"add-list-{deal_id}"):

            def work(session: Session, viewer: Viewer) -> bool:
                sublists.add_list(session, viewer, deal_id, "", sublists.contacts_in(text), clock.now())
                return True

            if attempt(work):
                st.rerun(scope="fragment")
