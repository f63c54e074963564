"""A goal that runs: its figure, its bar, how it goes, and what can be changed about it."""

from datetime import date
from typing import Final

import streamlit as st

from domain.facts import AgentChoice
from domain.formatting import chance_text, share_text
from domain.goals.progress import GoalProgress
from domain.metrics.status import Status
from services.goal_chances import GoalChances
from services.goals import GoalBoard
from ui import charts
from ui.goals import analysis, changes
from ui.goals.changes import CHANGE, PAUSE, REMOVE, RESUME
from ui.goals.charts import chance_line, pace_bar
from ui.goals.words import days_text, figure_parts, hover_text, progress_text, title_text
from ui.theme import palette
from ui.wording import plain, status_text

FEWEST_DAYS: Final = 2
CHANCE_HELP: Final = (
    "What is there, open deals by how such deals went, and new business at the rate of the last 90 days, in seasons as good and bad as "
    "the company's have been."
)


def running(agent: AgentChoice, goal: GoalProgress, board: GoalBoard, chances: GoalChances, today: date) -> None:
    """The card of a goal whose days are not over."""
    with st.container(border=True, key=f"card-goal-{goal.goal.id}", gap="xsmall", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xsmall"):
            st.markdown(f"**{plain(title_text(goal))}**", help=hover_text(goal, board.currency), width="content")
            menu(agent, goal, board.currency)
        now, asked = figure_parts(goal, board.currency)
        st.markdown(f"## {plain(now)} :small[:gray[{plain(asked)}]]")
        bar(goal, key="goal-bar")
        st.markdown(f"{status_text(goal.status)} :small[{plain(progress_text(goal, board.currency))}]")
        _chance(goal, chances)
        st.caption(plain(days_text(goal, today)))


def _chance(goal: GoalProgress, chances: GoalChances) -> None:
    """How likely it is now, and how that went from day to day."""
    now, line = chances.now.get(goal.goal.id), chances.lines.get(goal.goal.id, ())
    if now is None or goal.status is Status.REACHED:
        return
    st.markdown(f"**{chance_text(now.probability)}** :small[:gray[chance to reach it]]", help=CHANCE_HELP)
    if len(line) >= FEWEST_DAYS:
        words = f"Chance at the end of each day, from {share_text(line[0].chance)} to {share_text(line[-1].chance)}."
        charts.show(chance_line(line, palette()), alt_text=words, key=f"goal-line-{goal.goal.id}")


def bar(goal: GoalProgress, *, key: str) -> None:
    """How much of the target is there; nothing where that cannot be told, because unknown is not zero."""
    if goal.completion_share is None:
        return
    if goal.pace is None or not goal.goal.target:
        st.progress(min(1.0, goal.completion_share), text=f":small[{share_text(goal.completion_share)} of the way]")
        return
    due = (goal.pace.actual - goal.pace.ahead) / goal.goal.target
    words = f"{share_text(goal.completion_share)} there, {share_text(due)} due by now."
    charts.show(pace_bar(goal.completion_share, due, palette()), alt_text=words, key=f"{key}-{goal.goal.id}")


def menu(agent: AgentChoice, goal: GoalProgress, currency: str) -> None:
    """What can be done with a goal that is not over."""
    key = f"goal-menu-{goal.goal.id}-{goal.goal.version}"
    choices = [analysis.TITLE, CHANGE, RESUME if goal.goal.is_paused else PAUSE, REMOVE]
    picked = st.menu_button("Change", choices, icon=":material/more_horiz:", type="tertiary", key=key)
    if picked == analysis.TITLE:
        analysis.show(agent, goal)
    elif picked == CHANGE:
        changes.change(agent, goal, currency)
    elif picked in {PAUSE, RESUME}:
        changes.pause_or_resume(agent, goal)
    elif picked == REMOVE:
        changes.remove(agent, goal)
