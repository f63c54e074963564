"""How a lead is told: its status, how long it waits or waited, and the steps it reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from domain.formatting import NOTHING, day_text, hours_text
from domain.lead_list import Wait, wait
from domain.records import LeadStatus
from services.leads import StoredLead
from ui.activity_words import Shown
from ui.wording import BadgeColor

STATUSES: Final[Mapping[LeadStatus, Shown]] = {
    LeadStatus.NEW: Shown(name="New", icon="schedule"),
    LeadStatus.CONTACTED: Shown(name="Contacted", icon="call"),
    LeadStatus.INTERESTED: Shown(name="Interested", icon="thumb_up"),
    LeadStatus.CONVERTED: Shown(name="Converted", icon="verified"),
    LeadStatus.LOST: Shown(name="Lost", icon="cancel"),
}
_SECONDS_AN_HOUR: Final = 3600
_JUST_NOW: Final = 60
_HOURS_TOLD: Final = 36
"""From a day and a half on people think in days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitShown:
    """A wait's words and colour."""

    shown: Shown
    color: BadgeColor


WAITS: Final[Mapping[Wait, WaitShown]] = {
    Wait.FRESH: WaitShown(shown=Shown(name="Within the hour", icon="bolt"), color="green"),
    Wait.WAITING: WaitShown(shown=Shown(name="Over an hour", icon="schedule"), color="orange"),
    Wait.LONG: WaitShown(shown=Shown(name="Over a day", icon="alarm"), color="red"),
}


class Told(Protocol):
    """As much of a lead as it takes to say how far it has come."""

    @property
    def status(self) -> LeadStatus:
        """How far it has come."""

    @property
    def assigned_at(self) -> datetime | None:
        """Since when it is its agent's."""

    @property
    def response_seconds(self) -> int | None:
        """How long the first contact took."""


def status_text(status: LeadStatus) -> str:
    """The status as icon and word, for pills and markdown."""
    return f"{STATUSES[status].symbol} {STATUSES[status].name}"


def first_contact(lead: Told, now: datetime) -> str:
    """How long the lead has waited while it is new, else how long the first contact took; a dash where that is unknown."""
    if lead.status is LeadStatus.NEW:
        return f"Waiting {span((now - lead.assigned_at).total_seconds())}" if lead.assigned_at else "Waiting"
    return NOTHING if lead.response_seconds is None else f"✓ After {span(lead.response_seconds)}"


def wait_badge(lead: Told, now: datetime) -> str:
    """The same in markdown with colour, icon and words for a lead that waits; plain words for any other."""
    if lead.status is not LeadStatus.NEW or lead.assigned_at is None:
        return first_contact(lead, now)
    told, waited = WAITS[wait(lead.assigned_at, now)], span((now - lead.assigned_at).total_seconds())
    return f":{told.color}-badge[{told.shown.symbol} {told.shown.name}: {waited}]"


def standing(lead: Told, now: datetime) -> str:
    """The status in a word; a new lead's says how pressing its wait is."""
    name = STATUSES[lead.status].name
    if lead.status is not LeadStatus.NEW or lead.assigned_at is None:
        return name
    return f"{name}, {WAITS[wait(lead.assigned_at, now)].shown.name.lower()}"


def span(seconds: float) -> str:
    """A stretch of time in the unit people think in."""
    return hours_text(max(seconds, 0) / _SECONDS_AN_HOUR)


def ago(seconds: float) -> str:
    """How long ago something was, no more exactly than anybody needs to know."""
    hours = seconds / _SECONDS_AN_HOUR
    if hours < 1:
        return f"{span(seconds)} ago" if seconds >= _JUST_NOW else "just now"
    return f"{hours:.0f} h ago" if hours < _HOURS_TOLD else f"{hours / 24:,.0f} days ago"


def steps(lead: StoredLead) -> list[str]:
    """The steps the lead reached with their days, the first one first."""
    known = {"Assigned": lead.assigned_on, "Contacted": lead.contacted_on, "Interested": lead.interested_on}
    reached = known | {"Converted": lead.converted_on, "Lost": lead.lost_on if lead.status is LeadStatus.LOST else None}
    return [f"{name} {day_text(day)}" for name, day in reached.items() if day is not None]
