"""Data that stopped arriving, told by its own rhythm: an import at night is not late at noon, and a dialer is not late on Sunday.

An hour is as busy as the share of the last working days on which something arrived in it. A silence lasts as many busy hours as it spans.
It is told once it is both long and clearly longer than any other of the last four weeks.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from domain.alerts.finding import AlertRule, Finding, Verdict
from domain.formatting import number_text

LOOKED_AT: Final = timedelta(days=28)
"""Four weeks: every weekday four times."""
LEAST_DAYS: Final = 10
"""Working days with arrivals before there is a rhythm to speak of."""
LONGER: Final = 1.5
"""How much longer than the longest silence so far: the longest of four weeks is passed now and then by luck alone."""
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When records usually arrive."""

    work_days: frozenset[date]
    busy: Counter[int]
    """By hour of the day, on how many of the days looked at something arrived in it."""
    days: int
    """Days looked at on which anything arrived."""

    def busy_hours(self, after: datetime, before: datetime) -> float:
        """How many busy hours lie wholly between two hours that had something, or between one and now."""
        hours = (hour for hour in _hours(after + HOUR, before) if hour.date() in self.work_days)
        return sum(self.busy[hour.hour] for hour in hours) / self.days if self.days else 0.0


def rhythm_of(arrivals: Sequence[datetime], work_days: Collection[date], today: date) -> Rhythm:
    """The rhythm of the days before today; `arrivals` are hours by the team's clock in which something arrived, each once."""
    known = [each for each in arrivals if each.date() < today and each.date() in work_days]
    return Rhythm(work_days=frozenset(work_days), busy=Counter(each.hour for each in known), days=len({each.date() for each in known}))


def data_stopped(arrivals: Sequence[datetime], work_days: Collection[date], now: datetime, threshold: int) -> Finding | None:
    """A silence longer than this team's own ones; None where the rule is switched off.

    `arrivals` are full hours by the team's clock in order, each once; `now` is by the same clock.
    """
    if not threshold:
        return None
    rhythm = rhythm_of(arrivals, work_days, now.date())
    if rhythm.days < LEAST_DAYS:
        return Finding(rule=AlertRule.DATA_STOPPED, verdict=Verdict.OPEN)
    silent = rhythm.busy_hours(arrivals[-1], now.replace(minute=0, second=0, microsecond=0))
    longest = max((rhythm.busy_hours(one, other) for one, other in pairwise(arrivals)), default=0.0)
    return Finding(
        rule=AlertRule.DATA_STOPPED,
        verdict=_verdict(silent, max(float(threshold), LONGER * longest)),
        count=round(silent),
        sentence=f"No new record since {arrivals[-1]:%d %b, %H}:00, for {number_text(round(silent, 1))} of the hours in which records "
        "usually arrive.",
        evidence=f"The longest silence of the last four weeks was {number_text(round(longest, 1))} such hours, on {rhythm.days} days with "
        "records.",
    )


def _verdict(silent: float, limit: float) -> Verdict:
    if silent >= limit:
        return Verdict.HOLDS
    return Verdict.CLEAR if silent < limit / 2 else Verdict.OPEN


def _hours(first: datetime, end: datetime) -> Iterator[datetime]:
    """Every full hour from the first up to but not including the end."""
    while first < end:
        yield first
        first += HOUR
