"""Which sections a message about a deal has, and the sign before each; an installation may want fewer, or others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Section(StrEnum):
    """The parts of a whole review, in their order; a part with nothing to say is left out."""

    DEAL = "deal"
    FIGURES = "figures"
    ASSESSMENT = "assessment"
    STRENGTHS = "strengths"
    CONCERNS = "concerns"
    CRITICAL = "critical"
    ACTIONS = "actions"
    PHRASES = "phrases"
    PLAN = "plan"
    TIME = "time"


class Icon(StrEnum):
    """What a sign stands for."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    DEAL = "deal"
    BUDGET = "budget"
    CHANCE = "chance"
    AGENT = "agent"
    AGE = "age"
    CALLS = "calls"
    TOUCHES = "touches"
    QUIET = "quiet"
    ASSESSMENT = "assessment"
    STRENGTHS = "strengths"
    CONCERNS = "concerns"
    CRITICAL = "critical"
    FLAG = "flag"
    ACTIONS = "actions"
    URGENT = "urgent"
    THIS_WEEK = "this_week"
    PLAN = "plan"
    PHRASES = "phrases"
    STEPS = "steps"
    STEP = "step"
    TIME = "time"


ICONS: Final[Mapping[Icon, str]] = MappingProxyType(
    {
        Icon.HIGH: "🔴",
        Icon.MEDIUM: "🟡",
        Icon.LOW: "🟢",
        Icon.DEAL: "📋",
        Icon.BUDGET: "💰",
        Icon.CHANCE: "📊",
        Icon.AGENT: "👤",
        Icon.AGE: "⏱",
        Icon.CALLS: "📞",
        Icon.TOUCHES: "💬",
        Icon.QUIET: "⚠️",
        Icon.ASSESSMENT: "📝",
        Icon.STRENGTHS: "✅",
        Icon.CONCERNS: "⚠️",
        Icon.CRITICAL: "🚨",
        Icon.FLAG: "⛔️",
        Icon.ACTIONS: "💡",
        Icon.URGENT: "🔥",
        Icon.THIS_WEEK: "⏰",
        Icon.PLAN: "📅",
        Icon.PHRASES: "💬",
        Icon.STEPS: "🎯",
        Icon.STEP: "✓",
        Icon.TIME: "🤖",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLayout:
    """What an installation wants its messages to look like."""

    hidden: frozenset[Section] = frozenset()
    icons: Mapping[Icon, str] = field(default_factory=dict)
    """Signs other than the usual ones; an empty one leaves the words alone."""

    def shows(self, section: Section) -> bool:
        """Whether a part is wanted."""
        return section not in self.hidden

    def marked(self, icon: Icon, words: str) -> str:
        """The words after their sign."""
        sign = self.icons.get(icon, ICONS[icon])
        return f"{sign} {words}" if sign else words


USUAL: Final = MessageLayout()
