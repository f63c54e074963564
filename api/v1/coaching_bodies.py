"""What is celebrated, and how achievements are shown."""

from datetime import date, datetime
from typing import Self

from api.v1.fields import Body, RecordId, Shown
from domain.coaching.achievements import GrantState, Kind
from domain.coaching.celebration import Rung
from services.achievements import Badge
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


class GrantOut(Shown):
    """An achievement that was earned."""

    period: str
    """`2026-W48`, `2026-11`, or `ever`."""
    value: float
    state: GrantState
    earned_on: date
    """The day the last record it needed happened."""
    granted_at: datetime
    """When it was noticed."""


class AchievementOut(Shown):
    """An achievement as the agent stands to it."""

    key: str
    name: str
    about: str
    kind: Kind
    grants: list[GrantOut]
    """Newest first."""
    value: float
    """In the period that runs; a goal's share from 0, else a count."""
    needed: float | None
    """Null while it is too early to say, and for a record."""
    last_on: date | None
    """Until when it can be earned in this period; null for once in all."""

    @classmethod
    def of(cls, badge: Badge) -> Self:
        """The badge for other programs."""
        return cls(
            key=badge.achievement.key,
            name=badge.achievement.name,
            about=badge.achievement.about,
            kind=badge.achievement.kind,
            grants=[GrantOut.model_validate(each) for each in badge.grants],
            value=badge.standing.value,
            needed=badge.standing.needed,
            last_on=badge.standing.days.last_day if badge.standing.days else None,
        )


class AchievementList(Shown):
    """In the order of the gallery."""

    items: list[AchievementOut]
