"""What is said about activities, and how they are shown."""

from datetime import date, datetime
from typing import Annotated, Final

from pydantic import AfterValidator, ConfigDict, Field, StrictInt
from pydantic.config import JsonDict

from api.v1.fields import (
    PAGE,
    Body,
    Cursor,
    Day,
    ExternalId,
    Limit,
    Moment,
    Origin,
    PathId,
    PathRecordId,
    RecordId,
    Shown,
    Words,
    left_out,
)
from api.v1.naming import NamesAgent, NamesSource
from domain.contact import LOGGABLE
from domain.records import ActivityType, Direction, Outcome
from services.activity_feed import FeedResult
from services.activity_input import LONGEST_SECONDS, ActivityDetails
from services.activity_places import Reported
from services.owners import ELSEWHERE

MOST: Final = 1000
_EXAMPLE: Final[JsonDict] = {
    "agent_email": "ada@example.com",
    "type": "call",
    "outcome": "connected",
    "direction": "outbound",
    "duration_seconds": 240,
    "occurred_at": "2026-03-10T14:30:00+01:00",
    "origin": "aircall",
    "external_id": "call-812",
}


def _loggable(kind: ActivityType) -> ActivityType:
    if kind not in LOGGABLE:
        raise ValueError("this kind is written by the product itself; log a call, an email or other work")
    return kind


class Details(Body):
    """What can be said about an activity."""

    type: Annotated[ActivityType, AfterValidator(_loggable)]
    outcome: Outcome | None = None
    direction: Direction | None = None
    subject: Annotated[Words, Field(max_length=300)] = ""
    notes: Annotated[Words, Field(max_length=10_000)] = ""
    category: Annotated[Words, Field(max_length=60)] = ""
    lead_id: RecordId | None = None
    deal_id: RecordId | None = None
    duration_seconds: Annotated[StrictInt, Field(ge=0, le=LONGEST_SECONDS)] | None = None


class ActivityIn(Details, NamesAgent, NamesSource):
    """An activity to store; a person who names no agent means themself."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    occurred_at: Moment | None = None
    """Without it: now."""

    def reported(self) -> Reported:
        """The same for the service."""
        return Reported(
            agent=self.agent,
            details=ActivityDetails.model_validate(self.model_dump(include=set(Details.model_fields), exclude_unset=True)),
            occurred_at=self.occurred_at,
            origin=self.origin or ELSEWHERE,
            external_id=self.external_id,
        )


class BatchIn(Body):
    """Up to a thousand activities."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"activities": [_EXAMPLE]}]})

    activities: Annotated[list[ActivityIn], Field(min_length=1, max_length=MOST)]


class ActivityChange(Body):
    """What should read differently; what is left out stays as it is, null empties it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"outcome": "appointment_set", "notes": "Thursday at ten."}]})

    type: Annotated[ActivityType, AfterValidator(_loggable)] = left_out()
    outcome: Outcome | None = left_out()
    direction: Direction | None = left_out()
    subject: Annotated[Words, Field(max_length=300)] = left_out()
    notes: Annotated[Words, Field(max_length=10_000)] = left_out()
    category: Annotated[Words, Field(max_length=60)] = left_out()
    lead_id: RecordId | None = left_out()
    deal_id: RecordId | None = left_out()
    duration_seconds: Annotated[StrictInt, Field(ge=0, le=LONGEST_SECONDS)] | None = left_out()
    occurred_at: Moment = left_out()


class ActivityQuery(Body):
    """Which activities to list; days are the agent's local ones, both included."""

    agent: PathId | None = None
    team: PathId | None = None
    type: ActivityType | None = None
    outcome: Outcome | None = None
    lead: PathRecordId | None = None
    deal: PathRecordId | None = None
    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None
    origin: Origin | None = None
    external_id: ExternalId | None = None
    limit: Limit = PAGE
    cursor: Cursor | None = None


class ActivityOut(Shown):
    """One thing an agent did; local day and hour are the agent's when it was written."""

    id: int
    agent_id: int
    agent_name: str
    type: ActivityType
    outcome: Outcome | None
    direction: Direction | None
    subject: str
    notes: str
    category: str
    lead_id: int | None
    lead_name: str | None
    deal_id: int | None
    deal_name: str | None
    duration_seconds: int | None
    occurred_at: datetime
    local_on: date
    local_hour: int
    origin: str
    external_id: str | None


class ActivityPage(Shown):
    """Activities, newest first."""

    items: list[ActivityOut]
    next_cursor: str | None
    """Leads to the older ones; null on the last page."""


class BatchItem(Shown):
    """What became of one activity of a batch."""

    index: int
    """Its place in the request, from 0."""
    result: FeedResult
    id: int | None
    code: str | None
    """Why it was refused, as an error code."""
    message: str | None


class BatchOut(Shown):
    """What became of a batch: how many of each, and every activity by itself."""

    created: int
    updated: int
    unchanged: int
    refused: int
    items: list[BatchItem]
