"""The goals that run, in a few lines, for the screens of the day and the month."""

from datetime import date
from typing import Final

import streamlit as st

from domain.facts import AgentChoice
from services.goals import goals_of
from ui import links
from ui.goals.card import bar
from ui.goals.words import days_text, figure_text, progress_text, title_text
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted, plain, status_text

SHOWN: Final = 4
"""What ends first; the others are a tap away."""
COLUMNS: Final = 4
CARD_WIDTH: Final = 200


@fragment(key="goals-summary")
def show(agent: AgentChoice, today: date) -> None:
    """The agent's running goals, those that end first first; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    board = kept(
        viewer,
        frozenset({agent.agent_id}),
        ("goals", today),
        lambda session: goals_of(session, viewer, agent.agent_id, today, past=0),
    )
    if not board.current:
        st.markdown(":gray[No goal is running. With one you see here each day how far it is, and what is still needed.]")
        links.page_link("goals", "Set a goal", _params(agent), icon=":material/flag:")
        return
    with st.grid(min(COLUMNS, len(board.current)), min_column_width=CARD_WIDTH, gap="small", key="goals-summary-cards"):
        for goal in board.current[:SHOWN]:
            with st.container(border=True, key=f"card-goal-line-{goal.goal.id}", gap="xxsmall", height="stretch"):
                st.markdown(f"**{plain(title_text(goal))}** :small[:gray[{plain(days_text(goal, today))}]]")
                st.markdown(plain(figure_text(goal, board.currency)))
                bar(goal, key="goal-line-bar")
                st.markdown(f"{status_text(goal.status)} :small[{plain(progress_text(goal, board.currency))}]")
    more = len(board.current) - SHOWN
    label = "All goals" if more <= 0 else f"All goals, {counted(more, 'more running', 'more running')}"
    links.page_link("goals", label, _params(agent), icon=":material/flag:")


def _params(agent: AgentChoice) -> dict[str, str]:
    return {"agent": str(agent.agent_id)}
