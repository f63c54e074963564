"""What a success is for each type of activity, and what moves a customer on: the one place that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.records import NOT_HELD, REACHED, WORK_TYPES, ActivityType, Outcome, Skill

NEXT_STEP: Final = frozenset({Outcome.APPOINTMENT_SET, Outcome.INTERESTED})
"""Outcomes that move a customer on: a new appointment, or interest where there was none noted."""
_NOTED: Final = frozenset[Outcome | None](Outcome)
_SENT: Final = frozenset[Outcome | None]({Outcome.COMPLETED})
"""Of something written, "done" says only that it was sent: whether anybody answered is unknown, which is not a no."""


class Kind(StrEnum):
    """Work whose results can be compared: a call with an email, a meeting with a showing, but not a call with a showing."""

    OUTREACH = "outreach"
    """Getting hold of people and an appointment out of it."""
    FACE_TO_FACE = "face_to_face"
    """Time with a customer who agreed to it."""
    DESK = "desk"
    """Work without a customer; it has no conversion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """How one type of activity is judged."""

    type: ActivityType
    kind: Kind
    metric_key: str
    """The metric that counts it, as everywhere else."""
    plural: str
    success: str
    """What a success is, in words that follow a share: "42 % reached somebody"."""
    succeeded: frozenset[Outcome | None]
    judged: frozenset[Outcome | None]
    """The outcomes that say whether it was a success; the others count on neither side. None is an outcome nobody noted."""
    skill: Skill
    """What it practises, should it need developing."""
    advice: str
    """What to try when it works less well than it might."""

    @property
    def converts(self) -> bool:
        """Whether it can move a customer on."""
        return self.kind is not Kind.DESK

    @property
    def tried(self) -> frozenset[Outcome | None]:
        """The outcomes that say whether the customer moved on: of those noted and, face to face, of those that took place."""
        return self.judged - {None} - (NOT_HELD if self.kind is Kind.FACE_TO_FACE else frozenset())


def _answered(
    type_: ActivityType, metric_key: str, plural: str, advice: str, *, success: str = "were answered", skill: Skill = Skill.PROSPECTING
) -> Practice:
    return Practice(
        type=type_,
        kind=Kind.OUTREACH,
        metric_key=metric_key,
        plural=plural,
        success=success,
        succeeded=REACHED - _SENT,
        judged=_NOTED - _SENT,
        skill=skill,
        advice=advice,
    )


def _held(type_: ActivityType, metric_key: str, plural: str, advice: str) -> Practice:
    """No outcome counts as held, as for the metric that counts them."""
    return Practice(
        type=type_,
        kind=Kind.FACE_TO_FACE,
        metric_key=metric_key,
        plural=plural,
        success="took place",
        succeeded=(_NOTED | {None}) - NOT_HELD,
        judged=_NOTED | {None},
        skill=Skill.PRESENTATION,
        advice=advice,
    )


_LIST: Final = (
    Practice(
        type=ActivityType.CALL,
        kind=Kind.OUTREACH,
        metric_key="calls",
        plural="calls",
        success="reached somebody",
        succeeded=REACHED,
        # A call without an outcome reached nobody, as in the conversation rate on every other screen.
        judged=_NOTED | {None},
        skill=Skill.APPOINTMENT_SETTING,
        advice="Call in the hours that reach people, and end every conversation with a question for a date.",
    ),
    _answered(ActivityType.EMAIL, "emails", "emails", "One question per email, in the subject line too; call those who opened it."),
    _answered(ActivityType.MESSAGE, "messages", "messages", "Short, personal, one question; call when two stay without an answer."),
    _answered(
        ActivityType.FOLLOW_UP,
        "follow_ups",
        "follow-ups",
        "Agree the day of the next contact before you part, and bring something new each time.",
        success="reached somebody",
        skill=Skill.FOLLOW_UP,
    ),
    _answered(ActivityType.POST, "posts", "posts", "Ask for something: a question, a visit, a date. Write again what was answered before."),
    _held(ActivityType.MEETING, "meetings", "meetings", "Confirm the day before, and leave with the next step agreed."),
    _held(ActivityType.APPOINTMENT, "appointments", "appointments", "Confirm the day before, and leave with the next step agreed."),
    _held(ActivityType.SHOWING, "showings", "showings", "Ask beforehand what would make them decide, and ask for the offer at the end."),
    Practice(
        type=ActivityType.TASK,
        kind=Kind.DESK,
        metric_key="tasks",
        plural="tasks",
        success="were done",
        succeeded=frozenset({Outcome.COMPLETED}),
        judged=_NOTED,
        skill=Skill.FOLLOW_UP,
        advice="Plan fewer a day and finish them.",
    ),
)

PRACTICES: Final[Mapping[ActivityType, Practice]] = MappingProxyType({each.type: each for each in _LIST})
"""Every type of work, in the order in which screens list them.

A call succeeds when somebody was spoken to; something written when it was answered (one that is merely done was sent, and says
nothing); a follow-up when somebody was reached; what was agreed with a customer when it took place; a task when it was done.
"""
assert frozenset(PRACTICES) == WORK_TYPES, "every type of work needs its success defined"  # noqa: S101
