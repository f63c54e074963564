"""Another target for a goal that runs, where its own is out of reach or as good as there: to take, to change, or to decline."""

from datetime import date
from decimal import Decimal
from typing import Final

import streamlit as st

import clock
from domain.facts import AgentChoice
from domain.formatting import period_text, value_text
from domain.records import AdviceKind
from services.goal_advice import Answer, Proposal, answer_proposal, proposals
from services.goal_changes import SeenGoal
from ui.attempts import attempt, show_refusal
from ui.goals.fields import target_field
from ui.goals.words import title_text
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.wording import plain

_SAID: Final = "goal-advice-said"
TITLES: Final = {AdviceKind.LOWER: ":material/south: A goal within reach?", AdviceKind.RAISE: ":material/north: Room for more?"}
RULE: Final = (
    "Asked once a quarter of the goal's working days is gone, when its chance is 10 % or less, or 95 % or more. "
    "The other figure is the one that is as likely reached as not, going on as lately. Nothing changes before you say so."
)


def show(agent: AgentChoice, today: date) -> None:
    """The agent's proposals, for a screen that has not reckoned chances itself."""
    viewer = signed_in_viewer()
    offered = kept(
        viewer,
        frozenset({agent.agent_id}),
        ("goal-advice", today),
        lambda session: proposals(session, viewer, agent.agent_id, today),
    )
    cards(agent, offered, today)


def cards(agent: AgentChoice, offered: tuple[Proposal, ...], today: date) -> None:
    """A card for each, and word of what was decided last."""
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(plain(said), icon=":material/check_circle:")
    for proposal in offered:
        with st.container(border=True, key=f"card-advice-{proposal.goal.goal.id}", gap="xsmall"):
            _card(agent, proposal, today)
    show_refusal()


def _card(agent: AgentChoice, proposal: Proposal, today: date) -> None:
    title = f"{title_text(proposal.goal)}, {period_text(proposal.goal.goal.days)}"
    st.markdown(f"**{TITLES[proposal.adjustment.kind]}** {plain(title)}", help=RULE)
    st.markdown(plain(proposal.sentence, limit=400))
    with st.container(horizontal=True, gap="small"):
        key, figure = f"advice-{proposal.goal.goal.id}-{proposal.goal.goal.version}", _figure(proposal, proposal.amount)
        if st.button(f"Make it {figure}", key=f"{key}-accept"):
            _answer(agent, proposal, proposal.amount, today)
        if st.button("Another figure", key=f"{key}-edit"):
            _edit(agent, proposal, today)
        if st.button("Keep it", type="tertiary", help="This is not proposed again for this goal.", key=f"{key}-decline"):
            _answer(agent, proposal, None, today)


@st.dialog("Another figure", icon=":material/edit:", on_dismiss="rerun")
def _edit(agent: AgentChoice, proposal: Proposal, today: date) -> None:
    """The proposed figure to start from; what is saved is kept as the proposal, edited."""
    st.markdown(plain(proposal.sentence, limit=400))
    key = f"advice-edit-{proposal.goal.goal.id}-{proposal.goal.goal.version}"
    typed = target_field(proposal.goal.definition, float(proposal.amount), currency=proposal.currency, key=key)
    if st.button("Save", type="primary", icon=":material/check:", key="advice-save", disabled=typed is None) and typed is not None:
        _answer(agent, proposal, typed, today)
    show_refusal()


def _answer(agent: AgentChoice, proposal: Proposal, chosen: Decimal | None, today: date) -> None:
    goal = proposal.goal.goal
    seen = SeenGoal(agent_id=agent.agent_id, goal_id=goal.id, version=goal.version)
    answer = Answer(suggested=proposal.amount, chosen=chosen)
    if attempt(lambda session, viewer: answer_proposal(session, viewer, seen, answer, today, clock.now())) is None:
        return
    kept_as = "stays as it is" if chosen is None else f"is {_figure(proposal, chosen)} now"
    st.session_state[_SAID] = f"{title_text(proposal.goal)}: the goal {kept_as}."
    st.rerun(scope="app")


def _figure(proposal: Proposal, amount: Decimal) -> str:
    """A target in major units as people read it."""
    shown = proposal.in_metric_unit(amount)
    return value_text(proposal.goal.definition, shown, proposal.currency, compact=True)
