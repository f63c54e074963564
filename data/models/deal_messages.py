"""How messages about deals look in this installation."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Column, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime
from domain.deals.messages.layout import Section


class DealMessageLayout(SQLModel, table=True):
    """The sections nobody wants and the signs that are others than usual; without a row all is as usual."""

    __tablename__: ClassVar[str] = "deal_message_layout"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint(f"hidden <@ ARRAY[{', '.join(repr(each.value) for each in Section)}]::varchar[]", name="known_sections"),
    )

    id: int = Field(default=1, primary_key=True)
    hidden: list[str] = Field(sa_column=Column(ARRAY(String(24)), nullable=False))
    icons: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    changed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    changed_at: datetime = Field(sa_type=UtcDateTime)
