"""What each warning is called and what helps: said to whoever works on the deal, kindly."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.deals.priority import DealPriority
from domain.deals.warnings import WarningRule


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningWords:
    """How a warning is told."""

    name: str
    do: str
    """One thing to do about it."""


WARNING_WORDS: Final = MappingProxyType(
    {
        WarningRule.GHOSTED: WarningWords(
            name="No answer", do="Try another way or another person: a short call, or a message that asks one easy question."
        ),
        WarningRule.NO_ACTIVITY: WarningWords(
            name="Quiet", do="Call with something of use to them and agree on the next step, or close the deal."
        ),
        WarningRule.CLOSE_OVERDUE: WarningWords(
            name="Closing day past", do="Ask what is still missing, and set the day they name, or close the deal."
        ),
        WarningRule.STALLED: WarningWords(
            name="Long in its stage", do="Ask what has to happen before they can move on, and who decides it."
        ),
        WarningRule.NO_NEXT_STEP: WarningWords(name="No next step", do="Put the next call or meeting into the calendar, with a day."),
        WarningRule.CLOSE_PUSHED: WarningWords(
            name="Put off again", do="Ask what would make the new day hold, and write down what they say."
        ),
        WarningRule.RED_FLAG: WarningWords(name="Words to look at", do="Read the note again, and ask about it openly in the next talk."),
        WarningRule.OVERDUE_TASKS: WarningWords(name="Overdue tasks", do="Do the oldest one today, move or call off the others."),
        WarningRule.SINGLE_CONTACT: WarningWords(
            name="One contact", do="Ask who else will use it or pay for it, and get to know one of them."
        ),
    }
)
PRIORITY_WORDS: Final = MappingProxyType({DealPriority.HIGH: "High", DealPriority.MEDIUM: "Medium", DealPriority.LOW: "Low"})
PRIORITY_MARKS: Final = MappingProxyType({DealPriority.HIGH: "🔴", DealPriority.MEDIUM: "🟡", DealPriority.LOW: "🟢"})
"""For messages without colours of their own."""
