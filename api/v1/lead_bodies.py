"""What is said about leads, and how they are shown."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Self

from pydantic import ConfigDict, Field, StrictBool, StrictInt, model_validator
from pydantic.config import JsonDict

from api.v1.fields import PAGE, Body, Cursor, ExternalId, Limit, Moment, Origin, PathId, Shown, Words, left_out
from api.v1.naming import NamesAgent, NamesSource
from domain.records import LeadStatus
from services.leads import LeadWords

_EXAMPLE: Final[JsonDict] = {
    "name": "Grace Hopper",
    "company": "Navy",
    "source": "Web form",
    "agent_email": "ada@example.com",
    "origin": "kommo",
    "external_id": "lead-77",
}
_COLUMNS: Final = ("name", "company", "email", "phone", "source", "category", "lost_reason", "satisfaction", "wants_no_contact")


class LeadWordsIn(NamesAgent):
    """What can be said about a lead; what is left out stays as it is."""

    company: Annotated[Words, Field(max_length=300)] = left_out()
    email: Annotated[Words, Field(max_length=254)] = left_out()
    phone: Annotated[Words, Field(max_length=60)] = left_out()
    source: Annotated[Words, Field(max_length=80)] = left_out()
    category: Annotated[Words, Field(max_length=60)] = left_out()
    status: LeadStatus = left_out()
    """`contacted`, `interested` and `converted` date their step; a lower status takes the later steps back."""
    at: Moment | None = None
    """When the status was reached: now, unless told."""
    lost_reason: Annotated[Words, Field(max_length=200)] = left_out()
    """Kept while the lead is lost, and only then."""
    satisfaction: Annotated[StrictInt, Field(ge=1, le=5)] | None = left_out()
    wants_no_contact: StrictBool = left_out()
    """They unsubscribed, or asked to be left alone: no plan and no call list names them."""
    assigned_at: Moment | None = None

    @model_validator(mode="after")
    def _dates_something(self) -> Self:
        if self.at is not None and self.status is None:
            raise ValueError("at: tells when a status was reached. Send the status with it")
        if self.assigned_at is not None and self.is_unassigned:
            raise ValueError("assigned_at: tells when an agent got the lead. Leave it out where nobody has it")
        return self

    def _said(self, **named: Any) -> LeadWords:  # noqa: ANN401 - fields of LeadWords
        return LeadWords(
            columns=self.model_dump(include=set(_COLUMNS), exclude_unset=True),
            agent=self.agent,
            is_unassigned=self.is_unassigned,
            assigned_at=self.assigned_at,
            status=self.status,
            at=self.at,
            **named,
        )


class LeadIn(LeadWordsIn, NamesSource):
    """A lead to store. A person who names no agent means themself; a program leaves it unassigned."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: Annotated[Words, Field(min_length=1, max_length=300)]

    def said(self) -> LeadWords:
        """The same for the service."""
        return self._said(origin=self.origin, external_id=self.external_id)


class LeadChange(LeadWordsIn):
    """What should read differently about a lead."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "interested", "at": "2026-03-10T14:30:00+01:00"}]})

    name: Annotated[Words, Field(min_length=1, max_length=300)] = left_out()

    def said(self) -> LeadWords:
        """The same for the service."""
        return self._said()


class LeadQuery(Body):
    """Which leads to list."""

    agent: PathId | None = None
    team: PathId | None = None
    """The team its agent is on today."""
    status: LeadStatus | None = None
    origin: Origin | None = None
    external_id: ExternalId | None = None
    updated_since: Moment | None = None
    limit: Limit = PAGE
    cursor: Cursor | None = None


class LeadOut(Shown):
    """A lead; each `*_on` is the local day where its agent is."""

    id: int
    agent_id: int | None
    name: str
    company: str
    email: str
    phone: str
    source: str
    category: str
    status: LeadStatus
    created_at: datetime | None
    assigned_at: datetime | None
    assigned_on: date | None
    contacted_at: datetime | None
    contacted_on: date | None
    interested_at: datetime | None
    interested_on: date | None
    converted_at: datetime | None
    converted_on: date | None
    lost_on: date | None
    lost_reason: str
    response_seconds: int | None
    """From assignment to first contact."""
    satisfaction: int | None
    rated_on: date | None
    wants_no_contact: bool
    origin: str
    external_id: str | None
    updated_at: datetime | None


class LeadPage(Shown):
    """Leads, the newest first."""

    items: list[LeadOut]
    next_cursor: str | None
