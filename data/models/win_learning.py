"""What was learnt of how deals end, to say how likely open ones are to be won."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime


class WinLearning(SQLModel, table=True):
    """The last learning from a pipeline's deals. It holds weights and counts, no deal and no person."""

    __tablename__: ClassVar[str] = "win_learning"

    pipeline: str = Field(max_length=80, primary_key=True)
    learned_at: datetime = Field(sa_type=UtcDateTime)
    horizon_days: int
    """A chance is one to be won within so many days."""
    stored: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """As `domain.deals.win_stored` writes it."""
