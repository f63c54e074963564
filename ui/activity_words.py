"""The names and icons of what agents do and plan, as screens show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.outcome_words import OUTCOME_NAMES
from domain.records import ActivityType, EventKind, EventStatus, Outcome
from ui.wording import BadgeColor


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A name and the Material symbol next to it."""

    name: str
    icon: str

    @property
    def symbol(self) -> str:
        """The symbol as markdown and widgets take it."""
        return f":material/{self.icon}:"


ACTIVITIES: Final[Mapping[ActivityType, Shown]] = {
    ActivityType.CALL: Shown(name="Call", icon="call"),
    ActivityType.EMAIL: Shown(name="Email", icon="mail"),
    ActivityType.MESSAGE: Shown(name="Message", icon="chat"),
    ActivityType.MEETING: Shown(name="Meeting", icon="groups"),
    ActivityType.APPOINTMENT: Shown(name="Appointment", icon="event_available"),
    ActivityType.SHOWING: Shown(name="Showing", icon="home"),
    ActivityType.FOLLOW_UP: Shown(name="Follow-up", icon="replay"),
    ActivityType.TASK: Shown(name="Task", icon="task_alt"),
    ActivityType.POST: Shown(name="Post", icon="campaign"),
    ActivityType.NOTE: Shown(name="Note", icon="sticky_note_2"),
    ActivityType.ASSIGNMENT: Shown(name="Lead assigned", icon="person_add"),
    ActivityType.STAGE_CHANGE: Shown(name="Stage changed", icon="swap_horiz"),
    ActivityType.CONVERSION: Shown(name="Lead converted", icon="verified"),
}

OUTCOMES: Final = OUTCOME_NAMES

EVENTS: Final[Mapping[EventKind, Shown]] = {
    EventKind.APPOINTMENT: Shown(name="Appointment", icon="event_available"),
    EventKind.SHOWING: Shown(name="Showing", icon="home"),
    EventKind.MEETING: Shown(name="Meeting", icon="groups"),
    EventKind.CALL: Shown(name="Call", icon="call"),
    EventKind.TRAINING: Shown(name="Training", icon="school"),
    EventKind.BLOCKED: Shown(name="Blocked time", icon="block"),
}

EVENT_STATES: Final[Mapping[EventStatus, tuple[Shown, BadgeColor]]] = {
    EventStatus.PLANNED: (Shown(name="Planned", icon="schedule"), "gray"),
    EventStatus.COMPLETED: (Shown(name="Done", icon="check_circle"), "green"),
    EventStatus.CANCELLED: (Shown(name="Cancelled", icon="cancel"), "gray"),
    EventStatus.NO_SHOW: (Shown(name="No-show", icon="person_off"), "orange"),
}

_GOOD: Final = frozenset({Outcome.APPOINTMENT_SET, Outcome.INTERESTED})
_BAD: Final = frozenset({Outcome.NO_SHOW, Outcome.CANCELLED, Outcome.WRONG_NUMBER})


def outcome_badge(outcome: Outcome | None) -> str:
    """The outcome in markdown; empty when nobody said."""
    if outcome is None:
        return ""
    color = "green" if outcome in _GOOD else "orange" if outcome in _BAD else "gray"
    return f":{color}-badge[{OUTCOMES[outcome]}]"


def event_state(status: EventStatus) -> str:
    """The state of a calendar entry in markdown: icon, word and colour together."""
    shown, color = EVENT_STATES[status]
    return f":{color}-badge[{shown.symbol} {shown.name}]"


def duration_text(seconds: int | None) -> str:
    """`45 s`, `12 min`, `1 h 30 min`; empty when unknown."""
    if not seconds:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min" if minutes else f"{rest} s"
