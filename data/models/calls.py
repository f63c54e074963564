"""Calls under way, their recordings, and where recording is lawful."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.records import TranscriptState


class OpenCall(SQLModel, table=True):
    """A call somebody is on right now; it becomes an activity when it ends."""

    __tablename__: ClassVar[str] = "open_call"
    __table_args__ = (
        Index("ix_open_call_lead", "lead_id", postgresql_where=text("lead_id IS NOT NULL")),
        Index("ix_open_call_event", "event_id", postgresql_where=text("event_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE", unique=True)
    """One call at a time."""
    started_at: datetime = Field(sa_type=UtcDateTime)
    lead_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="lead.id", ondelete="SET NULL")
    event_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="calendar_event.id", ondelete="SET NULL")
    client_name: str = blank(300)
    client_phone: str = blank(60)
    wants_recording: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})


class Recording(SQLModel, table=True):
    """The sound of a call or an appointment; the file lies outside everything that is served, under a name nobody can guess."""

    __tablename__: ClassVar[str] = "recording"
    __table_args__ = (
        CheckConstraint(one_of("transcript_state", TranscriptState), name="known_transcript_state"),
        CheckConstraint("size_bytes > 0", name="has_sound"),
        Index("ix_recording_activity", "activity_id"),
        Index("ix_recording_agent", "agent_id"),
        Index("ix_recording_expires", "expires_on"),
        Index("ix_recording_transcript", "transcript_state", postgresql_where=text("transcript_state = 'waiting'")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    activity_id: int = Field(sa_type=BigInteger, foreign_key="activity.id", ondelete="CASCADE")
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    storage_key: str = Field(max_length=64, unique=True)
    media_type: str = Field(max_length=40)
    size_bytes: int = Field(sa_column=Column(BigInteger, nullable=False))
    seconds: int | None = None
    sha256: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_on: date
    """The day on which it is deleted."""
    transcript: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    transcript_state: TranscriptState = Field(
        default=TranscriptState.NONE, sa_column=Column(Word(TranscriptState), nullable=False, server_default=text("'none'"))
    )
    transcript_error: str = blank(300)


class RecordingConsent(SQLModel, table=True):
    """On what grounds calls may be recorded in a jurisdiction; where there is no row, nothing is recorded."""

    __tablename__: ClassVar[str] = "recording_consent"

    jurisdiction: str = Field(max_length=8, primary_key=True)
    """A country or one of its regions as in ISO 3166: US, US-CA."""
    basis: str = Field(max_length=40)
    note: str = blank(500)
    set_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    set_at: datetime = Field(sa_type=UtcDateTime)
