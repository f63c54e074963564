"""Doing something on somebody's behalf: who they are is asked again, one transaction, and what went wrong is said in words."""

from collections.abc import Callable
from typing import Final, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

from database import database
from domain.errors import PacesetterError
from services.access import Viewer
from ui.kept import forget
from ui.session import current_viewer
from ui.wording import plain

Result = TypeVar("Result")
_NOTICE: Final = "attempt-notice"


def attempt(work: Callable[[Session, Viewer], Result]) -> Result | None:
    """The work's result, or None when it was refused; `show_refusal` then says why.

    For button callbacks and dialogs, which run without the page's guard: nobody signed in means nothing is done.
    """
    viewer = current_viewer()
    if viewer is None:
        return None
    forget()
    try:
        return database().write(lambda session: work(session, viewer))
    except PacesetterError as error:
        st.session_state[_NOTICE] = str(error)
        return None


def show_refusal() -> None:
    """Say once why the last attempt was refused."""
    reason = st.session_state.pop(_NOTICE, None)
    if reason:
        st.error(plain(reason), icon=":material/error:")
