"""What came of something the viewer did: an error stays where it happened, a success is told after the rerun it causes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.errors import PacesetterError
from ui.wording import plain

Result = TypeVar("Result")
STAYS: Final = timedelta(seconds=6)
_SAID: Final = "outcome_said"


def attempt(work: Callable[[], Result]) -> Result | None:
    """What the work returns; None after showing why it could not be done."""
    try:
        return work()
    except PacesetterError as error:
        st.error(plain(str(error), limit=1000))
        return None


def save(work: Callable[[Session], object], said: str) -> None:
    """Do the work in one transaction, then run the screen again and say so; or show why it could not be done."""
    if attempt(lambda: (database().write(work),)) is not None:
        tell(said)
        st.rerun()


def tell(said: str) -> None:
    """Keep a sentence for the next runs of the screen."""
    st.session_state[_SAID] = (said, clock.now())


def show() -> None:
    """The sentence kept by the last run, for as long as it takes to read it: word of what was done draws a live screen again at once."""
    said, at = st.session_state.get(_SAID, ("", None))
    if at is None or clock.now() - at > STAYS:
        st.session_state.pop(_SAID, None)
    else:
        st.success(plain(said, limit=1000), icon=":material/check_circle:")
