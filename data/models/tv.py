"""Screens on the wall: the addresses at which teams' boards are shown to everybody in the room."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Column, Index
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, one_of
from domain.tv_board import TvTheme


class TvBoard(SQLModel, table=True):
    """One screen of a team. Only the hash of its key is kept; it opens this board and nothing else, and is nobody's session."""

    __tablename__: ClassVar[str] = "tv_board"
    __table_args__ = (
        CheckConstraint(one_of("theme", TvTheme), name="known_theme"),
        Index("ix_tv_board_team", "team_id"),
        Index("ix_tv_board_created_by", "created_by"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", ondelete="CASCADE")
    name: str = Field(max_length=80)
    """Where it hangs, in the words of whoever made it."""
    token_hash: str = Field(max_length=64, unique=True)
    theme: TvTheme = Field(sa_column=Column(Word(TvTheme), nullable=False))
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_shown_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
