"""The sale of a lead's conversion while it still stands: what keeps it, and that it follows the conversion's day."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import Activity, Deal, Lead
from data.queries import pipeline
from domain.errors import ConflictError
from domain.records import DealStatus
from services import lead_history
from services.access import Viewer
from services.owners import LOGGED_HERE, today_of
from services.saving import save

CONVERTED_ALREADY: Final = "This lead is converted. Reopen it first; that takes back the sale stored with it, too."


def require_no_sale(session: Session, viewer: Viewer, lead: Lead, now: datetime) -> None:
    """Raise ConflictError while the sale of the lead's conversion stands: only reopening takes both back."""
    if still_sold(session, viewer, lead_history.conversion_of(session, lead), now) is not None:
        raise ConflictError(CONVERTED_ALREADY, code="lead_converted")


def follow_day(session: Session, viewer: Viewer, lead: Lead, now: datetime) -> None:
    """Let the sale of the lead's conversion be of the conversion's day, where that was corrected; a deal it made began that day, too."""
    entry = lead_history.conversion_of(session, lead)
    deal = still_sold(session, viewer, entry, now)
    if entry is None or deal is None or deal.closed_on == lead.converted_on:
        return
    deal.closed_on, deal.updated_at = lead.converted_on, now
    if entry.details["is_new_deal"]:
        deal.created_on = lead.converted_on
    save(session)


def still_sold(session: Session, viewer: Viewer, entry: Activity | None, now: datetime) -> Deal | None:
    """The entry's deal, locked, if the viewer looks after it and it still is the sale the entry tells of."""
    told = entry.details if entry is not None else {}
    if entry is None or "is_new_deal" not in told:
        return None
    deal = pipeline.deal(session, viewer.scope, today_of(viewer, now), told["deal_id"], locked=True)
    if deal is None or deal.status is not DealStatus.WON or deal.lead_id != entry.lead_id:
        return None
    is_ours = deal.origin == LOGGED_HERE and deal.external_id is None
    return deal if is_ours or not told["is_new_deal"] else None
