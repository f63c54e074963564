"""What is said about deals, and how they are shown."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Self

from pydantic import ConfigDict, Field, StrictInt, StrictStr, model_validator
from pydantic.config import JsonDict

from api.v1.fields import (
    LARGEST_INT,
    PAGE,
    Amount,
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
from domain.records import DealStatus
from services.deals import DealWords

_EXAMPLE: Final[JsonDict] = {
    "name": "Roof of the town hall",
    "agent_email": "ada@example.com",
    "stage": "Proposal",
    "amount_minor": 1_250_000,
    "currency": "USD",
    "origin": "kommo",
    "external_id": "deal-12",
}
_NO_COLUMNS: Final = frozenset({*NamesAgent.model_fields, *NamesSource.model_fields, "stage", "moved_at", "currency"})
Count = Annotated[StrictInt, Field(ge=0, le=LARGEST_INT)]


class DealWordsIn(NamesAgent):
    """What can be said about a deal; what is left out stays as it is, null empties it."""

    lead_id: RecordId | None = left_out()
    company: Annotated[Words, Field(max_length=300)] = left_out()
    product: Annotated[Words, Field(max_length=120)] = left_out()
    category: Annotated[Words, Field(max_length=60)] = left_out()
    source: Annotated[Words, Field(max_length=80)] = left_out()
    pipeline: Annotated[Words, Field(max_length=80)] = left_out()
    stage: Annotated[Words, Field(min_length=1, max_length=80)] = left_out()
    """Another stage is remembered as a move, dated now or `moved_at`."""
    moved_at: Moment | None = None
    status: DealStatus = left_out()
    """`won` and `lost` need `closed_on`; `open` takes it back."""
    amount_minor: Amount | None = left_out()
    """In the smallest unit of the organisation's currency, such as cents; null for an unknown amount."""
    currency: Annotated[StrictStr, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """Refused when it is not the organisation's."""
    created_on: Day = left_out()
    expected_close_on: Day | None = left_out()
    closed_on: Day | None = left_out()
    lost_reason: Annotated[Words, Field(max_length=200)] = left_out()
    """Kept while the deal is lost, and only then."""
    proposal_on: Day | None = left_out()
    agreement_on: Day | None = left_out()
    partner_list_due_on: Day | None = left_out()
    partner_list_sent_on: Day | None = left_out()
    partner_list_size: Count | None = left_out()
    first_sale_on: Day | None = left_out()
    total_sales_from_list: Count | None = left_out()

    @model_validator(mode="after")
    def _dates_something(self) -> Self:
        if self.moved_at is not None and self.stage is None:
            raise ValueError("moved_at: tells when a stage was entered. Send the stage with it")
        return self

    def _said(self, **named: Any) -> DealWords:  # noqa: ANN401 - fields of DealWords
        return DealWords(
            columns=self.model_dump(exclude=set(_NO_COLUMNS), exclude_unset=True),
            stage=self.stage,
            moved_at=self.moved_at,
            agent=self.agent,
            is_unassigned=self.is_unassigned,
            currency=self.currency,
            **named,
        )


class DealIn(DealWordsIn, NamesSource):
    """A deal to store. A person who names no agent means themself; a program leaves it unassigned."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: Annotated[Words, Field(min_length=1, max_length=300)]

    def said(self) -> DealWords:
        """The same for the service."""
        return self._said(origin=self.origin, external_id=self.external_id)


class DealChange(DealWordsIn):
    """What should read differently about a deal."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "won", "closed_on": "2026-03-31"}]})

    name: Annotated[Words, Field(min_length=1, max_length=300)] = left_out()

    def said(self) -> DealWords:
        """The same for the service."""
        return self._said()


class DealQuery(Body):
    """Which deals to list."""

    agent: PathId | None = None
    team: PathId | None = None
    """The team its agent is on today."""
    status: DealStatus | None = None
    stage: Annotated[Words, Field(max_length=80)] | None = None
    lead: PathRecordId | None = None
    origin: Origin | None = None
    external_id: ExternalId | None = None
    updated_since: Moment | None = None
    limit: Limit = PAGE
    cursor: Cursor | None = None


class DealOut(Shown):
    """A deal; the amount is in the smallest unit of `currency`, null when unknown."""

    id: int
    agent_id: int | None
    lead_id: int | None
    sublist_contact_id: int | None
    """The partner of a list it came from."""
    name: str
    company: str
    product: str
    category: str
    source: str
    pipeline: str
    stage: str
    stage_entered_at: datetime | None
    status: DealStatus
    amount_minor: int | None
    currency: str
    created_on: date | None
    expected_close_on: date | None
    closed_on: date | None
    lost_reason: str
    proposal_on: date | None
    agreement_on: date | None
    partner_list_due_on: date | None
    partner_list_sent_on: date | None
    partner_list_size: int | None
    first_sale_on: date | None
    total_sales_from_list: int | None
    last_activity_at: datetime | None
    origin: str
    external_id: str | None
    updated_at: datetime | None


class DealPage(Shown):
    """Deals, the newest first."""

    items: list[DealOut]
    next_cursor: str | None
