"""What rows can be, and which of our fields each kind of row fills."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from domain.records import ActivityType, DealStatus, Direction, LeadStatus, Outcome

Vocabulary: TypeAlias = type[StrEnum]


class Kind(StrEnum):
    """What the rows of a file are."""

    DEALS = "deals"
    LEADS = "leads"
    ACTIVITIES = "activities"
    PEOPLE = "people"
    STAGE_CHANGES = "stage_changes"


class FieldType(StrEnum):
    """How the text of a field is read."""

    TEXT = "text"
    STAGE = "stage"
    NOTES = "notes"
    IDENTIFIER = "identifier"
    AGENT = "agent"
    TEAM = "team"
    DEAL = "deal"
    LEAD = "lead"
    MONEY = "money"
    CURRENCY = "currency"
    MOMENT = "moment"
    DAY = "day"
    DURATION = "duration"
    COUNT = "count"
    RATING = "rating"
    WORD = "word"
    DONE = "done"
    ZONE = "zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One of our fields: how it is called, how its text is read, and what other systems call it."""

    key: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    max_length: int = 300
    words: Vocabulary | None = None
    aliases: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """A kind of row: the table it fills and its fields, the ones people look for first on top."""

    kind: Kind
    label: str
    table: str
    fields: tuple[FieldSpec, ...]

    def field(self, key: str) -> FieldSpec:
        """The field with this key; KeyError when there is none."""
        return _FIELDS[self.kind, key]

    @property
    def keys(self) -> frozenset[str]:
        """All field keys."""
        return frozenset(field.key for field in self.fields)


def _agent(*aliases: str, required: bool = False) -> tuple[FieldSpec, FieldSpec]:
    return (
        FieldSpec(
            key="agent",
            label="Agent",
            type=FieldType.AGENT,
            required=required,
            max_length=120,
            aliases=("owner", "sales agent", "sales rep", "rep", "agent id", "assigned to", *aliases),
            help="E-mail, id in the other system, or full name.",
        ),
        FieldSpec(
            key="agent_team",
            label="Agent's team",
            type=FieldType.TEAM,
            max_length=120,
            aliases=("team", "sales team"),
            help="Used only for people this import creates.",
        ),
    )


_EXTERNAL: Final = FieldSpec(
    key="external_id",
    label="Id in the other system",
    type=FieldType.IDENTIFIER,
    max_length=120,
    aliases=("id", "record id"),
    help="What makes a second import update instead of repeat. Without it, the row's own content is its id.",
)
_DEALS: Final = KindSpec(
    kind=Kind.DEALS,
    label="Deals",
    table="deal",
    fields=(
        _EXTERNAL,
        FieldSpec(key="name", label="Name", aliases=("deal name", "title", "opportunity name"), help="Without it: company and product."),
        *_agent("owner agent id", "deal owner"),
        FieldSpec(key="amount", label="Amount", type=FieldType.MONEY, aliases=("value", "close value", "deal value", "revenue", "price")),
        FieldSpec(key="currency", label="Currency", type=FieldType.CURRENCY, max_length=3),
        FieldSpec(
            key="status",
            label="Open, won or lost",
            type=FieldType.WORD,
            words=DealStatus,
            required=True,
            aliases=("deal status", "state", "stage", "deal stage"),
            help="Map it to the stage column where there is no status.",
        ),
        FieldSpec(key="stage", label="Stage", type=FieldType.STAGE, max_length=80, aliases=("deal stage", "sales stage", "stage name")),
        FieldSpec(key="pipeline", label="Pipeline", max_length=80),
        FieldSpec(key="stage_entered_at", label="In this stage since", type=FieldType.MOMENT, aliases=("last stage change",)),
        FieldSpec(
            key="created_on",
            label="Created on",
            type=FieldType.DAY,
            aliases=("created", "created at", "create date", "created date", "engage date", "add time"),
        ),
        FieldSpec(key="expected_close_on", label="Expected close", type=FieldType.DAY, aliases=("expected close date",)),
        FieldSpec(
            key="closed_on",
            label="Closed on",
            type=FieldType.DAY,
            aliases=("close date", "closed at", "closed date", "close time"),
            help="An open deal's close date is taken as the expected one.",
        ),
        FieldSpec(key="lost_reason", label="Reason lost", max_length=200, aliases=("loss reason", "closed lost reason")),
        FieldSpec(key="company", label="Company", aliases=("account", "account name", "organization", "customer")),
        FieldSpec(key="product", label="Product", max_length=120, aliases=("product name",)),
        FieldSpec(key="category", label="Category", max_length=60, aliases=("type", "segment")),
        FieldSpec(key="source", label="Lead source", max_length=80, aliases=("original source",)),
        FieldSpec(key="lead", label="Lead (its id)", type=FieldType.LEAD, max_length=120, help="An id from an earlier import of leads."),
        FieldSpec(key="proposal_on", label="Proposal on", type=FieldType.DAY, aliases=("proposal date",)),
        FieldSpec(key="agreement_on", label="Agreement on", type=FieldType.DAY, aliases=("agreement date",)),
        FieldSpec(key="partner_list_due_on", label="Partner list due", type=FieldType.DAY),
        FieldSpec(key="partner_list_sent_on", label="Partner list sent", type=FieldType.DAY),
        FieldSpec(key="partner_list_size", label="Partners on the list", type=FieldType.COUNT),
        FieldSpec(key="first_sale_on", label="First sale from the list", type=FieldType.DAY),
        FieldSpec(key="total_sales_from_list", label="Sales from the list", type=FieldType.COUNT),
        FieldSpec(key="last_activity_at", label="Last activity", type=FieldType.MOMENT, aliases=("last activity date",)),
    ),
)
_LEADS: Final = KindSpec(
    kind=Kind.LEADS,
    label="Leads",
    table="lead",
    fields=(
        _EXTERNAL,
        FieldSpec(
            key="name", label="Name", required=True, aliases=("full name", "lead name", "contact", "contact name", "surname", "last name")
        ),
        *_agent("lead owner"),
        FieldSpec(key="status", label="Status", type=FieldType.WORD, words=LeadStatus, aliases=("lead status", "stage", "lifecycle stage")),
        FieldSpec(key="source", label="Lead source", max_length=80, aliases=("original source", "channel")),
        FieldSpec(key="company", label="Company", aliases=("account", "organization")),
        FieldSpec(key="email", label="E-mail", max_length=254, aliases=("email", "email address")),
        FieldSpec(key="phone", label="Phone", max_length=60, aliases=("phone number", "mobile", "telephone")),
        FieldSpec(key="category", label="Category", max_length=60, aliases=("type", "segment")),
        FieldSpec(key="created_at", label="Created", type=FieldType.MOMENT, aliases=("create date", "created date", "created")),
        FieldSpec(
            key="assigned_at", label="Assigned", type=FieldType.MOMENT, aliases=("assigned date",), help="Without it: the day of creation."
        ),
        FieldSpec(key="contacted_at", label="First contacted", type=FieldType.MOMENT, aliases=("first contact", "contacted")),
        FieldSpec(key="interested_at", label="Interested since", type=FieldType.MOMENT, aliases=("qualified at", "qualified")),
        FieldSpec(key="converted_at", label="Converted", type=FieldType.MOMENT, aliases=("converted date", "conversion date")),
        FieldSpec(key="lost_on", label="Lost on", type=FieldType.DAY),
        FieldSpec(key="lost_reason", label="Reason lost", max_length=200),
        FieldSpec(key="satisfaction", label="Satisfaction 1–5", type=FieldType.RATING, aliases=("rating", "csat")),
        FieldSpec(key="rated_on", label="Rated on", type=FieldType.DAY),
    ),
)
_ACTIVITIES: Final = KindSpec(
    kind=Kind.ACTIVITIES,
    label="Activities",
    table="activity",
    fields=(
        _EXTERNAL,
        FieldSpec(
            key="type",
            label="Type",
            type=FieldType.WORD,
            words=ActivityType,
            required=True,
            aliases=("activity type", "call type", "task type"),
        ),
        *_agent("assigned to user", "activity assigned to", required=True),
        FieldSpec(
            key="occurred_at",
            label="When",
            type=FieldType.MOMENT,
            required=True,
            aliases=("date", "started at", "due date", "activity date", "timestamp", "time", "occurred at"),
        ),
        FieldSpec(
            key="duration_seconds", label="Duration", type=FieldType.DURATION, aliases=("duration", "duration s", "call duration", "length")
        ),
        FieldSpec(key="outcome", label="Outcome", type=FieldType.WORD, words=Outcome, aliases=("result", "call outcome", "disposition")),
        FieldSpec(key="direction", label="Direction", type=FieldType.WORD, words=Direction, aliases=("call direction",)),
        FieldSpec(
            key="done", label="Done?", type=FieldType.DONE, help="Rows that are not done yet are refused: only finished work is imported."
        ),
        FieldSpec(key="subject", label="Subject", aliases=("title", "source type")),
        FieldSpec(key="notes", label="Notes", type=FieldType.NOTES, max_length=10_000, aliases=("note", "description", "comments", "body")),
        FieldSpec(key="category", label="Category", max_length=60),
        FieldSpec(key="deal", label="Deal (its id)", type=FieldType.DEAL, max_length=120, aliases=("deal id", "opportunity id")),
        FieldSpec(key="lead", label="Lead (its id)", type=FieldType.LEAD, max_length=120, aliases=("lead id",)),
    ),
)
_PEOPLE: Final = KindSpec(
    kind=Kind.PEOPLE,
    label="People and teams",
    table="person",
    fields=(
        FieldSpec(
            key="name", label="Name", max_length=120, aliases=("full name", "sales agent", "agent", "user", "sales rep", "user name")
        ),
        FieldSpec(key="email", label="E-mail", max_length=254, aliases=("email", "email address", "user email")),
        FieldSpec(
            key="external_id",
            label="Id in the other system",
            type=FieldType.IDENTIFIER,
            max_length=120,
            aliases=("id", "agent id", "user id"),
        ),
        FieldSpec(
            key="team", label="Team", type=FieldType.TEAM, max_length=120, aliases=("manager", "sales team", "regional office", "group")
        ),
        FieldSpec(key="time_zone", label="Time zone", type=FieldType.ZONE, max_length=64),
        FieldSpec(key="joined_on", label="Joined on", type=FieldType.DAY, aliases=("hire date", "start date")),
    ),
)
_STAGE_CHANGES: Final = KindSpec(
    kind=Kind.STAGE_CHANGES,
    label="Stage moves of deals",
    table="stage_change",
    fields=(
        _EXTERNAL,
        FieldSpec(
            key="deal", label="Deal (its id)", type=FieldType.DEAL, required=True, max_length=120, aliases=("deal id", "opportunity id")
        ),
        FieldSpec(
            key="to_stage",
            label="Entered stage",
            type=FieldType.STAGE,
            required=True,
            max_length=80,
            aliases=("stage", "to", "new stage", "new value"),
        ),
        FieldSpec(
            key="changed_at",
            label="When",
            type=FieldType.MOMENT,
            required=True,
            aliases=("entered at", "date", "changed at", "edit date", "date entered stage"),
        ),
        FieldSpec(
            key="changed_by", label="Moved by", type=FieldType.AGENT, max_length=120, aliases=("agent id", "edited by", "user", "agent")
        ),
    ),
)
KINDS: Final = {spec.kind: spec for spec in (_DEALS, _LEADS, _ACTIVITIES, _PEOPLE, _STAGE_CHANGES)}
_FIELDS: Final = {(spec.kind, field.key): field for spec in KINDS.values() for field in spec.fields}
