"""What the product writes down when a lead moves: of which kind the entry is, its title, and what it remembers."""

from dataclasses import dataclass
from typing import Any, Final

from domain.lead_steps import ENDS
from domain.records import ActivityType, LeadStatus

HISTORY_TYPES: Final = frozenset({ActivityType.ASSIGNMENT, ActivityType.STAGE_CHANGE, ActivityType.CONVERSION})
"""Entries that tell what became of a lead. They are history, not work: no figure counts them."""

UNDONE: Final = "is_undone"
"""What `details` say of a conversion that was taken back: it happened, and it is none any more."""

_STAGES: Final = tuple(status for status in LeadStatus if status is not LeadStatus.LOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One move in words and as values; names stay out of it, because an entry outlives the people in it."""

    type: ActivityType
    title: str
    details: dict[str, Any]
    """`from` and `to` (ids of agents, or statuses), `lead_id`, and `by`: who moved it, None for a program."""


def assigned(lead_id: int, before: int | None, after: int | None, by: int | None) -> HistoryEntry:
    """The lead went from one agent to another; None is nobody."""
    given = "Lead assigned" if before is None else "Lead passed on"
    title = "Lead taken back" if after is None else given
    return HistoryEntry(type=ActivityType.ASSIGNMENT, title=title, details=_details(lead_id, before, after, by))


def restaged(lead_id: int, before: LeadStatus, after: LeadStatus, by: int | None, *, was_converted: bool = False) -> HistoryEntry:
    """The lead got another status.

    A conversion is an entry of its own kind, which tells its deal and revenue once they are known; a lost lead that `was_converted`
    before and is so again did not convert twice.
    """
    details = _details(lead_id, before.value, after.value, by)
    if after is LeadStatus.CONVERTED and not was_converted:
        sale = {"revenue_minor": None, "deal_id": None}
        return HistoryEntry(type=ActivityType.CONVERSION, title="Lead converted", details=details | sale)
    return HistoryEntry(type=ActivityType.STAGE_CHANGE, title=_stage_title(before, after), details=details)


def _stage_title(before: LeadStatus, after: LeadStatus) -> str:
    if after is LeadStatus.LOST:
        return "Lead lost"
    if before in ENDS:
        return "Lead reopened"
    verb = "Moved on" if _STAGES.index(after) > _STAGES.index(before) else "Moved back"
    return f"{verb}: {before.value} → {after.value}"


def _details(lead_id: int, before: int | str | None, after: int | str | None, by: int | None) -> dict[str, Any]:
    return {"from": before, "to": after, "lead_id": lead_id, "by": by}
