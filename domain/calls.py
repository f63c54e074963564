"""A call under way: who is on it, how long it has lasted, and what its clock is worth when it ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.records import ActivityType, EventStatus, Outcome

FORGOTTEN_AFTER: Final = timedelta(hours=4)
"""Nobody talks that long: the call was left open, and its clock says nothing about how long it took."""
UNANSWERED: Final = frozenset({Outcome.NO_ANSWER, Outcome.BUSY})
"""Ringing is no talk time."""
NOBODY_THERE: Final = frozenset({Outcome.NO_ANSWER, Outcome.NO_SHOW})


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEntry:
    """A call, an appointment or a meeting somebody is in right now."""

    id: int
    agent_id: int
    agent_name: str
    time_zone: str
    """The agent's, in which its beginning is told."""
    started_at: datetime
    kind: ActivityType
    """What it becomes when it ends."""
    lead_id: int | None
    lead_name: str | None
    event_id: int | None
    event_title: str | None
    client_name: str
    client_phone: str
    wants_recording: bool

    @property
    def subject(self) -> str:
        """What its activity is called: the planned entry, else whom somebody named, else nothing."""
        return self.event_title or " · ".join(part for part in (self.client_name, self.client_phone) if part)

    def is_forgotten(self, now: datetime) -> bool:
        """Whether it was left open."""
        return now - self.started_at > FORGOTTEN_AFTER

    def talked_seconds(self, outcome: Outcome | None, now: datetime) -> int | None:
        """How long it took; unknown for one that was left open, or that nobody answered."""
        if outcome in UNANSWERED or self.is_forgotten(now):
            return None
        return max(0, int((now - self.started_at).total_seconds()))


def event_status(outcome: Outcome | None) -> EventStatus:
    """What becomes of the planned entry a call was for."""
    if outcome is Outcome.CANCELLED:
        return EventStatus.CANCELLED
    return EventStatus.NO_SHOW if outcome in NOBODY_THERE else EventStatus.COMPLETED
