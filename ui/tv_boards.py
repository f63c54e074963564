"""A team's screens on the wall: those there are, and the form that makes one."""

from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.local_time import wall_clock
from domain.tv_board import TvTheme
from services import tv_boards
from services.access import Viewer
from services.tv_boards import Screen, new_screen
from ui import layout, outcome
from ui.session import signed_in_viewer
from ui.site import site
from ui.turns import fragment
from ui.wording import plain

NOTE: Final = (
    "An address for the television of a team: the month against its targets, the upper half of the board, and what was just done. "
    "It names only people who chose to be named, and shows figures from five people on. Whoever has the address can look at it."
)
THEMES: Final = {TvTheme.DARK: "Dark", TvTheme.LIGHT: "Light"}
_ADDRESS: Final = "tv-address"


@fragment(key="tv")
def show() -> None:
    """The section, for those who look after a team; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    with layout.section("On the wall", key="tv", note=NOTE):
        _screens(viewer)


def _screens(viewer: Viewer) -> None:
    outcome.show()
    with database().reading() as session:
        teams, found = tv_boards.teams(session, viewer), tv_boards.screens(session, viewer)
    _shown_once()
    for screen in found:
        _row(viewer, screen)
    if teams:
        _form(viewer, teams)


def _shown_once() -> None:
    if _ADDRESS not in st.session_state:
        return
    st.markdown("**Open this address on the television now.** It is shown only this once; nobody can look it up later.")
    st.code(st.session_state[_ADDRESS], language=None, wrap_lines=True)
    if st.button("I have copied it", key="tv-copied", type="primary"):
        del st.session_state[_ADDRESS]
        st.rerun()


def _row(viewer: Viewer, screen: Screen) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"tv-{screen.board_id}"):
        st.markdown(f"**{plain(screen.name)}** :small[:gray[{plain(screen.team_name)} · {_seen(viewer, screen)}]]")
        ended = st.button("Take it down", key=f"tv-end-{screen.board_id}", type="tertiary", icon=":material/tv_off:")
    if ended:
        outcome.save(partial(_end, viewer, screen.board_id), f"{screen.name} shows nothing any more.")


def _seen(viewer: Viewer, screen: Screen) -> str:
    if screen.last_shown_at is None:
        return "never shown yet"
    return f"last shown {wall_clock(screen.last_shown_at, viewer.time_zone):%d %b %Y, %H:%M}"


def _form(viewer: Viewer, teams: dict[int, str]) -> None:
    with st.form("tv-new", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Where it hangs", key="tv-name", max_chars=80, placeholder="Sales floor", width=220)
        team_id = st.selectbox("Team", list(teams), format_func=teams.__getitem__, key="tv-team", width=200)
        theme = st.selectbox("Looks", list(THEMES), format_func=THEMES.__getitem__, key="tv-theme", width=120)
        submitted = st.form_submit_button("Make an address", key="tv-make", icon=":material/add_link:")
    if submitted:
        key = outcome.attempt(lambda: database().write(partial(_make, viewer, team_id, name, theme)))
        if key is not None:
            st.session_state[_ADDRESS] = f"{site()}/tv/{key}"
            st.rerun()


def _make(viewer: Viewer, team_id: int, name: str, theme: TvTheme, session: Session) -> str:
    return tv_boards.put_up(session, viewer, team_id, new_screen(name=name, theme=theme), clock.now())


def _end(viewer: Viewer, board_id: int, session: Session) -> None:
    tv_boards.take_down(session, viewer, board_id, clock.now())
