"""What a review of a deal says, whoever wrote it, the rules or a model: where it stands, what to do about it, and how to say it.

The chance of a sale is no part of it: it comes from the win model or the stage's own rate, never from words.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.deals.priority import DealPriority


class Urgency(StrEnum):
    """When an action is due, the soonest first."""

    URGENT = "urgent"
    THIS_WEEK = "this_week"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do about the deal."""

    what: str
    why: str
    """The facts that call for it."""
    how: str
    urgency: Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class DealReview:
    """The review of an open deal; every sentence rests on its facts. Empty parts are left out where it is shown."""

    situation: str
    strengths: tuple[str, ...]
    """What was done well."""
    concerns: tuple[str, ...]
    """What may go wrong."""
    red_flags: tuple[str, ...]
    """What goes wrong already."""
    priority: DealPriority
    actions: tuple[Action, ...]
    """The most urgent first."""
    phrases: tuple[str, ...]
    """What could be said to the client."""
    plan: tuple[str, ...]
    """Steps for the next two to three days, in order."""
