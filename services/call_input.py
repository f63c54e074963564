"""What somebody says about a call when it begins and when it ends, checked before anything is stored."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from domain.records import Outcome
from services.activity_input import LONGEST_SECONDS, Words
from services.inputs import validated


class NewCall(BaseModel):
    """A call that begins."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    agent_id: int
    lead_id: int | None = None
    client_name: Annotated[Words, Field(max_length=300)] = ""
    client_phone: Annotated[Words, Field(max_length=60)] = ""
    wants_recording: bool = True


class EndedCall(BaseModel):
    """How a call ended."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    outcome: Outcome | None = None
    notes: Annotated[Words, Field(max_length=10_000)] = ""
    talked_seconds: Annotated[int, Field(ge=0, le=LONGEST_SECONDS)] | None = None
    """None means what the call's own clock says."""


def new_call(**fields: object) -> NewCall:
    """The call to start; raises InputError that names the field."""
    return validated(NewCall, fields)


def ended_call(**fields: object) -> EndedCall:
    """How it ended; raises InputError that names the field."""
    return validated(EndedCall, fields)
