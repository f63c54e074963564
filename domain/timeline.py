"""An agent's timeline: what they did, and what became of their leads, in one order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

from domain.facts import ActivityEntry
from domain.lead_history import HISTORY_TYPES, UNDONE
from domain.periods import Period
from domain.records import ActivityType, LeadStatus, Outcome

Position: TypeAlias = tuple[datetime, int]
"""Where an entry stands: its moment and its number; later is larger in both."""


class TimelineFilter(StrEnum):
    """What a timeline is narrowed to."""

    ALL = "all"
    CALLS = "calls"
    EMAILS = "emails"
    MEETINGS = "meetings"
    CONVERSIONS = "conversions"


TYPES: Final[Mapping[TimelineFilter, frozenset[ActivityType]]] = {
    TimelineFilter.ALL: frozenset(ActivityType),
    TimelineFilter.CALLS: frozenset({ActivityType.CALL}),
    TimelineFilter.EMAILS: frozenset({ActivityType.EMAIL}),
    TimelineFilter.MEETINGS: frozenset({ActivityType.MEETING, ActivityType.APPOINTMENT, ActivityType.SHOWING}),
    TimelineFilter.CONVERSIONS: frozenset({ActivityType.CONVERSION}),
}
"""An appointment and a showing are meetings with a customer."""
WITH_CONVERSIONS: Final = frozenset({TimelineFilter.ALL, TimelineFilter.CONVERSIONS})
"""Filters that also show conversions only the lead itself tells of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """Whose timeline, and what of it."""

    agent_id: int
    wanted: TimelineFilter = TimelineFilter.ALL
    period: Period | None = None
    """All there is without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedLead:
    """A conversion without an entry of the agent's: an import brought the lead as it stands, or somebody else converted it."""

    lead_id: int
    agent_id: int
    name: str
    company: str
    at: datetime
    """The moment it converted; noon (UTC) of the day where only the day is known."""
    on: date
    revenue_minor: int | None
    """What the agent's own won deals with it brought; None where no amount is known. What a colleague sold it for is theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One line."""

    number: int
    """Tells it from every other: odd for an activity, even for a lead that converted."""
    type: ActivityType
    outcome: Outcome | None
    title: str
    description: str
    """The lead or deal it is about and what was noted; empty when there is nothing to say."""
    at: datetime
    on: date
    """The agent's local day."""
    lead_id: int | None
    deal_id: int | None
    duration_seconds: int | None = None
    revenue_minor: int | None = None
    """Of a conversion, where known."""
    is_undone: bool = False
    """A conversion that was taken back later."""

    @property
    def position(self) -> Position:
        """Where it stands."""
        return self.at, self.number

    @property
    def activity_id(self) -> int | None:
        """The activity it is; None for a conversion that is none."""
        return self.number // 2 if self.number % 2 else None


def of_activity(entry: ActivityEntry) -> TimelineEntry:
    """The line of an activity; a history entry is titled by what happened, work by its kind and how it ended."""
    is_history = entry.type in HISTORY_TYPES
    return TimelineEntry(
        number=2 * entry.id + 1,
        type=entry.type,
        outcome=entry.outcome,
        title=entry.subject if is_history and entry.subject else _title(entry.type, entry.outcome),
        description=_said_once(entry.lead_name, entry.deal_name, None if is_history else entry.subject, entry.notes),
        at=entry.occurred_at,
        on=entry.local_on,
        lead_id=entry.lead_id,
        deal_id=entry.deal_id,
        duration_seconds=entry.duration_seconds,
        revenue_minor=_revenue(entry.details),
        is_undone=bool(entry.details.get(UNDONE)),
    )


def _said_once(*parts: str | None) -> str:
    """The parts in their order without those another one already says: a deal is often called after its lead, a subject after both."""
    known = list(dict.fromkeys(part for part in parts if part))
    return " – ".join(part for part in known if not any(part != other and part in other for other in known))


def of_conversion(lead: ConvertedLead) -> TimelineEntry:
    """The line of a conversion that only the lead tells of."""
    return TimelineEntry(
        number=2 * lead.lead_id,
        type=ActivityType.CONVERSION,
        outcome=None,
        title=f"Lead {LeadStatus.CONVERTED.value}",
        description=_said_once(lead.name, lead.company),
        at=lead.at,
        on=lead.on,
        lead_id=lead.lead_id,
        deal_id=None,
        revenue_minor=lead.revenue_minor,
    )


def _title(kind: ActivityType, outcome: Outcome | None) -> str:
    name = kind.value.replace("_", " ").capitalize()
    return f"{name}: {outcome.value.replace('_', ' ')}" if outcome else name


def _revenue(details: Mapping[str, Any]) -> int | None:
    found = details.get("revenue_minor")
    return found if isinstance(found, int) else None
