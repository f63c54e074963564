"""The calendar: what is planned once, what repeats, and the private address somebody's own calendar reads it from."""

from datetime import date, datetime, time
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, SmallInteger, func, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.records import EventKind, EventStatus

LINKS = ("lead", "deal", "activity")
"""What an entry may be about; indexed, because taking one of these away looks for the entries that name it."""


class CalendarEvent(SQLModel, table=True):
    """Something an agent has planned; start and end are moments, `local_on` is the day in the agent's zone."""

    __tablename__: ClassVar[str] = "calendar_event"
    __table_args__ = (
        CheckConstraint(one_of("kind", EventKind), name="known_kind"),
        CheckConstraint(one_of("status", EventStatus), name="known_status"),
        CheckConstraint("ends_at > starts_at", name="forward"),
        Index("ix_calendar_event_agent", "agent_id", "local_on"),
        Index("ix_calendar_event_day", "local_on"),
        Index("uq_calendar_event_occurrence", "series_id", "occurs_on", unique=True, postgresql_where=text("series_id IS NOT NULL")),
        Index("ix_calendar_event_external_uid", "external_uid", postgresql_where=text("external_uid IS NOT NULL")),
        Index("uq_calendar_event_external", "agent_id", "external_uid", unique=True, postgresql_where=text("external_uid IS NOT NULL")),
        CheckConstraint("(series_id IS NULL) = (occurs_on IS NULL)", name="occurrence_dated"),
        *(Index(f"ix_calendar_event_{link}", f"{link}_id", postgresql_where=text(f"{link}_id IS NOT NULL")) for link in LINKS),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    kind: EventKind = Field(sa_column=Column(Word(EventKind), nullable=False))
    title: str = Field(max_length=200)
    notes: str = blank(2000)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    local_on: date
    status: EventStatus = Field(default=EventStatus.PLANNED, sa_column=Column(Word(EventStatus), nullable=False))
    lead_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="lead.id", ondelete="SET NULL")
    deal_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="deal.id", ondelete="SET NULL")
    activity_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="activity.id", ondelete="SET NULL")
    """The activity written when the event was completed."""
    module_id: int | None = Field(default=None, foreign_key="training_module.id", ondelete="SET NULL")
    """The training it is for."""
    series_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="event_series.id", ondelete="CASCADE")
    occurs_on: date | None = None
    """The local day on which its series first put it; it stays when the entry is moved."""
    auto_record: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    """Whether *Start* offers the recorder, where recording is allowed."""
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    external_uid: str | None = Field(default=None, max_length=255)
    """What the calendar it was imported from calls it."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """Rises with every edit; an edit names the version it saw."""
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


class EventSeries(SQLModel, table=True):
    """What repeats: the rule, and what its entries begin with. Entries are written some weeks ahead and then live their own lives."""

    __tablename__: ClassVar[str] = "event_series"
    __table_args__ = (
        CheckConstraint(one_of("kind", EventKind), name="known_kind"),
        CheckConstraint("minutes > 0", name="lasts"),
        CheckConstraint("written_until >= first_on", name="written_forward"),
        Index("ix_event_series_agent", "agent_id"),
        *(Index(f"ix_event_series_{link}", f"{link}_id", postgresql_where=text(f"{link}_id IS NOT NULL")) for link in ("lead", "deal")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    kind: EventKind = Field(sa_column=Column(Word(EventKind), nullable=False))
    title: str = Field(max_length=200)
    notes: str = blank(2000)
    time_zone: str = Field(max_length=64)
    """In which its hour is always the same."""
    first_on: date
    starts_at_local: time
    minutes: int = Field(sa_column=Column(SmallInteger, nullable=False))
    rule: str = Field(max_length=200)
    """As in iCalendar: FREQ=WEEKLY;BYDAY=TU."""
    until_on: date | None = None
    """The day after the last one it may fall on."""
    written_until: date
    """Entries exist for all days before this one."""
    lead_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="lead.id", ondelete="SET NULL")
    deal_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="deal.id", ondelete="SET NULL")
    module_id: int | None = Field(default=None, foreign_key="training_module.id", ondelete="SET NULL")
    auto_record: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


class CalendarFeed(SQLModel, table=True):
    """The private address from which somebody's phone or mail program reads their calendar; only the hash of its token is kept."""

    __tablename__: ClassVar[str] = "calendar_feed"

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    with_clients: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Whether it tells clients' names; titles and notes stay at home otherwise."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
