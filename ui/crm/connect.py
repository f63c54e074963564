"""Connecting an account: its address, and a token or an integration's four words."""

from typing import Final

import streamlit as st

import clock
from crm_link import crm_link
from database import database
from services.access import Viewer
from services.amocrm import connecting
from services.amocrm.account import Account
from services.amocrm.connecting import new_connection
from ui.crm.words import CODE_HOW, LONG_LIVED_HOW
from ui.outcome import attempt, tell
from ui.wording import counted

TOKEN, CODE = "Long-lived token", "Integration with a code (OAuth)"
_WAYS: Final = (TOKEN, CODE)


def form(viewer: Viewer, *, key: str, address: str = "") -> None:
    """Everything is tried before it is kept. Keys are typed like passwords, because whoever has one reads the whole account."""
    way = st.segmented_control("By", _WAYS, default=TOKEN, required=True, key=f"{key}-way")
    st.caption(CODE_HOW if way == CODE else LONG_LIVED_HOW)
    with st.form(f"{key}-{way}", border=False):
        fields = {"address": st.text_input("Account's address", value=address, key=f"{key}-address", placeholder="acme.kommo.com")}
        fields |= _code(key) if way == CODE else {"token": _secret("Token", f"{key}-token")}
        submitted = st.form_submit_button("Connect", key=f"{key}-save", type="primary", icon=":material/link:")
    if submitted:
        _connect(viewer, fields)


def found_words(found: Account) -> str:
    """What an account consists of, in a sentence."""
    users, stages = counted(len(found.users), "user"), counted(len(found.stages), "stage")
    return f"{found.name} answers: {users}, {counted(len(found.pipelines), 'pipeline')} with {stages}, amounts in {found.currency or '?'}."


def _code(key: str) -> dict[str, str]:
    return {
        "client_id": st.text_input("Integration ID", key=f"{key}-client"),
        "client_secret": _secret("Secret key", f"{key}-secret"),
        "redirect_uri": st.text_input("Redirect address", key=f"{key}-redirect", placeholder="As it stands in the integration"),
        "code": _secret("Authorisation code", f"{key}-code"),
    }


def _secret(label: str, key: str) -> str:
    return st.text_input(label, key=key, type="password", autocomplete="off")


def _connect(viewer: Viewer, fields: dict[str, str]) -> None:
    with st.spinner("Asking amoCRM …"):
        found = attempt(
            lambda: connecting.connect(
                database(), viewer, crm_link(), new_connection(**{name: value.strip() for name, value in fields.items()}), clock.now()
            )
        )
    if found is not None:
        tell(f"{found_words(found)} It is read now, which takes some minutes the first time.")
        st.rerun()
