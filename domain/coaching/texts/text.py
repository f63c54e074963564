"""A text of the coach: what it is about, its sentences by rules, and the facts they rest on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.ai.facts import Facts


class CoachKind(StrEnum):
    """What a text of the coach is about."""

    DAY_PLAN = "day_plan"
    PATTERNS = "patterns"
    """Of the team's work."""
    OWN_PATTERNS = "own_patterns"
    """With patterns of the agent's own work among them."""
    CONTENT = "content"
    ENERGY = "energy"

    @property
    def is_private(self) -> bool:
        """Whether nobody but the agent reads it, whatever their role."""
        return self in PRIVATE


PRIVATE: Final = frozenset({CoachKind.OWN_PATTERNS, CoachKind.ENERGY})
"""What rests on facts that only the agent sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachText:
    """What is said by rules, and all that another phrasing of it may say."""

    kind: CoachKind
    facts: Facts
    sentences: tuple[str, ...]
    about: str = ""
    """What of its kind it is about, where there are several: a suggestion's key."""
    because_of: tuple[str, ...] = ()
    """Further evidence that is kept with the text and told to no model."""
