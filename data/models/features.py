"""Who already has what is rolled out step by step."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Column, Integer, SmallInteger, String
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, one_of
from domain.features import Feature
from domain.records import Role


class FeatureFlag(SQLModel, table=True):
    """A feature that not everybody has; one without a row is on for everybody, and nobody is asked about it."""

    __tablename__: ClassVar[str] = "feature_flag"
    __table_args__ = (
        CheckConstraint(one_of("feature", Feature), name="known_feature"),
        CheckConstraint("share >= 0 AND share < 100", name="share_of_some"),
        CheckConstraint(f"roles <@ ARRAY[{', '.join(repr(role.value) for role in Role)}]::varchar[]", name="known_roles"),
    )

    feature: Feature = Field(sa_column=Column(Word(Feature), primary_key=True))
    share: int = Field(sa_type=SmallInteger)
    """Per cent of the people."""
    roles: list[str] = Field(sa_column=Column(ARRAY(String(24)), nullable=False))
    team_ids: list[int] = Field(sa_column=Column(ARRAY(Integer()), nullable=False))
    """Teams whose members and managers have it; one that is removed names nobody any more."""
    changed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    changed_at: datetime = Field(sa_type=UtcDateTime)
