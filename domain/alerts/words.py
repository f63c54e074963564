"""What alerts are called, and what can be done about each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.alerts.finding import AlertRule, Priority
from domain.alerts.lifecycle import AlertState, Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """A rule for people."""

    name: str
    asks: str
    """When it speaks, for whoever sets its threshold."""
    do: str
    """The next step."""
    page: str
    """The screen that helps with it."""


WORDS: Final[Mapping[AlertRule, RuleWords]] = MappingProxyType(
    {
        AlertRule.LISTS_OVERDUE: RuleWords(
            name="Partner lists past due",
            asks="Lists that should have gone out before today.",
            do="Send them today, or agree on a new day with whoever waits.",
            page="overview",
        ),
        AlertRule.LOW_CALLS: RuleWords(
            name="Few calls this week",
            asks="Calls of the team in a full week; asked for by the working days gone.",
            do="Ask what keeps people from calling, and keep two mornings free of meetings.",
            page="overview",
        ),
        AlertRule.LOW_BOOKED: RuleWords(
            name="Few calls booked for next week",
            asks="Calls in next week's calendar, of the whole team; asked for by this week's days gone.",
            do="Book ahead from open leads and call-backs while this week lasts.",
            page="calendar",
        ),
        AlertRule.DATA_STOPPED: RuleWords(
            name="Data stopped arriving",
            asks="Hours of silence, of those in which records usually arrive.",
            do="Look whether the dialer or the import still runs; figures stand still until it does.",
            page="imports",
        ),
        AlertRule.NEEDS_SUPPORT: RuleWords(
            name="May need support",
            asks="An agent with both fewer calls and fewer points in a full week.",
            do="Ask how the week goes, and whether an absence is missing.",
            page="daily",
        ),
        AlertRule.GOAL_AT_RISK: RuleWords(
            name="Goal at risk",
            asks="Running goals of one agent that are rather missed as things go.",
            do="Look at the goal together: what would still make it, or whether it no longer fits.",
            page="goals",
        ),
    }
)
PRIORITY_WORDS: Final[Mapping[Priority, str]] = MappingProxyType(
    {Priority.URGENT: "Urgent", Priority.HIGH: "High", Priority.MEDIUM: "Medium"}
)
ENDING_WORDS: Final[Mapping[Ending, str]] = MappingProxyType({Ending.RECOVERED: "Back above the line", Ending.OVER: "Its time was over"})
STATE_WORDS: Final[Mapping[AlertState, str]] = MappingProxyType(
    {AlertState.PENDING: "Seen once", AlertState.FIRING: "Now", AlertState.RESOLVED: "Over"}
)
