"""The calendar: which month or week is shown, its days, and the chosen day in full."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import streamlit as st

from database import database
from domain.access import Selection
from domain.facts import AgentChoice
from domain.periods import Grain, Period, containing
from services.access import Viewer
from services.calendar import day_counts, events_in
from ui import calendar_grid, event_list, layout, links, stepper
from ui.wording import counted

VIEWS: Final = {"Month": Grain.MONTH, "Week": Grain.WEEK}


def span(today: date) -> tuple[Period, date]:
    """Draw the choice of month or week; return it with the chosen day."""
    view = st.segmented_control(
        "View", list(VIEWS), default="Month", required=True, key="view", bind="query-params", label_visibility="collapsed"
    )
    chosen = calendar_grid.chosen_day(today)
    unit = containing(chosen, VIEWS[view])
    stepper.stepper(unit, today, may_look_ahead=True, show=lambda other: calendar_grid.show_unit_of_days(other, today))
    return unit, chosen


def show(viewer: Viewer, agents: Sequence[AgentChoice], unit: Period, chosen: date, today: date) -> None:
    """The unit's days and, below, everything on the chosen one."""
    agent_ids = frozenset(agent.agent_id for agent in agents)
    weeks = Selection(period=calendar_grid.whole_weeks(unit), agent_ids=agent_ids)
    with database().reading() as session:
        counts = day_counts(session, viewer, weeks)
        events = events_in(session, viewer, _listed(unit, chosen, agent_ids))
    if unit.grain is Grain.MONTH:
        calendar_grid.month_grid(unit, counts, chosen, today)
    else:
        calendar_grid.week_columns(unit, counts, events, chosen, today)
    with layout.section(stepper.unit_text(containing(chosen, Grain.DAY), today), key="day"):
        today_s = [event for event in events if event.local_on == chosen]
        event_list.event_rows(today_s, {agent.agent_id: agent for agent in agents}, with_names=len(agents) > 1)
        if not today_s:
            st.markdown(":gray[Nothing is planned. “Book time” puts a call, an appointment or a showing here.]")
        done = counts[chosen].activities if chosen in counts else 0
        if done:
            links.records_link("activities", _day_params(chosen, agents), label=counted(done, "activity", "activities") + " done")


def _listed(unit: Period, chosen: date, agent_ids: frozenset[int]) -> Selection:
    """A month lists its chosen day, a week all its days."""
    period = unit if unit.grain is Grain.WEEK else Period(chosen, chosen + timedelta(days=1))
    return Selection(period=period, agent_ids=agent_ids)


def _day_params(day: date, agents: Sequence[AgentChoice]) -> dict[str, str]:
    """The day as filters; a whole team needs no naming."""
    only = {"agents": str(agents[0].agent_id)} if len(agents) == 1 else {}
    return {"period": "custom", "from": day.isoformat(), "to": day.isoformat()} | only
