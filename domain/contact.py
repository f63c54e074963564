"""When an activity counts as contact with a lead, and what somebody may log by hand."""

from datetime import timedelta
from typing import Final

from domain.records import NOT_HELD, REACHED, WORK_TYPES, ActivityType, Direction, EventKind, Outcome

LOGGABLE: Final = WORK_TYPES | {ActivityType.NOTE}
"""Types a person can log; the others are the product's own history entries."""

CONVERSED: Final = frozenset({ActivityType.CALL, ActivityType.FOLLOW_UP})
WRITTEN: Final = frozenset({ActivityType.EMAIL, ActivityType.MESSAGE})
HELD: Final = frozenset({ActivityType.MEETING, ActivityType.APPOINTMENT, ActivityType.SHOWING})
TOWARDS_PEOPLE: Final = CONVERSED | WRITTEN | HELD
"""Types that go to a person; logging one without a direction means outbound."""

FUTURE_LEEWAY: Final = timedelta(days=1)
"""How far ahead an activity may be dated: zones differ by up to a day, and plans belong in the calendar."""

CORRECTION_TIME: Final = timedelta(days=7)
"""How long after it happened an entry can be changed: a weekly review still corrects it, older numbers have been reported."""

MATCHING_ACTIVITY: Final = {
    EventKind.CALL: ActivityType.CALL,
    EventKind.APPOINTMENT: ActivityType.APPOINTMENT,
    EventKind.SHOWING: ActivityType.SHOWING,
    EventKind.MEETING: ActivityType.MEETING,
}
"""The activity a completed event becomes; training and blocked time are plans only."""

_COMMON: Final = (Outcome.COMPLETED, Outcome.APPOINTMENT_SET, Outcome.INTERESTED, Outcome.NOT_INTERESTED)
_MEETING_OUTCOMES: Final = (*_COMMON, Outcome.NO_SHOW, Outcome.CANCELLED)
_WRITTEN_OUTCOMES: Final = (Outcome.COMPLETED, Outcome.APPOINTMENT_SET, Outcome.INTERESTED, Outcome.NOT_INTERESTED)
_CALL_OUTCOMES: Final = (
    Outcome.CONNECTED,
    Outcome.NO_ANSWER,
    Outcome.LEFT_MESSAGE,
    Outcome.APPOINTMENT_SET,
    Outcome.CALL_BACK,
    Outcome.INTERESTED,
    Outcome.NOT_INTERESTED,
    Outcome.BUSY,
    Outcome.WRONG_NUMBER,
)
OUTCOMES: Final[dict[ActivityType, tuple[Outcome, ...]]] = {
    ActivityType.CALL: _CALL_OUTCOMES,
    ActivityType.FOLLOW_UP: (Outcome.COMPLETED, *_CALL_OUTCOMES),
    ActivityType.EMAIL: _WRITTEN_OUTCOMES,
    ActivityType.MESSAGE: _WRITTEN_OUTCOMES,
    ActivityType.MEETING: _MEETING_OUTCOMES,
    ActivityType.APPOINTMENT: _MEETING_OUTCOMES,
    ActivityType.SHOWING: _MEETING_OUTCOMES,
    ActivityType.TASK: (Outcome.COMPLETED, Outcome.CANCELLED),
    ActivityType.POST: (Outcome.COMPLETED,),
    ActivityType.NOTE: (),
}
"""What can be chosen for a type, the likeliest first."""


def one_tap_outcome(kind: ActivityType) -> Outcome | None:
    """The outcome a single tap logs: done for what is over when it is logged, unknown for a call until somebody says how it went."""
    return None if kind in CONVERSED or kind is ActivityType.NOTE else Outcome.COMPLETED


def is_contact(kind: ActivityType, outcome: Outcome | None, direction: Direction | None) -> bool:
    """Whether an agent reached out and it arrived, so that a new lead counts as contacted.

    A call or follow-up arrives when somebody was spoken to or a message was left: an unanswered call, or one whose outcome
    nobody noted, is an attempt. What is written arrives by being sent; a meeting by being held.
    """
    if direction is not Direction.OUTBOUND:
        return False
    if kind in CONVERSED:
        return outcome in REACHED or outcome is Outcome.LEFT_MESSAGE
    if kind in HELD:
        return outcome not in NOT_HELD
    return kind in WRITTEN
