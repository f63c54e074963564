"""How agents come on: their assessments, and the training that is on offer and done."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Index, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.records import Level, ModuleKind, Skill


class Assessment(SQLModel, table=True):
    """What an agent's level was found to be on a day, with everything it was judged by; the newest one is the level now."""

    __tablename__: ClassVar[str] = "assessment"
    __table_args__ = (
        CheckConstraint(one_of("level", Level), name="known_level"),
        CheckConstraint("progress_share BETWEEN 0 AND 1", name="progress_is_a_share"),
        Index("ix_assessment_day", "day"),
    )

    agent_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    day: date = Field(primary_key=True)
    level: Level = Field(sa_column=Column(Word(Level), nullable=False))
    progress_share: float | None = None
    """How far the weakest requirement of the next level is; None at the highest."""
    is_at_risk: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Whether the last quarter was below the level; after a second one it changes."""
    inputs: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """Sales, requirements and skills as they were then."""
    computed_at: datetime = Field(sa_type=UtcDateTime)


class TrainingModule(SQLModel, table=True):
    """Something to learn from: a text, a page or a film, for one skill."""

    __tablename__: ClassVar[str] = "training_module"
    __table_args__ = (
        CheckConstraint(one_of("skill", Skill), name="known_skill"),
        CheckConstraint(one_of("kind", ModuleKind), name="known_kind"),
        CheckConstraint("(kind = 'markdown') = (url = '')", name="link_where_due"),
        CheckConstraint("minutes > 0", name="lasts"),
        Index("uq_training_module_title", func.lower(text("title")), unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=120)
    skill: Skill = Field(sa_column=Column(Word(Skill), nullable=False))
    kind: ModuleKind = Field(sa_column=Column(Word(ModuleKind), nullable=False))
    body: str = blank(20_000)
    """The text in Markdown, or what a page or film is about."""
    url: str = blank(500)
    minutes: int = Field(sa_column=Column(SmallInteger, nullable=False))
    is_active: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    """Whether it is offered; what was done stays done."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


class TrainingCompletion(SQLModel, table=True):
    """That somebody has worked through a module."""

    __tablename__: ClassVar[str] = "training_completion"
    __table_args__ = (Index("ix_training_completion_person", "person_id"),)

    module_id: int = Field(foreign_key="training_module.id", primary_key=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    completed_at: datetime = Field(sa_type=UtcDateTime)
