"""Deals, the moves they made, and the partner lists that spawn more of them."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, FetchedValue, ForeignKey, Index, func, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.pipeline.stages import Meaning
from domain.records import DealStatus


class Deal(SQLModel, table=True):
    """A chance to sell, with the dates of what happened to it. An unknown amount is NULL, not zero."""

    __tablename__: ClassVar[str] = "deal"
    __table_args__ = (
        CheckConstraint(one_of("status", DealStatus), name="known_status"),
        CheckConstraint("(status = 'open') = (closed_on IS NULL)", name="close_dated"),
        CheckConstraint("partner_list_size >= 0", name="list_size_not_negative"),
        CheckConstraint("total_sales_from_list >= 0", name="list_sales_not_negative"),
        Index("uq_deal_origin_external", "origin", "external_id", unique=True),
        Index("ix_deal_agent_closed", "agent_id", "closed_on"),
        Index("ix_deal_closed", "closed_on"),
        Index("ix_deal_agent_open", "agent_id", "last_activity_at", postgresql_where=text("status = 'open'")),
        Index("ix_deal_open", "last_activity_at", postgresql_where=text("status = 'open'")),
        Index("ix_deal_agreement", "agreement_on", postgresql_where=text("agreement_on IS NOT NULL")),
        Index("ix_deal_list_sent", "partner_list_sent_on", postgresql_where=text("partner_list_sent_on IS NOT NULL")),
        Index(
            "ix_deal_list_due",
            "partner_list_due_on",
            postgresql_where=text("partner_list_due_on IS NOT NULL AND partner_list_sent_on IS NULL"),
        ),
        Index("ix_deal_updated", "updated_at"),
        Index("ix_deal_lead", "lead_id", postgresql_where=text("lead_id IS NOT NULL")),
        Index("ix_deal_sublist_contact", "sublist_contact_id", postgresql_where=text("sublist_contact_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    lead_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="lead.id", ondelete="SET NULL")
    sublist_contact_id: int | None = Field(
        default=None, sa_column=Column(BigInteger, ForeignKey("sublist_contact.id", ondelete="SET NULL", use_alter=True))
    )
    """The partner contact of a list-out this deal came from."""
    name: str = Field(max_length=300)
    company: str = blank(300)
    product: str = blank(120)
    category: str = blank(60)
    source: str = blank(80)
    pipeline: str = blank(80)
    stage: str = blank(80)
    stage_entered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    status: DealStatus = Field(default=DealStatus.OPEN, sa_column=Column(Word(DealStatus), nullable=False))
    amount_minor: int | None = Field(default=None, sa_column=Column(BigInteger))
    created_on: date | None = None
    expected_close_on: date | None = None
    closed_on: date | None = None
    lost_reason: str = blank(200)
    proposal_on: date | None = None
    agreement_on: date | None = None
    partner_list_due_on: date | None = None
    partner_list_sent_on: date | None = None
    first_sale_on: date | None = None
    partner_list_size: int | None = None
    total_sales_from_list: int | None = None
    last_activity_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    origin: str = Field(default="app", max_length=40, sa_column_kwargs={"server_default": text("'app'")})
    external_id: str | None = Field(default=None, max_length=120)
    updated_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


class StageChange(SQLModel, table=True):
    """A deal entered a stage; the first row of a deal has no `from_stage`."""

    __tablename__: ClassVar[str] = "stage_change"
    __table_args__ = (
        CheckConstraint(one_of("meaning", Meaning), name="known_meaning"),
        Index("ix_stage_change_deal", "deal_id", "changed_at"),
        Index("uq_stage_change_origin_external", "origin", "external_id", unique=True),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    deal_id: int = Field(sa_type=BigInteger, foreign_key="deal.id", ondelete="CASCADE")
    from_stage: str | None = Field(default=None, max_length=80)
    to_stage: str = Field(max_length=80)
    """A name; what it says of the deal is the meaning."""
    meaning: Meaning | None = Field(default=None, sa_column=Column(Word(Meaning), nullable=False, server_default=FetchedValue()))
    """What the stage meant when the move was made. A trigger fills it, so that no writer can forget."""
    changed_at: datetime = Field(sa_type=UtcDateTime)
    changed_on: date
    changed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    origin: str = Field(default="app", max_length=40, sa_column_kwargs={"server_default": text("'app'")})
    external_id: str | None = Field(default=None, max_length=120)


class Sublist(SQLModel, table=True):
    """The partner contacts of one list-out."""

    __tablename__: ClassVar[str] = "sublist"

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    deal_id: int = Field(sa_type=BigInteger, foreign_key="deal.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=300)
    sent_on: date | None = None


class SublistContact(SQLModel, table=True):
    """One partner on a sublist; the deals it spawns point back at it."""

    __tablename__: ClassVar[str] = "sublist_contact"

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    sublist_id: int = Field(sa_type=BigInteger, foreign_key="sublist.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=300)
    company: str = blank(300)
    email: str = blank(254)
