"""Setting goals: several at once, for a calendar period or by a deadline of their own, under a name where one is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import streamlit as st

import clock
from database import database
from domain.facts import AgentChoice
from domain.formatting import period_text, value_text
from domain.goals.entry import GOAL_TYPES, GRAINS, LONGEST_NAME
from domain.metrics.catalog import DEFINITIONS
from domain.metrics.measures import Measure
from domain.periods import Period, containing
from domain.records import GoalPeriod
from services import goal_setting, goals
from services.goal_setting import WantedGoals
from ui.attempts import attempt, show_refusal
from ui.goals import said
from ui.goals.changes import today_of
from ui.goals.fields import target_field, typed_target
from ui.goals.when import chosen
from ui.session import signed_in_viewer

FIRST: Final = 3
"""Kinds asked for at once; the others are one tap away, because nobody pursues nine things."""
FIELD_WIDTH: Final = 180
NAME_HELP: Final = "Tells several goals of one kind for the same days apart. Leave it empty when there is only one."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Whose goals, for which days, under which name."""

    agent_id: int
    period: GoalPeriod
    days: Period
    name: str

    @property
    def key(self) -> str:
        """Tells the fields of one choice from those of another."""
        return f"goal-{self.period}-{self.days.start}" + (f"-{self.name}" if self.name else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the form starts from."""

    targets: Mapping[str, float]
    """Of the goals there are, in the unit they are typed in before scaling; money in major units."""
    before: Mapping[str, Measure]
    """What the last finished period of the same length brought."""
    last: Period
    currency: str


def opener(agent: AgentChoice) -> None:
    """The button that opens the form."""
    if st.button("Set goals", type="primary", icon=":material/flag:", key="goals-set"):
        ask(agent)


@st.dialog("Set goals", icon=":material/flag:", on_dismiss="rerun")
def ask(agent: AgentChoice) -> None:
    """Figures for a week, month, quarter or year, or by a deadline; what is there is filled in, what is emptied is taken back."""
    today = today_of(agent)
    when = chosen(today, "goals")
    if when is None:
        return
    period, days = when
    name = st.text_input("Name (optional)", max_chars=LONGEST_NAME, help=NAME_HELP, placeholder="A good winter", key="goals-name")
    asked = _Asked(agent_id=agent.agent_id, period=period, days=days, name=" ".join(name.split()))
    known = _known(asked, today)
    typed = _fields(known, asked.key)
    if st.button("Save", type="primary", icon=":material/check:", key="goals-save"):
        _save(asked, _changed(typed, known.targets), today)
    show_refusal()


def _before(asked: _Asked, today: date) -> Period:
    """What to set the goal by: the last finished period of the same length."""
    grain = GRAINS.get(asked.period)
    if grain is None:
        return Period(today - timedelta(days=asked.days.days), today)
    return containing(containing(today, grain).start - timedelta(days=1), grain)


def _known(asked: _Asked, today: date) -> _Known:
    viewer, last = signed_in_viewer(), _before(asked, today)
    with database().reading() as session:
        there, currency = goals.goals_in(session, viewer, asked.agent_id, asked.period, asked.days, today)
        before = goals.figures_of(session, viewer, asked.agent_id, last, today)
    targets = {each.goal.type: typed_target(each, currency) for each in there if each.goal.name == asked.name}
    return _Known(targets=targets, before=before, last=last, currency=currency)


def _fields(known: _Known, key: str) -> dict[str, Decimal | None]:
    """A field for each kind; those of goals there are, and the first few, are open."""
    shown = [each for each in GOAL_TYPES if each in known.targets or each in GOAL_TYPES[:FIRST]]
    typed = {each: _field(each, known, key) for each in shown}
    with st.expander("More kinds"), st.grid(2, min_column_width=FIELD_WIDTH, gap="small"):
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


def _save(asked: _Asked, targets: Mapping[str, Decimal | None], today: date) -> None:
    deadline = asked.days.last_day if asked.period is GoalPeriod.SPAN else None
    wanted = WantedGoals(
        agent_id=asked.agent_id, period=asked.period, day=asked.days.start, deadline=deadline, name=asked.name, targets=targets
    )
    done = attempt(lambda session, viewer: goal_setting.set_goals(session, viewer, wanted, today, clock.now()))
    said.close(done, f"The goals for {period_text(asked.days)} are set.")
