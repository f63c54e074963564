"""The manager's board: how the team stands, against before and against target, and who needs a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from domain.access import Selection
from domain.counters import Counters, total
from domain.metrics.definition import Metric
from domain.metrics.exceptions import QUIET_DAYS, flags, flags_of
from domain.metrics.flags import Flag, Signals
from domain.metrics.reading import Reading
from domain.periods import Period
from domain.records import Profile
from services.access import Viewer
from services.figures import NOTHING, Figures, figures, metrics_for
from services.lookups import Lookups
from services.roster import RECENT_DAYS

MOST_COLUMNS: Final = 8
"""A table with more figures than this is not read; the rest is on the cards and in the agent's own pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRow:
    """One agent's line in the table."""

    agent_id: int
    name: str
    team_name: str
    """The team of the last day looked at; empty without one."""
    readings: Mapping[str, Reading]
    """By metric key, those of the board's columns."""
    last_worked_on: date | None
    """The last day with any work in the period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewBoard:
    """A selection's figures together and per agent."""

    selection: Selection
    compared_with: Period
    """The period before, cut to the same elapsed part."""
    currency: str
    readings: tuple[Reading, ...]
    """All agents together: the headline figures of their business first."""
    columns: tuple[Metric, ...]
    agents: tuple[AgentRow, ...]
    """By name; also those without any activity."""
    flags: tuple[Flag, ...]
    """At most seven, most pressing first; none for an agent looking at themselves."""
    has_data: bool
    """Whether anything at all happened in the selection."""
    data_span: tuple[date, date] | None
    """The first and last day with facts in the viewer's scope: "your data runs from … to …"."""


def overview(session: Session, viewer: Viewer, selection: Selection, today: date, known: Lookups | None = None) -> OverviewBoard:
    """The board of the selection within the viewer's scope."""
    found = figures(session, viewer.scope, selection, today, known)
    metrics = metrics_for(found.roster, "overview")
    columns = metrics[:MOST_COLUMNS]
    return OverviewBoard(
        selection=selection,
        compared_with=found.before_period,
        currency=found.roster.currency,
        readings=found.readings(metrics),
        columns=columns,
        agents=tuple(_row(found, agent_id, columns) for agent_id in found.agent_ids),
        flags=tuple(flags(each for each in _signals(found) if each.agent_id != viewer.person_id)),
        has_data=bool(found.now),
        data_span=found.data_span,
    )


def findings(found: Figures) -> dict[int, list[Flag]]:
    """Everything the figures say about each agent beyond luck, not only what a board has room for; nobody without a finding."""
    by_agent = {each.agent_id: flags_of(each) for each in _signals(found)}
    return {agent_id: each for agent_id, each in by_agent.items() if each}


def _row(found: Figures, agent_id: int, columns: tuple[Metric, ...]) -> AgentRow:
    agent = found.roster.agents[agent_id]
    return AgentRow(
        agent_id=agent_id,
        name=agent.name,
        team_name=agent.team.name if agent.team else "",
        readings={each.metric.key: each for each in found.readings_of(agent_id, columns)},
        last_worked_on=found.now[agent_id].last_worked_on if agent_id in found.now else None,
    )


def _signals(found: Figures) -> list[Signals]:
    """What the exceptions are found in, for everybody who belongs to the selection."""
    alike: dict[Profile | None, list[int]] = {}
    for agent_id in found.agent_ids:
        alike.setdefault(_profile(found, agent_id), []).append(agent_id)
    quiet = {agent_id: _quiet_days(found, agent_id) for agent_id in found.agent_ids}
    return [
        _signal(found, agent_id, _Peers(sums=together - found.of(agent_id), count=len(members) - 1, active=active), quiet[agent_id])
        for members in alike.values()
        for together in [total(found.of(member) for member in members)]
        for active in [sum(_is_active(quiet[member]) for member in members)]
        for agent_id in members
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Peers:
    """The others in the same business; `active` counts the agent too when active."""

    sums: Counters
    count: int
    active: int


def _signal(found: Figures, agent_id: int, peers: _Peers, quiet_days: int | None) -> Signals:
    days = found.roster.agents[agent_id].holder.calendar.present
    start, end = found.selection.period.start, min(found.selection.period.end, found.today + timedelta(days=1))
    return Signals(
        agent_id=agent_id,
        name=found.roster.agents[agent_id].name,
        now=found.of(agent_id),
        before=found.of_before(agent_id),
        peers=peers.sums,
        peer_count=peers.count,
        aims=found.aims.by_agent.get(agent_id, {}),
        quiet_days=quiet_days,
        active_peers=peers.active - _is_active(quiet_days),
        workdays=days.between(start, end),
        workdays_before=days.between(found.before_period.start, found.before_period.end),
        currency=found.roster.currency,
    )


def _is_active(quiet_days: int | None) -> bool:
    return quiet_days is not None and quiet_days < QUIET_DAYS


def _quiet_days(found: Figures, agent_id: int) -> int | None:
    """Planned working days before today without any work; None in a period that is over and for people who have not begun."""
    if found.today not in found.selection.period or not found.roster.agents[agent_id].is_present:
        return None
    days = found.roster.agents[agent_id].holder.calendar.present
    worked_on = [part[agent_id].last_worked_on for part in (found.now, found.recent) if agent_id in part]
    last = max((day for day in worked_on if day), default=None)
    if last:
        return days.between(last + timedelta(days=1), found.today)
    has_begun = (found.of_before(agent_id) or NOTHING).activities > 0
    return days.between(found.today - timedelta(days=RECENT_DAYS), found.today) if has_begun else None


def _profile(found: Figures, agent_id: int) -> Profile | None:
    team = found.roster.agents[agent_id].team
    return team.profile if team else None
