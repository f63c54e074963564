"""What is said about people, and how they are shown."""

from datetime import date
from typing import Annotated, Final

from pydantic import ConfigDict, Field, StrictInt
from pydantic.config import JsonDict

from api.v1.fields import PAGE, Body, Cursor, Day, ExternalId, Limit, PathId, PersonId, Shown, Words, left_out
from domain.records import Role

_EXAMPLE: Final[JsonDict] = {
    "name": "Ada Lovelace",
    "email": "ada@example.com",
    "role": "agent",
    "time_zone": "Europe/Berlin",
    "team_id": 1,
}
PersonName = Annotated[Words, Field(min_length=1, max_length=120)]
Email = Annotated[Words, Field(min_length=3, max_length=254)]
Weekdays = Annotated[list[Annotated[StrictInt, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)]
Region = Annotated[Words, Field(pattern=r"^[A-Z]{2}-[A-Z]{2,3}$")]
ZoneName = Annotated[Words, Field(min_length=1, max_length=64)]


class InviteIn(Body):
    """Somebody to invite."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: PersonName
    email: Email
    role: Role = left_out()
    """An agent, unless told."""
    time_zone: ZoneName
    region: Region | None = None
    """Their state or province, where its law on recording calls is its own: `US-CA`."""
    working_days: Weekdays = left_out()
    """Monday is 1; Monday to Friday, unless told."""
    external_id: ExternalId | None = None
    team_id: PersonId | None = None


class PersonChange(Body):
    """What should read differently about somebody; what is left out stays as it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"time_zone": "America/Denver"}]})

    name: PersonName = left_out()
    email: Email | None = left_out()
    role: Role = left_out()
    time_zone: ZoneName = left_out()
    region: Region | None = left_out()
    working_days: Weekdays = left_out()
    external_id: ExternalId | None = left_out()


class MoveIn(Body):
    """A move to another team; null for no team."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"team_id": 1, "from_on": "2026-04-01"}]})

    team_id: PersonId | None
    from_on: Day | None
    """The first day there; null takes the whole history along."""


class ManagedIn(Body):
    """The teams a manager is to manage."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"team_ids": [1, 2]}]})

    team_ids: Annotated[list[PersonId], Field(max_length=1000)]


class PeopleQuery(Body):
    """Which people to list."""

    team: PathId | None = None
    """The team they are on today."""
    role: Role | None = None
    active: bool | None = None
    external_id: ExternalId | None = None
    limit: Limit = PAGE
    cursor: Cursor | None = None


class PersonOut(Shown):
    """A person."""

    id: int
    name: str
    email: str | None
    """For admins, and one's own; null otherwise."""
    role: Role
    time_zone: str
    region: str | None
    """The code of their state or province where it was said, for admins, and one's own; null otherwise."""
    working_days: list[int]
    external_id: str | None
    active: bool
    joined_on: date | None
    team_id: int | None
    """The team they are on today."""
    managed_team_ids: list[int]


class PeoplePage(Shown):
    """People by id."""

    items: list[PersonOut]
    next_cursor: str | None


class InvitationOut(Shown):
    """Somebody new and what they sign in with the first time."""

    person: PersonOut
    one_time_password: str | None
    """Shown this once; null when the request is repeated with its Idempotency-Key."""
