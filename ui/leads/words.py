"""How a lead is told: its status, how long it waits or waited, and the steps it reached."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from domain.formatting import NOTHING, hours_text
from domain.records import LeadStatus
from services.leads import StoredLead
from ui.activity_words import Shown

STATUSES: Final[Mapping[LeadStatus, Shown]] = {
    LeadStatus.NEW: Shown(name="New", icon="schedule"),
    LeadStatus.CONTACTED: Shown(name="Contacted", icon="call"),
    LeadStatus.INTERESTED: Shown(name="Interested", icon="thumb_up"),
    LeadStatus.CONVERTED: Shown(name="Converted", icon="verified"),
    LeadStatus.LOST: Shown(name="Lost", icon="cancel"),
}
_SECONDS_AN_HOUR: Final = 3600


def status_text(status: LeadStatus) -> str:
    """The status as icon and word, for pills and markdown."""
    return f"{STATUSES[status].symbol} {STATUSES[status].name}"


def first_contact(lead: StoredLead, now: datetime) -> str:
    """How long the lead has waited while it is new, else how long the first contact took; a dash where that is unknown."""
    if lead.status is LeadStatus.NEW:
        waited = (now - lead.assigned_at).total_seconds() if lead.assigned_at else None
        return "⏳ Waiting" if waited is None else f"⏳ Waiting {_span(waited)}"
    return NOTHING if lead.response_seconds is None else f"✓ After {_span(lead.response_seconds)}"


def _span(seconds: float) -> str:
    return hours_text(max(seconds, 0) / _SECONDS_AN_HOUR)


def steps(lead: StoredLead) -> list[str]:
    """The steps the lead reached with their days, the first one first."""
    known = {"Assigned": lead.assigned_on, "Contacted": lead.contacted_on, "Interested": lead.interested_on}
    reached = known | {"Converted": lead.converted_on, "Lost": lead.lost_on if lead.status is LeadStatus.LOST else None}
    return [f"{name} {day:%Y-%m-%d}" for name, day in reached.items() if day is not None]


def furthest(lead: StoredLead) -> LeadStatus:
    """The status a lost lead had come to before it was lost, from the steps it keeps."""
    reached = {
        LeadStatus.CONVERTED: lead.converted_on,
        LeadStatus.INTERESTED: lead.interested_on,
        LeadStatus.CONTACTED: lead.contacted_on,
    }
    return next((status for status, day in reached.items() if day is not None), LeadStatus.NEW)
