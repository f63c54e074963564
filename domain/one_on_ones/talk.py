"""A 1:1 of two people as they both read it."""

from dataclasses import dataclass
from datetime import date

from domain.one_on_ones.pre_read import PreRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One talk: prepared until it is held, and from then on as it was."""

    id: int
    agent_id: int
    agent_name: str
    manager_id: int
    manager_name: str
    planned_on: date
    topics: str
    """What the agent wants to talk about."""
    agenda: str
    notes: str
    held_on: date | None
    pre_read: PreRead | None
    """What was known when it was held."""
    version: int
    """Of agenda and notes; topics are another person's and do not raise it."""

    @property
    def is_held(self) -> bool:
        """Whether it is over."""
        return self.held_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class TookPlace:
    """That two people talked, and nothing of what they said."""

    held_on: date
    agent_name: str
    manager_name: str
