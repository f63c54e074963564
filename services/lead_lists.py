"""The leads somebody looks after: searched and listed page by page, those who wait, and one with what belongs to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import activities
from data.queries import lead_list as queries
from data.queries.activities import ActivityFilter, Cursor
from domain.coaching.contact_timing import ContactTiming
from domain.facts import ActivityEntry
from domain.lead_list import LeadLine, LeadSearch, Waits
from domain.lead_steps import ENDS
from services import deals, leads
from services.access import Viewer
from services.contact_timing import lead_timing
from services.deals import RecordFilter, StoredDeal
from services.leads import StoredLead
from services.owners import today_of

MOST_COUNTED: Final = 1000
"""Beyond it a list says `more than`: an exact count would read every lead for a number nobody acts on."""
MOST_DEALS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPage:
    """One page of a list of leads."""

    lines: tuple[LeadLine, ...]
    next_after: int | None
    """The id behind which the next page begins; None on the last one."""
    count: int
    """How many fit on all pages together, counted no further than `MOST_COUNTED`; a search by words is not counted beyond its page."""
    is_all: bool
    """Whether these are all; otherwise there are more than `count`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCard:
    """One lead with its deals and what the viewer may do with it."""

    lead: StoredLead
    deals: tuple[StoredDeal, ...]
    """Up to `MOST_DEALS`, the newest first."""
    timing: ContactTiming | None
    """When they pick up; None for one nobody should call any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadHistory:
    """One page of what happened with a lead, the newest first."""

    entries: tuple[ActivityEntry, ...]
    next_after: Cursor | None


def lead_page(session: Session, viewer: Viewer, search: LeadSearch, *, after: int | None, limit: int, now: datetime) -> LeadPage:
    """The leads of today's responsibility that fit, from behind the lead `after` on; a foreign agent or lead finds nothing."""
    today = today_of(viewer, now)
    found = queries.lead_lines(session, viewer.scope, today, search, after=after, limit=limit + 1)
    shown = queries.with_facts(session, viewer.scope, found[:limit]) if found else []
    next_after = shown[-1].id if len(found) > limit else None
    if after is None and next_after is None:
        return LeadPage(lines=tuple(shown), next_after=None, count=len(shown), is_all=True)
    count = limit if search.words else queries.counted_leads(session, viewer.scope, today, search, most=MOST_COUNTED + 1)
    is_all = not search.words and count <= MOST_COUNTED
    return LeadPage(lines=tuple(shown), next_after=next_after, count=min(count, MOST_COUNTED), is_all=is_all)


def lead_waits(session: Session, viewer: Viewer, now: datetime) -> Waits:
    """How many new leads wait for their first contact, and since when the one that waits longest."""
    return queries.waits(session, viewer.scope, today_of(viewer, now), now)


def lead_sources(session: Session, viewer: Viewer, now: datetime) -> list[str]:
    """The sources a list can be narrowed to."""
    return queries.sources(session, viewer.scope, today_of(viewer, now))


def lead_card(session: Session, viewer: Viewer, lead_id: int, now: datetime) -> LeadCard:
    """One lead; NotFoundError when there is none or the viewer does not look after its agent."""
    lead = leads.lead(session, viewer, lead_id, now)
    found = deals.deals(session, viewer, RecordFilter(lead_id=lead_id), after=None, limit=MOST_DEALS, now=now)
    is_called = lead.status not in ENDS and lead.phone and not lead.wants_no_contact
    timing = lead_timing(session, viewer, lead_id, now) if is_called else None
    return LeadCard(lead=lead, deals=tuple(found), timing=timing)


def lead_history(session: Session, viewer: Viewer, lead_id: int, *, after: Cursor | None, limit: int) -> LeadHistory:
    """What the viewer may see of a lead's activities and moves; what a former agent did stays with those who look after that agent."""
    found = activities.listed(session, viewer.scope, ActivityFilter(lead_id=lead_id), after=after, limit=limit + 1)
    shown = tuple(found[:limit])
    next_after = (shown[-1].occurred_at, shown[-1].id) if len(found) > limit else None
    return LeadHistory(entries=shown, next_after=next_after)
