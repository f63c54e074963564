"""The demo's records before they are stored: keys count from 1 within the demo, agents are their numbers in the cast."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from data.demo.rhythm import UNTIL, Moment
from domain.records import ActivityType, DealStatus, Direction, EventKind, EventStatus, LeadStatus, Outcome

ORIGIN: Final = "demo"
AGENDA_DAYS: Final = 30
"""Calendar entries reach this far back and ahead."""


@dataclass(slots=True, kw_only=True)
class LeadRow:
    """A lead; fields as in the table."""

    key: int
    agent: int
    name: str
    company: str
    email: str
    phone: str
    source: str
    category: str
    assigned: Moment
    status: LeadStatus = LeadStatus.NEW
    contacted: Moment | None = None
    interested: Moment | None = None
    converted: Moment | None = None
    lost_on: date | None = None
    lost_reason: str = ""
    response_seconds: int | None = None
    satisfaction: int | None = None
    rated_on: date | None = None


@dataclass(slots=True, kw_only=True)
class DealRow:
    """A deal; `chance` is its hidden luck and is not stored."""

    key: int
    agent: int
    lead: int | None
    contact: int | None = None
    name: str
    company: str
    product: str
    category: str
    source: str
    pipeline: str
    created: Moment
    stage: str = ""
    stage_entered: Moment | None = None
    status: DealStatus = DealStatus.OPEN
    amount_minor: int | None = None
    expected_close_on: date | None = None
    closed_on: date | None = None
    lost_reason: str = ""
    proposal_on: date | None = None
    agreement_on: date | None = None
    partner_list_due_on: date | None = None
    partner_list_sent_on: date | None = None
    first_sale_on: date | None = None
    partner_list_size: int | None = None
    total_sales_from_list: int | None = None
    last_activity_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """Something an agent did."""

    agent: int
    when: Moment
    type: ActivityType
    outcome: Outcome | None = None
    direction: Direction | None = None
    subject: str = ""
    category: str = ""
    lead: int | None = None
    deal: int | None = None
    duration_seconds: int | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """A lead was assigned (without `after`) or got another status; an entry of its agent's timeline."""

    agent: int
    when: Moment
    lead: int
    category: str
    before: LeadStatus = LeadStatus.NEW
    after: LeadStatus | None = None
    notes: str = ""
    deal: int | None = None
    revenue_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """A deal entered a stage."""

    deal: int
    agent: int
    from_stage: str | None
    to_stage: str
    when: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class SublistRow:
    """The partner contacts of one list-out."""

    key: int
    deal: int
    name: str
    sent_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One partner on a sublist."""

    key: int
    sublist: int
    name: str
    company: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """A calendar entry."""

    agent: int
    kind: EventKind
    title: str
    starts: Moment
    minutes: int
    status: EventStatus = EventStatus.PLANNED
    lead: int | None = None
    deal: int | None = None


@dataclass(slots=True, kw_only=True)
class Facts:
    """Everything that happened in the company up to today's hour, and what is booked."""

    today: date
    now: datetime | None = None
    """The moment it is looked at: earlier in the day less has happened; today's hour is reached everywhere without one."""
    leads: list[LeadRow] = field(default_factory=list)
    deals: list[DealRow] = field(default_factory=list)
    activities: list[ActivityRow] = field(default_factory=list)
    moves: list[MoveRow] = field(default_factory=list)
    stages: list[StageRow] = field(default_factory=list)
    sublists: list[SublistRow] = field(default_factory=list)
    contacts: list[ContactRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)

    def has_happened(self, when: Moment) -> bool:
        """Whether the moment lies before today's hour on the agent's own clock, and not ahead of now."""
        return when.local < datetime.combine(self.today, UNTIL) and (self.now is None or when.at <= self.now)

    def on_agenda(self, when: Moment) -> bool:
        """Whether the calendar shows the day."""
        return abs((when.on - self.today).days) <= AGENDA_DAYS

    def add(self, activity: ActivityRow, deal: DealRow | None = None) -> bool:
        """Keep the activity if it has happened, and tell; the deal remembers its last one."""
        if not self.has_happened(activity.when):
            return False
        self.activities.append(activity)
        if deal is not None:
            deal.last_activity_at = max(deal.last_activity_at or activity.when.at, activity.when.at)
        return True

    def enter_stage(self, deal: DealRow, stage: str, when: Moment) -> bool:
        """Move the deal into the stage if that has happened, and tell."""
        if not self.has_happened(when):
            return False
        self.stages.append(StageRow(deal=deal.key, agent=deal.agent, from_stage=deal.stage or None, to_stage=stage, when=when))
        deal.stage, deal.stage_entered = stage, when
        return True


def later(day: date, days: float) -> date:
    """The day so many days later."""
    return day + timedelta(days=round(days))
