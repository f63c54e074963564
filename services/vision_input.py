"""What somebody says about a card or a template, checked before anything is stored."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.coaching.vision import LONGEST_NOTE, LONGEST_TITLE, MOST_MINUTES, CardState
from services.activity_input import Words
from services.inputs import validated


class CardDetails(BaseModel):
    """A card as its owner puts it."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    title: Annotated[Words, Field(min_length=1, max_length=LONGEST_TITLE)]
    note: Annotated[Words, Field(max_length=LONGEST_NOTE)] = ""
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)] | None = None
    state: CardState = CardState.TODO
    day: date | None = None
    goal_id: int | None = None
    deal_id: int | None = None
    lead_id: int | None = None

    @model_validator(mode="after")
    def _is_about_one_thing(self) -> Self:
        if sum(each is not None for each in (self.goal_id, self.deal_id, self.lead_id)) > 1:
            raise ValueError("choose a goal, a deal or a lead, not several")
        if self.state is CardState.SUGGESTED:
            raise ValueError("a card of your own is to do, doing or done")
        return self


class TemplateName(BaseModel):
    """What a template is called."""

    model_config = ConfigDict(strict=True, frozen=True)

    name: Annotated[Words, Field(min_length=1, max_length=80)]


def card_details(**fields: object) -> CardDetails:
    """The card described; InputError names the first thing that is not usable."""
    return validated(CardDetails, fields)


def template_name(name: str) -> str:
    """The name, trimmed; InputError for none and for one that is too long."""
    return validated(TemplateName, {"name": name}).name
