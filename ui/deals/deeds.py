"""Doing something for a deal: a note or what was done, the next step, another stage."""

from datetime import date, datetime, time, timedelta
from typing import Final

import streamlit as st

import clock
from domain.deals.facts import DealFacts
from domain.pipeline.steps import STAGES
from domain.pipeline.steps import words as stage_words
from domain.records import ActivityType, EventKind, EventStatus
from services import deal_deeds
from services.access import Viewer
from services.deal_deeds import STEPS, Step
from ui.activity_words import ACTIVITIES, EVENTS
from ui.attempts import attempt
from ui.deals.words import moment_text
from ui.layout import section
from ui.links import page_link
from ui.wording import plain

_LOGGED: Final = (ActivityType.NOTE, ActivityType.CALL, ActivityType.EMAIL, ActivityType.MESSAGE)
_MORNING: Final = time(9)
_LENGTHS: Final = (15, 30, 45, 60, 90)


def show(viewer: Viewer, facts: DealFacts) -> None:
    """What is planned, and the three forms; a deal of nobody can only be moved."""
    with section("What comes next", key="deal-deeds", height="content"):
        _tasks(viewer, facts)
        with st.container(horizontal=True, gap="small", key="deal-deeds-row"):
            if facts.agent_id is not None:
                _log(facts.deal_id)
                _plan(facts)
            _move(facts)


def _tasks(viewer: Viewer, facts: DealFacts) -> None:
    """Tasks that are still open, the overdue ones first; what came of them is said in the calendar."""
    still = [task for task in facts.tasks if task.status is EventStatus.PLANNED]
    if not still:
        st.markdown(":gray[Nothing is planned for it yet.]")
    for task in still:
        mark = ":orange-badge[:material/assignment_late: Overdue] " if task.is_overdue(facts.at) else ""
        st.markdown(f"{mark}{EVENTS[task.kind].symbol} **{plain(task.title)}** :gray[{moment_text(task.starts_at, viewer.time_zone)}]")
    if still:
        page_link("calendar", "Say what came of it, or move it", {"day": f"{still[0].starts_at:%Y-%m-%d}"}, icon=":material/event:")


def _log(deal_id: int) -> None:
    with (
        st.popover("Log or note", icon=":material/edit_note:", key="deal-log"),
        st.form(f"deal-log-{deal_id}", clear_on_submit=True, border=False),
    ):
        st.radio("What", _LOGGED, format_func=lambda each: ACTIVITIES[each].name, horizontal=True, key=f"deal-log-kind-{deal_id}")
        st.text_area("Note", max_chars=10_000, height=80, key=f"deal-log-note-{deal_id}", placeholder="What was said, and what comes next?")
        st.form_submit_button("Log it", key="deal-log-save", on_click=_logged, args=(deal_id,))


def _plan(facts: DealFacts) -> None:
    deal_id = facts.deal_id
    with (
        st.popover("Next step", icon=":material/event:", key="deal-plan"),
        st.form(f"deal-plan-{deal_id}", clear_on_submit=True, border=False),
    ):
        st.radio("What", STEPS, format_func=_step_name, horizontal=True, key=f"deal-plan-kind-{deal_id}")
        st.text_input("What for", max_chars=200, key=f"deal-plan-title-{deal_id}", placeholder="Walk through the offer")
        st.date_input("Day", facts.today + timedelta(days=1), min_value=facts.today, key=f"deal-plan-day-{deal_id}", format="YYYY-MM-DD")
        st.time_input(f"Time ({facts.time_zone})", _MORNING, key=f"deal-plan-time-{deal_id}")
        st.selectbox("Minutes", _LENGTHS, index=1, key=f"deal-plan-minutes-{deal_id}")
        st.form_submit_button("Put it into the calendar", key="deal-plan-save", on_click=_planned, args=(deal_id, facts.name))


def _move(facts: DealFacts) -> None:
    known = [stage for stages in STAGES.values() if facts.stage in stages for stage in stages]
    offered = [stage for stage in dict.fromkeys([*known, *(move.stage for move in facts.moves)]) if stage != facts.stage]
    if not offered:
        return
    key = f"deal-move-{facts.deal_id}"
    with st.popover("Move", icon=":material/swap_horiz:", key="deal-move"):
        st.selectbox("To stage", offered, format_func=stage_words, key=key)
        st.button("Move it", key="deal-move-save", on_click=_moved, args=(facts.deal_id, facts.stage))


def _step_name(kind: EventKind) -> str:
    return "Task" if kind is EventKind.BLOCKED else EVENTS[kind].name


def _logged(deal_id: int) -> None:
    kind, words = st.session_state[f"deal-log-kind-{deal_id}"], st.session_state[f"deal-log-note-{deal_id}"]
    attempt(lambda session, viewer: deal_deeds.log(session, viewer, deal_id, kind, words, clock.now()))


def _planned(deal_id: int, name: str) -> None:
    kind: EventKind = st.session_state[f"deal-plan-kind-{deal_id}"]
    day: date = st.session_state[f"deal-plan-day-{deal_id}"]
    at: time = st.session_state[f"deal-plan-time-{deal_id}"]
    title = st.session_state[f"deal-plan-title-{deal_id}"].strip() or f"{_step_name(kind)}: {name}"[:200]
    step = Step(kind=kind, title=title, starts=datetime.combine(day, at), minutes=st.session_state[f"deal-plan-minutes-{deal_id}"])
    attempt(lambda session, viewer: deal_deeds.plan(session, viewer, deal_id, step, clock.now()))


def _moved(deal_id: int, seen: str) -> None:
    stage: str = st.session_state[f"deal-move-{deal_id}"]
    attempt(lambda session, viewer: deal_deeds.move(session, viewer, deal_id, stage, seen, clock.now()))
