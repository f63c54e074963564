"""What can be done with a goal that is not over: asked differently, paused, resumed, taken back."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from domain.facts import AgentChoice
from domain.formatting import period_text
from domain.goals.entry import LONGEST_NAME
from domain.goals.progress import GoalProgress
from domain.local_time import local_time
from domain.records import GoalPeriod
from services import goal_changes
from services.access import Viewer
from services.goal_changes import GoalEdit, SeenGoal
from ui.attempts import attempt, show_refusal
from ui.goals import said
from ui.goals.fields import target_field, typed_target
from ui.goals.words import title_text
from ui.wording import plain

CHANGE, PAUSE, RESUME, REMOVE = "Change it", "Pause", "Resume", "Take back"
PAUSED: Final = (
    "Days from today on are not planned for this goal until you resume it. What is done meanwhile still counts, and its last day stays."
)
RESUMED: Final = "Days from today on are planned again; those of the pause stay left out."


def today_of(agent: AgentChoice) -> date:
    """The day it is where the agent is."""
    return local_time(clock.now(), agent.time_zone).on


@st.dialog("Change goal", icon=":material/edit:", on_dismiss="rerun")
def change(agent: AgentChoice, goal: GoalProgress, currency: str) -> None:
    """Another figure, name or deadline for a goal that runs or is to come."""
    st.caption(plain(period_text(goal.goal.days)))
    key = f"goal-change-{goal.goal.id}-{goal.goal.version}"
    target = target_field(goal.definition, typed_target(goal, currency), currency=currency, key=key)
    name = st.text_input("Name (optional)", value=goal.goal.name, max_chars=LONGEST_NAME, key=f"{key}-name")
    deadline = _deadline(goal, f"{key}-deadline", today_of(agent)) if goal.goal.period is GoalPeriod.SPAN else None
    seen = SeenGoal(agent_id=agent.agent_id, goal_id=goal.goal.id, version=goal.goal.version)
    if st.button("Save", type="primary", icon=":material/check:", key="goal-change-save", disabled=target is None) and target is not None:
        edit = GoalEdit(target=target, name=name, deadline=deadline)
        asked = (seen, edit, today_of(agent), clock.now())
        said.close(attempt(partial(_done, goal_changes.change_goal, asked)), f"{title_text(goal)}: the goal is changed.")
    show_refusal()


@st.dialog("Pause or resume", icon=":material/pause_circle:", on_dismiss="rerun")
def pause_or_resume(agent: AgentChoice, goal: GoalProgress) -> None:
    """What a pause does, and the button that begins or ends it."""
    _name(goal)
    if goal.goal.is_paused:
        st.markdown(RESUMED)
        _act(agent, goal, RESUME, goal_changes.resume_goal, "goal runs again")
    else:
        st.markdown(PAUSED)
        _act(agent, goal, PAUSE, goal_changes.pause_goal, "goal is paused")


@st.dialog("Take this goal back?", icon=":material/delete:", on_dismiss="rerun")
def remove(agent: AgentChoice, goal: GoalProgress) -> None:
    """Ask once more; what was done stays counted."""
    _name(goal)
    st.markdown("What was done stays counted everywhere. You find the goal below, among those taken back.")
    _act(agent, goal, REMOVE, partial(goal_changes.remove_goal, seen_version=goal.goal.version), "goal is taken back")


def _act(agent: AgentChoice, goal: GoalProgress, label: str, deed: Callable[..., None], became: str) -> None:
    if st.button(label, type="primary", key="goal-act"):
        asked = (agent.agent_id, goal.goal.id, today_of(agent), clock.now())
        said.close(attempt(partial(_done, deed, asked)), f"{title_text(goal)}: the {became}.")
    show_refusal()


def _done(deed: Callable[..., None], asked: tuple[object, ...], session: Session, viewer: Viewer) -> bool:
    deed(session, viewer, *asked)
    return True


def _name(goal: GoalProgress) -> None:
    st.markdown(f"**{plain(title_text(goal))}** · {plain(period_text(goal.goal.days))}")


def _deadline(goal: GoalProgress, key: str, today: date) -> date:
    return st.date_input(
        "Deadline", value=max(today, goal.goal.days.last_day), min_value=max(today, goal.goal.starts_on), key=key, format="YYYY-MM-DD"
    )
