"""Words and signs of the Deals screen."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from domain.deals.facts import DealFacts, Sides, Task
from domain.deals.priority import DealPriority
from domain.deals.warning_words import PRIORITY_WORDS, WARNING_WORDS
from domain.deals.warnings import WarningRule
from domain.formatting import day_text, money_text, number_text, share_text
from domain.local_time import wall_clock
from domain.metrics.status import Tone
from domain.records import DealStatus
from ui.tables import UNKNOWN
from ui.wording import BadgeColor, counted, tone_color

TONES: Final[Mapping[DealPriority, Tone]] = MappingProxyType(
    {DealPriority.HIGH: Tone.BAD, DealPriority.MEDIUM: Tone.WARNING, DealPriority.LOW: Tone.QUIET}
)
ICONS: Final[Mapping[DealPriority, str]] = MappingProxyType(
    {DealPriority.HIGH: "priority_high", DealPriority.MEDIUM: "warning", DealPriority.LOW: "info"}
)
RULE_ICONS: Final[Mapping[WarningRule, str]] = MappingProxyType(
    {
        WarningRule.GHOSTED: "voicemail",
        WarningRule.NO_ACTIVITY: "bedtime",
        WarningRule.CLOSE_OVERDUE: "event_busy",
        WarningRule.STALLED: "hourglass_bottom",
        WarningRule.NO_NEXT_STEP: "event_upcoming",
        WarningRule.CLOSE_PUSHED: "update",
        WarningRule.RED_FLAG: "flag",
        WarningRule.OVERDUE_TASKS: "assignment_late",
        WarningRule.SINGLE_CONTACT: "person",
    }
)
_NO_PLACE: Final = "No stage"


def priority_color(priority: DealPriority) -> BadgeColor:
    """The palette's name of its colour; the word beside it says the same."""
    return tone_color(TONES[priority])


def priority_badge(priority: DealPriority | None) -> str:
    """How much the deal asks for attention: icon, word and colour together; nothing where nothing warns of it."""
    if priority is None:
        return ":green-badge[:material/check: Fine]"
    return f":{priority_color(priority)}-badge[:material/{ICONS[priority]}: {PRIORITY_WORDS[priority]}]"


def priority_icon(priority: DealPriority) -> str:
    """The sign alone, in its colour, where a word beside it says the same."""
    return f":{priority_color(priority)}[:material/{ICONS[priority]}:]"


def priority_text(priority: DealPriority | None) -> str:
    """The word alone, for tables."""
    return "Fine" if priority is None else PRIORITY_WORDS[priority]


def warning_names(rules: tuple[WarningRule, ...], *, most: int | None = None) -> str:
    """What warns of a deal, in a cell: the most pressing ones named, the others counted."""
    named = ", ".join(WARNING_WORDS[rule].name for rule in rules[:most]) or UNKNOWN
    left = 0 if most is None else len(rules) - most
    return f"{named} +{left}" if left > 0 else named


def amount_text(amount_minor: int | None, currency: str) -> str:
    """The amount; a dash where nobody knows it."""
    return UNKNOWN if amount_minor is None else money_text(amount_minor, currency)


def stage_text(stage: str) -> str:
    """What the stage is called."""
    return stage or _NO_PLACE


def days_text(days: int | None) -> str:
    """`3 days`; a dash where nobody knows."""
    return UNKNOWN if days is None else counted(days, "day")


def moment_text(at: datetime, zone: str) -> str:
    """`10 Mar 2026, 14:00`."""
    shown = wall_clock(at, zone)
    return f"{day_text(shown.date())}, {shown:%H:%M}"


def task_text(task: Task | None, zone: str) -> str:
    """What is planned, and when."""
    return UNKNOWN if task is None else f"{task.title}, {moment_text(task.starts_at, zone)}"


def sides_text(sides: Sides) -> str:
    """`5 (3 out, 2 in)`."""
    parts = [f"{count} {word}" for count, word in ((sides.out, "out"), (sides.incoming, "in"), (sides.unsaid, "not noted")) if count]
    return f"{sides.count} ({', '.join(parts)})" if parts else "0"


def ended_text(facts: DealFacts) -> str:
    """`Won on 10 Mar 2026`."""
    on = f" on {day_text(facts.closed_on)}" if facts.closed_on else ""
    return f"{facts.status.value.capitalize()}{on}"


def facts_of(facts: DealFacts, currency: str) -> dict[str, tuple[str, str]]:
    """Each fact by its name: the figure, and what it counts."""
    return _time(facts) | _talk(facts) | _plan(facts, currency)


def _time(facts: DealFacts) -> dict[str, tuple[str, str]]:
    if facts.status is not DealStatus.OPEN:
        return {"In the pipeline": (days_text(facts.age_days), "From the day it was created to the day it closed.")}
    return {
        "In the pipeline": (days_text(facts.age_days), "Since it was created."),
        "In its stage": (days_text(facts.days_in_stage), _usual(facts)),
        "Since the last activity": (
            days_text(facts.quiet_days),
            "Calls, messages, meetings and tasks; where there was none, since it began.",
        ),
        "Since the last answer": (
            days_text(facts.days_since_answer),
            "Since the other side last took part: a conversation, something that came in, a meeting held.",
        ),
    }


def _talk(facts: DealFacts) -> dict[str, tuple[str, str]]:
    talk = facts.talk
    length = UNKNOWN if talk.call_seconds is None else f"{number_text(round(talk.call_seconds / 60))} min"
    return {
        "Calls": (sides_text(talk.calls), "By whoever worked on the deal, answered or not."),
        "Time on calls": (length, f"Of the {counted(talk.calls_timed, 'call')} whose length is known."),
        "Messages": (sides_text(talk.messages), "E-mails and messages."),
        "Touches": (str(talk.touches), "Calls, follow-ups, messages and meetings together, without meetings that did not take place."),
    }


def _plan(facts: DealFacts, currency: str) -> dict[str, tuple[str, str]]:
    done = facts.tasks_done
    share = UNKNOWN if done.value is None else f"{share_text(done.value)} of {done.whole}"
    close = UNKNOWN if facts.expected_close_on is None else day_text(facts.expected_close_on)
    pushes = "How often that day was put off is not known." if facts.pushes is None else f"Put off {counted(facts.pushes, 'time')}."
    return {
        "Amount": (amount_text(facts.amount_minor, currency), "As it stands in the deal."),
        "Expected to close": (close, pushes),
        "Tasks done": (share, "Of the calendar entries about it whose time is over, in its agent's calendar."),
        "Overdue tasks": (str(len(facts.overdue)), "Their time is over, and nobody said what came of them."),
    }


def _usual(facts: DealFacts) -> str:
    usual = facts.usual_stay
    if usual is None or not usual.is_known:
        return "Too few won deals went through this stage to say how long that usually takes."
    median, late = (number_text(round(days, 1)) for days in (usual.median_days, usual.late_days))
    return f"Won deals stayed {median} days in the middle, four of five no longer than {late} ({usual.count} stays of the last two years)."
