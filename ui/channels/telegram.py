"""Connecting one's own chat with the bot: a link that is good once."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

import clock
from database import database
from domain.language import Language
from services import own_account
from services.channels import ChannelKind
from services.telegram import linking
from ui.attempts import attempt
from ui.session import signed_in_viewer
from ways_out import ways_out

LANGUAGES: Final[Mapping[Language, str]] = {Language.ENGLISH: "English", Language.RUSSIAN: "Русский"}
"""Each as those who speak it call it."""
_LINK: Final = "telegram-link"
"""The link made by the last press, for the run that shows it: it is good once, so it is not kept longer."""


def connect() -> None:
    """The button, where this installation has a bot."""
    if not ways_out().has(ChannelKind.TELEGRAM):
        return
    with database().reading() as session:
        is_connected = linking.is_connected(session, signed_in_viewer())
    name = "Connect another Telegram" if is_connected else "Connect Telegram"
    st.button(name, key="telegram-connect", icon=":material/send:", on_click=_make_link)


def language() -> None:
    """In which language the viewer is written to about deals, and the bot talks to them; kept as it is chosen."""
    with database().reading() as session:
        held = own_account.language(session, signed_in_viewer())
    st.selectbox(
        "Language of messages about deals",
        list(LANGUAGES),
        index=list(LANGUAGES).index(held),
        format_func=LANGUAGES.__getitem__,
        key="message-language",
        on_change=_keep_language,
        width=280,
        filter_mode=None,
        help="In your inbox and channels; the bot in Telegram speaks it, too. What people wrote stays in their own words.",
    )


def link() -> None:
    """The way into Telegram, right after the press."""
    made = st.session_state.pop(_LINK, None)
    if made is None:
        return
    with st.container(border=True, key="card-telegram-link", gap="small"):
        st.markdown(
            "Open the bot on the device where you use Telegram and press *Start* there. From then on messages reach you in that chat, and "
            "you can ask it for your day: `/today`, `/deals`, `/log call`, `/help`."
        )
        st.link_button("Open Telegram", made, icon=":material/open_in_new:", type="primary")
        st.caption("The link is for you alone and good once, for fifteen minutes. Write /stop in the chat to disconnect it.")


def _keep_language() -> None:
    chosen = st.session_state["message-language"]
    attempt(lambda session, viewer: own_account.change_language(session, viewer, chosen))


def _make_link() -> None:
    made = attempt(lambda session, viewer: linking.connect_link(session, viewer, clock.now()))
    if made is not None:
        st.session_state[_LINK] = made
