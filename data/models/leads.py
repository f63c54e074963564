"""Leads: people who might buy, and how far they have come."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, SmallInteger, func, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.records import LeadStatus


class Lead(SQLModel, table=True):
    """A person or company that might buy. Each `*_on` is the local day of its `*_at` in the agent's zone at the time of writing."""

    __tablename__: ClassVar[str] = "lead"
    __table_args__ = (
        CheckConstraint(one_of("status", LeadStatus), name="known_status"),
        CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction_range"),
        CheckConstraint("response_seconds >= 0", name="response_not_negative"),
        CheckConstraint("(rated_on IS NULL) = (satisfaction IS NULL)", name="rating_dated"),
        CheckConstraint("agent_id IS NULL OR assigned_on IS NOT NULL", name="assignment_dated"),
        Index("uq_lead_origin_external", "origin", "external_id", unique=True),
        Index("ix_lead_agent_assigned", "agent_id", "assigned_on", postgresql_include=["source", "converted_on"]),
        Index("ix_lead_assigned", "assigned_on", postgresql_include=["agent_id", "source", "converted_on"]),
        Index(
            "ix_lead_agent_contacted",
            "agent_id",
            "contacted_on",
            postgresql_include=["response_seconds"],
            postgresql_where=text("response_seconds IS NOT NULL"),
        ),
        Index("ix_lead_agent_status", "agent_id", "status"),
        Index("ix_lead_updated", "updated_at"),
        Index("ix_lead_agent_converted", "agent_id", "converted_on", postgresql_where=text("converted_on IS NOT NULL")),
        Index("ix_lead_converted", "converted_on", postgresql_where=text("converted_on IS NOT NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    name: str = Field(max_length=300)
    company: str = blank(300)
    email: str = blank(254)
    phone: str = blank(60)
    source: str = blank(80)
    """Where the lead came from: Referral, Web form …"""
    category: str = blank(60)
    status: LeadStatus = Field(default=LeadStatus.NEW, sa_column=Column(Word(LeadStatus), nullable=False))
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    assigned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    assigned_on: date | None = None
    contacted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    contacted_on: date | None = None
    interested_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    interested_on: date | None = None
    converted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    converted_on: date | None = None
    lost_on: date | None = None
    lost_reason: str = blank(200)
    response_seconds: int | None = Field(default=None, sa_column=Column(BigInteger))
    """From assignment to first contact; None when either is unknown."""
    satisfaction: int | None = Field(default=None, sa_column=Column(SmallInteger))
    rated_on: date | None = None
    wants_no_contact: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """They unsubscribed, or asked to be left alone: no plan and no list sends anybody to them."""
    origin: str = Field(default="app", max_length=40, sa_column_kwargs={"server_default": text("'app'")})
    """The system the record came from: `app`, `demo`, or a CRM's name."""
    external_id: str | None = Field(default=None, max_length=120)
    updated_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})
