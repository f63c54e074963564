"""Monitoring of deals: when a schedule is due, and what of a deal is news to somebody who was told of it before."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from domain.deals.facts import DealFacts
from domain.deals.priority import DealPriority
from domain.deals.warnings import WarningRule

SHORTEST_HOURS: Final = 1
LONGEST_HOURS: Final = 168
"""A week: whoever wants less often reads the weekly digest."""
USUAL_HOURS: Final = 24


def slot_at(started_at: datetime, interval_hours: int, now: datetime) -> datetime | None:
    """The last moment a schedule was due; it is due first when it is started. None before that.

    Counted from its beginning, so that every process means the same moment, whenever it was itself started.
    """
    if now < started_at:
        return None
    step = timedelta(hours=interval_hours)
    return started_at + (now - started_at) // step * step


def next_at(started_at: datetime, interval_hours: int, now: datetime) -> datetime:
    """When a schedule is due next, in steps from its beginning."""
    last = slot_at(started_at, interval_hours, now)
    return started_at if last is None else last + timedelta(hours=interval_hours)


def news_digest(facts: DealFacts, warned: Iterable[WarningRule], priority: DealPriority) -> str:
    """Changes with what happened to a deal, was planned for it or warns of it; not with the mere passing of days."""
    coming = facts.next_step
    said = [
        facts.agent_id,
        facts.name,
        facts.stage,
        facts.amount_minor,
        facts.expected_close_on,
        facts.talk.last_at,
        facts.talk.answered_at,
        None if coming is None else (coming.event_id, coming.starts_at),
        [task.event_id for task in facts.overdue],
        sorted(warned),
        priority,
    ]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
