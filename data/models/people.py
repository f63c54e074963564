"""The organisation, its teams, the people in them, and since when."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Column, Index, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.language import Language
from domain.records import Profile, Role

BEGINNING = date(1900, 1, 1)
"""A membership from this day takes a person's whole history along."""


class Organisation(SQLModel, table=True):
    """The one company of this installation and what all its numbers share."""

    __tablename__: ClassVar[str] = "organisation"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="iso_currency"),
        CheckConstraint(one_of("profile", Profile), name="known_profile"),
    )

    id: int = Field(default=1, primary_key=True)
    name: str = Field(max_length=120)
    currency: str = Field(default="USD", max_length=3)
    time_zone: str = Field(default="America/New_York", max_length=64)
    country: str = Field(default="US", max_length=2)
    profile: Profile = Field(default=Profile.REAL_ESTATE, sa_column=Column(Word(Profile), nullable=False))
    is_demo: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    uses_ai: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Whether facts may go to a language model where a key is set; off until an administrator says so."""


class Team(SQLModel, table=True):
    """People who share targets and a manager; its profile decides funnel and words."""

    __tablename__: ClassVar[str] = "team"
    __table_args__ = (
        Index("uq_team_name", func.lower(text("name")), unique=True),
        CheckConstraint(one_of("profile", Profile), name="known_profile"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    profile: Profile = Field(default=Profile.REAL_ESTATE, sa_column=Column(Word(Profile), nullable=False))


class Person(SQLModel, table=True):
    """Somebody the installation knows: an agent, a manager or an admin. People are deactivated, never deleted with their facts."""

    __tablename__: ClassVar[str] = "person"
    __table_args__ = (
        Index("uq_person_email", func.lower(text("email")), unique=True),
        CheckConstraint(one_of("role", Role), name="known_role"),
        CheckConstraint(one_of("language", Language), name="known_language"),
        CheckConstraint("active OR deactivated_at IS NOT NULL", name="deactivation_dated"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    email: str | None = Field(default=None, max_length=254)
    """None for people created by an import: they have facts but cannot sign in until somebody invites them."""
    external_id: str | None = Field(default=None, max_length=120, unique=True)
    """The person's id in the CRM the imports come from."""
    role: Role = Field(default=Role.AGENT, sa_column=Column(Word(Role), nullable=False))
    password_hash: str | None = Field(default=None, max_length=120)
    must_change_password: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    time_zone: str = Field(default="America/New_York", max_length=64)
    region: str | None = Field(default=None, max_length=6)
    """Where in their country they work, as in ISO 3166-2: US-CA; only for countries whose parts have laws of their own."""
    working_days: list[int] = Field(
        default_factory=lambda: [1, 2, 3, 4, 5],
        sa_column=Column(ARRAY(SmallInteger), nullable=False, server_default=text("'{1,2,3,4,5}'")),
    )
    """ISO weekdays, Monday 1."""
    language: Language = Field(default=Language.ENGLISH, sa_column=Column(Word(Language), nullable=False, server_default=text("'en'")))
    """In which the bot in Telegram talks to them; the screens are English."""
    records_calls: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    """Their own choice; nothing is recorded without a consent basis for where they work."""
    active: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    deactivated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    joined_on: date | None = None
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})
    is_demo: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})


class ReportChoice(SQLModel, table=True):
    """Which reports somebody wants to be told of; without a row all of them."""

    __tablename__: ClassVar[str] = "report_choice"

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    weekly: bool
    """On Monday morning."""
    monthly: bool
    """On the first of the month."""


class TeamMembership(SQLModel, table=True):
    """Which team a person belonged to, from a day up to but not including another; one team at a time."""

    __tablename__: ClassVar[str] = "team_membership"
    __table_args__ = (
        CheckConstraint("until_on > from_on", name="forward"),
        Index("uq_team_membership_person_from", "person_id", "from_on", unique=True),
        Index("uq_team_membership_person_open", "person_id", unique=True, postgresql_where=text("until_on IS NULL")),
        Index("ix_team_membership_team", "team_id", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    team_id: int = Field(foreign_key="team.id", ondelete="CASCADE")
    from_on: date = Field(default=BEGINNING)
    until_on: date | None = None


class TeamManager(SQLModel, table=True):
    """Who manages which team now; a manager may have several, a team several managers."""

    __tablename__: ClassVar[str] = "team_manager"

    team_id: int = Field(foreign_key="team.id", primary_key=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE", index=True)


class Absence(SQLModel, table=True):
    """Days a person did not plan to work, from a day up to but not including another."""

    __tablename__: ClassVar[str] = "absence"
    __table_args__ = (CheckConstraint("until_on > from_on", name="forward"), Index("ix_absence_person", "person_id", "from_on"))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    from_on: date
    until_on: date
    reason: str = blank(120)
