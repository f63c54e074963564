"""The stages of pipelines as a company arranges them, and who arranged what."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, one_of
from domain.pipeline.stages import Meaning
from domain.records import Profile


class PipelineStage(SQLModel, table=True):
    """A stage of a kind of business whose pipeline an admin arranged; a business without rows has the usual stages."""

    __tablename__: ClassVar[str] = "pipeline_stage"
    __table_args__ = (
        CheckConstraint(one_of("profile", Profile), name="known_profile"),
        CheckConstraint(one_of("meaning", Meaning), name="known_meaning"),
        CheckConstraint("chance >= 0 AND chance <= 1", name="chance_is_a_share"),
    )

    profile: Profile = Field(sa_column=Column(Word(Profile), primary_key=True))
    key: str = Field(max_length=80, primary_key=True)
    """What stands in deals and their moves; it never changes."""
    position: int
    name: str = Field(max_length=80)
    meaning: Meaning = Field(sa_column=Column(Word(Meaning), nullable=False))
    is_used: bool
    chance: Decimal | None = Field(default=None, sa_column=Column(Numeric(5, 4)))


class PipelineEdit(SQLModel, table=True):
    """An admin changed a stage: what was, and what is."""

    __tablename__: ClassVar[str] = "pipeline_edit"
    __table_args__ = (
        CheckConstraint(one_of("profile", Profile), name="known_profile"),
        Index("ix_pipeline_edit_profile", "profile", "made_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    profile: Profile = Field(sa_column=Column(Word(Profile), nullable=False))
    key: str = Field(max_length=80)
    changed: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """By what changed, how it was and how it is."""
    made_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    made_at: datetime = Field(sa_type=UtcDateTime)
