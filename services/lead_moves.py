"""What people do with a lead: give it to somebody, move it along, rate it, keep a note; one lead at a time or many.

Each move raises NotFoundError for a lead the viewer does not look after, and what `leads.change` raises.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import Lead
from domain.errors import ConflictError, InputError, NotFoundError
from domain.facts import ActivityEntry
from domain.lead_steps import ENDS, furthest, is_ahead
from domain.records import ActivityType, LeadStatus
from services import bulk, lead_sales, leads
from services.access import Viewer
from services.activities import record_activity
from services.activity_input import new_activity
from services.bulk import BulkResult
from services.lead_sales import Sale
from services.leads import LeadWords
from services.owners import AgentName
from services.standing_sales import CONVERTED_ALREADY

OPEN_ALREADY: Final = "This lead is open: it was neither converted nor lost."
NOBODYS: Final = "Nobody has this lead, so there is no timeline to keep a note in. Give it to somebody first."


def assign_lead(session: Session, viewer: Viewer, lead_id: int, agent_id: int | None, now: datetime) -> Lead:
    """Give the lead to an agent from now on; None takes it back, so that nobody has it.

    Raises NotFoundError for an agent the viewer does not look after, AccessError for an agent who gives it away.
    """
    if agent_id is None:
        return leads.change(session, viewer, lead_id, LeadWords(is_unassigned=True), now)
    return leads.change(session, viewer, lead_id, LeadWords(agent=AgentName(agent_id=agent_id)), now)


def mark_contacted(session: Session, viewer: Viewer, lead_id: int, now: datetime, *, at: datetime | None = None) -> Lead:
    """The lead was reached, now or at the moment. Raises ConflictError for one that is converted."""
    return _step(session, viewer, lead_id, LeadWords(status=LeadStatus.CONTACTED, at=at), now)


def mark_interested(session: Session, viewer: Viewer, lead_id: int, now: datetime, *, at: datetime | None = None) -> Lead:
    """The lead wants to go on. Raises ConflictError for one that is converted."""
    return _step(session, viewer, lead_id, LeadWords(status=LeadStatus.INTERESTED, at=at), now)


def move_on(session: Session, viewer: Viewer, lead_id: int, step: LeadStatus, now: datetime) -> Lead:
    """A step forward, as when many leads are moved together.

    Raises ConflictError for a lead that is there already, further, or at an end: among many, nobody sees that one would go back.
    """
    lead = leads.lead(session, viewer, lead_id, now, locked=True)
    if not is_ahead(lead.status, step):
        raise ConflictError(f"It is {lead.status.value} already. Open it to change that.", code="lead_further")
    return leads.change(session, viewer, lead_id, LeadWords(status=step), now)


def mark_converted(
    session: Session,
    viewer: Viewer,
    lead_id: int,
    now: datetime,
    *,
    amount_minor: int | None = None,
    currency: str | None = None,
    at: datetime | None = None,
) -> Lead:
    """The lead bought. With an amount its sale is stored too, on the day of the conversion (see `lead_sales.sell`).

    Said again with another moment, it corrects the day of both.
    """
    # The change locks the lead, so that two conversions at once cannot both find it without a deal.
    lead = leads.change(session, viewer, lead_id, LeadWords(status=LeadStatus.CONVERTED, at=at), now)
    if amount_minor is not None:
        lead_sales.sell(session, viewer, lead, Sale(amount_minor=amount_minor, currency=currency), now)
    return lead


def mark_lost(session: Session, viewer: Viewer, lead_id: int, reason: str, now: datetime, *, at: datetime | None = None) -> Lead:
    """The lead will not buy; it keeps the steps it reached. An empty reason is an unknown one."""
    said = LeadWords(status=LeadStatus.LOST, at=at, columns={"lost_reason": reason.strip()})
    return leads.change(session, viewer, lead_id, said, now)


def reopen(session: Session, viewer: Viewer, lead_id: int, now: datetime) -> Lead:
    """Take a conversion or a loss back: the lead is again where it had come to before, and its sale with it.

    Raises ConflictError for a lead that is open.
    """
    found = leads.lead(session, viewer, lead_id, now, locked=True)
    if found.status not in ENDS:
        raise ConflictError(OPEN_ALREADY, code="lead_open")
    if found.status is LeadStatus.CONVERTED:
        lead_sales.take_back(session, viewer, found, now)
    return leads.change(session, viewer, lead_id, LeadWords(status=furthest(leads.progress(found))), now)


def rate_lead(session: Session, viewer: Viewer, lead_id: int, stars: int | None, now: datetime) -> Lead:
    """Keep how satisfied the customer is, from 1 to 5; None takes it back."""
    if stars is not None and stars not in range(1, 6):
        raise InputError("A rating is a whole number from 1 to 5.")
    return leads.change(session, viewer, lead_id, LeadWords(columns={"satisfaction": stars}), now)


def leave_alone(session: Session, viewer: Viewer, lead_id: int, now: datetime, *, wants_no_contact: bool) -> Lead:
    """Keep whether the lead asked to be left alone, such as by unsubscribing: no plan and no call list names them then."""
    return leads.change(session, viewer, lead_id, LeadWords(columns={"wants_no_contact": wants_no_contact}), now)


def add_note(session: Session, viewer: Viewer, lead_id: int, text: str, now: datetime) -> ActivityEntry:
    """Keep a note about the lead in its agent's timeline; it is no contact and counts nowhere. Raises InputError for a lead of nobody."""
    lead = leads.lead(session, viewer, lead_id, now)
    if not text.strip():
        raise InputError("Write the note first.")
    if lead.agent_id is None:
        raise InputError(NOBODYS, code="nobodys_lead")
    new = new_activity(agent_id=lead.agent_id, type=ActivityType.NOTE, lead_id=lead_id, notes=text)
    return record_activity(session, viewer, new, now)


def in_bulk(session: Session, viewer: Viewer, lead_ids: Collection[int], work: Callable[[int], object], now: datetime) -> BulkResult:
    """Do the work with each lead, all in this transaction; one that is refused is left as it was and does not keep the others."""
    return bulk.in_bulk(session, lead_ids, work, lambda lead_id: _name(session, viewer, lead_id, now))


def _step(session: Session, viewer: Viewer, lead_id: int, said: LeadWords, now: datetime) -> Lead:
    """A step on the way; it would take a conversion back and leave its sale behind, so that is not done by the way."""
    if leads.lead(session, viewer, lead_id, now, locked=True).converted_on is not None:
        raise ConflictError(CONVERTED_ALREADY, code="lead_converted")
    return leads.change(session, viewer, lead_id, said, now)


def _name(session: Session, viewer: Viewer, lead_id: int, now: datetime) -> str:
    try:
        return leads.lead(session, viewer, lead_id, now).name
    except NotFoundError:
        return f"Lead {lead_id}"
