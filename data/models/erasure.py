"""Who was erased, by number."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime


class Erasure(SQLModel, table=True):
    """The person of this number is nobody any more: what sums rest on stayed, who it was is gone."""

    __tablename__: ClassVar[str] = "erasure"

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    erased_at: datetime = Field(sa_type=UtcDateTime)
