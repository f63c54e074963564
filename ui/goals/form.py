"""Setting goals: several of a period at once; one changed or taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

import streamlit as st

import clock
from database import database
from domain.facts import AgentChoice
from domain.formatting import period_text, value_text
from domain.goals.entry import GOAL_TYPES, GRAINS, goal_days
from domain.goals.progress import GoalProgress
from domain.local_time import local_time
from domain.metrics.catalog import DEFINITIONS
from domain.metrics.definition import Unit
from domain.metrics.measures import Measure
from domain.money import from_minor
from domain.periods import Period, containing
from domain.records import GoalPeriod
from services import goal_setting, goals
from services.goal_setting import SeenGoal, WantedGoals
from ui.attempts import attempt, show_refusal
from ui.goals.fields import target_field
from ui.goals.words import LENGTHS
from ui.session import signed_in_viewer
from ui.wording import plain

FIRST: Final = 3
"""Kinds asked for at once; the others are one tap away, because nobody pursues nine things."""
CHANGE, REMOVE = "Another figure", "Take back"
_SAID: Final = "goals-said"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the form starts from."""

    targets: Mapping[str, float]
    """Of the goals there are, in the unit they are typed in before scaling; money in major units."""
    before: Mapping[str, Measure]
    """What the last finished period of the same length brought."""
    last: Period
    currency: str


def today_of(agent: AgentChoice) -> date:
    """The day it is where the agent is."""
    return local_time(clock.now(), agent.time_zone).on


def opener(agent: AgentChoice) -> None:
    """The button that opens the form."""
    if st.button("Set goals", type="primary", icon=":material/flag:", key="goals-set"):
        ask(agent)


@st.dialog("Set goals", icon=":material/flag:", on_dismiss="rerun")
def ask(agent: AgentChoice) -> None:
    """Figures for a week, month, quarter or year; what is there already is filled in, what is emptied is taken back."""
    today = today_of(agent)
    period = st.segmented_control(
        "For a", list(GoalPeriod), default=GoalPeriod.MONTHLY, required=True, format_func=LENGTHS.__getitem__, key="goals-period"
    )
    days = _which(period, today)
    known = _known(agent, period, days, today)
    typed = _fields(known, f"goal-{period}-{days.start}")
    if st.button("Save", type="primary", icon=":material/check:", key="goals-save"):
        _save(agent, period, days, _changed(typed, known.targets), today)
    show_refusal()


@st.dialog("Change goal", icon=":material/edit:", on_dismiss="rerun")
def change(agent: AgentChoice, goal: GoalProgress, currency: str) -> None:
    """Another figure for a goal that runs or is to come."""
    st.caption(plain(period_text(goal.goal.days)))
    key = f"goal-change-{goal.goal.id}-{goal.goal.version}"
    target = target_field(goal.definition, _typed(goal, currency), currency=currency, key=key)
    seen = SeenGoal(agent_id=agent.agent_id, goal_id=goal.goal.id, version=goal.goal.version)
    if st.button("Save", type="primary", icon=":material/check:", key="goal-change-save", disabled=target is None) and target is not None:
        work = partial(goal_setting.change_goal, seen=seen, target=target, today=today_of(agent), now=clock.now())
        _close(attempt(lambda session, viewer: (work(session, viewer),)), f"{goal.definition.name}: the goal is changed.")
    show_refusal()


@st.dialog("Take this goal back?", icon=":material/delete:", on_dismiss="rerun")
def remove(agent: AgentChoice, goal: GoalProgress) -> None:
    """Ask once more; what was done stays counted."""
    st.markdown(f"**{plain(goal.definition.name)}** · {plain(period_text(goal.goal.days))}. What was done stays counted everywhere.")
    if st.button("Take it back", type="primary", icon=":material/delete:", key="goal-remove"):
        work = partial(
            goal_setting.remove_goal,
            agent_id=agent.agent_id,
            goal_id=goal.goal.id,
            today=today_of(agent),
            now=clock.now(),
            seen_version=goal.goal.version,
        )
        _close(attempt(lambda session, viewer: (work(session, viewer),)), f"{goal.definition.name}: the goal is taken back.")
    show_refusal()


def show_said() -> None:
    """Say once what became of the last change."""
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(plain(said), icon=":material/check_circle:")


def _which(period: GoalPeriod, today: date) -> Period:
    """This period or the next one."""
    now = goal_days(period, today)
    offered = {each.start: each for each in (now, containing(now.end, GRAINS[period]))}
    key = f"goals-days-{period}"
    return offered[
        st.segmented_control(
            "Which", list(offered), default=now.start, required=True, format_func=lambda start: period_text(offered[start]), key=key
        )
    ]


def _known(agent: AgentChoice, period: GoalPeriod, days: Period, today: date) -> _Known:
    viewer, grain = signed_in_viewer(), GRAINS[period]
    last = containing(containing(today, grain).start - timedelta(days=1), grain)
    with database().reading() as session:
        there, currency = goals.goals_in(session, viewer, agent.agent_id, period, days, today)
        before = goals.figures_of(session, viewer, agent.agent_id, last, today)
    return _Known(targets={each.goal.type: _typed(each, currency) for each in there}, before=before, last=last, currency=currency)


def _typed(goal: GoalProgress, currency: str) -> float:
    """The target with money in major units, as people type it."""
    return float(from_minor(round(goal.goal.target), currency)) if goal.definition.unit is Unit.MONEY else goal.goal.target


def _fields(known: _Known, key: str) -> dict[str, Decimal | None]:
    """A field for each kind; those of goals there are, and the first few, are open."""
    shown = [each for each in GOAL_TYPES if each in known.targets or each in GOAL_TYPES[:FIRST]]
    typed = {each: _field(each, known, key) for each in shown}
    with st.expander("More kinds"):
        return typed | {each: _field(each, known, key) for each in GOAL_TYPES if each not in shown}


def _field(kind: str, known: _Known, key: str) -> Decimal | None:
    metric, before = DEFINITIONS[kind], known.before[kind]
    was = value_text(metric, before.value, known.currency) if before.sample else "no figure"
    hint = f"{period_text(known.last)}: {was}"
    return target_field(metric, known.targets.get(kind), currency=known.currency, key=f"{key}-{kind}", hint=hint)


def _changed(typed: Mapping[str, Decimal | None], known: Mapping[str, float]) -> dict[str, Decimal | None]:
    """What differs from the goals there are, so that a goal somebody else changed meanwhile stays as they made it."""
    were = {kind: Decimal(str(known[kind])) if kind in known else None for kind in typed}
    return {kind: target for kind, target in typed.items() if target != were[kind]}


def _save(agent: AgentChoice, period: GoalPeriod, days: Period, targets: Mapping[str, Decimal | None], today: date) -> None:
    wanted = WantedGoals(agent_id=agent.agent_id, period=period, day=days.start, targets=targets)
    done = attempt(lambda session, viewer: goal_setting.set_goals(session, viewer, wanted, today, clock.now()))
    _close(done, f"The goals for {period_text(days)} are set.")


def _close(done: object | None, said: str) -> None:
    """Close the form when it was stored, leaving word of it."""
    if done is not None:
        st.session_state[_SAID] = said
        st.rerun(scope="app")
