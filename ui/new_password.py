"""Choosing a password of one's own: forced after a one-time password, and on the account page."""

import streamlit as st

import clock
from database import database
from domain.errors import InputError
from domain.records import Role
from services import own_account, passwords
from services.access import Viewer
from services.sign_in import Attempt, Refusal
from ui import outcome
from ui import session as browser
from ui.components import cookie_bridge
from ui.front_card import front_card


def show_forced() -> None:
    """Ask for a password of the viewer's own before anything else."""
    viewer = browser.signed_in_viewer()
    with front_card("Choose your password", "You signed in with a password somebody gave you. Replace it by one that only you know."):
        with st.form("choose_password", border=False):
            new, again = _fields(viewer)
            submitted = st.form_submit_button("Save and go on", key="new_submit", type="primary", width="stretch")
        if submitted and outcome.attempt(lambda: _choose(viewer, new, again)):
            st.rerun()
        cookie_bridge.sign_out_button(kind="tertiary")


def change_form(viewer: Viewer) -> None:
    """The form on the account page; the current password is asked for once more."""
    with st.form("change_password", border=False, clear_on_submit=True):
        current = st.text_input("Current password", key="current_password", type="password", autocomplete="current-password")
        new, again = _fields(viewer)
        submitted = st.form_submit_button("Change password", key="change_submit", type="primary")
    if submitted and outcome.attempt(lambda: _change(viewer, current, new, again)):
        outcome.tell("Your password is changed. You are signed out everywhere else.")
        st.rerun()


def _fields(viewer: Viewer) -> tuple[str, str]:
    shortest = passwords.SHORTEST_FOR_ADMINS if viewer.role is Role.ADMIN else passwords.SHORTEST
    new = st.text_input(
        "New password",
        key="new_password",
        type="password",
        autocomplete="new-password",
        help=f"At least {shortest} characters, whichever you like. A few words in a row are easy to remember.",
    )
    return new, st.text_input("New password again", key="new_again", type="password", autocomplete="new-password")


def _choose(viewer: Viewer, new: str, again: str) -> bool:
    _require_same(new, again)
    own_account.choose_password(database(), viewer, new, token=browser.session_token() or "", now=clock.now())
    return True


def _change(viewer: Viewer, current: str, new: str, again: str) -> bool:
    _require_same(new, again)
    attempt = Attempt(email=viewer.email, password=current, address=browser.client_address(), device_token=browser.device_token())
    refusal = own_account.change_password(database(), viewer, attempt, new, token=browser.session_token() or "", now=clock.now())
    if isinstance(refusal, Refusal):
        raise InputError("Your current password is not right." if refusal.retry_after is None else refusal.message)
    return True


def _require_same(new: str, again: str) -> None:
    if new != again:
        raise InputError("The two passwords are not the same.")
