"""The first start without the demo: whoever comes first sets the company up and becomes its administrator."""

from collections.abc import Collection

import streamlit as st

import clock
from database import database
from domain.errors import InputError
from domain.records import Profile
from services import people, sign_in
from services.person_input import company_details, person_details
from services.places import CURRENCIES, countries, time_zones
from services.sign_in import Ticket
from ui.components import cookie_bridge
from ui.front_card import front_card
from ui.outcome import attempt
from ui.people.words import PROFILE_WORDS


def show() -> None:
    """Ask for the company and the administrator, and sign them in."""
    with front_card("Welcome", "Set up your company. You will be its administrator; everybody else you can invite afterwards."):
        with st.form("first_start", border=False):
            company = _company()
            person = _person()
            password = st.text_input(
                "Password", key="first_password", type="password", autocomplete="new-password", placeholder="At least 12 characters"
            )
            again = st.text_input("Password again", key="first_again", type="password", autocomplete="new-password")
            submitted = st.form_submit_button("Set up Pacesetter", key="first_submit", type="primary", width="stretch")
        if submitted:
            ticket = attempt(lambda: _set_up(company, person, password, again))
            if ticket is not None:
                cookie_bridge.redeem(ticket.value)


def _company() -> dict[str, object]:
    zones, names = time_zones(), countries()
    here = st.context.timezone if st.context.timezone in zones else "America/New_York"
    return {
        "name": st.text_input("Company", key="first_company", autocomplete="organization", max_chars=120),
        "profile": st.selectbox("What kind of business?", list(Profile), format_func=PROFILE_WORDS.__getitem__, key="first_profile"),
        "currency": st.selectbox("Currency", CURRENCIES, index=CURRENCIES.index("USD"), key="first_currency", accept_new_options=True),
        "time_zone": st.selectbox("Time zone", zones, index=zones.index(here or "UTC"), key="first_zone"),
        "country": st.selectbox(
            "Country, for public holidays",
            list(names),
            index=list(names).index(_land(names)),
            format_func=names.__getitem__,
            key="first_country",
        ),
    }


def _land(known: Collection[str]) -> str:
    """The country the browser's language is of, such as the DE in `de-DE`; else the United States."""
    land = (st.context.locale or "").rpartition("-")[2].upper()
    return land if land in known else "US"


def _person() -> dict[str, object]:
    return {
        "name": st.text_input("Your name", key="first_name", autocomplete="name", max_chars=120),
        "email": st.text_input("Your e-mail", key="first_email", autocomplete="username", max_chars=254),
    }


def _set_up(company: dict[str, object], person: dict[str, object], password: str, again: str) -> Ticket:
    if password != again:
        raise InputError("The two passwords are not the same.")
    details = company_details(**company)
    admin = person_details(**person, time_zone=details.time_zone)
    now = clock.now()
    person_id = database().write(lambda session: people.create_first_admin(session, details, admin, password, now))
    return database().write(lambda session: sign_in.ticket_for(session, person_id, now))
