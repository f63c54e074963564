"""The rules of what was promised: partner lists past their day, and goals at risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.alerts.finding import AlertRule, Finding, Verdict
from domain.formatting import day_text

NAMED: Final = 3
"""As many as are named; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueLists:
    """Partner lists that should have gone out before today."""

    count: int = 0
    oldest_on: date | None = None
    """The day the oldest was due; None where there is none."""
    names: tuple[str, ...] = ()
    """Of the first deals, the oldest first."""


def lists_overdue(lists: OverdueLists, threshold: int, today: date) -> Finding | None:
    """Lists past due; None where the rule is switched off."""
    if not threshold:
        return None
    verb = "1 partner list is" if lists.count == 1 else f"{lists.count} partner lists are"
    days = (today - lists.oldest_on).days if lists.oldest_on else 0
    return Finding(
        rule=AlertRule.LISTS_OVERDUE,
        verdict=Verdict.HOLDS if lists.count >= threshold else Verdict.CLEAR,
        count=lists.count,
        sentence=f"{verb} past due, the oldest by {_days(days)}.",
        evidence=f"Due since {day_text(lists.oldest_on)}: {_named(lists.names, lists.count)}." if lists.oldest_on else "",
    )


def goals_at_risk(agent_id: int, name: str, goals: Sequence[str], threshold: int) -> Finding | None:
    """Running goals that are rather missed if all goes on as before, each told as `Calls: 12, goal 40`; None where switched off."""
    if not threshold:
        return None
    count = len(goals)
    what = "1 goal" if count == 1 else f"{count} goals"
    return Finding(
        rule=AlertRule.GOAL_AT_RISK,
        verdict=Verdict.HOLDS if count >= threshold else Verdict.CLEAR,
        agent_id=agent_id,
        count=count,
        sentence=f"{what} of {name} at risk.",
        evidence=f"{_named(goals, count)}." if goals else "",
    )


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _named(names: Sequence[str], count: int) -> str:
    more = count - len(names[:NAMED])
    return "; ".join(names[:NAMED]) + (f"; and {more} more" if more > 0 else "")
