"""Screens on the wall put up, shown and taken down."""

from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import TvBoard
from domain.access import Scope
from domain.records import Role


def add_board(session: Session, board: TvBoard) -> int:
    """Store the screen and return its id."""
    session.add(board)
    session.flush()
    return board.id or 0


def delete_board(session: Session, scope: Scope, board_id: int) -> bool:
    """Take down a screen of the scope's teams; whether there was one."""
    statement = delete(TvBoard).where(col(TvBoard.id) == board_id)
    if scope.role is not Role.ADMIN:
        statement = statement.where(col(TvBoard.team_id).in_(sorted(scope.team_ids)))
    return session.scalar(statement.returning(col(TvBoard.id))) is not None


def touch_board(session: Session, board_id: int, at: datetime, *, unless_after: datetime) -> None:
    """The screen is shown just now; nothing is written when that is known already from after `unless_after`."""
    shown = col(TvBoard.last_shown_at)
    wanted = (col(TvBoard.id) == board_id, or_(shown.is_(None), shown <= unless_after))
    session.execute(update(TvBoard).where(*wanted).values(last_shown_at=at))
