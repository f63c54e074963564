"""An agent's timeline, newest first, endless by pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from data.queries import pipeline, timelines
from domain.timeline import WITH_CONVERSIONS, Position, TimelineEntry, TimelineFilter, TimelineView, of_activity, of_conversion
from services.access import Viewer
from services.agents import agent_seen

__all__ = ["Position", "TimelineEntry", "TimelineFilter", "TimelinePage", "TimelineView", "timeline_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """Some entries, newest first."""

    entries: tuple[TimelineEntry, ...]
    next_after: Position | None
    """Where the older ones begin; None when these were the last."""
    open_leads: frozenset[int] = frozenset()
    """Leads of these entries that the viewer looks after; one that was passed on is no longer theirs to open."""


def timeline_page(
    session: Session, viewer: Viewer, view: TimelineView, today: date, *, after: Position | None = None, limit: int
) -> TimelinePage:
    """Up to `limit` entries of the days the viewer may see, from behind the position on.

    Nothing is shown twice or left out while entries come and go. Raises NotFoundError for an agent the viewer may not see today.
    """
    agent_seen(session, viewer, view.agent_id, today)
    found = [of_activity(each) for each in timelines.activities_of(session, viewer.scope, view, after=after, limit=limit + 1)]
    if view.wanted in WITH_CONVERSIONS:
        untold = timelines.untold_conversions(session, viewer.scope, view, after=after, limit=limit + 1)
        found += [of_conversion(each) for each in untold]
    page = _page(sorted(found, key=lambda each: each.position, reverse=True), limit)
    named = {each.lead_id for each in page.entries if each.lead_id is not None}
    return replace(page, open_leads=pipeline.leads_seen(session, viewer.scope, today, named))


def _page(found: Sequence[TimelineEntry], limit: int) -> TimelinePage:
    shown = tuple(found[:limit])
    return TimelinePage(entries=shown, next_after=shown[-1].position if len(found) > limit else None)
