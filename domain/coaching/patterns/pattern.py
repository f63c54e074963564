"""What was found out about a question: a pattern with its numbers, nothing, or that it is too early."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp, sqrt
from typing import Final

from domain.coaching.patterns.hypotheses import Hypothesis
from domain.coaching.patterns.segments import Segment
from domain.metrics.intervals import Interval, z_score

LEVEL: Final = 0.9
"""Of the intervals told."""


class Tier(StrEnum):
    """How sure an answer is."""

    CLEAR = "clear"
    LIKELY = "likely"
    NOTHING = "nothing"
    """Enough was looked at, and no difference is both more than luck and large enough to matter."""
    TOO_EARLY = "too_early"

    @property
    def is_told(self) -> bool:
        """Whether it is a pattern."""
        return self in {Tier.CLEAR, Tier.LIKELY}


class Lack(StrEnum):
    """What there is too little of."""

    FACTS = "facts"
    """In the segment that has most of them."""
    WEEKS = "weeks"
    PEOPLE = "people"
    """Whose facts tell something: fewer would be told about themselves."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Whose:
    """The team or the one agent whose work is asked about."""

    team_id: int | None = None
    agent_id: int | None = None

    @property
    def is_team(self) -> bool:
        """Whether it is about a team's work."""
        return self.agent_id is None

    def team(self, teams_of: Mapping[int, int]) -> "Whose":
        """The agent's team."""
        return Whose(team_id=teams_of.get(self.agent_id or 0))

    @property
    def key(self) -> str:
        """`team.3` or `agent.17`."""
        return f"team.{self.team_id}" if self.is_team else f"agent.{self.agent_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The facts on one side of a comparison."""

    total: float
    """Successes, or the sum of the values."""
    count: int

    @property
    def mean(self) -> float | None:
        """The share or the mean; None without facts."""
        return self.total / self.count if self.count else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a question came to for a team or an agent."""

    whose: Whose
    hypothesis: Hypothesis
    tier: Tier
    has: int
    """Facts that may answer it; while it is too early, what there is of what is lacking."""
    needs: int = 0
    lack: Lack | None = None
    """While it is too early: of what, and how much it takes."""
    pattern: "Pattern | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A segment whose outcomes differ from all others'. Seen together; what is the cause of what nobody knows."""

    whose: Whose
    hypothesis: Hypothesis
    """The question it answers."""
    segment: Segment
    """The facts that differ."""
    tier: Tier
    effect: float
    """Odds ratio, or difference of means in the outcome's unit; drawn towards no effect (an agent's: towards the team's)."""
    low: float
    high: float
    """The effect's 90 % interval."""
    inside: Side
    outside: Side
    people: int
    q_value: float
    """Share of false ones among all patterns as sure as this one."""

    @property
    def id(self) -> str:
        """The same in every run for the same team or agent, question and segment."""
        return f"{self.whose.key}.{self.hypothesis.key}.{self.segment.key}"

    @property
    def is_more(self) -> bool:
        """Whether the outcome is more frequent, or higher, in the segment."""
        return self.effect > (1.0 if self.hypothesis.outcome.is_share else 0.0)


def told(effect: float, variance: float, scale: float, *, is_share: bool) -> tuple[float, Interval]:
    """An effect and its interval in the words' unit: odds ratios from their logarithms, or differences of means."""
    reach = z_score(LEVEL) * sqrt(variance)
    low, high = effect - reach, effect + reach
    if is_share:
        return exp(effect), (exp(low), exp(high))
    return effect * scale, (low * scale, high * scale)
