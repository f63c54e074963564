"""Who is in front of the screen: asked of the database on every run, never remembered beyond it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import streamlit as st

import clock
from database import database
from services import sessions
from services.access import Viewer
from services.tokens import token_hash
from settings import settings

BOUND_TO: Final = "signed_in_as"
ENDED: Final = "session_ended"
OF_THIS_RUN: Final = "viewer_of_this_run"


def session_token() -> str | None:
    """The sign-in cookie as the browser sent it when it connected; the only reader of it, and the seam of the tests."""
    return st.context.cookies.get(settings().cookie_name)


def device_token() -> str:
    """What tells this browser from one that was never signed in; empty for the latter."""
    return st.context.cookies.get(settings().device_cookie_name, "")


def client_address() -> str:
    """Where the browser connects from; everybody on this very machine is one."""
    return st.context.ip_address or "local"


def current_viewer() -> Viewer | None:
    """The person signed in at this moment, or None.

    One indexed read; for the router and for every fragment, because a fragment's rerun does not pass the router. What
    another person left in the session state is dropped first.
    """
    token = session_token()
    now = clock.now()
    with database().reading() as session:
        living = sessions.signed_in(session, token, now) if token else None
    _bind(token_hash(token) if token and living else None)
    if living is None:
        return None
    if living.is_stale:
        database().write(lambda session: sessions.touch(session, living.session_id, now))
    return living.viewer


def viewer_of_this_run() -> Viewer | None:
    """The person signed in: while the router draws the whole screen, whom it has just found; a fragment drawn alone asks again."""
    found: Viewer | None = st.session_state.get(OF_THIS_RUN)
    return found or current_viewer()


def signed_in_viewer() -> Viewer:
    """The person signed in, for fragments; otherwise the run ends here and the router shows the sign-in screen instead."""
    viewer = viewer_of_this_run()
    return viewer if viewer is not None else _leave()


@contextmanager
def one_run(viewer: Viewer) -> Iterator[None]:
    """While the block draws the screen, its fragments need not ask again who is there. Callbacks run before it, and ask."""
    st.session_state[OF_THIS_RUN] = viewer
    try:
        yield
    finally:
        st.session_state.pop(OF_THIS_RUN, None)


def session_has_ended() -> bool:
    """Whether somebody was signed in on this screen and is not any more."""
    return bool(st.session_state.get(ENDED, False))


def _leave() -> NoReturn:
    st.rerun(scope="app")
    raise AssertionError


def _bind(holder: str | None) -> None:
    """Tie the session state to one sign-in; it starts empty whenever the sign-in changes."""
    if BOUND_TO in st.session_state and st.session_state[BOUND_TO] != holder:
        for key in list(st.session_state):
            del st.session_state[key]
        st.session_state[ENDED] = holder is None
    st.session_state[BOUND_TO] = holder
