"""When calls are made and reach somebody, within a selection: all together, and each agent beside the others."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily, people
from domain.access import Selection
from domain.metrics.heatmap import WEEKDAYS, Heatmap, heatmap
from domain.metrics.measures import Ratio
from services.access import Viewer

MOST_AGENTS: Final = 60
"""Rows somebody still compares at a glance; a team is chosen above the chart."""


class Across(StrEnum):
    """What the columns of the agents' heatmap are."""

    HOURS = "hours"
    WEEKDAYS = "weekdays"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentHours:
    """An agent's row: conversations of calls by column; columns without calls are left out."""

    agent_id: int
    name: str
    cells: dict[int, Ratio]

    @property
    def calls(self) -> int:
        """All of the row."""
        return sum(rate.whole for rate in self.cells.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMatrix:
    """Every agent with calls, by name, against the hours of the day or the days of the week."""

    across: Across
    weekday: int | None
    """The one ISO weekday whose hours are counted; None for all, and for weekdays across."""
    rows: tuple[AgentHours, ...]

    @property
    def columns(self) -> range:
        """From the first to the last hour in which anybody called, or Monday to Sunday."""
        if self.across is Across.WEEKDAYS:
            return WEEKDAYS
        used = [hour for row in self.rows for hour in row.cells]
        return range(min(used), max(used) + 1) if used else range(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatmapBoard:
    """The hours of the week, in the agents' local time."""

    selection: Selection
    hours: Heatmap
    has_data: bool
    data_span: tuple[date, date] | None


def call_heatmap(session: Session, viewer: Viewer, selection: Selection) -> HeatmapBoard:
    """Calls and conversations of the selection by weekday and hour."""
    hours = daily.calls_by_hour(session, viewer.scope, selection)
    return HeatmapBoard(
        selection=selection,
        hours=heatmap((each.weekday, each.hour, each.calls, each.conversations) for each in hours),
        has_data=bool(hours),
        data_span=daily.days_with_facts(session, viewer.scope),
    )


def call_matrix(session: Session, viewer: Viewer, selection: Selection, across: Across, weekday: int | None = None) -> CallMatrix:
    """Calls and conversations of each agent of the selection; the weekday narrows the hours."""
    of_day = weekday if across is Across.HOURS else None
    found = (
        daily.calls_by_agent_and_hour(session, viewer.scope, selection, of_day)
        if across is Across.HOURS
        else daily.calls_by_agent_and_weekday(session, viewer.scope, selection)
    )
    cells: dict[int, dict[int, Ratio]] = {}
    for each in found:
        cells.setdefault(each.agent_id, {})[each.place] = Ratio(each.conversations, each.calls)
    members, _ = people.members(session, viewer.scope)
    rows = (AgentHours(agent_id=each.agent_id, name=each.name, cells=cells[each.agent_id]) for each in members if each.agent_id in cells)
    return CallMatrix(across=across, weekday=of_day, rows=tuple(rows))
