"""The calendar's ways in and out: a private address other programs read it from, and files they bring."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

import clock
from database import database
from domain.facts import AgentChoice
from domain.local_time import wall_clock
from domain.records import EventKind
from secret_key import secret_key
from services import calendar_feed, calendar_import
from services.access import Viewer
from services.calendar_feed import OwnFeed
from services.calendar_import import Imported, NotTaken
from ui.activity_words import EVENTS
from ui.attempts import attempt, show_refusal
from ui.site import site
from ui.wording import counted

_ADDRESS: Final = "calendar-address"
_CAME: Final = "calendar-import-came"
_ROUND: Final = "calendar-import-round"


def show(viewer: Viewer, agents: Sequence[AgentChoice]) -> None:
    """Both, folded away until somebody looks for them."""
    with st.expander("Your calendar on your phone", icon=":material/sync:", key="calendar-feed"):
        _feed(viewer)
    with st.expander("Bring in a calendar file", icon=":material/upload_file:", key="calendar-import", expanded=_CAME in st.session_state):
        _bring_in(agents)


def _feed(viewer: Viewer) -> None:
    with database().reading() as session:
        found = calendar_feed.own_feed(session, viewer)
    address = st.session_state.get(_ADDRESS)
    if address and found:
        st.markdown("**Copy this address into your calendar program now** (“subscribe”, “add by URL”). It is shown only this once.")
        st.code(address, language=None, wrap_lines=True)
    if found is None:
        st.markdown("Phones, Outlook and Google Calendar can show what is planned for you here. Whoever has the address can read it.")
        st.button("Make a private address", key="feed-make", icon=":material/add_link:", on_click=_make)
        return
    st.caption(_state(found, viewer))
    st.toggle(
        "Tell titles, clients and notes",
        found.with_clients,
        key="feed-clients",
        on_change=_tell_clients,
        help="Off: other programs see when and what kind, and nobody's name.",
    )
    with st.container(horizontal=True):
        st.button("Make a new address", key="feed-renew", icon=":material/autorenew:", on_click=_make, help="The old one ends at once.")
        st.button("Close it", key="feed-close", icon=":material/link_off:", on_click=_close)


def _state(found: OwnFeed, viewer: Viewer) -> str:
    made = f"{wall_clock(found.created_at, viewer.time_zone):%d %b %Y}"
    if found.last_read_at is None:
        return f"You have a private address since {made}. No program has read it yet."
    return f"You have a private address since {made}, last read {wall_clock(found.last_read_at, viewer.time_zone):%d %b %Y, %H:%M}."


def _make() -> None:
    token = attempt(lambda session, viewer: calendar_feed.make_feed(session, viewer, clock.now()))
    if token is not None:
        st.session_state[_ADDRESS] = f"{site()}/cal/{token}.ics"


def _tell_clients() -> None:
    wanted = bool(st.session_state["feed-clients"])
    attempt(lambda session, viewer: calendar_feed.tell_clients(session, viewer, with_clients=wanted))


def _close() -> None:
    st.session_state.pop(_ADDRESS, None)
    attempt(lambda session, viewer: calendar_feed.close_feed(session, viewer, clock.now()))


def _bring_in(agents: Sequence[AgentChoice]) -> None:
    _what_came()
    agent = agents[0]
    if len(agents) > 1:
        agent = st.selectbox("Into whose calendar", agents, format_func=lambda choice: choice.name, key="ics-agent")
    kind = st.pills(
        "Bring in as", list(EVENTS), default=EventKind.BLOCKED, required=True, format_func=lambda kind: EVENTS[kind].name, key="ics-kind"
    )
    round_number = st.session_state.get(_ROUND, 0)
    file = st.file_uploader("An .ics file, at most 2 MB", type=["ics"], key=f"ics-file-{round_number}", max_upload_size=2)
    st.caption("The last month and the year to come are taken. The same file again changes what it brought and doubles nothing.")
    if file is not None and st.button("Bring it in", type="primary", icon=":material/check:", key="ics-go"):
        content = file.getvalue()
        came = attempt(
            lambda session, viewer: calendar_import.import_calendar(
                session, viewer, agent.agent_id, content, EventKind(kind), secret=secret_key(), now=clock.now()
            )
        )
        if came is not None:
            st.session_state[_CAME] = (came, agent.time_zone)
            st.session_state[_ROUND] = round_number + 1
            st.rerun()
    show_refusal()


def _what_came() -> None:
    """What became of the last file, until the next one."""
    came: Imported
    zone_name: str
    if _CAME not in st.session_state:
        return
    came, zone_name = st.session_state[_CAME]
    done = [counted(came.added, "entry", "entries") + " added", f"{came.changed} changed", f"{came.called_off} called off"]
    st.success(f"{', '.join(done)}, {came.unchanged} as before.", icon=":material/check_circle:")
    if came.refused:
        st.warning(f"{counted(len(came.refused), 'entry', 'entries')} not taken:", icon=":material/warning:")
        rows = [_row(each, zone_name) for each in came.refused]
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="ics-refused", alt="Entries that were not taken, each with its reason")


def _row(each: NotTaken, zone_name: str) -> dict[str, str]:
    when = f"{wall_clock(each.starts_at, zone_name):%Y-%m-%d %H:%M}" if each.starts_at else ""
    return {"Entry": each.title, "When": when, "Why not": each.reason}
