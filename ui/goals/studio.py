"""Planning a goal: a figure, what it takes in three plans, what it costs and whether it pays, and setting it when it fits."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.errors import InputError
from domain.facts import AgentChoice
from domain.formatting import chance_text, period_text, value_text
from domain.goals.entry import GOAL_TYPES, LONGEST_NAME
from domain.metrics.catalog import DEFINITIONS
from domain.periods import Period
from domain.records import AdviceKind, GoalPeriod
from services import ai_goals, goal_setting, goal_studio, goal_suggestions
from services.access import Viewer
from services.goal_plan_record import plan_record
from services.goal_setting import WantedGoals
from services.goal_studio import Draft, StudioView
from services.goal_suggestions import NewGoal
from ui import phrased
from ui.attempts import attempt, show_refusal
from ui.goals import assumptions, plan_cards, said
from ui.goals.changes import today_of
from ui.goals.fields import stored_typed, target_field
from ui.goals.form import NAME_HELP
from ui.goals.when import chosen
from ui.layout import section
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import plain

OPEN: Final = "plan"
FIRST_KIND: Final = GOAL_TYPES.index("revenue")
LEVELS: Final = {"attainable": "Attainable", "challenging": "Challenging", "elite": "Elite"}
NOTE: Final = (
    "Say what you want to reach. You see what it takes, how sure that is, what it costs and whether it pays; "
    "nothing is set before you save."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What is being thought about."""

    agent_id: int
    kind: str
    period: GoalPeriod
    days: Period
    currency: str

    @property
    def key(self) -> str:
        """Tells the fields of one choice from those of another."""
        return f"plan-{self.agent_id}-{self.kind}-{self.period}-{self.days.start}"

    @property
    def about(self) -> NewGoal:
        """The same for suggestions."""
        return NewGoal(agent_id=self.agent_id, kind=self.kind, period=self.period, starts_on=self.days.start)

    @property
    def deadline(self) -> date | None:
        """The last day of days of its own."""
        return self.days.last_day if self.period is GoalPeriod.SPAN else None


def opener() -> None:
    """The switch that opens the studio."""
    st.toggle("Plan a goal", key=OPEN, bind="query-params", help=NOTE)


@fragment(key="goal-studio")
def show(agent: AgentChoice) -> None:
    """The studio where it is open; who looks is asked again on every run."""
    signed_in_viewer()
    if not st.session_state.get(OPEN):
        return
    today = today_of(agent)
    with section("Plan a goal", key="goal-studio", note=NOTE, height="content"):
        draft = _asked(agent, today)
        if draft is None:
            return
        _suggestions(draft, today)
        figure = target_field(DEFINITIONS[draft.kind], None, currency=draft.currency, key=f"{draft.key}-figure")
        if figure is None:
            st.markdown(":gray[Name a figure, or take one of the suggestions, and see what it takes.]")
            return
        _plan(draft, figure, today)
    show_refusal()


def _asked(agent: AgentChoice, today: date) -> _Draft | None:
    viewer = signed_in_viewer()
    names = {kind: DEFINITIONS[kind].name for kind in GOAL_TYPES}
    kind = st.selectbox("I want to reach", list(names), index=FIRST_KIND, format_func=names.__getitem__, key="plan-kind", width=300)
    when = chosen(today, "plan")
    if when is None:
        return None
    with database().reading() as session:
        currency = goal_studio.currency_seen(session, viewer, agent.agent_id, today)
    return _Draft(agent_id=agent.agent_id, kind=kind, period=when[0], days=when[1], currency=currency)


def _suggestions(draft: _Draft, today: date) -> None:
    """Three figures to take, to change, to leave, or not to be shown again."""
    viewer, definition = signed_in_viewer(), DEFINITIONS[draft.kind]
    with database().reading() as session:
        found = goal_suggestions.suggestions_left(session, viewer, draft.about, today)
    for each in found:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            figure = value_text(definition, each.value, draft.currency)
            st.button(
                f"{LEVELS[each.key]}: {figure}",
                key=f"{draft.key}-{each.key}",
                on_click=_take,
                args=(draft.key, each.key, stored_typed(definition, each.value, draft.currency)),
            )
            st.markdown(f":small[:gray[{plain(each.sentence)}]]")
            st.button(
                "Not for me",
                type="tertiary",
                help=f"The suggestion “{LEVELS[each.key]}” is not shown again for {period_text(draft.days)}.",
                key=f"{draft.key}-{each.key}-decline",
                on_click=_decline,
                args=(draft, AdviceKind(each.key), today),
            )


def _take(key: str, kind: str, figure: float) -> None:
    st.session_state[f"{key}-figure"] = figure
    st.session_state[f"{key}-taken"] = kind


def _decline(draft: _Draft, kind: AdviceKind, today: date) -> None:
    attempt(lambda session, viewer: goal_suggestions.decline_suggestion(session, viewer, draft.about, kind, today, clock.now()))


def _plan(draft: _Draft, figure: Decimal, today: date) -> None:
    key = f"{draft.key}-said"
    view = _view(draft, figure, today, key)
    if view is None:
        return
    _already(view)
    plan_cards.performance(view)
    if view.analysis is None:
        _without_plan(view)
    else:
        if view.analysis.plans:
            plan_cards.plans(view, view.analysis)
        plan_cards.verdict(view, view.analysis)
        _words(draft, view)
        assumptions.fields(view.analysis.assumptions, draft.currency, key)
    _save(draft, figure, today, key)


def _view(draft: _Draft, figure: Decimal, today: date, key: str) -> StudioView | None:
    """What is known of the draft; an assumption that cannot be is refused in words and dropped."""
    viewer = signed_in_viewer()
    asked = Draft(type=draft.kind, target=figure, period=draft.period, day=draft.days.start, deadline=draft.deadline)
    try:
        with database().reading() as session:
            return goal_studio.studio(session, viewer, draft.agent_id, asked, today, assumptions.overrides(key))
    except InputError as refused:
        st.error(plain(str(refused)), icon=":material/error:")
        assumptions.forget(key)
        return None


def _words(draft: _Draft, view: StudioView) -> None:
    """The analysis in sentences, the rules' or a language model's."""
    asked = ai_goals.asked_of(plan_record(view), view.definition, draft.agent_id)
    if asked is not None:
        phrased.show(asked, key=f"{draft.key}-words")
        return
    for sentence in view.sentences:
        st.markdown(plain(sentence, limit=phrased.LONGEST))


def _already(view: StudioView) -> None:
    if view.definition.prorated and view.progress.value:
        there = value_text(view.definition, view.progress.value, view.currency)
        left = value_text(view.definition, view.still, view.currency)
        st.markdown(f"**{plain(there)}** of it is there already; the plans are for the **{plain(left)}** still to come.")


def _without_plan(view: StudioView) -> None:
    if not view.still:
        st.markdown("It is reached already. Ask for more, or enjoy it.")
    elif view.chance is not None:
        st.markdown(f"Going on as lately, you reach it with a chance of **{chance_text(view.chance.probability)}**.")
    else:
        st.markdown(":gray[No chain of activities leads to this figure, so there is no plan to reckon. You can set it all the same.]")


def _save(draft: _Draft, figure: Decimal, today: date, key: str) -> None:
    name = st.text_input("Name (optional)", max_chars=LONGEST_NAME, help=NAME_HELP, key=f"{draft.key}-name")
    if not st.button("Save this goal", type="primary", icon=":material/flag:", key="plan-save"):
        return
    wanted = WantedGoals(
        agent_id=draft.agent_id,
        period=draft.period,
        day=draft.days.start,
        deadline=draft.deadline,
        name=name,
        targets={draft.kind: figure},
        assumptions=assumptions.overrides(key),
        words=phrased.held(f"{draft.key}-words"),
    )
    done = attempt(lambda session, viewer: _set(session, viewer, wanted, st.session_state.get(f"{draft.key}-taken"), today))
    said.close(done, f"{DEFINITIONS[draft.kind].name} for {period_text(draft.days)}: the goal is set.")


def _set(session: Session, viewer: Viewer, wanted: WantedGoals, taken: str | None, today: date) -> bool:
    """Set the goal; with word of the suggestion it began with, if it did."""
    if taken is None:
        goal_setting.create_goals(session, viewer, wanted, today, clock.now())
    else:
        goal_suggestions.take_suggestion(session, viewer, wanted, AdviceKind(taken), today, clock.now())
    return True
