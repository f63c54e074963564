"""The script every session runs: who is it, which screens exist for them, run the chosen one."""

from collections.abc import Callable
from time import perf_counter

import streamlit as st

from services import telemetry
from services.access import Viewer
from ui import below, inbox, links, menu, new_password, no_screen, sign_in, theme
from ui.components import cookie_bridge, live
from ui.pages import PAGES, live_parts, pages_of
from ui.people.words import ROLE_WORDS
from ui.session import current_viewer, one_run
from ui.status import banner
from ui.turns import TURNS
from ui.wording import plain


def front_door(screen: Callable[[], None]) -> st.Page:
    """Every address of the product shows the one screen, so that a deep link still leads to its page afterwards."""
    pages = [st.Page(screen, title=spec.title, url_path=spec.key) for spec in PAGES]
    return st.navigation([st.Page(screen, title="Sign in", url_path="", default=True), *pages], position="hidden")


def product(viewer: Viewer) -> st.Page:
    """The screens that exist for the viewer; the bare address leads to the first of them.

    One flat list that is never folded: what is folded away is not found. `menu` writes its headings. The address of a screen
    somebody does not have says so in the product's words: Streamlit's own, about files in folders, are lost when it goes on to
    the first screen quickly enough.
    """
    specs = pages_of(viewer)
    pages = {spec.key: spec.page() for spec in specs}
    links.note_screens(pages)
    menu.headings()

    def home() -> None:
        st.switch_page(pages[specs[0].key])

    start = st.Page(home, title="Home", url_path="", default=True, visibility="hidden")
    missing = [no_screen.page(spec.key, specs[0]) for spec in PAGES if spec.key not in pages]
    return st.navigation([start, *pages.values(), *missing], expanded=True)


def who_is_here(viewer: Viewer) -> None:
    """Say who is signed in, what they have not read, and the way out; signing out shows nothing else any more."""
    with st.sidebar:
        st.caption(f"{plain(viewer.name)} · {ROLE_WORDS[viewer.role]}")
        inbox.unread_link()
        cookie_bridge.sign_out_button(icon=":material/logout:", width="stretch")


def _run(screen: st.Page) -> None:
    """Run the screen and count how long it took, also when it ends early."""
    began = perf_counter()
    try:
        screen.run()
    finally:
        telemetry.note_page(screen.url_path or "home", perf_counter() - began)


def main() -> None:
    """Sign-in for strangers, a new password for those who must choose one, the product for everybody else."""
    viewer = current_viewer()
    if viewer is None:
        front_door(sign_in.show).run()
    elif viewer.must_change_password:
        front_door(new_password.show_forced).run()
    else:
        live.begin()
        screen = product(viewer)
        below.arrive(screen.url_path)
        who_is_here(viewer)
        banner.show(viewer, screen.url_path)
        with st.sidebar:
            live.listen(live_parts(viewer, screen.url_path), inbox.UNREAD)
        with one_run(viewer), TURNS.turn():
            _run(screen)


st.set_page_config(page_title="Pacesetter", page_icon="📈", layout="wide")
theme.apply()
main()
