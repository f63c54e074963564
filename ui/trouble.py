"""What people see when a screen fails: a plain sentence and a reference to look up, never what the program said."""

import logging
import secrets

import streamlit as st

from domain.errors import PacesetterError
from ui.wording import plain

_log = logging.getLogger("pacesetter.ui")


def show(error: Exception) -> bool:
    """Say what happened; True tells Streamlit to show nothing itself.

    A named error is written for people and shown as it is. Anything else may hold secrets (a DSN, somebody's data): its text
    stays in the server's log, beside the reference shown on screen.
    """
    if isinstance(error, PacesetterError):
        st.error(plain(str(error)), icon=":material/info:")
        return True
    reference = secrets.token_hex(4)
    _log.error("A screen failed; reference %s: %s", reference, type(error).__name__, exc_info=error)
    st.error(
        "Something went wrong on our side; nothing you saved is lost. Load this page again. "
        f"If it stays, give your administrator this reference: {reference}",
        icon=":material/error:",
    )
    return True
