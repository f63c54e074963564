"""How much of a wait fell in working hours: a lead of Friday evening answered on Monday morning was not left for three days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from domain.local_time import zone

OPENS: Final = time(9)
CLOSES: Final = time(18)
"""An office day. Whoever works longer is not measured by it: the waits by the clock stand beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """When somebody works: nine to six of their own weekdays on their own clock, public holidays left out."""

    time_zone: str
    weekdays: frozenset[int]
    """ISO weekdays, Monday 1."""
    free: Collection[date] = ()

    def seconds(self, since: datetime, until: datetime) -> int:
        """The working seconds from one moment to the other; none where it was over before the next working hour began."""
        first, last = (moment.astimezone(zone(self.time_zone)).date() for moment in (since, until))
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return sum(self._on(day, since, until) for day in days if day.isoweekday() in self.weekdays and day not in self.free)

    def _on(self, day: date, since: datetime, until: datetime) -> int:
        """In UTC, because the difference of two times of one zone is that of the clocks, not of the moments."""
        opens, closes = (datetime.combine(day, at, zone(self.time_zone)).astimezone(UTC) for at in (OPENS, CLOSES))
        return max(0, round((min(until, closes) - max(since, opens)).total_seconds()))
