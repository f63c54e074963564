"""Whom to call after the must-dos, in the order of fixed rules, each with its reason and what was tried last."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.coaching.contact_timing import ContactTiming
from domain.coaching.insights.words import ago, counted
from domain.records import ActivityType, Direction, LeadStatus, Outcome

JUST: Final = timedelta(days=1)
"""Whoever got in touch or was met within a day still has us in mind."""
AGAIN_AFTER: Final = timedelta(days=2)
"""Between two tries of somebody who did not answer: sooner is pestering, much later starts anew."""
MOST_TRIES: Final = 6
"""Most who answer at all answer within six calls; after that another way is better than another call."""
QUIET_AFTER: Final = timedelta(days=7)
LONG_AGO: Final = timedelta(days=30)
UNANSWERED: Final = frozenset({Outcome.NO_ANSWER, Outcome.BUSY, Outcome.LEFT_MESSAGE})
VISITS: Final = frozenset({ActivityType.SHOWING, ActivityType.APPOINTMENT, ActivityType.MEETING})


class CallRule(StrEnum):
    """Why somebody is on the list; the first rule that fits decides, and its place in this order is theirs."""

    JUST_HEARD = "just_heard"
    CALL_BACK = "call_back"
    NEVER_CALLED = "never_called"
    INTERESTED = "interested"
    NO_ANSWER = "no_answer"
    LONG_AGO = "long_ago"


@dataclass(frozen=True, slots=True, kw_only=True)
class Callee:
    """An open lead with a phone number, and what happened with them last."""

    lead_id: int
    name: str
    phone: str
    status: LeadStatus
    source: str = ""
    since: datetime
    """When they became the agent's."""
    last_type: ActivityType | None = None
    last_outcome: Outcome | None = None
    last_direction: Direction | None = None
    last_at: datetime | None = None
    last_called_at: datetime | None = None
    tries: int = 0
    """Calls since somebody was last spoken to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """One line of the list."""

    callee: Callee
    rule: CallRule
    reason: str
    timing: ContactTiming | None = None
    """When they pick up, where that was looked at."""


def call_list(callees: Iterable[Callee], now: datetime) -> tuple[CallRow, ...]:
    """The list in the rules' order, within a rule whoever waits longest first; whoever fits no rule is not on it.

    Closed leads and those without a phone number or who do not want to be contacted are not given to it. A wrong number ends the calls.
    """
    rows = (_row(each, now) for each in callees if each.last_outcome is not Outcome.WRONG_NUMBER)
    return tuple(sorted((row for row in rows if row is not None), key=_order))


def _row(callee: Callee, now: datetime) -> CallRow | None:
    found = next(((rule, reason) for rule, words in _RULES if (reason := words(callee, now))), None)
    return None if found is None else CallRow(callee=callee, rule=found[0], reason=found[1])


def _order(row: CallRow) -> tuple[int, datetime, int]:
    return list(CallRule).index(row.rule), row.callee.last_at or row.callee.since, row.callee.lead_id


def _just_heard(callee: Callee, now: datetime) -> str | None:
    if callee.last_at is None or now - callee.last_at > JUST:
        return None
    waited = ago(callee.last_at, now)
    if callee.last_direction is Direction.INBOUND:
        return f"They got in touch {waited} ago."
    return f"You met {waited} ago: how was it for them?" if callee.last_type in VISITS else None


def _call_back(callee: Callee, now: datetime) -> str | None:
    if callee.last_outcome is not Outcome.CALL_BACK or callee.last_at is None or now - callee.last_at <= JUST:
        return None
    return f"You agreed to call back {ago(callee.last_at, now)} ago."


def _never_called(callee: Callee, now: datetime) -> str | None:
    if callee.status is not LeadStatus.NEW or callee.last_called_at is not None:
        return None
    return f"New {ago(callee.since, now)} ago and never called."


def _interested(callee: Callee, now: datetime) -> str | None:
    if callee.status is not LeadStatus.INTERESTED or _silent(callee, now) < QUIET_AFTER:
        return None
    return f"Interested, and nothing for {ago(callee.last_at or callee.since, now)}."


def _no_answer(callee: Callee, now: datetime) -> str | None:
    if callee.last_outcome not in UNANSWERED or _silent(callee, now) < AGAIN_AFTER or not 0 < callee.tries < MOST_TRIES:
        return None
    return f"No answer after {counted(callee.tries, 'try', 'tries')}; the last was {ago(callee.last_at or callee.since, now)} ago."


def _long_ago(callee: Callee, now: datetime) -> str | None:
    called_at = callee.last_called_at or callee.since
    if now - called_at < LONG_AGO or _silent(callee, now) < QUIET_AFTER or callee.tries >= MOST_TRIES:
        return None
    return f"Not called for {ago(called_at, now)}."


def _silent(callee: Callee, now: datetime) -> timedelta:
    return now - (callee.last_at or callee.since)


_RULES: Final[tuple[tuple[CallRule, Callable[[Callee, datetime], str | None]], ...]] = (
    (CallRule.JUST_HEARD, _just_heard),
    (CallRule.CALL_BACK, _call_back),
    (CallRule.NEVER_CALLED, _never_called),
    (CallRule.INTERESTED, _interested),
    (CallRule.NO_ANSWER, _no_answer),
    (CallRule.LONG_AGO, _long_ago),
)
