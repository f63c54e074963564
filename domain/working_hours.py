"""How much of a wait fell in working hours: a lead of Friday evening answered on Monday morning was not left for three days."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import Final

from domain.local_time import zone
from domain.working_days import WorkDays

DAY_STARTS: Final = time(9)
DAY_ENDS: Final = time(17, 30)
"""Working hours until agents can set their own: a day's target is spread over them evenly, and only they count of a wait."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Somebody's working hours as moments, the n-th from `opens[n]` up to but not including `closes[n]`, in order."""

    opens: tuple[datetime, ...]
    closes: tuple[datetime, ...]
    earlier: tuple[timedelta, ...]
    """Worked before the n-th, so that a wait of a year costs no more than one of a minute."""

    def seconds(self, since: datetime, until: datetime) -> int:
        """The whole seconds of the wait [since, until) that lie in working hours; none where it was over before they began."""
        return max(timedelta(), self._gone(until) - self._gone(since)) // timedelta(seconds=1)

    def _gone(self, moment: datetime) -> timedelta:
        """All that was worked before the moment."""
        n = bisect_right(self.opens, moment) - 1
        return timedelta() if n < 0 else self.earlier[n] + min(moment, self.closes[n]) - self.opens[n]


def working_hours(days: WorkDays, time_zone: str) -> WorkingHours:
    """From nine to half past five of these days on the clock of the zone; in UTC, where a clock change makes a day longer or shorter."""
    spans = [span for span in (_span(day, time_zone) for day in days.days) if span is not None]
    lengths = (closes - opens for opens, closes in spans)
    return WorkingHours(
        opens=tuple(opens for opens, _ in spans),
        closes=tuple(closes for _, closes in spans),
        earlier=tuple(accumulate(lengths, initial=timedelta()))[: len(spans)],
    )


def _span(day: date, time_zone: str) -> tuple[datetime, datetime] | None:
    """None for a day the calendar of the zone leaves out, as Samoa's did when it crossed the date line."""
    place = zone(time_zone)
    opens, closes = (datetime.combine(day, at, place).astimezone(UTC) for at in (DAY_STARTS, DAY_ENDS))
    return (opens, closes) if opens.astimezone(place).date() == day else None
