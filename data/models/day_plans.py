"""What an agent's day was promised to be: the plan of the morning, and the three things on it."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.coaching.daily_plan import MustDoKind

LINKS = ("lead", "deal", "event", "goal")
"""What a must-do may be about; indexed, because taking one of these away looks for the must-dos that name it."""


class DayPlan(SQLModel, table=True):
    """The plan of an agent's day was made; the same day is never planned twice."""

    __tablename__: ClassVar[str] = "day_plan"

    agent_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    day: date = Field(primary_key=True)
    """The agent's local day."""
    made_at: datetime = Field(sa_type=UtcDateTime)
    is_day_off: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """A weekend, holiday or absence when it was made: nothing was planned."""


class MustDo(SQLModel, table=True):
    """One of the day's must-dos as it was put in the morning. Whether it is done is read from the facts, never kept, except a tick."""

    __tablename__: ClassVar[str] = "must_do"
    __table_args__ = (
        CheckConstraint(one_of("kind", MustDoKind), name="known_kind"),
        CheckConstraint("minutes > 0", name="takes_time"),
        CheckConstraint("(put_off_at IS NULL) = (put_off_reason = '')", name="put_off_with_a_reason"),
        CheckConstraint("ticked_at IS NULL OR put_off_at IS NULL", name="ticked_or_put_off"),
        ForeignKeyConstraint(
            ["agent_id", "day"], ["day_plan.agent_id", "day_plan.day"], name="fk_must_do_agent_id_day", ondelete="CASCADE"
        ),
        Index("uq_must_do_agent_day_key", "agent_id", "day", "key", unique=True),
        *(Index(f"ix_must_do_{link}", f"{link}_id", postgresql_where=text(f"{link}_id IS NOT NULL")) for link in LINKS),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int
    day: date
    position: int = Field(sa_column=Column(SmallInteger, nullable=False))
    kind: MustDoKind = Field(sa_column=Column(Word(MustDoKind), nullable=False))
    key: str = Field(max_length=60)
    """Kind and record: the same thing has the same key every day."""
    title: str = Field(max_length=400)
    reason: str = blank(500)
    """Why, as it was said in the morning."""
    evidence: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    """The numbers behind it."""
    minutes: int = Field(sa_column=Column(SmallInteger, nullable=False))
    lead_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="lead.id", ondelete="SET NULL")
    deal_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="deal.id", ondelete="SET NULL")
    event_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="calendar_event.id", ondelete="SET NULL")
    goal_id: int | None = Field(default=None, foreign_key="goal.id", ondelete="SET NULL")
    ticked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    put_off_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    put_off_reason: str = blank(200)
