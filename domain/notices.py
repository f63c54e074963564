"""Kinds of messages people can switch on and off, and at what times their channels may be used."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
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
    }
)
"""By a notice's own kind. Reports have a switch of their own; what keeps the product running cannot be switched off."""
PATIENT: Final = frozenset({*KINDS_OF, "report_ready", "week_digest", "alerts", "stale_deals", "deal_review", "deal_monitoring"})
"""Notices that keep quiet hours and count for the day's limit: coaching, never what keeps the product running."""
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
        """Whether a notice of this kind may go out by channels at all."""
        return KINDS_OF.get(kind) not in self.unwanted

    def is_quiet(self, now: datetime) -> bool:
        """Whether the moment lies in the quiet hours on the person's clock; there are none where they end as they begin."""
        shown = wall_clock(now, self.time_zone).time()
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= shown < self.quiet_until
        return shown >= self.quiet_from or shown < self.quiet_until

    def goes_out_at(self, kind: str, now: datetime, sent_today: int) -> datetime | None:
        """When a notice may go out, after so many that went out today: now, after the quiet hours, or None for the inbox alone."""
        if kind not in PATIENT:
            return now
        if not self.wants(kind) or sent_today >= self.daily_cap:
            return None
        return self._quiet_ends(now) if self.is_quiet(now) else now

    def _quiet_ends(self, now: datetime) -> datetime:
        """The next moment at which the person's clock shows the end of their quiet hours."""
        shown = wall_clock(now, self.time_zone)
        ends = datetime.combine(shown.date(), self.quiet_until)
        return moment_at(ends if ends > shown else ends + timedelta(days=1), self.time_zone).moment
