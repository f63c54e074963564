"""The sign-in screen; on the very first start it sets the company up instead."""

import streamlit as st

import clock
from database import database
from services import demo, organisation, people, sign_in
from services.sign_in import Attempt, Refusal
from ui import first_start
from ui import session as browser
from ui.components import cookie_bridge
from ui.front_card import front_card
from ui.people.words import ROLE_WORDS
from ui.wording import plain


def show() -> None:
    """Ask for e-mail and password."""
    with database().reading() as session:
        is_first_start, company = people.is_first_start(session), organisation.company(session)
    if is_first_start:
        first_start.show()
        return
    with front_card("Sign in", plain(company.name) if company and not company.is_demo else "See how your day is moving."):
        _form()
        if company and company.is_demo:
            _demo_hint()


def _form() -> None:
    notice = st.empty()
    with st.form("sign_in", border=False):
        email = st.text_input("E-mail", key="sign_in_email", autocomplete="username", max_chars=254)
        password = st.text_input("Password", key="sign_in_password", type="password", autocomplete="current-password")
        submitted = st.form_submit_button("Sign in", key="sign_in_submit", type="primary", width="stretch")
    if submitted:
        _check(email, password)
    elif cookie_bridge.take_failure():
        notice.error("Your browser did not take the sign-in. Allow cookies for this address and try again.")
    elif browser.session_has_ended():
        notice.info("Your session has ended. Sign in to go on.")


def _check(email: str, password: str) -> None:
    attempt = Attempt(email=email, password=password, address=browser.client_address(), device_token=browser.device_token())
    answer = sign_in.sign_in(database(), attempt, clock.now())
    if isinstance(answer, Refusal):
        st.error(answer.message)
    else:
        cookie_bridge.redeem(answer.value)


def _demo_hint() -> None:
    with st.expander("This is the demo company. Who can I be?", icon=":material/info:"):
        st.markdown(f"Everybody’s password is `{demo.DEMO_PASSWORD}`.")
        st.markdown("\n".join(f"- {ROLE_WORDS[one.role]}: `{one.email}`" for one in demo.sign_ins()))
