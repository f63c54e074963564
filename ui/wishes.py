"""What somebody wants to be told by their channels, when, and how often a day."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

import clock
from database import database
from domain.notices import NoticeKind, Wishes
from services import wishes
from services.access import Viewer
from ui import outcome

KINDS: Final[Mapping[NoticeKind, tuple[str, str]]] = {
    NoticeKind.MORNING_PLAN: ("Plan of the day", "At six in the morning: the three things to do, each with its reason. Not on days off."),
    NoticeKind.NUDGES: ("Nudges", "At most three a day, when you are behind your own usual at an hour."),
    NoticeKind.END_OF_DAY: ("End of the day", "What was done, the best moment, and the first step of tomorrow."),
    NoticeKind.GOALS: ("Goals", "A goal you reached, and one that can still be reached."),
    NoticeKind.LEVELS: ("Levels", "A new level."),
}


def show(viewer: Viewer) -> None:
    """A switch for each kind, kept as it is turned; times and the limit with a button."""
    with database().reading() as session:
        held = wishes.own_wishes(session, viewer)
    for kind in KINDS:
        _switch(viewer, held, kind)
    _times(viewer, held)


def _switch(viewer: Viewer, held: Wishes, kind: NoticeKind) -> None:
    name, help_text = KINDS[kind]
    is_held = kind not in held.unwanted
    is_wanted = st.toggle(name, value=is_held, key=f"wish-{kind}", help=help_text)
    if is_wanted != is_held:
        outcome.save(lambda session: wishes.want(session, viewer, kind, clock.now(), is_wanted=is_wanted), "Kept.")


def _times(viewer: Viewer, held: Wishes) -> None:
    with st.form("wish-times", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        quiet_from = st.time_input("Quiet from", value=held.quiet_from, key="quiet-from")
        quiet_until = st.time_input("Quiet until", value=held.quiet_until, key="quiet-until", help="The same as from: no quiet hours.")
        cap = st.number_input("Most a day", wishes.CAPS[0], wishes.CAPS[-1], value=held.daily_cap, key="daily-cap")
        if st.form_submit_button("Keep", icon=":material/check:"):
            outcome.save(
                lambda session: wishes.keep_times(
                    session, viewer, quiet_from=quiet_from, quiet_until=quiet_until, daily_cap=int(cap), now=clock.now()
                ),
                "Kept.",
            )
    st.caption(
        "By your channels only: your inbox here has everything. What comes in quiet hours is sent after them; what would be over by then "
        "stays in the inbox, with a word that says so, and so does what is beyond the limit. "
        "Warnings that keep Pacesetter running always go out."
    )
