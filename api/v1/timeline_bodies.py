"""A page of an agent's timeline."""

from datetime import date, datetime
from typing import Self

from api.v1.fields import PAGE, Body, Cursor, Limit, Shown
from api.v1.pages import cursor_of
from domain.records import ActivityType, Outcome
from services.activity_timeline import TimelineEntry, TimelineFilter, TimelinePage


class TimelineQuery(Body):
    """What of the timeline."""

    filter: TimelineFilter = TimelineFilter.ALL
    limit: Limit = PAGE
    cursor: Cursor | None = None


class MetadataOut(Shown):
    """What the entry is about."""

    lead_id: int | None
    deal_id: int | None
    revenue_minor: int | None
    """Of a conversion, where known."""
    duration_seconds: int | None
    is_undone: bool
    """A conversion that was taken back later."""


class TimelineEntryOut(Shown):
    """One line of the timeline."""

    id: int
    """Tells it from every other line. Odd for an activity, whose own id is `activity_id`."""
    activity_id: int | None
    type: ActivityType
    outcome: Outcome | None
    title: str
    description: str
    timestamp: datetime
    local_on: date
    """The day it was for the agent."""
    metadata: MetadataOut

    @classmethod
    def of(cls, entry: TimelineEntry) -> Self:
        """The entry as an answer."""
        return cls(
            id=entry.number,
            activity_id=entry.activity_id,
            type=entry.type,
            outcome=entry.outcome,
            title=entry.title,
            description=entry.description,
            timestamp=entry.at,
            local_on=entry.on,
            metadata=MetadataOut.model_validate(entry),
        )


class TimelineOut(Shown):
    """Entries, newest first."""

    agent_id: int
    currency: str
    activities: list[TimelineEntryOut]
    next_cursor: str | None
    """Leads to the older ones; null on the last page."""

    @classmethod
    def of(cls, agent_id: int, page: TimelinePage, currency: str) -> Self:
        """The page as an answer."""
        after = page.next_after
        return cls(
            agent_id=agent_id,
            currency=currency,
            activities=[TimelineEntryOut.of(entry) for entry in page.entries],
            next_cursor=cursor_of(after[1], after[0]) if after else None,
        )
