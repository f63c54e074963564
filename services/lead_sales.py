"""The sale a lead's conversion stands for: a deal won with it, and taken back with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from data.models import Deal, Lead
from data.queries import pipeline
from domain.errors import ConflictError
from domain.records import DealStatus
from services import deals, lead_history
from services.access import Viewer
from services.deals import DealWords, RecordFilter
from services.owners import AgentName
from services.standing_sales import still_sold

HAS_DEAL: Final = "This lead has a sale already. Leave the amount empty: it stands with the deal."
SEVERAL: Final = (
    "This lead has several open deals, so the amount could be any of theirs. Close the right one, then convert without an amount."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """What a lead was sold for."""

    amount_minor: int
    currency: str | None = None
    """What the amount is in, to be sure of it."""


def sell(session: Session, viewer: Viewer, lead: Lead, sale: Sale, now: datetime) -> Deal:
    """Win the lead's open deal with the amount, or store a won one where there is none; the lead is locked.

    The deal is closed on the day of the conversion and belongs to the lead's agent. Raises ConflictError when the lead has been
    sold, by whomever, or has several open deals.
    """
    if pipeline.is_sold(session, lead.id or 0):
        raise ConflictError(HAS_DEAL, code="has_deal")
    wanted = RecordFilter(lead_id=lead.id, status=DealStatus.OPEN)
    still_open = deals.deals(session, viewer, wanted, after=None, limit=2, now=now)
    if len(still_open) > 1:
        raise ConflictError(SEVERAL, code="several_deals")
    won = {"amount_minor": sale.amount_minor, "status": DealStatus.WON, "closed_on": lead.converted_on}
    if still_open:
        return _close(session, viewer, lead, still_open[0], DealWords(columns=won, currency=sale.currency), now)
    return _create(session, viewer, lead, won, sale, now)


def take_back(session: Session, viewer: Viewer, lead: Lead, now: datetime) -> None:
    """Undo what the lead's conversion did to a deal: one it made is deleted, one it closed is open again with its former amount.

    A deal that was decided otherwise, came under another system's care or into other hands since is left alone.
    """
    entry = lead_history.conversion_of(session, lead)
    deal = still_sold(session, viewer, entry, now)
    if entry is None or deal is None:
        return
    if entry.details["is_new_deal"]:
        session.delete(deal)
        session.flush()
        return
    before = {"status": DealStatus.OPEN, "closed_on": None, "amount_minor": entry.details["amount_before"]}
    deals.change(session, viewer, deal.id or 0, DealWords(columns=before), now)


def _close(session: Session, viewer: Viewer, lead: Lead, deal: Deal, said: DealWords, now: datetime) -> Deal:
    before = deal.amount_minor
    closed = deals.change(session, viewer, deal.id or 0, said, now)
    _tell(session, viewer, lead, closed, {"is_new_deal": False, "amount_before": before}, now)
    return closed


def _create(session: Session, viewer: Viewer, lead: Lead, won: dict[str, Any], sale: Sale, now: datetime) -> Deal:
    about = {"name": lead.name, "company": lead.company, "source": lead.source, "category": lead.category, "lead_id": lead.id}
    said = DealWords(
        columns=about | won | {"created_on": lead.converted_on},
        agent=AgentName(agent_id=lead.agent_id),
        is_unassigned=lead.agent_id is None,
        currency=sale.currency,
    )
    made, _ = deals.store(session, viewer, said, now)
    _tell(session, viewer, lead, made, {"is_new_deal": True}, now)
    return made


def _tell(session: Session, viewer: Viewer, lead: Lead, deal: Deal, how: dict[str, Any], now: datetime) -> None:
    lead_history.add_sale(session, viewer, lead, how | {"deal_id": deal.id, "revenue_minor": deal.amount_minor}, now)
