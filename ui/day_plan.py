"""What next: the day's must-dos as promised in the morning, each with its reason, and what came in since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.coaching.daily_plan import MustDoKind
from domain.coaching.day_end import DaySummary
from domain.coaching.kept_plan import KeptMustDo
from domain.coaching.nudges import ToldNudge
from domain.coaching.texts.text import CoachKind
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from domain.local_time import wall_clock
from services import daily_plan, day_end, nudges
from services.access import Viewer
from services.daily_plan import MOST_NEW, CameIn, PlanOfDay
from services.vision_board import is_own as is_agents_own
from ui import call_list, coach, layout
from ui.activity_words import Shown
from ui.attempts import attempt, show_refusal
from ui.kept import forget, kept
from ui.one_on_ones import promises
from ui.plan_row import buttons, row, ways
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted, plain

NOTE: Final = (
    "What is likely to bring the most for the minutes it takes, by your own history: chance × worth ÷ minutes. One quiet deal and one "
    "piece of prospecting are always among them where there are any. What is logged ticks it off. Only its agent ticks by hand; that "
    "records nothing else."
)
KINDS: Final[Mapping[MustDoKind, Shown]] = {
    MustDoKind.NEW_LEAD: Shown(name="New lead", icon="person_add"),
    MustDoKind.CALL_BACK: Shown(name="Call back", icon="phone_callback"),
    MustDoKind.FOLLOW_UP: Shown(name="Follow-up", icon="event_repeat"),
    MustDoKind.APPOINTMENT: Shown(name="Appointment", icon="event"),
    MustDoKind.DEAL: Shown(name="Quiet deal", icon="healing"),
    MustDoKind.PROSPECTING: Shown(name="Prospecting", icon="travel_explore"),
}
REASONS: Final = ("No time today", "Waiting for them", "Not the right moment", "Not needed any more")
"""What is said most often; anything else can be typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the fragment shows, read together."""

    plan: PlanOfDay | None
    nudge: ToldNudge | None
    evening: DaySummary | None


@fragment(key="plan")
def show(agent: AgentChoice, day: date, today: date) -> None:
    """The agent's plan of a day; who looks is asked again on every run."""
    try:
        viewer = signed_in_viewer()
        found = _read(viewer, agent, day, today)
    except NotFoundError:
        return
    if found.plan is None:
        return
    plan, is_today = found.plan, day == today
    with layout.section("What next?" if is_today else "The plan of the day", key="plan", note=NOTE, height="content"):
        show_refusal()
        if found.nudge is not None:
            st.info(plain(found.nudge.sentence), icon=":material/notifications:")
        if found.evening is not None:
            _evening(found.evening)
        _standing(plan, is_today=is_today)
        following = plan.next if is_today else None
        for each in plan.came_in[:MOST_NEW]:
            _came_in(agent, each, is_next=each == following)
        for must_do in plan.must_dos:
            _must_do(agent, must_do, is_today=is_today, is_own=is_agents_own(viewer, agent.agent_id), is_next=must_do == following)
        if is_today:
            promises.show(viewer, agent)
        _coach(agent, plan, today, is_today=is_today)
        if is_today:
            call_list.show(agent)


def _coach(agent: AgentChoice, plan: PlanOfDay, today: date, *, is_today: bool) -> None:
    """The way to the coach: for the agent while something is open, for whoever looks after them at any time."""
    if is_today and any(not each.is_done and each.put_off_at is None for each in plan.must_dos):
        coach.button(agent, CoachKind.DAY_PLAN, "Ask the coach")
    coach.said_button(agent, today)


def _read(viewer: Viewer, agent: AgentChoice, day: date, today: date) -> _Read:
    """As it was kept; the first look of a day makes the plan where the morning's job did not."""
    now = clock.now()
    is_over = day == today and day_end.is_evening(agent, now)

    def work(session: Session) -> _Read:
        plan = daily_plan.plan_of(session, viewer, agent.agent_id, day, now)
        told = nudges.told_lately(session, viewer, agent.agent_id, today, now) if day == today else None
        is_told = is_over and plan is not None and not plan.is_day_off
        return _Read(plan=plan, nudge=told, evening=day_end.summary_of(session, viewer, agent.agent_id, day, now) if is_told else None)

    def read() -> _Read:
        return kept(viewer, frozenset({agent.agent_id}), ("plan", day, is_over), work)

    found = read()
    if found.plan is not None or day != today:
        return found
    database().write(lambda session: daily_plan.plan_of_today(session, viewer, agent.agent_id, now))
    forget()
    return read()


def _evening(evening: DaySummary) -> None:
    """How the day went, once it is over."""
    lines = "".join(f"\n- {plain(line, limit=500)}" for line in evening.lines)
    st.markdown(f":material/nights_stay: **{plain(evening.title)}**\n{lines}")


def _standing(plan: PlanOfDay, *, is_today: bool) -> None:
    """How far the plan is, or why there is none."""
    if plan.is_day_off:
        st.markdown(":gray[A day off: nothing is planned. What you do counts all the same.]")
    elif not plan.must_dos:
        st.markdown(
            "**Nothing presses today.** Leads without a first contact, promises, quiet deals, appointments and the day's part of your "
            "goals would stand here."
        )
    elif is_today and plan.done == len(plan.asked):
        st.markdown(":green-badge[:material/check_circle: Done] **The plan of today is done.** What you do now is on top.")
    else:
        left = sum(each.minutes for each in plan.asked if not each.is_done)
        still = f" · about {counted(left, 'minute')} left" if left and is_today else ""
        st.caption(f"{plan.done} of {len(plan.asked)} done{still}")


def _came_in(agent: AgentChoice, new: CameIn, *, is_next: bool) -> None:
    badge = ":orange-badge[:material/bolt: Came in since]"
    with row(new.key):
        with st.container(gap="xxsmall"):
            head = f"**{plain(new.title)}** :small[:gray[{new.minutes} min]] {badge}{_next_badge(is_next)}"
            st.markdown(f"{head}  \n:gray[{plain(new.reason)}]")
        with buttons():
            ways(agent, new.kind, new.key, new.lead_id, new.event_id, is_next=is_next)


def _must_do(agent: AgentChoice, one: KeptMustDo, *, is_today: bool, is_own: bool, is_next: bool) -> None:
    with row(one.key):
        with st.container(gap="xxsmall"):
            _tick(agent, one, may_tick=is_today and is_own, is_next=is_next)
            if said := _said(agent, one):
                st.markdown(f":gray[{said}]")
        if is_today and not one.is_done and one.put_off_at is None:
            with buttons():
                ways(agent, one.kind, one.key, one.lead_id, one.event_id, is_next=is_next)
                if is_own and st.button("Put off", key=f"put-off-{one.key}", type="tertiary", icon=":material/schedule:"):
                    _put_off(agent, one)


def _tick(agent: AgentChoice, one: KeptMustDo, *, may_tick: bool, is_next: bool) -> None:
    """What to do, with a box that only its agent ticks; where a record says that it is done nobody can say otherwise."""
    shown = KINDS[one.kind]
    st.checkbox(
        f"{shown.symbol} **{plain(one.title, limit=200)}** :small[:gray[{one.minutes} min]]{_state(one, is_next=is_next)}",
        value=one.is_done,
        key=f"tick-{one.key}-{one.is_done}",
        disabled=not may_tick or one.is_done_by_facts,
        on_change=_say_done,
        args=(agent.agent_id, one.key, not one.is_done),
    )


def _say_done(agent_id: int, key: str, is_done: bool) -> None:  # noqa: FBT001 - Streamlit hands arguments by place
    attempt(lambda session, viewer: daily_plan.tick(session, viewer, agent_id, key, clock.now(), is_done=is_done))


def _state(one: KeptMustDo, *, is_next: bool) -> str:
    if one.is_done:
        return " :green-badge[:material/check: Done]"
    return " :gray-badge[:material/schedule: Put off]" if one.put_off_at is not None else _next_badge(is_next)


def _said(agent: AgentChoice, one: KeptMustDo) -> str:
    """Why, how far, when it was done, or why it was put off."""
    if one.is_done:
        return f"Logged at {wall_clock(one.worked_at, agent.time_zone):%H:%M}" if one.worked_at else ""
    if one.put_off_at is not None:
        return plain(one.put_off_reason)
    so_far = f" {one.done_of_asked} of {one.asked} so far." if one.asked else ""
    return f"{plain(one.reason, limit=500)}{so_far}"


def _next_badge(is_next: bool) -> str:  # noqa: FBT001 - one badge or none
    return " :blue-badge[:material/arrow_forward: Next]" if is_next else ""


@st.dialog("Put it off for today", icon=":material/schedule:", on_dismiss="rerun")
def _put_off(agent: AgentChoice, one: KeptMustDo) -> None:
    """Ask why; what is put off may be on tomorrow's plan."""
    st.markdown(plain(one.title, limit=200))
    picked = st.pills("Why?", REASONS, key="put-off-picked")
    typed = st.text_input("Or in your words", key="put-off-typed", max_chars=daily_plan.LONGEST_REASON)
    reason = typed.strip() or picked or ""
    if st.button("Put off", type="primary", key="put-off-save", disabled=not reason):
        done = attempt(lambda session, viewer: daily_plan.put_off(session, viewer, agent.agent_id, one.key, reason, clock.now()))
        if done is not None:
            st.rerun(scope="app")
    show_refusal()
