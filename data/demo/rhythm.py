"""When people work: planned days, seasons, hours of the day, absences, and moments on each person's own clock."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from typing import Final

from holidays import country_holidays
from numpy.random import Generator

from data.demo.cast import LONDON, Player, Story
from domain.local_time import zone

HISTORY_DAYS: Final = 425
"""Fourteen months."""
SMALL_HISTORY_DAYS: Final = 92
UNTIL: Final = time(11, 30)
"""Today has happened up to this hour on everybody's own clock, or up to now where that is earlier."""
WORKING_HOURS: Final = (8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19)
HOUR_SHARES: Final = (0.04, 0.12, 0.16, 0.14, 0.05, 0.07, 0.10, 0.11, 0.10, 0.06, 0.03, 0.02)
"""Busy mornings, a lunch break, a second peak in the afternoon."""
ANSWER_SHARES: Final = (0.30, 0.36, 0.42, 0.38, 0.26, 0.28, 0.34, 0.38, 0.46, 0.44, 0.36, 0.30)
"""How often somebody picks up in each of these hours."""
WEEKDAY_EFFORT: Final = (0.95, 1.12, 1.1, 1.04, 0.8, 0.6, 0.4)
MONTH_EFFORT: Final = (0.85, 0.92, 1.05, 1.12, 1.16, 1.12, 1.0, 0.95, 1.04, 1.05, 0.96, 0.72)
RISING_DAYS: Final = 150
NEWCOMER_DAYS: Final = 30
SLUMP_DAYS: Final = 45
MOVED_DAYS: Final = 120
LEFT_DAYS: Final = 95
AWAY_DAYS: Final = (21, 7)
"""The two-week absence, as days before today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment as the agent's clock showed it, and as the world counts it."""

    local: datetime
    at: datetime

    @property
    def on(self) -> date:
        """The local day."""
        return self.local.date()


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` up to but not including `end`."""

    start: date
    end: date


def moment(day: date, seconds: float, zone_name: str) -> Moment:
    """The moment so many seconds after local midnight; people work by day, when no clock is changed."""
    local = datetime.combine(day, time()) + timedelta(seconds=int(seconds))
    return Moment(local=local, at=local.replace(tzinfo=zone(zone_name)).astimezone(UTC))


@cache
def holidays_of(zone_name: str, year: int) -> frozenset[date]:
    """Public holidays where the zone is: England for London, the United States otherwise."""
    found = country_holidays("GB", subdiv="ENG", years=year) if zone_name == LONDON else country_holidays("US", years=year)
    return frozenset(found)


def absences(player: Player, number: int, today: date) -> list[Span]:
    """Days off: the story's two weeks for whoever is just back, and two spread-out holidays for everybody."""
    spans = [Span(today - timedelta(days=back), today - timedelta(days=back - length)) for back, length in _holiday_weeks(number)]
    if player.story is Story.AWAY:
        first, last = (today - timedelta(days=days) for days in AWAY_DAYS)
        spans.append(Span(first, last))
    return spans


def _holiday_weeks(number: int) -> list[tuple[int, int]]:
    """Each person's holidays as (days before today, length), set apart so that a team is never empty."""
    return [(60 + (number * 37) % 120, 7), (220 + (number * 53) % 140, 11), (-12 - (number * 17) % 25, 5)]


def workdays(player: Player, number: int, span: Span, today: date) -> Iterator[date]:
    """The days of the span the person plans to work: their weekdays without public holidays and absences."""
    off = absences(player, number, today)
    for offset in range((span.end - span.start).days):
        day = span.start + timedelta(days=offset)
        if day.isoweekday() not in player.days or day in holidays_of(player.zone, day.year):
            continue
        if not any(gone.start <= day < gone.end for gone in off):
            yield day


def season(day: date) -> float:
    """How busy the market is: spring high, December low."""
    return MONTH_EFFORT[day.month - 1]


def effort(story: Story, days_ago: int) -> float:
    """How much of a usual day's work the person does so many days before today."""
    if story is Story.RISING:
        return 0.6 + 0.65 * max(0.0, 1 - days_ago / RISING_DAYS)
    if story is Story.SLUMP and days_ago < SLUMP_DAYS:
        return 0.5
    if story is Story.NEWCOMER:
        return 0.75
    return 1.0


def fortune(story: Story, days_ago: int) -> float:
    """How well work ends compared with usual."""
    if story is Story.RISING:
        return 0.65 + 0.75 * max(0.0, 1 - days_ago / RISING_DAYS)
    if story is Story.SLUMP and days_ago < SLUMP_DAYS:
        return 0.55
    if story is Story.NEWCOMER:
        return 0.45
    return 1.0


def slowness(story: Story) -> float:
    """How many times longer than usual a new lead waits for the first contact."""
    return 14.0 if story is Story.SLOW_CLOSER else 1.0


def work_second(dice: Generator) -> int:
    """A second of the day at which work happens, more often in the busy hours."""
    return WORKING_HOURS[pick(dice, HOUR_STEPS)] * 3600 + int(dice.integers(0, 3600))


def steps(shares: Iterable[float]) -> tuple[float, ...]:
    """Shares as running sums that end at exactly 1, for `pick`."""
    sums = tuple(accumulate(shares))
    return (*(step / sums[-1] for step in sums[:-1]), 1.0)


def pick(dice: Generator, running: tuple[float, ...]) -> int:
    """A position, as often as its share says."""
    return bisect_right(running, dice.random())


HOUR_STEPS: Final = steps(HOUR_SHARES)


def answer_share(hour: int) -> float:
    """The chance that a call at this local hour reaches somebody."""
    return ANSWER_SHARES[WORKING_HOURS.index(hour)] if hour in WORKING_HOURS else 0.2
