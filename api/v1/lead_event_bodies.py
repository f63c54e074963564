"""What is told about a lead, event by event, and to whom it is given."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Annotated, ClassVar, Final, Literal, Self, TypeAlias

from pydantic import ConfigDict, Field, StrictInt, StrictStr, model_validator
from sqlalchemy.orm import Session

from api.v1.fields import Amount, Body, Moment, Words
from api.v1.naming import NamesAgent
from domain.api_scopes import ApiScope
from services import lead_moves
from services.access import Viewer
from services.leads import LeadWords

Scopes: TypeAlias = frozenset[ApiScope]
JUST_LEADS: Final[Scopes] = frozenset({ApiScope.LEADS_WRITE})


class Assignment(NamesAgent):
    """Who gets the lead; null is nobody."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"agent_email": "ada@example.com"}, {"agent_id": None}]})

    assigned_at: Moment | None = None
    """When they got it: now, unless told."""

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not self.agent.is_said and not self.is_unassigned:
            raise ValueError("name the agent who gets the lead, or send null where nobody does")
        if self.assigned_at is not None and self.is_unassigned:
            raise ValueError("assigned_at: tells when an agent got the lead. Leave it out where nobody has it")
        return self

    def said(self) -> LeadWords:
        """The same for the service."""
        return LeadWords(agent=self.agent, is_unassigned=self.is_unassigned, assigned_at=self.assigned_at)


class LeadEvent(Body, ABC):
    """Something that happened with a lead."""

    NEEDED: ClassVar[Scopes] = JUST_LEADS

    @property
    def scopes(self) -> Scopes:
        """What a token needs to tell it."""
        return self.NEEDED

    @abstractmethod
    def happen(self, session: Session, viewer: Viewer, lead_id: int, now: datetime) -> None:
        """Let it happen to the lead."""


class DatedEvent(LeadEvent):
    """An event with a moment."""

    at: Moment | None = None
    """When it happened: now, unless told."""


class Contacted(DatedEvent):
    """The lead was reached."""

    event: Literal["contacted"]

    def happen(self, session: Session, viewer: Viewer, lead_id: int, now: datetime) -> None:
        """Date the first contact."""
        lead_moves.mark_contacted(session, viewer, lead_id, now, at=self.at)


class Interested(DatedEvent):
    """The lead wants to go on."""

    event: Literal["interested"]

    def happen(self, session: Session, viewer: Viewer, lead_id: int, now: datetime) -> None:
        """Date the interest."""
        lead_moves.mark_interested(session, viewer, lead_id, now, at=self.at)


class Converted(DatedEvent):
    """The lead bought. With an amount its open deal is won, or a won one is stored; a moment told again corrects the sale's day, too.

    For either a program needs `deals:write` beside `leads:write`.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"event": "converted", "amount_minor": 85_000, "currency": "USD"}]})

    event: Literal["converted"]
    amount_minor: Amount | None = None
    """In the smallest unit of the organisation's currency; null leaves the lead's deals as they are."""
    currency: Annotated[StrictStr, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """Refused when it is not the organisation's."""

    @property
    def scopes(self) -> Scopes:
        """A sale is a deal, and so is its day."""
        return JUST_LEADS if self.amount_minor is None and self.at is None else JUST_LEADS | {ApiScope.DEALS_WRITE}

    def happen(self, session: Session, viewer: Viewer, lead_id: int, now: datetime) -> None:
        """Date the conversion, and store its sale."""
        lead_moves.mark_converted(session, viewer, lead_id, now, amount_minor=self.amount_minor, currency=self.currency, at=self.at)


class Lost(DatedEvent):
    """The lead will not buy."""

    event: Literal["lost"]
    reason: Annotated[Words, Field(max_length=200)] = ""

    def happen(self, session: Session, viewer: Viewer, lead_id: int, now: datetime) -> None:
        """Date the loss, with its reason."""
        lead_moves.mark_lost(session, viewer, lead_id, self.reason, now, at=self.at)


class Reopened(LeadEvent):
    """A conversion or a loss was none; a sale stored with the conversion goes too, for which a program needs `deals:write`."""

    NEEDED: ClassVar[Scopes] = JUST_LEADS | {ApiScope.DEALS_WRITE}

    event: Literal["reopened"]

    def happen(self, session: Session, viewer: Viewer, lead_id: int, now: datetime) -> None:
        """Take the end back."""
        lead_moves.reopen(session, viewer, lead_id, now)


class Rated(LeadEvent):
    """The customer said how satisfied they are; null takes it back."""

    event: Literal["rated"]
    satisfaction: Annotated[StrictInt, Field(ge=1, le=5)] | None

    def happen(self, session: Session, viewer: Viewer, lead_id: int, now: datetime) -> None:
        """Keep the stars."""
        lead_moves.rate_lead(session, viewer, lead_id, self.satisfaction, now)


class Noted(LeadEvent):
    """Somebody keeps a note in the timeline of the lead's agent; a program needs `activities:write` too."""

    NEEDED: ClassVar[Scopes] = JUST_LEADS | {ApiScope.ACTIVITIES_WRITE}

    event: Literal["noted"]
    text: Annotated[Words, Field(min_length=1, max_length=10_000)]

    def happen(self, session: Session, viewer: Viewer, lead_id: int, now: datetime) -> None:
        """Keep the note."""
        lead_moves.add_note(session, viewer, lead_id, self.text, now)


LeadEventIn: TypeAlias = Annotated[
    Contacted | Interested | Converted | Lost | Reopened | Rated | Noted,
    Field(discriminator="event"),
]
