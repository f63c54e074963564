"""Programs that use the API: their tokens, and the answers they may ask for twice."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Column, Index, SmallInteger, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime


class ApiToken(SQLModel, table=True):
    """A service token of a dialer or CRM. Only its hash is stored; it may do what its scopes name, over the whole organisation."""

    __tablename__: ClassVar[str] = "api_token"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    """What uses it, in the words of the admin who made it."""
    token_hash: str = Field(max_length=64, unique=True)
    hint: str = Field(max_length=16)
    """The token's first characters, to recognise it by."""
    scopes: list[str] = Field(sa_column=Column(ARRAY(String(40)), nullable=False))
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class IdempotencyKey(SQLModel, table=True):
    """A writing request that named itself: who repeats it with the same body gets the first answer, whatever it was."""

    __tablename__: ClassVar[str] = "idempotency_key"
    __table_args__ = (Index("ix_idempotency_key_created", "created_at"),)

    holder: str = Field(max_length=40, primary_key=True)
    """`person:3` or `token:2`; keys of others do not collide with ours."""
    key: str = Field(max_length=255, primary_key=True)
    route: str = Field(max_length=160)
    body_sha256: str = Field(max_length=64)
    status: int | None = Field(default=None, sa_column=Column(SmallInteger))
    """None while the first execution is under way."""
    response: str | None = Field(default=None, sa_column=Column(Text))
    """The answer's JSON, byte for byte; without what may be shown only once."""
    created_at: datetime = Field(sa_type=UtcDateTime)
