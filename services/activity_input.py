"""What somebody says about an activity, checked before anything is stored."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, field_validator

from domain.contact import LOGGABLE
from domain.records import ActivityType, Direction, Outcome
from services.inputs import storable, validated

LONGEST_SECONDS: Final = 24 * 60 * 60
Words: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(storable)]


class ActivityDetails(BaseModel):
    """What can be said about an activity; strict, so that nothing is guessed from a wrong type."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    type: ActivityType
    outcome: Outcome | None = None
    direction: Direction | None = None
    """None means outbound where the type goes to a person."""
    subject: Annotated[Words, Field(max_length=300)] = ""
    notes: Annotated[Words, Field(max_length=10_000)] = ""
    category: Annotated[Words, Field(max_length=60)] = ""
    """Empty takes the category of the deal, or else of the lead."""
    lead_id: int | None = None
    deal_id: int | None = None
    duration_seconds: Annotated[int, Field(ge=0, le=LONGEST_SECONDS)] | None = None

    @field_validator("type")
    @classmethod
    def _loggable(cls, kind: ActivityType) -> ActivityType:
        if kind not in LOGGABLE:
            raise ValueError("this kind is written by the product itself; log a call, an email or other work")
        return kind


class NewActivity(ActivityDetails):
    """An activity to log; without a time it happened now."""

    agent_id: int
    occurred_at: AwareDatetime | None = None


class ChangedActivity(ActivityDetails):
    """An activity as it should read after an edit: every field, not only those that changed."""

    occurred_at: AwareDatetime


def new_activity(**fields: object) -> NewActivity:
    """The activity to log; raises InputError that names the field."""
    return validated(NewActivity, fields)


def changed_activity(**fields: object) -> ChangedActivity:
    """The edit; raises InputError that names the field."""
    return validated(ChangedActivity, fields)
