"""The bot in Telegram: how far what people wrote to it is read, and the codes by which somebody shows that a chat is theirs."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, blank


class TelegramBot(SQLModel, table=True):
    """The one bot of this installation and whoever reads it at the moment."""

    __tablename__: ClassVar[str] = "telegram_bot"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("(owner IS NULL) = (lease_until IS NULL)", name="owned_until"),
        CheckConstraint("(trouble = '') = (trouble_since IS NULL)", name="trouble_dated"),
    )

    id: int = Field(default=1, primary_key=True)
    number: int = Field(sa_column=Column(BigInteger, nullable=False))
    """Telegram's number of the bot: another bot counts what it was written from another beginning."""
    name: str = blank(64)
    """What its links are made of; empty until Telegram told it."""
    next_update: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default=text("0")))
    """Everything before it is answered; moved in the transaction of the answer."""
    heard_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When Telegram last answered as it should."""
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failures: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """In a row."""
    trouble: str = blank(300)
    trouble_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    owner: str | None = Field(default=None, max_length=80)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TelegramCode(SQLModel, table=True):
    """A code somebody was shown to write to the bot; one a person, gone once it was used."""

    __tablename__: ClassVar[str] = "telegram_code"

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    code_hash: str = Field(max_length=64, unique=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
