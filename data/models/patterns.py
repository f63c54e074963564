"""What was found to go together in the work of teams and of agents who want it, and who wants it."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.coaching.patterns.pattern import Lack, Tier


class StoredPattern(SQLModel, table=True):
    """What a question came to for a team or an agent: a pattern by its segment, or, without one, nothing or too early."""

    __tablename__: ClassVar[str] = "pattern"
    __table_args__ = (
        CheckConstraint(one_of("tier", Tier), name="known_tier"),
        CheckConstraint(one_of("lack", Lack), name="known_lack"),
        CheckConstraint("(team_id IS NULL) <> (person_id IS NULL)", name="of_one"),
        Index("uq_pattern_whose", "whose", "hypothesis", "segment", unique=True),
        Index("ix_pattern_team", "team_id", postgresql_where=text("team_id IS NOT NULL")),
        Index("ix_pattern_person", "person_id", postgresql_where=text("person_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    whose: str = Field(max_length=40)
    """`team.3` or `agent.17`: with question and segment the same every night."""
    team_id: int | None = Field(default=None, foreign_key="team.id", ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    hypothesis: str = Field(max_length=40)
    segment: str = blank(40)
    tier: Tier = Field(sa_column=Column(Word(Tier), nullable=False))
    effect: float | None = None
    """Odds ratio, or difference of means; None where nothing was found."""
    low: float | None = None
    high: float | None = None
    inside_total: float | None = None
    inside_count: int | None = None
    outside_total: float | None = None
    outside_count: int | None = None
    people: int | None = None
    q_value: float | None = None
    has: int = 0
    needs: int = 0
    lack: Lack | None = Field(default=None, sa_column=Column(Word(Lack)))
    first_seen_on: date
    last_seen_on: date
    gone_on: date | None = None
    """The first night on which it was not found any more; None while it holds."""


class TrackingConsent(SQLModel, table=True):
    """Somebody's wish that patterns are looked for in their own work alone, from a moment until they withdraw it."""

    __tablename__: ClassVar[str] = "tracking_consent"
    __table_args__ = (
        Index("uq_tracking_consent_given", "person_id", "purpose", unique=True, postgresql_where=text("withdrawn_at IS NULL")),
        CheckConstraint("withdrawn_at >= given_at", name="forward"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    purpose: str = Field(max_length=40)
    given_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
