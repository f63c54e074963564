"""What a deal may need help with: each rule looks at the facts and says since when, on what evidence, or nothing.

Unknown facts warn of nothing. A warning is a reason to look, never a verdict on whoever works on the deal.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from domain.deals.facts import DealFacts, Note
from domain.deals.thresholds import DealThresholds
from domain.formatting import day_text, number_text
from domain.local_time import day_start, local_time
from domain.working_days import WorkDays

EARLY_MOVES: Final = 1
"""A deal that entered one stage so far is still in its first."""
UNUSUAL: Final = 2
"""Where nobody knows how long a stage usually takes, twice the least length is called long."""
LONGEST_EVIDENCE: Final = 500


class WarningRule(StrEnum):
    """The situations, the most pressing first."""

    GHOSTED = "ghosted"
    NO_ACTIVITY = "no_activity"
    CLOSE_OVERDUE = "close_overdue"
    STALLED = "stalled"
    NO_NEXT_STEP = "no_next_step"
    CLOSE_PUSHED = "close_pushed"
    RED_FLAG = "red_flag"
    OVERDUE_TASKS = "overdue_tasks"
    SINGLE_CONTACT = "single_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class DealWarning:
    """A rule holds for a deal."""

    rule: WarningRule
    since: datetime | None
    """When the situation began; None where nobody knows. The same beginning is the same episode."""
    evidence: str
    """The figures it rests on, in a sentence or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A deal with what its rules compare it with."""

    facts: DealFacts
    thresholds: DealThresholds
    work_days: WorkDays
    """Its agent's working days of the last weeks."""
    is_large: bool | None = None
    """Whether its amount is above that of three of four open deals of its pipeline; None where that is not known."""


def warnings(deal: Looked) -> tuple[DealWarning, ...]:
    """Everything that holds for an open deal, the most pressing first."""
    found = (rule(deal) for rule in RULES.values())
    return tuple(warning for warning in found if warning is not None)


def ghosted(deal: Looked) -> DealWarning | None:
    """Calls and messages nobody answered for some working days; conversations, held meetings and anything incoming are answers."""
    facts, limits = deal.facts, deal.thresholds
    waited = [at for at in facts.talk.unanswered if _working_days_since(deal, at) >= limits.ghosted_days]
    if not limits.ghosted_messages or len(waited) < limits.ghosted_messages:
        return None
    answered = facts.talk.answered_at
    last = f"The last answer was on {_day(deal, answered)}." if answered else "There has been no answer yet."
    return DealWarning(
        rule=WarningRule.GHOSTED,
        since=waited[0],
        evidence=f"{len(waited)} calls and messages without an answer for {limits.ghosted_days} working days or more, the first on "
        f"{_day(deal, waited[0])}. {last}",
    )


def no_activity(deal: Looked) -> DealWarning | None:
    """Nothing was done for it for days; longer in its first stage."""
    facts, limits = deal.facts, deal.thresholds
    is_early = len(facts.moves) <= EARLY_MOVES
    limit = limits.quiet_days_early if is_early else limits.quiet_days
    if not limit or facts.quiet_days is None or facts.quiet_days < limit:
        return None
    last = facts.talk.last_at
    said = f"the last one on {_day(deal, last)}" if last else "none since it was created"
    told = f"warned of from {_days(limit)} on{' in the first stage' if is_early else ''}"
    return DealWarning(
        rule=WarningRule.NO_ACTIVITY,
        since=last or _midnight(deal, facts.created_on),
        evidence=f"No activity for {_days(facts.quiet_days)}, {said}; {told}.",
    )


def close_overdue(deal: Looked) -> DealWarning | None:
    """The day it was expected to close is past."""
    facts, limit = deal.facts, deal.thresholds.close_overdue_days
    if not limit or facts.expected_close_on is None or -(facts.days_to_close or 0) < limit:
        return None
    return DealWarning(
        rule=WarningRule.CLOSE_OVERDUE,
        since=_midnight(deal, facts.expected_close_on),
        evidence=f"It was expected to close on {day_text(facts.expected_close_on)}, {_days(-(facts.days_to_close or 0))} ago.",
    )


def stalled(deal: Looked) -> DealWarning | None:
    """It stays in its stage for longer than four of five won deals did."""
    facts, least = deal.facts, deal.thresholds.stalled_days
    stayed, usual = facts.days_in_stage, facts.usual_stay
    if not least or stayed is None:
        return None
    is_known = usual is not None and usual.is_known
    limit = max(float(least), usual.late_days) if usual is not None and is_known else float(UNUSUAL * least)
    if stayed <= limit:
        return None
    compared = (
        f"four of five of {usual.count} stays of won deals there were no longer than {number_text(round(usual.late_days, 1))} days"
        if usual is not None and is_known
        else f"too few won deals went through it to say what is usual, so {_days(round(limit))} are called long"
    )
    return DealWarning(
        rule=WarningRule.STALLED,
        since=facts.stage_entered_at,
        evidence=f"In “{facts.stage}” for {_days(stayed)}; {compared}.",
    )


def no_next_step(deal: Looked) -> DealWarning | None:
    """Nothing is planned for it in its agent's calendar."""
    facts, limit = deal.facts, deal.thresholds.step_days
    if not limit or facts.next_step is not None or (facts.age_days is not None and facts.age_days < limit):
        return None
    ends = [task.ends_at for task in facts.tasks if task.ends_at <= facts.at]
    last = max((at for at in (facts.talk.last_at, *ends) if at is not None), default=_midnight(deal, facts.created_on))
    return DealWarning(
        rule=WarningRule.NO_NEXT_STEP,
        since=last,
        evidence="No call, meeting or task about it lies ahead in its agent's calendar."
        + (f" The last thing done or planned was on {_day(deal, last)}." if last else ""),
    )


def close_pushed(deal: Looked) -> DealWarning | None:
    """The day it was expected to close was put off several times."""
    facts, limit = deal.facts, deal.thresholds.pushes
    if not limit or facts.pushes is None or facts.pushes < limit:
        return None
    last = f", the last time on {day_text(facts.pushed_on)}" if facts.pushed_on else ""
    return DealWarning(
        rule=WarningRule.CLOSE_PUSHED,
        since=_midnight(deal, facts.pushed_on),
        evidence=f"The expected day of closing was put off {facts.pushes} times{last}.",
    )


def red_flag(deal: Looked) -> DealWarning | None:
    """A note of the last thirty days has one of the words that deserve a second look; the note itself is not repeated."""
    words = deal.thresholds.red_flags
    if not words:
        return None
    found = [(note, said) for note in deal.facts.notes if (said := _said(note, words))]
    if not found:
        return None
    note, said = found[0]
    named = ", ".join(f"“{each}”" for each in said)
    return DealWarning(
        rule=WarningRule.RED_FLAG,
        since=note.at,
        evidence=f"A note of {_day(deal, note.at)} says {named}."[:LONGEST_EVIDENCE],
    )


def overdue_tasks(deal: Looked) -> DealWarning | None:
    """Tasks are past their time and nobody said what came of them."""
    overdue, limit = deal.facts.overdue, deal.thresholds.overdue_tasks
    if not limit or len(overdue) < limit:
        return None
    tasks = "1 task is past its time" if len(overdue) == 1 else f"{len(overdue)} tasks are past their time"
    return DealWarning(
        rule=WarningRule.OVERDUE_TASKS,
        since=overdue[0].ends_at,
        evidence=f"{tasks} and still open, the oldest from {_day(deal, overdue[0].starts_at)}.",
    )


def single_contact(deal: Looked) -> DealWarning | None:
    """A large deal rests on few people: when one of them leaves, so may the deal."""
    facts, wanted = deal.facts, deal.thresholds.contacts
    if not wanted or not deal.is_large or facts.contacts is None or facts.contacts >= wanted:
        return None
    people = "1 person" if facts.contacts == 1 else f"{facts.contacts} people"
    return DealWarning(
        rule=WarningRule.SINGLE_CONTACT,
        since=_midnight(deal, facts.created_on),
        evidence=f"Its records name {people} on the other side, and it is larger than three of four open deals of its pipeline.",
    )


RULES: Final = MappingProxyType(
    {
        WarningRule.GHOSTED: ghosted,
        WarningRule.NO_ACTIVITY: no_activity,
        WarningRule.CLOSE_OVERDUE: close_overdue,
        WarningRule.STALLED: stalled,
        WarningRule.NO_NEXT_STEP: no_next_step,
        WarningRule.CLOSE_PUSHED: close_pushed,
        WarningRule.RED_FLAG: red_flag,
        WarningRule.OVERDUE_TASKS: overdue_tasks,
        WarningRule.SINGLE_CONTACT: single_contact,
    }
)


def _working_days_since(deal: Looked, at: datetime) -> int:
    return deal.work_days.between(local_time(at, deal.facts.time_zone).on, deal.facts.today)


def _said(note: Note, words: tuple[str, ...]) -> list[str]:
    """The words as the note has them, each once."""
    return list(dict.fromkeys(match.lower() for match in _pattern(words).findall(note.text)))


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    any_of = "|".join(re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)


def _day(deal: Looked, at: datetime) -> str:
    return day_text(local_time(at, deal.facts.time_zone).on)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _midnight(deal: Looked, on: date | None) -> datetime | None:
    """The beginning of the day where the agent is."""
    return None if on is None else day_start(on, deal.facts.time_zone)
