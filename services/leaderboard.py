"""Who stands where: the performance index of everybody for a manager, the own place for an agent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Scope, Selection
from domain.metrics.catalog import metric
from domain.metrics.definition import Metric
from domain.metrics.index import INDEX_WEIGHTS, Index, index_of
from domain.metrics.measures import Measure
from domain.metrics.ranking import MIN_PEERS, Place, Quartiles, places, quartiles
from domain.metrics.reading import Reading
from domain.periods import Grain
from domain.records import Profile, Role
from services.access import Viewer
from services.figures import Figures, figures

COLUMNS: Final = (*INDEX_WEIGHTS, "revenue", "win_rate", "conversion_rate")
"""Metric keys of the board's columns, beside the index."""
FIXED_GRAINS: Final = frozenset({Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR})
"""Agents compare themselves with others over calendar units only: two spans a day apart would give a colleague's day away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderboardRow:
    """One agent's line."""

    agent_id: int
    name: str
    team_name: str
    place: Place | None
    """None for somebody without any target on a board that ranks by target, who is listed after the others."""
    index: Index
    readings: Mapping[str, Reading]
    is_viewer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaderboard:
    """The board as the viewer may see it."""

    selection: Selection
    currency: str
    columns: tuple[Metric, ...]
    by_target: bool
    """Whether places follow the index against target; without any target they follow the raw index."""
    rows: tuple[LeaderboardRow, ...]
    """Best place first. For an agent only their own row; its place counts the others without naming them."""
    benchmark: Quartiles | None
    """For an agent: what the others reach on the score that ranks, anonymous; None under five peers or outside calendar periods."""
    has_data: bool
    data_span: tuple[date, date] | None


def leaderboard(session: Session, viewer: Viewer, selection: Selection, today: date) -> Leaderboard:
    """The board of the selection; for an agent their own row among those who do the same kind of business."""
    if viewer.role is Role.AGENT:
        return _own_board(session, viewer, selection, today)
    found = figures(session, viewer.scope, selection, today)
    return _board(found, viewer, _indexes(found, found.agent_ids))


def _own_board(session: Session, viewer: Viewer, selection: Selection, today: date) -> Leaderboard:
    """The agent's own row; the others' figures are read here and leave only as a place and quartiles."""
    everybody = Scope(viewer_id=viewer.person_id, role=Role.ADMIN)
    found = figures(session, everybody, Selection(period=selection.period), today)
    profile = _profile(found, viewer.person_id)
    alike = [agent_id for agent_id in found.agent_ids if _profile(found, agent_id) is profile]
    board = _board(found, viewer, _indexes(found, alike))
    own = tuple(row for row in board.rows if row.is_viewer)
    peers = [each for row in board.rows if not row.is_viewer and (each := _score(row.index, by_target=board.by_target)) is not None]
    is_fixed = selection.period.grain in FIXED_GRAINS
    shown = own if len(peers) >= MIN_PEERS and is_fixed else tuple(replace(row, place=None) for row in own)
    values = [each.value for each in peers if each.value is not None]
    return replace(
        board,
        selection=replace(selection, agent_ids=frozenset(), team_ids=frozenset(), categories=frozenset()),
        rows=shown,
        benchmark=quartiles(values) if is_fixed else None,
        has_data=viewer.person_id in found.now,
        data_span=daily.days_with_facts(session, viewer.scope),
    )


def _board(found: Figures, viewer: Viewer, indexes: Mapping[int, Index]) -> Leaderboard:
    by_target = any(index.score is not None for index in indexes.values())
    scores = {agent_id: score for agent_id, index in indexes.items() if (score := _score(index, by_target=by_target)) is not None}
    ranked = places(scores)
    unranked = [agent_id for agent_id in indexes if agent_id not in scores]
    by_agent = {place.agent_id: place for place in ranked}
    columns = tuple(metric(key) for key in COLUMNS)
    return Leaderboard(
        selection=found.selection,
        currency=found.roster.currency,
        columns=columns,
        by_target=by_target,
        rows=tuple(
            _row(found, viewer, agent_id, indexes[agent_id], by_agent.get(agent_id), columns) for agent_id in (*by_agent, *unranked)
        ),
        benchmark=None,
        has_data=bool(found.now),
        data_span=found.data_span,
    )


def _row(found: Figures, viewer: Viewer, agent_id: int, index: Index, place: Place | None, columns: Sequence[Metric]) -> LeaderboardRow:
    agent = found.roster.agents[agent_id]
    return LeaderboardRow(
        agent_id=agent_id,
        name=agent.name,
        team_name=agent.team.name if agent.team else "",
        place=place,
        index=index,
        readings={each.metric.key: each for each in found.readings_of(agent_id, columns)},
        is_viewer=agent_id == viewer.person_id,
    )


def _indexes(found: Figures, agent_ids: Sequence[int]) -> dict[int, Index]:
    return {agent_id: index_of(found.of(agent_id), _due(found, agent_id)) for agent_id in agent_ids}


def _due(found: Figures, agent_id: int) -> dict[str, float | None]:
    """What each component's target asks of the agent up to and including today: today counts whole, so the index rises during the day."""
    asked = found.aims.by_agent.get(agent_id, {})
    return {key: aim.due_with_today for key, aim in asked.items()}


def _score(index: Index, *, by_target: bool) -> Measure | None:
    return index.score if by_target else index.measure


def _profile(found: Figures, agent_id: int) -> Profile | None:
    agent = found.roster.agents.get(agent_id)
    return agent.team.profile if agent and agent.team else None
