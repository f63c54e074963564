"""The Daily screen: what next, the scoreboard, the buttons that move it, what is planned, and what was done."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

import clock
from database import database
from domain.access import Selection
from domain.facts import ActivityEntry, AgentChoice
from domain.local_time import local_time
from domain.periods import Grain, Period, containing
from domain.records import EventStatus
from services import calendar, timeline
from services.access import Viewer
from ui import (
    activity_timeline,
    agent_figures,
    below,
    day_cards,
    day_plan,
    day_timeline,
    event_form,
    event_list,
    insight_cards,
    layout,
    links,
    log_activity,
    stepper,
)
from ui.attempts import show_refusal
from ui.calls import panel, playback
from ui.goals import summary
from ui.play import joy, strip
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted, plain

PRINT = "What to do, what is planned and whom to call, on one page with room for notes: for where there is no network."


def chosen_day(agent: AgentChoice) -> tuple[date, date]:
    """Draw the day switcher in the agent's zone; return the day shown and today there. Days to come are in the calendar."""
    today = local_time(clock.now(), agent.time_zone).on
    unit = stepper.chosen_unit(Grain.DAY, today)
    shown = unit if unit.start <= today else containing(today, Grain.DAY)
    stepper.stepper(shown, today)
    return shown.start, today


def show(viewer: Viewer, agent: AgentChoice, day: date, today: date) -> None:
    """The agent's day."""
    show_refusal()
    event_form.show_said()
    day_plan.show(agent, day, today)
    if day == today:
        strip.show(agent, today)
    day_cards.show(agent, day)
    below.show(lambda: _rest(viewer, agent, day, today))


def _rest(viewer: Viewer, agent: AgentChoice, day: date, today: date) -> None:
    if day == today:
        joy.show(agent, today)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        _log(viewer, agent, day, today)
        _next(agent, day)
        if day == today:
            st.link_button("Print today", f"/api/v1/agents/{agent.agent_id}/day-sheet", icon=":material/print:", help=PRINT)
    with right:
        _done(agent, day, today)
    _month_so_far(agent, today)


def _month_so_far(agent: AgentChoice, today: date) -> None:
    with st.container(key="month-so-far", gap="small"):
        st.header("This month so far", anchor=False, help="Days that are over and today, against the same days of last month.")
        agent_figures.show(agent, containing(today, Grain.MONTH), today)
        more, where = "Funnel, lead sources and revenue of this month", {"agents": str(agent.agent_id)}
        links.page_link("monthly", more, where, icon=":material/calendar_month:")
    left, right = st.columns(2, gap="medium")
    with left, layout.section("Goals", key="goals", height="content"):
        summary.show(agent, today)
    with right:
        insight_cards.show(agent, today)
    activity_timeline.show(agent, None, folded=True)


def _log(viewer: Viewer, agent: AgentChoice, day: date, today: date) -> None:
    note = "One tap logs it. Say how it went afterwards, or take it back."
    with layout.section(_log_title(viewer, agent, day, today), key="log", note=note, height="content"):
        log_activity.just_logged(agent, _last_logged(viewer, agent, day))
        if day == today:
            panel.show(agent)
        log_activity.buttons(agent, day)
        if st.button(
            "Log with lead, note or time",
            key="log-details",
            icon=":material/edit_note:",
            type="tertiary",
            on_click=log_activity.note_opening,
        ):
            log_activity.log_with_details(agent, day)


def _log_title(viewer: Viewer, agent: AgentChoice, day: date, today: date) -> str:
    """For whom and when it is logged, as far as that is not the viewer and not now."""
    whose = "" if viewer.person_id == agent.agent_id else plain(agent.name)
    when = "" if day == today else stepper.unit_text(containing(day, Grain.DAY), today)
    return f"Log for {', '.join(filter(None, (whose, when)))}" if whose or when else "Log what you did"


def _last_logged(viewer: Viewer, agent: AgentChoice, day: date) -> ActivityEntry | None:
    """What was logged last on this screen, if it is of this day and still there."""
    last = st.session_state.get(log_activity.LOGGED)
    entries = _entries(viewer, agent, day) if last is not None else ()
    return next((entry for entry in entries if entry.id == last), None)


def _entries(viewer: Viewer, agent: AgentChoice, day: date) -> Sequence[ActivityEntry]:
    with database().reading() as session:
        return timeline.day_of(session, viewer, agent.agent_id, day)


@fragment(key="next")
def _next(agent: AgentChoice, day: date) -> None:
    """What is planned; who looks is asked again on every run."""
    selection = Selection(period=Period(day, day + timedelta(days=1)), agent_ids=frozenset({agent.agent_id}))
    with database().reading() as session:
        events = calendar.events_in(session, signed_in_viewer(), selection)
    planned = [event for event in events if event.status is EventStatus.PLANNED]
    with layout.section("Planned", key="next"):
        if planned:
            event_list.event_rows(planned, {agent.agent_id: agent}, with_names=False)
        else:
            st.markdown(":gray[Nothing more is planned for this day.]")
        links.page_link("calendar", "Open the calendar", {"day": day.isoformat(), "agent": str(agent.agent_id)}, icon=":material/event:")


@fragment(key="done")
def _done(agent: AgentChoice, day: date, today: date) -> None:
    """What was done; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    entries = _entries(viewer, agent, day)
    with layout.section("Done", key="timeline", view="timeline", params=_params(agent, day)):
        if entries:
            st.caption(counted(len(entries), "entry", "entries"))
            day_timeline.show(agent, entries, clock.now(), playback.of_activities(viewer, (each.id for each in entries)))
        elif day == today:
            st.markdown("**Your day starts here.** Tap **Call** when you have made one: it counts at once, and you can undo it.")
        else:
            st.markdown(":gray[Nothing was logged on this day. What you remember can still be added.]")


def _params(agent: AgentChoice, day: date) -> dict[str, str]:
    return {"period": "custom", "from": day.isoformat(), "to": day.isoformat(), "agents": str(agent.agent_id)}
