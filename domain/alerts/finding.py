"""What a rule says at one evaluation, and the closed sets alerts are told in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class AlertRule(StrEnum):
    """The situations, the most pressing first."""

    LISTS_OVERDUE = "lists_overdue"
    LOW_CALLS = "low_calls"
    LOW_BOOKED = "low_booked"
    DATA_STOPPED = "data_stopped"
    NEEDS_SUPPORT = "needs_support"
    GOAL_AT_RISK = "goal_at_risk"


class Priority(StrEnum):
    """How much it presses, the most pressing first."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"


PRIORITY_OF: Final[Mapping[AlertRule, Priority]] = MappingProxyType(
    {
        AlertRule.LISTS_OVERDUE: Priority.URGENT,
        AlertRule.LOW_CALLS: Priority.HIGH,
        AlertRule.LOW_BOOKED: Priority.HIGH,
        AlertRule.DATA_STOPPED: Priority.HIGH,
        AlertRule.NEEDS_SUPPORT: Priority.MEDIUM,
        AlertRule.GOAL_AT_RISK: Priority.MEDIUM,
    }
)


class Verdict(StrEnum):
    """What one evaluation says. `open` is neither: too early, or above the threshold by a hair; what was said before stands."""

    HOLDS = "holds"
    CLEAR = "clear"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule looked at one team, or one agent of it, for one stretch of time."""

    rule: AlertRule
    verdict: Verdict
    agent_id: int | None = None
    period: str = ""
    """The week it is about, such as 2026-W11; empty for what has no period. Another period is another episode."""
    count: int = 0
    """The figure it is about: calls, lists, goals."""
    sentence: str = ""
    """Kind and specific, with its numbers."""
    evidence: str = ""
    """What it rests on."""

    @property
    def subject(self) -> tuple[AlertRule, int | None]:
        """What tells findings of one team apart."""
        return self.rule, self.agent_id


def below(actual: float, expected: float, *, margin: float) -> Verdict:
    """Whether a figure is below what is expected by now; clear only from the margin above it on, so that a hair's breadth flips nothing."""
    if actual < expected:
        return Verdict.HOLDS
    return Verdict.CLEAR if actual >= expected * (1 + margin) else Verdict.OPEN
