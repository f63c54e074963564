"""The company's facts into their tables; the columns here are the tables' columns."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from psycopg import Cursor
from psycopg.types.json import Jsonb

from data.demo.copying import Keys, copy
from data.demo.rhythm import Moment
from data.demo.rows import ORIGIN, ActivityRow, DealRow, EventRow, Facts, LeadRow, MoveRow, StageRow
from domain.lead_history import assigned, restaged

LEAD_COLUMNS: Final = (
    "id agent_id name company email phone source category status created_at assigned_at assigned_on contacted_at contacted_on "
    "interested_at interested_on converted_at converted_on lost_on lost_reason response_seconds satisfaction rated_on origin updated_at"
)
DEAL_COLUMNS: Final = (
    "id agent_id lead_id name company product category source pipeline stage stage_entered_at status amount_minor created_on "
    "expected_close_on closed_on lost_reason proposal_on agreement_on partner_list_due_on partner_list_sent_on first_sale_on "
    "partner_list_size total_sales_from_list last_activity_at origin updated_at"
)
STAGE_COLUMNS: Final = "deal_id from_stage to_stage changed_at changed_on changed_by"
ACTIVITY_COLUMNS: Final = (
    "agent_id type outcome direction subject notes category lead_id deal_id duration_seconds occurred_at local_on local_hour origin "
    "created_at"
)
MOVE_COLUMNS: Final = "agent_id type subject notes category lead_id deal_id occurred_at local_on local_hour details origin created_at"
EVENT_COLUMNS: Final = "agent_id kind title starts_at ends_at local_on status lead_id deal_id created_by created_at"
LINK_EVENTS: Final = (
    "UPDATE calendar_event e SET activity_id = a.id FROM activity a "
    "WHERE a.origin = %s AND e.activity_id IS NULL AND e.status <> 'planned' AND e.agent_id = ANY(%s) "
    "AND (a.agent_id, a.occurred_at, a.type) = (e.agent_id, e.starts_at, e.kind)"
)
"""An entry that has been held, or missed, knows the activity that says so."""


def write_pipeline(cursor: Cursor[Any], facts: Facts, keys: Keys) -> None:
    """Leads, deals, lists with their contacts, and the stages deals went through."""
    copy(cursor, "lead", LEAD_COLUMNS, (_lead(row, keys) for row in facts.leads))
    copy(cursor, "deal", DEAL_COLUMNS, (_deal(row, keys) for row in facts.deals))
    sublists = ((keys.sublists[row.key - 1], keys.deal(row.deal), row.name, row.sent_on) for row in facts.sublists)
    copy(cursor, "sublist", "id deal_id name sent_on", sublists)
    contacts = ((keys.contacts[row.key - 1], keys.sublists[row.sublist - 1], row.name, row.company, row.email) for row in facts.contacts)
    copy(cursor, "sublist_contact", "id sublist_id name company email", contacts)
    _link_spawned_deals(cursor, facts, keys)
    copy(cursor, "stage_change", STAGE_COLUMNS, (_stage(row, keys) for row in facts.stages))


def write_activities(cursor: Cursor[Any], rows: Iterable[ActivityRow], keys: Keys) -> None:
    """What everybody did; the roll-up triggers count along."""
    copy(cursor, "activity", ACTIVITY_COLUMNS, (_activity(row, keys) for row in rows))


def write_moves(cursor: Cursor[Any], rows: Iterable[MoveRow], keys: Keys) -> None:
    """What became of the leads, in the words the product itself writes it down."""
    copy(cursor, "activity", MOVE_COLUMNS, (_move(row, keys) for row in rows))


def write_events(cursor: Cursor[Any], rows: Iterable[EventRow], keys: Keys) -> None:
    """Calendar entries, the past ones tied to their activities."""
    copy(cursor, "calendar_event", EVENT_COLUMNS, (_event(row, keys) for row in rows))
    cursor.execute(LINK_EVENTS, (ORIGIN, list(keys.people.values())))


def _link_spawned_deals(cursor: Cursor[Any], facts: Facts, keys: Keys) -> None:
    """Deals and partner contacts point at each other, so one of the two comes second."""
    spawned = [(keys.deal(row.key), keys.contacts[row.contact - 1]) for row in facts.deals if row.contact]
    cursor.execute(
        "UPDATE deal SET sublist_contact_id = c.contact FROM unnest(%s::bigint[], %s::bigint[]) AS c(deal, contact) WHERE deal.id = c.deal",
        ([deal for deal, _ in spawned], [contact for _, contact in spawned]),
    )


def _at(moment: Moment | None) -> datetime | None:
    return moment.at if moment else None


def _on(moment: Moment | None) -> date | None:
    return moment.on if moment else None


def _lead(row: LeadRow, keys: Keys) -> Sequence[Any]:
    steps = (row.assigned, row.contacted, row.interested, row.converted)
    dates = [value for step in steps for value in (_at(step), _on(step))]
    latest = max(step.at for step in steps if step)
    return (
        keys.lead(row.key), keys.people[row.agent], row.name, row.company, row.email, row.phone, row.source, row.category,
        row.status.value, row.assigned.at, *dates, row.lost_on, row.lost_reason, row.response_seconds, row.satisfaction, row.rated_on,
        ORIGIN, latest,
    )  # fmt: skip


def _deal(row: DealRow, keys: Keys) -> Sequence[Any]:
    return (
        keys.deal(row.key), keys.people[row.agent], keys.lead(row.lead), row.name, row.company, row.product, row.category, row.source,
        row.pipeline, row.stage, _at(row.stage_entered), row.status.value, row.amount_minor, row.created.on, row.expected_close_on,
        row.closed_on, row.lost_reason, row.proposal_on, row.agreement_on, row.partner_list_due_on, row.partner_list_sent_on,
        row.first_sale_on, row.partner_list_size, row.total_sales_from_list, row.last_activity_at, ORIGIN,
        row.last_activity_at or row.created.at,
    )  # fmt: skip


def _stage(row: StageRow, keys: Keys) -> Sequence[Any]:
    return (keys.deal(row.deal), row.from_stage, row.to_stage, row.when.at, row.when.on, keys.people[row.agent])


def _activity(row: ActivityRow, keys: Keys) -> Sequence[Any]:
    return (
        keys.people[row.agent], row.type.value, row.outcome.value if row.outcome else None,
        row.direction.value if row.direction else None, row.subject, row.notes, row.category, keys.lead(row.lead), keys.deal(row.deal),
        row.duration_seconds, row.when.at, row.when.on, row.when.local.hour, ORIGIN, row.when.at,
    )  # fmt: skip


def _move(row: MoveRow, keys: Keys) -> Sequence[Any]:
    agent, lead = keys.people[row.agent], keys.leads[row.lead - 1]
    entry = assigned(lead, None, agent, None) if row.after is None else restaged(lead, row.before, row.after, agent)
    sale = {"deal_id": keys.deal(row.deal), "revenue_minor": row.revenue_minor} if row.deal else {}
    return (
        agent, entry.type.value, entry.title, row.notes, row.category, lead, keys.deal(row.deal), row.when.at, row.when.on,
        row.when.local.hour, Jsonb(entry.details | sale), ORIGIN, row.when.at,
    )  # fmt: skip


def _event(row: EventRow, keys: Keys) -> Sequence[Any]:
    agent = keys.people[row.agent]
    booked = row.starts.at - timedelta(days=3)
    ends = row.starts.at + timedelta(minutes=row.minutes)
    return (
        agent, row.kind.value, row.title, row.starts.at, ends, row.starts.on, row.status.value, keys.lead(row.lead), keys.deal(row.deal),
        agent, booked,
    )  # fmt: skip
