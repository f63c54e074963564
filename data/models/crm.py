"""The company's CRM: how it is reached, how far it is read, who is who there, and what could not be taken over."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.records import DealStatus


class CrmStream(StrEnum):
    """What is read of the CRM, each with a place of its own in it; in the order they are read."""

    CONTACTS = "contacts"
    DEALS = "deals"
    DELETED_DEALS = "deleted_deals"
    DEAL_NOTES = "deal_notes"
    CONTACT_NOTES = "contact_notes"
    TASKS = "tasks"
    MOVES = "moves"


class CrmConnection(SQLModel, table=True):
    """The one account of amoCRM that is read."""

    __tablename__: ClassVar[str] = "crm_connection"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("(client_id = '') = (sealed_refresh = '')", name="refreshable_whole"),
        CheckConstraint("(owner IS NULL) = (lease_until IS NULL)", name="owned_until"),
    )

    id: int = Field(default=1, primary_key=True)
    base_url: str = Field(max_length=300)
    account_name: str = blank(200)
    currency: str = blank(3)
    """The account's, which need not be ours."""
    sealed_access: str = blank(8_000)
    access_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None for a token made by hand, whose end amoCRM does not tell."""
    sealed_refresh: str = blank(8_000)
    client_id: str = blank(120)
    """Empty for a token made by hand."""
    sealed_client_secret: str = blank(2_000)
    redirect_uri: str = blank(300)
    sealed_hook: str = blank(500)
    hook_digest: str = Field(max_length=64)
    """Of the part of the webhook's address nobody can guess."""
    fields: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    """Which of the account's own fields tells a deal's source, category …"""
    known_fields: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    """The names of a deal's own fields there, by their number."""
    writes_back: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    connected_at: datetime = Field(sa_type=UtcDateTime)
    connected_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Somebody pressed “Sync now”; None once a reading began after it."""
    began_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the reading under way began; None between two."""
    synced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the last whole reading began: everything until then is here."""
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    trouble: str = blank(400)
    trouble_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failures: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """In a row."""
    owner: str | None = Field(default=None, max_length=80)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CrmCursor(SQLModel, table=True):
    """How far a stream is read; moved in the transaction that stores what was read."""

    __tablename__: ClassVar[str] = "crm_cursor"
    __table_args__ = (CheckConstraint(one_of("stream", CrmStream), name="known_stream"),)

    stream: CrmStream = Field(sa_column=Column(Word(CrmStream), primary_key=True))
    since: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default=text("0")))
    """Seconds since 1970 by the CRM's clock: everything before it is read."""
    until: int | None = Field(default=None, sa_column=Column(BigInteger))
    """Where the window under way ends, for a stream that cannot be read in order of change."""
    newest: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default=text("0")))
    page: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    size: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Records asked for at once; 0 for as many as the CRM gives."""
    calm: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Pages in a row that came since so many are asked for at once."""
    patience: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Such pages after which more are asked for at once."""
    is_done: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Read to its end in the reading under way."""
    records: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default=text("0")))
    """Read in the reading under way or the last one."""


class CrmUserLink(SQLModel, table=True):
    """A user of the CRM, and who that is here."""

    __tablename__: ClassVar[str] = "crm_user"
    __table_args__ = (Index("ix_crm_user_person", "person_id"),)

    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    name: str = Field(max_length=120)
    email: str = blank(254)
    is_active: bool = True
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    by_hand: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Somebody chose the person; an equal e-mail address does not change that."""


class CrmStage(SQLModel, table=True):
    """A stage of the CRM, what it is called here, and what it says about a deal."""

    __tablename__: ClassVar[str] = "crm_stage"
    __table_args__ = (CheckConstraint(one_of("means", DealStatus), name="known_meaning"),)

    pipeline_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    status_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    pipeline: str = Field(max_length=80)
    name: str = Field(max_length=80)
    sort: int = 0
    stage: str = Field(max_length=80)
    """What deals in it show here."""
    means: DealStatus = Field(sa_column=Column(Word(DealStatus), nullable=False))
    by_hand: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})


class CrmRefusal(SQLModel, table=True):
    """A record of the CRM that is not here, and why; gone once it is."""

    __tablename__: ClassVar[str] = "crm_refusal"
    __table_args__ = (CheckConstraint(one_of("stream", CrmStream), name="known_stream"), Index("ix_crm_refusal_seen", "seen_at"))

    stream: CrmStream = Field(sa_column=Column(Word(CrmStream), primary_key=True))
    external_id: str = Field(primary_key=True, max_length=120)
    reason: str = Field(max_length=200)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class CrmHint(SQLModel, table=True):
    """Something changed in the CRM, says a webhook: what it is, is asked there."""

    __tablename__: ClassVar[str] = "crm_hint"
    __table_args__ = (CheckConstraint(one_of("stream", CrmStream), name="known_stream"),)

    stream: CrmStream = Field(sa_column=Column(Word(CrmStream), primary_key=True))
    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    told_at: datetime = Field(sa_type=UtcDateTime)
