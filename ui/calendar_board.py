"""The calendar: which month, week or day is shown, its days, and the chosen day in full."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import streamlit as st

from database import database
from domain.access import Selection
from domain.calendar.conflicts import conflicts
from domain.facts import AgentChoice
from domain.periods import Grain, Period, containing
from services.calendar import day_counts, events_in
from ui import calendar_grid, calendar_list, event_list, layout, links, stepper
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted

VIEWS: Final = {"Month": Grain.MONTH, "Week": Grain.WEEK, "Day": Grain.DAY, "List": Grain.MONTH}
NEIGHBOURS: Final = timedelta(days=1)
"""What lasts over midnight is in the way of the next day."""


def span(today: date) -> tuple[str, Period, date]:
    """Draw the choice of view; return it with the days it is about and the chosen day."""
    view = st.segmented_control(
        "View", list(VIEWS), default="Month", required=True, key="view", bind="query-params", label_visibility="collapsed"
    )
    chosen = calendar_grid.chosen_day(today)
    unit = containing(chosen, VIEWS[view])
    stepper.stepper(unit, today, may_look_ahead=True, show=lambda other: calendar_grid.show_unit_of_days(other, today))
    return view, unit, chosen


@fragment(key="calendar")
def show(agents: Sequence[AgentChoice], asked: tuple[str, Period, date], today: date) -> None:
    """The view's days and, below, everything on the chosen one; who looks is asked again on every run."""
    viewer, (view, unit, chosen) = signed_in_viewer(), asked
    if calendar_grid.chosen_day(today) != chosen:
        st.rerun(scope="app")  # what stands above names the day too
    agent_ids = frozenset(agent.agent_id for agent in agents)
    listed = Period(chosen, chosen + timedelta(days=1)) if view == "Month" else unit
    with database().reading() as session:
        counts = day_counts(session, viewer, Selection(period=calendar_grid.whole_weeks(unit), agent_ids=agent_ids))
        events = events_in(session, viewer, Selection(period=_widened(listed), agent_ids=agent_ids))
    in_the_way, with_names = conflicts(events), len(agents) > 1
    match view:
        case "Month":
            calendar_grid.month_grid(unit, counts, chosen, today)
        case "Week":
            calendar_grid.week_columns(unit, counts, calendar_grid.Listed(events, in_the_way, with_names=with_names), chosen, today)
        case "List":
            calendar_list.days(unit, events, in_the_way, today, with_names=with_names)
            return
    with layout.section(stepper.unit_text(containing(chosen, Grain.DAY), today), key="day"):
        on_day = [event for event in events if event.local_on == chosen]
        event_list.event_rows(on_day, {agent.agent_id: agent for agent in agents}, in_the_way, with_names=with_names)
        if not on_day:
            st.markdown(":gray[Nothing is planned. “Book time” puts a call, an appointment or a showing here.]")
        done = counts[chosen].activities if chosen in counts else 0
        if done:
            links.records_link("activities", _day_params(chosen, agents), label=counted(done, "activity", "activities") + " done")


def _widened(days: Period) -> Period:
    return Period(days.start - NEIGHBOURS, days.end + NEIGHBOURS)


def _day_params(day: date, agents: Sequence[AgentChoice]) -> dict[str, str]:
    """The day as filters; a whole team needs no naming."""
    only = {"agents": str(agents[0].agent_id)} if len(agents) == 1 else {}
    return {"period": "custom", "from": day.isoformat(), "to": day.isoformat()} | only
