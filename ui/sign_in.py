"""The sign-in screen, and the one that asks for a new password."""

import streamlit as st

import clock
from database import database
from services import sign_in
from services.sign_in import Attempt, Refusal
from ui.components import cookie_bridge
from ui.session import device_token, session_has_ended


def show() -> None:
    """Ask for e-mail and password."""
    with st.container(horizontal_alignment="center"), st.container(border=True, width=420):
        st.title("Pacesetter", anchor=False)
        st.caption("Sign in to see how your day is moving.")
        _form()


def show_new_password() -> None:
    """Ask for a password of the person's own before anything else."""
    st.title("Choose your password", anchor=False)


def _form() -> None:
    notice = st.empty()
    with st.form("sign_in", border=False):
        email = st.text_input("E-mail", key="sign_in_email", autocomplete="username", max_chars=254)
        password = st.text_input("Password", key="sign_in_password", type="password", autocomplete="current-password", max_chars=1000)
        submitted = st.form_submit_button("Sign in", type="primary", width="stretch")
    if cookie_bridge.take_failure():
        notice.error("Your browser did not take the sign-in. Allow cookies for this address and try again.")
    elif session_has_ended():
        notice.info("Your session has ended. Sign in to go on.")
    if submitted:
        _check(email, password)


def _check(email: str, password: str) -> None:
    attempt = Attempt(email=email, password=password, address=st.context.ip_address or "local", device_token=device_token())
    answer = sign_in.sign_in(database(), attempt, clock.now())
    if isinstance(answer, Refusal):
        st.error(answer.message)
    else:
        cookie_bridge.redeem(answer.value)
