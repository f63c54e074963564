"""Who stands where: the performance index of everybody for a manager, the own place for an agent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily, progression
from domain.access import Scope, Selection
from domain.coaching.leagues import Seat
from domain.coaching.peers import Cohort
from domain.metrics.catalog import metric
from domain.metrics.definition import Metric
from domain.metrics.index import INDEX_WEIGHTS, Index
from domain.metrics.ranking import MIN_PEERS, Place, Quartiles, RankedBy, quartiles
from domain.metrics.reading import Reading
from domain.periods import Grain
from domain.records import Level, Profile, Role
from services import rankings
from services.access import Viewer
from services.figures import Figures, figures
from services.leagues import seats_on
from services.peers import Nearby, nearby, top_cohorts
from services.rankings import Move
from services.standing import Standing, standing

COLUMNS: Final = (*INDEX_WEIGHTS, "revenue", "win_rate", "conversion_rate")
"""Metric keys of the board's columns, beside the index."""
LEVEL: Final = "level"
"""The parameter of an address that narrows the board to a level."""
RANKED_BY: Final = "by"
"""The parameter of an address that says what decides places."""
FIXED_GRAINS: Final = frozenset({Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR})
"""Agents compare themselves with others over calendar units only: two spans a day apart would give a colleague's day away."""


class Within(StrEnum):
    """Among whom an agent is ranked."""

    TEAM = "team"
    PLATFORM = "platform"
    LEAGUE = "league"
    """Those whose volume of the months before was nearest."""


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
    moved: Move | None = None
    """Since a week ago, within their team; None outside the month that runs, and where nobody was ranked then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaderboard:
    """The board as the viewer may see it."""

    selection: Selection
    currency: str
    columns: tuple[Metric, ...]
    by_target: bool
    """Whether places follow the index against target; else the raw index."""
    rows: tuple[LeaderboardRow, ...]
    """Best place first. For an agent only their own row; its place counts the others without naming them."""
    benchmark: Quartiles | None
    """For an agent: what the others reach on the score that ranks, anonymous; None under five peers or outside calendar periods."""
    has_data: bool
    data_span: tuple[date, date] | None
    cohorts: tuple[Cohort, ...] = ()
    """What the best did per working day, where that gives nobody away."""
    nearby: Nearby | None = None
    """For an agent: their neighbours, named only where these want it."""
    seat: Seat | None = None
    """For an agent who is ranked within their league; None where there are too few people for leagues."""

    @property
    def without_target(self) -> tuple[LeaderboardRow, ...]:
        """Those who have no target and therefore no place on a board that ranks by it."""
        return tuple(row for row in self.rows if self.by_target and row.index.score is None)


def leaderboard(
    session: Session,
    viewer: Viewer,
    selection: Selection,
    today: date,
    *,
    level: Level | None = None,
    within: Within = Within.PLATFORM,
    ranked_by: RankedBy = RankedBy.TARGET,
) -> Leaderboard:
    """The board of the selection; for an agent their own row among those who do the same kind of business, their team or their league.

    With a level only those who are on it by their newest assessment; an agent is compared with their own level, whichever is named,
    except within a league, which is like for like by itself.
    """
    if viewer.role is Role.AGENT:
        return _own_board(session, viewer, selection, today, same_level=level is not None, within=within, ranked_by=ranked_by)
    found = figures(session, viewer.scope, selection, today)
    compared = found.agent_ids if level is None else _on_level(session, viewer, found.agent_ids, level, today)
    ranked = standing(found, compared, ranked_by)
    board = _board(found, viewer, ranked, _moves(session, viewer, selection, today) if level is None else {})
    board = replace(board, cohorts=top_cohorts(viewer, found, ranked))
    return replace(board, has_data=board.has_data and bool(board.rows or level is None))


def level_from(params: Mapping[str, str]) -> Level | None:
    """The level an address names; None for everybody, and for a word that is no level."""
    return next((each for each in Level if each.value == params.get(LEVEL)), None)


def ranked_by_from(params: Mapping[str, str]) -> RankedBy:
    """What the address lets decide places: by target, unless it says otherwise."""
    return RankedBy.POINTS if params.get(RANKED_BY) == RankedBy.POINTS.value else RankedBy.TARGET


def level_of(session: Session, viewer: Viewer, today: date) -> Level | None:
    """The viewer's own level by their newest assessment; None before the first."""
    stored = progression.newest(session, viewer.scope, today, [viewer.person_id]).get(viewer.person_id)
    return stored.level if stored else None


def _on_level(session: Session, viewer: Viewer, agent_ids: Sequence[int], level: Level, today: date) -> list[int]:
    """Those of them whom the viewer may see today and who are on the level."""
    stored = progression.newest(session, viewer.scope, today, agent_ids)
    return [agent_id for agent_id in agent_ids if agent_id in stored and stored[agent_id].level is level]


def _of_own_level(session: Session, viewer: Viewer, alike: Sequence[int], today: date) -> list[int]:
    """The viewer's own level among these; the viewer alone where so few are on another one that both boards together would name them."""
    mates = progression.mates(session, today)
    own = mates.get(viewer.person_id)
    same = [each for each in alike if own is not None and each in mates and mates[each].level is own.level]
    others = len(alike) - len(same)
    return same if others == 0 or others >= MIN_PEERS else [viewer.person_id]


def _of_own_team(found: Figures, viewer: Viewer, alike: Sequence[int]) -> list[int]:
    """The viewer's own team among these; the viewer alone where so few are on others that both boards together would name them."""
    own = _team(found, viewer.person_id)
    same = [each for each in alike if own is not None and _team(found, each) == own]
    others = len(alike) - len(same)
    return same if others == 0 or others >= MIN_PEERS else [viewer.person_id]


def _of_own_league(viewer: Viewer, alike: Sequence[int], seats: Mapping[int, Seat]) -> list[int]:
    """The viewer's own league among these; the viewer alone where there is none."""
    own = seats.get(viewer.person_id)
    return [each for each in alike if own is not None and seats[each].league == own.league] or [viewer.person_id]


def _own_board(
    session: Session, viewer: Viewer, selection: Selection, today: date, *, same_level: bool, within: Within, ranked_by: RankedBy
) -> Leaderboard:
    """The agent's own row; the others' figures are read here and leave only as a place and quartiles."""
    everybody = Scope(viewer_id=viewer.person_id, role=Role.ADMIN)
    found = figures(session, everybody, Selection(period=selection.period), today)
    profile = _profile(found, viewer.person_id)
    alike = [agent_id for agent_id in found.agent_ids if _profile(found, agent_id) is profile]
    in_league = within is Within.LEAGUE
    seats = seats_on(session, everybody, alike, selection.period, today) if in_league else {}
    alike = _of_own_league(viewer, alike, seats) if in_league else alike
    alike = _of_own_level(session, viewer, alike, today) if same_level and not in_league else alike
    alike = _of_own_team(found, viewer, alike) if within is Within.TEAM else alike
    ranked = standing(found, alike, ranked_by)
    board = _board(found, viewer, ranked, {} if same_level else _moves(session, viewer, selection, today))
    own = tuple(row for row in board.rows if row.is_viewer)
    peers = [each for agent_id in alike if agent_id != viewer.person_id and (each := ranked.score(agent_id)) is not None]
    is_fixed = selection.period.grain in FIXED_GRAINS
    is_told = len(peers) >= MIN_PEERS and is_fixed
    shown = own if is_told else tuple(replace(row, place=None, moved=None) for row in own)
    values = [each.value for each in peers if each.value is not None]
    return replace(
        board,
        selection=replace(selection, agent_ids=frozenset(), team_ids=frozenset(), categories=frozenset()),
        rows=shown,
        benchmark=quartiles(values) if is_fixed else None,
        cohorts=top_cohorts(viewer, found, ranked) if is_told else (),
        nearby=nearby(session, viewer, found, ranked) if is_told else None,
        has_data=viewer.person_id in found.now,
        data_span=daily.days_with_facts(session, viewer.scope),
        seat=seats.get(viewer.person_id),
    )


def _board(found: Figures, viewer: Viewer, ranked: Standing, moved: Mapping[int, Move]) -> Leaderboard:
    unranked = [agent_id for agent_id in ranked.indexes if agent_id not in ranked.places]
    columns = tuple(metric(key) for key in COLUMNS)
    return Leaderboard(
        selection=found.selection,
        currency=found.roster.currency,
        columns=columns,
        by_target=ranked.by_target,
        rows=tuple(_row(found, viewer, agent_id, ranked, moved, columns) for agent_id in (*ranked.places, *unranked)),
        benchmark=None,
        has_data=bool(found.now),
        data_span=found.data_span,
    )


def _moves(session: Session, viewer: Viewer, selection: Selection, today: date) -> Mapping[int, Move]:
    """Moves are about the month that runs; beside another period they would be misread."""
    period = selection.period
    return rankings.moves(session, viewer.scope, today) if period.grain is Grain.MONTH and today in period else {}


def _row(
    found: Figures, viewer: Viewer, agent_id: int, ranked: Standing, moved: Mapping[int, Move], columns: Sequence[Metric]
) -> LeaderboardRow:
    agent = found.roster.agents[agent_id]
    return LeaderboardRow(
        agent_id=agent_id,
        name=agent.name,
        team_name=agent.team.name if agent.team else "",
        place=ranked.places.get(agent_id),
        index=ranked.indexes[agent_id],
        readings={each.metric.key: each for each in found.readings_of(agent_id, columns)},
        is_viewer=agent_id == viewer.person_id,
        moved=moved.get(agent_id),
    )


def _team(found: Figures, agent_id: int) -> int | None:
    agent = found.roster.agents.get(agent_id)
    return agent.team.team_id if agent and agent.team else None


def _profile(found: Figures, agent_id: int) -> Profile | None:
    agent = found.roster.agents.get(agent_id)
    return agent.team.profile if agent and agent.team else None
