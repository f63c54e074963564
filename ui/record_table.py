"""The facts behind a number as a table: activities, leads or deals, each with the columns that matter for it."""

from collections.abc import Sequence
from typing import Any, Final

from streamlit.column_config import DateColumn, TextColumn
from streamlit.elements.lib.column_types import ColumnConfig

from domain.facts import ActivityEntry, DealEntry, Fact, LeadEntry
from domain.formatting import hours_text, money_text
from domain.local_time import wall_clock
from domain.metrics.work import SECONDS_PER_HOUR
from ui import tables
from ui.activity_words import ACTIVITIES, OUTCOMES, duration_text

COUNTED: Final = {True: "✓ yes", False: "no"}


def show(facts: Sequence[Fact], *, time_zone: str, currency: str, has_part: bool, title: str) -> None:
    """The facts as given, newest first; times in the viewer's zone, days as the agent's own."""
    rows = [_row(fact, time_zone, currency) for fact in facts]
    columns = {key: column for key, column in _columns(facts[0], time_zone).items() if any(row[key] is not None for row in rows)}
    if has_part:
        columns = {"counts": TextColumn("Counts", help="Whether it is among those the share counts as a success.", width="small")} | columns
    tables.sortable(rows, columns, key="records-table", alt_text=f"{title}: {len(rows)} records, newest first")


def _row(fact: Fact, time_zone: str, currency: str) -> dict[str, Any]:
    entry = fact.entry
    match entry:
        case ActivityEntry():
            row = _activity_row(entry, time_zone)
        case LeadEntry():
            row = _lead_row(entry)
        case DealEntry():
            row = _deal_row(entry, currency)
    return row | {"agent": entry.agent_name, "category": entry.category or None, "counts": COUNTED[fact.counts]}


def _activity_row(entry: ActivityEntry, time_zone: str) -> dict[str, Any]:
    return {
        "day": entry.local_on,
        "time": f"{wall_clock(entry.occurred_at, time_zone):%H:%M}",
        "what": ACTIVITIES[entry.type].name,
        "outcome": OUTCOMES[entry.outcome] if entry.outcome else None,
        "about": entry.lead_name or entry.deal_name or entry.subject or None,
        "lasted": duration_text(entry.duration_seconds) or None,
        "notes": entry.notes or None,
    }


def _lead_row(entry: LeadEntry) -> dict[str, Any]:
    waited = None if entry.response_seconds is None else hours_text(entry.response_seconds / SECONDS_PER_HOUR)
    return {
        "day": entry.dated_on,
        "name": entry.name,
        "company": entry.company or None,
        "status": entry.status.value.capitalize(),
        "assigned": entry.assigned_on,
        "contacted": entry.contacted_on,
        "converted": entry.converted_on,
        "waited": waited,
        "rating": None if entry.satisfaction is None else f"{entry.satisfaction} ★",
        "source": entry.source or None,
    }


def _deal_row(entry: DealEntry, currency: str) -> dict[str, Any]:
    return {
        "day": entry.dated_on,
        "name": entry.name,
        "company": entry.company or None,
        "status": entry.status.value.capitalize(),
        "stage": entry.stage or None,
        "amount": None if entry.amount_minor is None else money_text(entry.amount_minor, currency),
        "list": entry.partner_list_size,
        "created": entry.created_on,
        "closed": entry.closed_on,
        "product": entry.product or None,
    }


def _columns(fact: Fact, time_zone: str) -> dict[str, ColumnConfig]:
    day = {"day": DateColumn("Day", help="The agent's own day, on which it counts.", format="ddd D MMM YYYY")}
    agent, category = {"agent": TextColumn("Agent")}, {"category": TextColumn("Category", width="small")}
    match fact.entry:
        case ActivityEntry():
            return day | {"time": TextColumn("Time", help=f"In your zone, {time_zone}.", width="small")} | _ACTIVITY | agent | category
        case LeadEntry():
            return day | _LEAD | agent | category
        case DealEntry():
            return day | _DEAL | agent | category


def _day(name: str) -> ColumnConfig:
    return DateColumn(name, format="D MMM YYYY", width="small")


_ACTIVITY: Final[dict[str, ColumnConfig]] = {
    "what": TextColumn("Activity", width="small"),
    "outcome": TextColumn("Outcome", width="small"),
    "about": TextColumn("About"),
    "lasted": TextColumn("Lasted", width="small"),
    "notes": TextColumn("Notes"),
}
_LEAD: Final[dict[str, ColumnConfig]] = {
    "name": TextColumn("Lead"),
    "company": TextColumn("Company"),
    "status": TextColumn("Status", width="small"),
    "assigned": _day("Assigned"),
    "contacted": _day("Contacted"),
    "converted": _day("Converted"),
    "waited": TextColumn("Waited", help="From assignment to first contact.", width="small"),
    "rating": TextColumn("Rating", width="small"),
    "source": TextColumn("Source", width="small"),
}
_DEAL: Final[dict[str, ColumnConfig]] = {
    "name": TextColumn("Deal"),
    "company": TextColumn("Company"),
    "status": TextColumn("Status", width="small"),
    "stage": TextColumn("Stage", width="small"),
    "amount": TextColumn("Amount", width="small"),
    "list": tables.number_column("List size", places=0),
    "created": _day("Created"),
    "closed": _day("Closed"),
    "product": TextColumn("Product", width="small"),
}
