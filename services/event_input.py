"""What somebody says about a calendar entry, checked before anything is stored."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime, field_validator

from domain.records import EventKind
from services.activity_input import Words
from services.inputs import validated

LONGEST_MINUTES: Final = 24 * 60
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
"""A date outside these years is a slip of the keyboard."""


class EventDetails(BaseModel):
    """An entry as its agent's clock shows it."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    kind: EventKind
    title: Annotated[Words, Field(min_length=1, max_length=200)]
    notes: Annotated[Words, Field(max_length=2000)] = ""
    starts: NaiveDatetime
    """What the clock in the agent's zone shows when it starts."""
    minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES)] = 30
    lead_id: int | None = None
    deal_id: int | None = None
    module_id: int | None = None
    """The training module it is for."""
    auto_record: bool = True
    """Whether starting it offers the recorder, where recording is allowed."""

    @field_validator("starts")
    @classmethod
    def _plausible(cls, starts: datetime) -> datetime:
        if not FIRST_YEAR <= starts.year <= LAST_YEAR:
            raise ValueError(f"the year {starts.year} cannot be meant; check the date")
        return starts


class NewEvent(EventDetails):
    """An entry to book in an agent's calendar."""

    agent_id: int


def new_event(**fields: object) -> NewEvent:
    """The entry to book; raises InputError that names the field."""
    return validated(NewEvent, fields)


def changed_event(**fields: object) -> EventDetails:
    """The entry as it should be after an edit; raises InputError that names the field."""
    return validated(EventDetails, fields)
