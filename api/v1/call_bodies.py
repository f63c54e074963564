"""What is said about calls under way, and how they are shown."""

from datetime import datetime
from typing import Annotated, Final, Self

from pydantic import ConfigDict, Field, StrictBool, StrictInt
from pydantic.config import JsonDict

from api.v1.fields import Body, RecordId, Shown, Words
from api.v1.naming import NamesAgent
from domain.recording import ConsentBasis, Refusal
from domain.records import ActivityType, Outcome
from services.activity_input import LONGEST_SECONDS
from services.call_input import EndedCall, NewCall, ended_call, new_call
from services.calls import CallUnderWay

_EXAMPLE: Final[JsonDict] = {"agent_email": "ada@example.com", "client_name": "Grace Hopper", "client_phone": "+1 555 0100"}


class CallIn(NamesAgent):
    """A call that begins; a person who names no agent means themself."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    lead_id: RecordId | None = None
    client_name: Annotated[Words, Field(max_length=300)] = ""
    client_phone: Annotated[Words, Field(max_length=60)] = ""
    record: StrictBool = True
    """Whether it is to be recorded, where that is allowed."""

    def call_for(self, agent_id: int) -> NewCall:
        """The same for the service."""
        said = self.model_dump(include={"lead_id", "client_name", "client_phone"})
        return new_call(agent_id=agent_id, wants_recording=self.record, **said)


class CallEndIn(Body):
    """How a call ended."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"outcome": "appointment_set", "notes": "Thursday at ten."}]})

    outcome: Outcome | None = None
    notes: Annotated[Words, Field(max_length=10_000)] = ""
    duration_seconds: Annotated[StrictInt, Field(ge=0, le=LONGEST_SECONDS)] | None = None
    """What the dialer measured; without it the time since the start, unless nobody answered."""

    def ended(self) -> EndedCall:
        """The same for the service."""
        return ended_call(outcome=self.outcome, notes=self.notes, talked_seconds=self.duration_seconds)


class RecordingAllowedOut(Shown):
    """Whether a call may be recorded."""

    allowed: bool
    why: str
    """What to do first, or why not."""
    basis: ConsentBasis | None
    """On what grounds; null where none are set."""
    refusal: Refusal | None


class CallOut(Shown):
    """A call under way."""

    id: int
    agent_id: int
    agent_name: str
    kind: ActivityType
    """What it becomes when it ends."""
    started_at: datetime
    lead_id: int | None
    lead_name: str | None
    event_id: int | None
    """The planned entry it is for."""
    client_name: str
    client_phone: str
    recording: RecordingAllowedOut

    @classmethod
    def of(cls, found: CallUnderWay) -> Self:
        """The call as it is shown."""
        fields = {name: getattr(found.call, name) for name in cls.model_fields if name != "recording"}
        return cls(**fields, recording=RecordingAllowedOut.model_validate(found.recording))
