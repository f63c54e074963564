"""Whose day or calendar is on the screen, chosen within the viewer's scope and kept in the address."""

from datetime import date
from typing import Final

import streamlit as st

from database import database
from domain.facts import AgentChoice
from domain.records import Role
from services.access import Viewer
from services.timeline import agents_in_scope

PARAM: Final = "agent"
EVERYBODY: Final = "Everybody"


def one_agent(viewer: Viewer, today: date) -> AgentChoice | None:
    """The agent the address names, else the viewer if they are an agent, else the first of theirs.

    None where the address names somebody outside the viewer's scope: the two reasons, unknown and foreign, read the same.
    """
    offered = _offered(viewer, today)
    chosen = _named(offered) if PARAM in st.query_params else _default(viewer, offered)
    if chosen is None:
        st.info("There is no such agent among yours.", icon=":material/person_off:")
    if len(offered) > 1:
        _select(offered, chosen, None)
    return chosen


def agents(viewer: Viewer, today: date) -> list[AgentChoice]:
    """The agent the address names, else all of the viewer's; empty where it names somebody outside their scope."""
    offered = _offered(viewer, today)
    if PARAM not in st.query_params:
        if len(offered) > 1:
            _select(offered, None, EVERYBODY)
        return offered
    chosen = _named(offered)
    if chosen is None:
        st.info("There is no such agent among yours.", icon=":material/person_off:")
    if len(offered) > 1:
        _select(offered, chosen, EVERYBODY)
    return [chosen] if chosen else []


def _offered(viewer: Viewer, today: date) -> list[AgentChoice]:
    with database().reading() as session:
        offered = agents_in_scope(session, viewer, today)
    return [agent for agent in offered if agent.agent_id != viewer.person_id] + [
        agent for agent in offered if agent.agent_id == viewer.person_id
    ]


def _default(viewer: Viewer, offered: list[AgentChoice]) -> AgentChoice | None:
    own = next((agent for agent in offered if agent.agent_id == viewer.person_id), None)
    return own if viewer.role is Role.AGENT else next(iter(offered), None)


def _named(offered: list[AgentChoice]) -> AgentChoice | None:
    return next((agent for agent in offered if str(agent.agent_id) == st.query_params[PARAM]), None)


def _select(offered: list[AgentChoice], chosen: AgentChoice | None, nobody: str | None) -> None:
    names = {str(agent.agent_id): agent.name for agent in offered}
    options = [*([""] if nobody else []), *names]
    st.session_state["agent-choice"] = str(chosen.agent_id) if chosen else ("" if nobody else None)
    st.selectbox(
        "Agent",
        options,
        format_func=lambda key: names.get(key, nobody or ""),
        key="agent-choice",
        label_visibility="collapsed",
        icon=":material/person:",
        width=260,
        on_change=_picked,
    )


def _picked() -> None:
    picked = st.session_state["agent-choice"]
    if picked:
        st.query_params[PARAM] = picked
    elif PARAM in st.query_params:
        del st.query_params[PARAM]
