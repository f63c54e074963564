"""Screens on the wall: the one a key opens, those of the teams somebody looks after, and what was done that a room may hear of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Celebration, LeaderboardChoice, Organisation, Person, Team, TvBoard
from domain.access import Scope
from domain.coaching.celebration import Rung
from domain.records import Role
from domain.tv_board import TvTheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen as those see it who look after its team; nobody sees its key again."""

    board_id: int
    name: str
    team_name: str
    theme: TvTheme
    created_by: str | None
    created_at: datetime
    last_shown_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBoard:
    """The board a key opens."""

    board_id: int
    team_id: int
    team_name: str
    theme: TvTheme
    time_zone: str
    """The organisation's."""
    last_shown_at: datetime | None


def opened_by(session: Session, token_hash: str) -> OpenBoard | None:
    """The board whose key has this hash; one indexed read."""
    query = (
        select(TvBoard, col(Team.name), col(Organisation.time_zone))
        .join(Team, col(Team.id) == col(TvBoard.team_id))
        .join(Organisation, col(Organisation.id) == 1, isouter=True)
    )
    row = session.execute(query.where(col(TvBoard.token_hash) == token_hash)).one_or_none()
    if row is None:
        return None
    board, team_name, zone = row
    return OpenBoard(
        board_id=board.id or 0,
        team_id=board.team_id,
        team_name=team_name,
        theme=board.theme,
        time_zone=zone or "UTC",
        last_shown_at=board.last_shown_at,
    )


def screens(session: Session, scope: Scope) -> list[Screen]:
    """The screens of the scope's teams, oldest first; none for an agent."""
    query = (
        select(TvBoard, col(Team.name), col(Person.name))
        .join(Team, col(Team.id) == col(TvBoard.team_id))
        .join(Person, col(Person.id) == col(TvBoard.created_by), isouter=True)
    )
    if scope.role is not Role.ADMIN:
        query = query.where(col(TvBoard.team_id).in_(sorted(scope.team_ids)))
    return [_screen(board, team, person) for board, team, person in session.execute(query.order_by(col(TvBoard.id)))]


def named(session: Session, agent_ids: Collection[int]) -> dict[int, str]:
    """By id, what those of them are called who chose to be named: their alias where they have one."""
    row = LeaderboardChoice
    query = select(col(row.person_id), col(row.alias), col(Person.name)).join(Person, col(Person.id) == col(row.person_id))
    found = session.execute(query.where(col(row.person_id).in_(sorted(agent_ids)), col(row.is_listed), col(Person.active)))
    return {person_id: alias or name for person_id, alias, name in found}


def celebrated_since(session: Session, agent_ids: Collection[int], since: datetime) -> list[tuple[int, Rung, bool]]:
    """Who was celebrated for what, and whether it was a deal; latest first."""
    row = Celebration
    query = select(col(row.agent_id), col(row.rung), col(row.event).startswith("deal:"))
    query = query.where(col(row.agent_id).in_(sorted(agent_ids)), col(row.created_at) >= since)
    return [(agent_id, rung, is_deal) for agent_id, rung, is_deal in session.execute(query.order_by(col(row.id).desc()))]


def _screen(board: TvBoard, team_name: str, created_by: str | None) -> Screen:
    return Screen(
        board_id=board.id or 0,
        name=board.name,
        team_name=team_name,
        theme=board.theme,
        created_by=created_by,
        created_at=board.created_at,
        last_shown_at=board.last_shown_at,
    )
