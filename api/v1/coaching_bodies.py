"""What is celebrated, and how achievements are shown."""

from api.v1.fields import Body, RecordId, Shown
from domain.coaching.celebration import Rung
from services.celebrations import EventKind


class CelebrateBody(Body):
    """Something that was done."""

    kind: EventKind
    id: RecordId
    """Of the activity or the won deal."""


class CelebrationOut(Shown):
    """What came of it."""

    event: str
    rung: Rung | None
    """The first step of the ladder that matches; null for what needs no applause."""
    reason: str
    has_confetti: bool
    """Whether it is more than a word."""
    is_new: bool
    """Whether this request celebrated it; false for whatever was celebrated before."""
