"""Proposing a 90-day cycle to an agent, and the agent's answer."""

from datetime import date

import streamlit as st

import clock
from domain.facts import AgentChoice
from domain.formatting import day_text
from domain.metrics.catalog import metric
from services import cycle_changes, cycle_proposals
from services.cycles import CycleBoard
from ui import gap_choice
from ui.attempts import attempt
from ui.wording import plain


def to_agent(board: CycleBoard, today: date) -> None:
    """What is proposed to the viewer, to begin with or to decline; nothing where nothing waits."""
    proposal = board.proposal
    if proposal is None or not proposal.is_waiting:
        return
    key, by = proposal.metric_key, proposal.proposed_by or "Somebody"
    with st.container(border=True, gap="small", key="cycle-proposal"):
        st.markdown(f":blue-badge[:material/lightbulb: {plain(by)} proposes] Ninety days that begin with **{plain(metric(key).name)}**.")
        with st.container(horizontal=True):
            args = (board.agent_id, key, today)
            st.button("Begin with it today", type="primary", icon=":material/flag:", key="cycle-accept", on_click=_begin, args=args)
            st.button("Decline", type="tertiary", key="cycle-decline", on_click=_decline, args=(board.agent_id, today))


def to_others(board: CycleBoard, agent: AgentChoice, today: date) -> None:
    """What was proposed to the agent, and the way to propose."""
    st.markdown(_standing(board, agent))
    verb = "Propose another" if board.proposal and board.proposal.is_waiting else "Propose ninety days"
    with st.popover(verb, icon=":material/lightbulb:", key="cycle-propose"):
        chosen = gap_choice.chosen(board.gaps, label="The first phase is about", key="cycle-propose-choice")
        args = (board.agent_id, chosen.metric.key, today)
        st.button("Propose it", type="primary", key="cycle-propose-go", on_click=_propose, args=args)


def _standing(board: CycleBoard, agent: AgentChoice) -> str:
    name, proposal = plain(agent.name), board.proposal
    if proposal is None:
        return f":gray[No cycle runs. {name} can begin one here, and you can propose it.]"
    about, by, on = (
        plain(metric(proposal.metric_key).name),
        plain(proposal.proposed_by or "Somebody"),
        plain(day_text(proposal.proposed_on)),
    )
    if proposal.is_waiting:
        return f":gray[{by} proposed ninety days about] **{about}** :gray[on {on}. {name} has not answered yet.]"
    return f":gray[{by} proposed ninety days about] **{about}** :gray[on {on}. {name} declined; a talk says more than another proposal.]"


def _begin(agent_id: int, metric_key: str, today: date) -> None:
    """Ask who it is and do it; for `on_click`, as the others below."""
    attempt(lambda session, viewer: cycle_changes.begin(session, viewer, agent_id, metric_key, today))


def _decline(agent_id: int, today: date) -> None:
    attempt(lambda session, viewer: cycle_proposals.decline(session, viewer, agent_id, today))


def _propose(agent_id: int, metric_key: str, today: date) -> None:
    attempt(lambda session, viewer: cycle_proposals.propose(session, viewer, agent_id, metric_key, today, clock.now()))
