"""Records as sheets: activities, leads and deals one by one, read while the file is written."""

from collections.abc import Callable, Iterator
from datetime import UTC
from typing import Final

from sqlalchemy.orm import Session

from data.queries import activities
from domain.errors import InputError
from domain.facts import ActivityEntry, DealEntry, Fact, LeadEntry
from domain.money import from_minor
from services.export_words import Asked, about
from services.records import Records, hour_of_week, records
from services.sheets import Cell, Column, Kind, Sheet

ROWS_AT_ONCE: Final = 500
TIMELINE_ROWS: Final = 10_000
"""Far more than anybody does in the longest period a timeline shows."""
DEFAULT_METRIC: Final = "activities"
_ACTIVITY: Final = (
    Column(name="Day (local)", kind=Kind.DAY),
    Column(name="Hour (local)", kind=Kind.NUMBER),
    Column(name="Moment (UTC)", kind=Kind.MOMENT),
    Column(name="Agent"),
    Column(name="Type"),
    Column(name="Outcome"),
    Column(name="Direction"),
    Column(name="Subject"),
    Column(name="Notes"),
    Column(name="Category"),
    Column(name="Lead"),
    Column(name="Deal"),
    Column(name="Seconds", kind=Kind.NUMBER),
)
_LEAD: Final = (
    Column(name="Day", kind=Kind.DAY),
    Column(name="Agent"),
    Column(name="Lead"),
    Column(name="Company"),
    Column(name="Source"),
    Column(name="Category"),
    Column(name="Status"),
    Column(name="Assigned", kind=Kind.DAY),
    Column(name="Contacted", kind=Kind.DAY),
    Column(name="Interested", kind=Kind.DAY),
    Column(name="Converted", kind=Kind.DAY),
    Column(name="Response (seconds)", kind=Kind.NUMBER),
    Column(name="Satisfaction", kind=Kind.NUMBER),
)
_DEAL: Final = (
    Column(name="Day", kind=Kind.DAY),
    Column(name="Agent"),
    Column(name="Deal"),
    Column(name="Company"),
    Column(name="Product"),
    Column(name="Category"),
    Column(name="Stage"),
    Column(name="Status"),
    Column(name="Amount", kind=Kind.MONEY),
    Column(name="Created", kind=Kind.DAY),
    Column(name="Closed", kind=Kind.DAY),
    Column(name="Partners on list", kind=Kind.NUMBER),
    Column(name="Sales from list", kind=Kind.NUMBER),
)
_COUNTS: Final = Column(name="Counts")


def records_sheet(session: Session, asked: Asked) -> Sheet:
    """The records behind the metric that the parameter `metric` names, all pages of them; activities without it."""
    metric_key, at = asked.params.get("metric", DEFAULT_METRIC), hour_of_week(asked.params)

    def page(cursor: str) -> Records:
        return records(session, asked.viewer, metric_key, asked.selection, at=at, page=cursor, limit=ROWS_AT_ONCE)

    first = page("")
    currency = first.currency
    columns = _columns(first.facts[0]) if first.facts else _ACTIVITY
    rows = ((*_cells(fact, currency), *(("yes" if fact.counts else "no",) if first.has_part else ())) for fact in _all(first, page))
    notes = [("Currency", currency), *([_COUNTS_NOTE] if first.has_part else [])]
    return Sheet(
        title=f"Records of {first.metric.name}",
        columns=(*columns, *([_COUNTS] if first.has_part else [])),
        rows=rows,
        about=about(asked, [first.metric], notes=notes),
    )


_COUNTS_NOTE: Final = ("Counts", "Whether the record is one of the successes that the share counts; all of them are in its whole.")


def _all(first: Records, page: Callable[[str], Records]) -> Iterator[Fact]:
    found = first
    yield from found.facts
    while found.next_page is not None:
        found = page(found.next_page)
        yield from found.facts


def timeline_sheet(session: Session, asked: Asked) -> Sheet:
    """Everything one agent did, notes included; the viewer's own where nobody is chosen. Raises InputError for several people."""
    if len(asked.selection.agent_ids) > 1:
        raise InputError("A timeline is one person's. Choose one agent.", code="one_agent")
    agent_id = next(iter(asked.selection.agent_ids), asked.viewer.person_id)
    found = activities.timeline(session, asked.viewer.scope, agent_id, asked.selection.period, limit=TIMELINE_ROWS)
    return Sheet(title="Timeline", columns=_ACTIVITY, rows=[_activity(entry) for entry in found], about=about(asked))


def _columns(fact: Fact) -> tuple[Column, ...]:
    match fact.entry:
        case ActivityEntry():
            return _ACTIVITY
        case LeadEntry():
            return _LEAD
        case DealEntry():
            return _DEAL


def _cells(fact: Fact, currency: str) -> tuple[Cell, ...]:
    match fact.entry:
        case ActivityEntry():
            return _activity(fact.entry)
        case LeadEntry():
            return _lead(fact.entry)
        case DealEntry():
            return _deal(fact.entry, currency)


def _activity(entry: ActivityEntry) -> tuple[Cell, ...]:
    return (
        entry.local_on,
        entry.local_hour,
        entry.occurred_at.astimezone(UTC).replace(tzinfo=None),
        entry.agent_name,
        _words(entry.type),
        _words(entry.outcome),
        _words(entry.direction),
        entry.subject,
        entry.notes,
        entry.category,
        entry.lead_name,
        entry.deal_name,
        entry.duration_seconds,
    )


def _lead(entry: LeadEntry) -> tuple[Cell, ...]:
    return (
        entry.dated_on,
        entry.agent_name,
        entry.name,
        entry.company,
        entry.source,
        entry.category,
        _words(entry.status),
        entry.assigned_on,
        entry.contacted_on,
        entry.interested_on,
        entry.converted_on,
        entry.response_seconds,
        entry.satisfaction,
    )


def _deal(entry: DealEntry, currency: str) -> tuple[Cell, ...]:
    return (
        entry.dated_on,
        entry.agent_name,
        entry.name,
        entry.company,
        entry.product,
        entry.category,
        entry.stage,
        _words(entry.status),
        None if entry.amount_minor is None else from_minor(entry.amount_minor, currency),
        entry.created_on,
        entry.closed_on,
        entry.partner_list_size,
        entry.total_sales_from_list,
    )


def _words(word: str | None) -> str:
    """A closed set's word as people write it: `not_interested` is "not interested"."""
    return str(word).replace("_", " ") if word else ""
