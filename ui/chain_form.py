"""How a business works: its chain from first contact to sale, as an admin describes it."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.goals.chain import Chain, Link, LinkEdit
from domain.money import from_minor, to_minor
from domain.records import Profile
from services import business_chain, organisation
from services.access import Viewer
from ui.outcome import save
from ui.people.words import PROFILE_WORDS
from ui.wording import plain

NOTE: Final = (
    "Goals are planned along these steps. The rates count for people of whom too little is recorded yet; minutes and money make the cost."
)
HAND: Final = "Others are predicted and never asked for. The first step is always a decision."
_PER_CENT: Final = 100


def show(viewer: Viewer) -> None:
    """A kind of business and its steps, in a form."""
    with database().reading() as session:
        company = organisation.company(session)
    if company is None:
        return
    profiles = list(Profile)
    profile = st.selectbox(
        "Business", profiles, index=profiles.index(company.profile), format_func=PROFILE_WORDS.__getitem__, key="chain-profile", width=300
    )
    with database().reading() as session:
        found = business_chain.described(session, viewer, profile)
    with st.form(f"chain-{profile}", border=False):
        edits = [_link(link, found.chain, company.currency) for link in found.chain.links]
        submitted = st.form_submit_button("Save steps", type="primary", key=f"chain-save-{profile}")
    if submitted:
        save(partial(_change, viewer, profile, edits), "The steps are saved; plans follow them from now on.")
    if found.is_own and st.button("Back to the product's own", key=f"chain-reset-{profile}"):
        save(partial(_reset, viewer, profile), "The product's own steps are back.")


def _link(link: Link, chain: Chain, currency: str) -> LinkEdit:
    key, is_first = f"chain-{chain.profile}-{link.key}", link is chain.links[0]
    with st.container(border=True, key=f"card-{key}", gap="xsmall"):
        left, hand, *numbers = st.columns((4, 3, 2, 2, 2), vertical_alignment="bottom")
        name = left.text_input("Step", value=link.name, max_chars=business_chain.LONGEST_NAME, key=f"{key}-name")
        in_hand = hand.checkbox("In one's hands", value=link.is_controllable, key=f"{key}-hand", disabled=is_first, help=HAND)
        shown = (link.rate * _PER_CENT, link.minutes, float(from_minor(link.spend_minor, currency)))
        labels = ("Of the step before (%)", "Minutes", f"Spent ({plain(currency)})")
        rate, minutes, spend = (
            column.number_input(label, value=round(float(value), 2), min_value=0.0, step=1.0, format="%.2f", key=f"{key}-{label[:3]}")
            for column, label, value in zip(numbers, labels, shown, strict=True)
        )
    return LinkEdit(
        key=link.key,
        name=name,
        is_controllable=in_hand,
        rate=1.0 if is_first else rate / _PER_CENT,
        minutes=minutes,
        spend_minor=to_minor(Decimal(str(spend)), currency),
    )


def _change(viewer: Viewer, profile: Profile, edits: Sequence[LinkEdit], session: Session) -> None:
    business_chain.change(session, viewer, profile, edits, clock.now())


def _reset(viewer: Viewer, profile: Profile, session: Session) -> None:
    business_chain.reset(session, viewer, profile, clock.now())
