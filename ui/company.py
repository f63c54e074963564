"""The company's settings as a form."""

import streamlit as st

import clock
from database import database
from domain.records import Profile
from services import organisation
from services.access import Viewer
from services.organisation import Company
from services.person_input import company_details
from services.places import CURRENCIES, countries, time_zones
from ui.empty import no_data_yet
from ui.outcome import save
from ui.people.words import PROFILE_WORDS


def settings_form(viewer: Viewer) -> None:
    """Name, business, currency, time zone and country; the currency is locked once deals have amounts."""
    with database().reading() as session:
        company = organisation.company(session)
    if company is None:
        no_data_yet(viewer)
        return
    with st.form("company", border=False):
        fields = _fields(company)
        submitted = st.form_submit_button("Save settings", key="company_save", type="primary")
    if submitted:
        save(lambda session: organisation.change(session, viewer, company_details(**fields), clock.now()), "The settings are saved.")


def _fields(company: Company) -> dict[str, object]:
    zones, names, profiles = list(dict.fromkeys((*time_zones(), company.time_zone))), countries(), list(Profile)
    currencies = list(dict.fromkeys((*CURRENCIES, company.currency)))
    left, right = st.columns(2)
    return {
        "name": left.text_input("Company", value=company.name, key="company_name", max_chars=120),
        "profile": right.selectbox(
            "Business", profiles, index=profiles.index(company.profile), format_func=PROFILE_WORDS.__getitem__, key="company_profile"
        ),
        "currency": left.selectbox(
            "Currency",
            currencies,
            index=currencies.index(company.currency),
            key="company_currency",
            disabled=company.currency_is_fixed,
            accept_new_options=True,
            help="Locked: there are deals with amounts in it, and another currency would change what they are worth."
            if company.currency_is_fixed
            else "All amounts are in it. Once deals have amounts it cannot be changed any more.",
        ),
        "time_zone": right.selectbox(
            "Time zone", zones, index=zones.index(company.time_zone), key="company_zone", help="For people who have none of their own."
        ),
        "country": left.selectbox(
            "Country",
            list(names),
            index=_place(names, company.country),
            format_func=names.__getitem__,
            key="company_country",
            help="Its public holidays are not working days.",
        ),
    }


def _place(names: dict[str, str], country: str) -> int:
    return list(names).index(country) if country in names else 0
