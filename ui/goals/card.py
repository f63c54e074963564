"""A goal that runs: its figure, its bar, how it goes, and what can be changed about it."""

from datetime import date

import streamlit as st

from domain.facts import AgentChoice
from domain.formatting import share_text
from domain.goals.progress import GoalProgress
from services.goals import GoalBoard
from ui.goals import changes
from ui.goals.changes import CHANGE, PAUSE, REMOVE, RESUME
from ui.goals.words import days_text, figure_parts, hover_text, progress_text, title_text
from ui.wording import plain, status_text


def running(agent: AgentChoice, goal: GoalProgress, board: GoalBoard, today: date) -> None:
    """The card of a goal whose days are not over."""
    with st.container(border=True, key=f"card-goal-{goal.goal.id}", gap="xsmall", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xsmall"):
            st.markdown(f"**{plain(title_text(goal))}**", help=hover_text(goal, board.currency), width="content")
            menu(agent, goal, board.currency)
        now, asked = figure_parts(goal, board.currency)
        st.markdown(f"## {plain(now)} :small[:gray[{plain(asked)}]]")
        bar(goal)
        st.markdown(f"{status_text(goal.status)} :small[{plain(progress_text(goal, board.currency))}]")
        st.caption(plain(days_text(goal, today)))


def bar(goal: GoalProgress) -> None:
    """How much of the target is there; nothing where that cannot be told, because unknown is not zero."""
    if goal.completion_share is not None:
        st.progress(min(1.0, goal.completion_share), text=share_text(goal.completion_share))


def menu(agent: AgentChoice, goal: GoalProgress, currency: str) -> None:
    """What can be done with a goal that is not over."""
    key = f"goal-menu-{goal.goal.id}-{goal.goal.version}"
    choices = [CHANGE, RESUME if goal.goal.is_paused else PAUSE, REMOVE]
    picked = st.menu_button("Change", choices, icon=":material/more_horiz:", type="tertiary", key=key)
    if picked == CHANGE:
        changes.change(agent, goal, currency)
    elif picked in {PAUSE, RESUME}:
        changes.pause_or_resume(agent, goal)
    elif picked == REMOVE:
        changes.remove(agent, goal)
