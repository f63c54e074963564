"""The plan of a day as it was kept, with what the facts of that day say about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.coaching.daily_plan import MustDoKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMustDo:
    """One must-do and what the facts of its day say about it."""

    id: int
    position: int
    kind: MustDoKind
    key: str
    title: str
    reason: str
    evidence: Mapping[str, Any]
    minutes: int
    lead_id: int | None
    deal_id: int | None
    event_id: int | None
    goal_id: int | None
    ticked_at: datetime | None
    put_off_at: datetime | None
    put_off_reason: str
    activity_id: int | None
    """The first work of the day with its lead or deal."""
    worked_at: datetime | None
    is_over: bool
    """Whether its calendar entry says what became of it."""
    done_of_asked: int
    """How much of a goal's part is there."""

    @property
    def asked(self) -> int:
        """How many a goal's part asks for; 0 for any other must-do."""
        return int(self.evidence.get("asked") or 0)

    @property
    def is_done(self) -> bool:
        """By the facts, or by a tick."""
        return self.ticked_at is not None or self.is_done_by_facts

    @property
    def is_done_by_facts(self) -> bool:
        """Whether the records of the day say so."""
        reached = self.kind is MustDoKind.PROSPECTING and 0 < self.asked <= self.done_of_asked
        return self.activity_id is not None or self.is_over or reached


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlan:
    """The plan of one day; no must-dos on a day off, or where nothing waited."""

    made_at: datetime
    is_day_off: bool
    must_dos: tuple[KeptMustDo, ...]
