"""Who is signed in, the one-time tickets that get them there, tries that failed, and what was done."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, blank


class UserSession(SQLModel, table=True):
    """A signed-in browser, or a person's program. Only the token's hash is stored, so that reading the database signs nobody in."""

    __tablename__: ClassVar[str] = "user_session"

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    token_hash: str = Field(max_length=64, unique=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    user_agent: str = blank(200)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """The fixed end of a session opened by the API; None for a browser, which stays in while it is used."""


class SignInTicket(SQLModel, table=True):
    """A one-time, short-lived proof of a checked password; the browser redeems it for its cookie."""

    __tablename__: ClassVar[str] = "sign_in_ticket"

    token_hash: str = Field(max_length=64, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInAttempt(SQLModel, table=True):
    """A try to sign in, for the lock-out; unknown accounts count like known ones."""

    __tablename__: ClassVar[str] = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_account", "account_hash", "tried_at"),
        Index("ix_sign_in_attempt_address", "address", "tried_at"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    account_hash: str = Field(max_length=64)
    """Hash of the e-mail as typed, lower case: no list of who exists."""
    address: str = blank(64)
    device_hash: str = blank(64)
    succeeded: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    tried_at: datetime = Field(sa_type=UtcDateTime)


class AuditEntry(SQLModel, table=True):
    """Who did what, when; rows are only ever added (a trigger refuses the rest)."""

    __tablename__: ClassVar[str] = "audit_log"
    __table_args__ = (Index("ix_audit_log_at", "at"), Index("ix_audit_log_person", "person_id", "at"))

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    at: datetime = Field(sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})
    person_id: int | None = None
    """Who; no foreign key, so that the entry outlives the person."""
    action: str = Field(max_length=40)
    subject: str = blank(80)
    """What it was done to, as `kind:id`; never a name or an address."""
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
