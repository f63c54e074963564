"""What the list of leads is narrowed by: words, status, agent, source, and whether somebody waits."""

from collections.abc import Mapping, Sequence

import streamlit as st

from domain.records import LeadStatus, Role
from services.access import Viewer
from ui import parameters
from ui.leads import address
from ui.leads.words import status_text

_HELP = "Part of a name, company, e-mail or phone number. Several words must all be found."


def show(viewer: Viewer, agents: Mapping[int, str], sources: Sequence[str]) -> None:
    """Draw the filters with what the address says; a choice goes into the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="leads-filters"):
        st.session_state["leads-q"] = address.words()
        st.text_input("Search", key="leads-q", max_chars=address.MOST_SIGNS, placeholder="Name, company, e-mail, phone", help=_HELP,
                      icon=":material/search:", on_change=_picked, args=(address.WORDS,), width=280)  # fmt: skip
        if len(agents) > 1:
            _agent(viewer, agents)
        _source(sources)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="leads-statuses"):
        st.session_state["leads-status"] = None if address.is_waiting() else address.status()
        st.pills("Status", list(LeadStatus), key="leads-status", wrap=True, format_func=status_text, on_change=_status)
        st.session_state["leads-waiting"] = address.is_waiting()
        st.toggle("Waiting longest first", key="leads-waiting", help="Only new leads, the longest wait on top.", on_change=_waiting)


def _agent(viewer: Viewer, agents: Mapping[int, str]) -> None:
    offered = {address.NOBODY: "Nobody yet", **agents} if viewer.role is Role.ADMIN else agents
    chosen = parameters.number(address.AGENT)
    st.session_state["leads-agent"] = chosen if chosen in offered else None
    st.selectbox("Agent", list(offered), key="leads-agent", format_func=offered.__getitem__, placeholder="Everybody",
                 on_change=_picked, args=(address.AGENT,), width=170)  # fmt: skip


def _source(sources: Sequence[str]) -> None:
    chosen = address.source()
    offered = list(sources) if chosen is None or chosen in sources else [*sources, chosen]
    if len(offered) < 2 and chosen is None:  # noqa: PLR2004 - nothing to choose between
        return
    st.session_state["leads-source"] = chosen
    st.selectbox("Source", offered, key="leads-source", format_func=lambda each: each or "Source unknown", placeholder="All sources",
                 on_change=_picked_source, width=170)  # fmt: skip


def _picked(name: str) -> None:
    said = st.session_state[f"leads-{name}"]
    address.narrow(name, said if said != "" else None)


def _picked_source() -> None:
    said: str | None = st.session_state["leads-source"]
    address.narrow(address.SOURCE, address.UNKNOWN_SOURCE if said == "" else said)


def _status() -> None:
    parameters.put(address.WAITING, None)
    _picked(address.STATUS)


def _waiting() -> None:
    address.show_waiting(is_wanted=st.session_state["leads-waiting"])
