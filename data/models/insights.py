"""Observations a person has put aside, and the checklist of their first ten minutes."""

from datetime import datetime
from typing import ClassVar, Final

from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime

FIRST_STEPS: Final = "first_steps"
"""In the place of an insight's id: the checklist of the first ten minutes, skipped for good."""


class InsightDismissal(SQLModel, table=True):
    """An insight somebody does not want to see again; it stays away however often it is worked out anew, because its id is the same."""

    __tablename__: ClassVar[str] = "insight_dismissal"

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    """Who put it aside; others still see it."""
    insight_id: str = Field(primary_key=True, max_length=120)
    """Rule, agent and period, as in `domain/coaching/insights`."""
    dismissed_at: datetime = Field(sa_type=UtcDateTime)
