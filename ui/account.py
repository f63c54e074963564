"""The parts of the account page."""

import streamlit as st

import clock
from database import database
from domain.local_time import wall_clock
from domain.records import Role
from services import own_account
from services.access import Viewer
from services.own_account import SignedInBrowser
from services.places import time_zones
from ui import links, outcome
from ui import session as browser
from ui.browser_names import browser_name
from ui.people.words import ROLE_WORDS
from ui.wording import counted, plain


def about(viewer: Viewer) -> None:
    """Who the viewer is; the time zone is theirs to change, the rest the administrator's."""
    st.markdown(f"**{plain(viewer.name)}** · {ROLE_WORDS[viewer.role]}")
    st.text(viewer.email)
    if viewer.role is Role.ADMIN:
        links.page_link("people", "Change name, e-mail and role on People", {}, icon=":material/group:")
    else:
        st.caption("Your administrator changes name, e-mail and role.")
    zones = list(dict.fromkeys((*time_zones(), viewer.time_zone)))
    chosen = st.selectbox("Time zone", zones, index=zones.index(viewer.time_zone), key="own_zone")
    if st.button("Save time zone", key="save_zone", disabled=chosen == viewer.time_zone):
        outcome.save(lambda session: own_account.change_time_zone(session, viewer, chosen), f"Your days now follow the clock of {chosen}.")


def browsers(viewer: Viewer) -> None:
    """The viewer's sessions, and the way to end all but this one."""
    token, now = browser.session_token() or "", clock.now()
    with database().reading() as session:
        held = own_account.browsers(session, viewer, token=token, now=now)
    st.table([_row(one, viewer) for one in held], border="horizontal")
    others = len(held) - 1
    if st.button("Sign out everywhere else", key="sign_out_others", icon=":material/logout:", disabled=others < 1):
        outcome.save(
            lambda session: own_account.sign_out_others(session, viewer, token=token, now=now),
            f"Signed out on {counted(others, 'other browser')}.",
        )


def _row(one: SignedInBrowser, viewer: Viewer) -> dict[str, str]:
    seen = wall_clock(one.last_seen_at, viewer.time_zone)
    name = "API" if one.is_api else browser_name(one.user_agent)
    return {"Browser": f"{name} · this one" if one.is_this_one else name, "Last used": f"{seen:%d %b %Y, %H:%M}"}
