"""Single facts as screens list them: an activity, a lead, a deal, a calendar event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.records import ActivityType, DealStatus, Direction, EventKind, EventStatus, LeadStatus, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentChoice:
    """An agent the viewer may look at, and the zone their days are in."""

    agent_id: int
    name: str
    time_zone: str
    working_days: frozenset[int]
    """ISO weekdays, Monday 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityEntry:
    """One thing an agent did; the local day and hour are the agent's when it was written."""

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
    external_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    """What a history entry remembers beside its words: `from`, `to`, `lead_id` …; empty for work somebody logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadEntry:
    """One lead, dated by the event it is listed for."""

    id: int
    agent_id: int
    agent_name: str
    name: str
    company: str
    source: str
    category: str
    status: LeadStatus
    assigned_on: date | None
    contacted_on: date | None
    interested_on: date | None
    converted_on: date | None
    response_seconds: int | None
    satisfaction: int | None
    dated_on: date
    """The day of the event it is listed for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealEntry:
    """One deal, dated by the event it is listed for; an unknown amount is None, not zero."""

    id: int
    agent_id: int
    agent_name: str
    name: str
    company: str
    product: str
    category: str
    stage: str
    status: DealStatus
    amount_minor: int | None
    partner_list_size: int | None
    total_sales_from_list: int | None
    created_on: date | None
    closed_on: date | None
    dated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPart:
    """What a calendar entry repeats as, and which of its days it stands for."""

    series_id: int
    rule: str
    first_on: date
    until_on: date | None
    occurs_on: date
    """The day its series put it on; it stays when the entry is moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    """One calendar entry; `time_zone` is the agent's, in which its day was decided."""

    id: int
    agent_id: int
    agent_name: str
    time_zone: str
    kind: EventKind
    title: str
    notes: str
    starts_at: datetime
    ends_at: datetime
    local_on: date
    status: EventStatus
    lead_id: int | None
    lead_name: str | None
    deal_id: int | None
    activity_id: int | None
    """The activity written when it was completed or nobody came."""
    version: int
    module_id: int | None = None
    module_title: str | None = None
    """The training it is for."""
    auto_record: bool = True
    started_at: datetime | None = None
    series: SeriesPart | None = None
    """What it is one of; None for what happens once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChoice:
    """A lead or deal an activity can be linked to."""

    id: int
    name: str
    detail: str
    """The company, or the stage; empty when unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact behind a number."""

    entry: ActivityEntry | LeadEntry | DealEntry
    counts: bool
    """Whether it is one of the part, where the number is a share; otherwise True."""
