"""Kinds of messages people can switch on and off, and at what times their channels may be used."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.local_time import moment_at, wall_clock


class NoticeKind(StrEnum):
    """What somebody can want to be told by their channels, or not."""

    MORNING_PLAN = "morning_plan"
    NUDGES = "nudges"
    END_OF_DAY = "end_of_day"
    GOALS = "goals"
    LEVELS = "levels"
    REPORTS = "reports"


KINDS_OF: Final = MappingProxyType(
    {
        "morning_plan": NoticeKind.MORNING_PLAN,
        "nudge": NoticeKind.NUDGES,
        "end_of_day": NoticeKind.END_OF_DAY,
        "goal_reached": NoticeKind.GOALS,
        "goal_at_risk": NoticeKind.GOALS,
        "goals_set": NoticeKind.GOALS,
        "level_reached": NoticeKind.LEVELS,
        "level_at_risk": NoticeKind.LEVELS,
        "report_ready": NoticeKind.REPORTS,
    }
)
"""By a notice's own kind. What is not named here, such as that a channel is broken, cannot be switched off."""
QUIET_FROM: Final = time(21)
QUIET_UNTIL: Final = time(6)
"""From nine in the evening until the morning plan, by default: an evening belongs to whoever has it."""
DAILY_CAP: Final = 10
"""Messages a day by default: more are read by nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What one person wants of their channels."""

    time_zone: str = "UTC"
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL
    daily_cap: int = DAILY_CAP
    unwanted: frozenset[NoticeKind] = frozenset()

    def wants(self, kind: str) -> bool:
        """Whether a notice of this kind may go out by channels."""
        return KINDS_OF.get(kind) not in self.unwanted

    def is_quiet(self, now: datetime) -> bool:
        """Whether the moment lies in the quiet hours on the person's clock."""
        shown = wall_clock(now, self.time_zone).time()
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= shown < self.quiet_until
        return shown >= self.quiet_from or shown < self.quiet_until

    def when(self, now: datetime) -> datetime:
        """The first moment from now on at which a message may go out."""
        if not self.is_quiet(now):
            return now
        shown = wall_clock(now, self.time_zone)
        ends = datetime.combine(shown.date(), self.quiet_until)
        ends += timedelta(days=1) if ends <= shown else timedelta(0)
        return moment_at(ends, self.time_zone).moment.astimezone(UTC)
