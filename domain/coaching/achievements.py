"""Achievements as data: what each asks, and how far an agent is by their own sums.

An award can be earned in every week or month anew, a membership is once for its period, a record has one holder. What is granted stays;
where its facts were corrected it is under review.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.counters import Counters, total
from domain.periods import Grain, Period, containing
from domain.records import Profile

FEWEST_MONTHS: Final = 6
"""Whole months of one's own before a best month means anything."""
NEWS: Final = timedelta(days=7)
"""What was earned longer ago congratulates nobody: a first import would flood the inbox with the past."""
EVER: Final = "ever"


class Kind(StrEnum):
    """How often something can be earned."""

    AWARD = "award"
    MEMBERSHIP = "membership"
    RECORD = "record"


class Condition(StrEnum):
    """What is held against the figure."""

    GOAL_SHARE = "goal_share"
    """Share of a goal of the period that was reached, 1 for all of it."""
    COUNT = "count"
    """How many in the period."""
    DAY = "day"
    """How many on one day of the period."""
    CUMULATIVE = "cumulative"
    """How many in all."""
    PERSONAL_BEST = "personal_best"
    """More in the month than in any before."""
    HIGHEST = "highest"
    """More in a month than anybody ever; who holds it is found among everybody, not from one agent's sums."""


class GrantState(StrEnum):
    """Whether what was granted still holds."""

    HELD = "held"
    UNDER_REVIEW = "under_review"
    """The facts behind it were corrected, and do not reach it any more."""
    PASSED_ON = "passed_on"
    """A record that somebody else holds now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """What can be earned."""

    key: str
    name: str
    about: str
    icon: str
    """A Material symbol's name."""
    kind: Kind
    condition: Condition
    counter: str = ""
    unit: tuple[str, str] = ("", "")
    """What is counted, in the singular and the plural."""
    least: float = 1
    grain: Grain | None = None
    """The period it is earned in; None for once in all."""
    points: int = 0
    """What it brings on the day it is earned; the product's own are worth the badge alone."""
    profiles: frozenset[Profile] = field(default_factory=lambda: frozenset(Profile))
    is_offered: bool = True
    """False for what nobody can earn any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSums:
    """What an agent's achievements are read from."""

    months: Mapping[date, Counters]
    """By the first day of the month, all there are."""
    days: Mapping[date, Counters]
    """Of the current and the last month and week."""
    goals: Mapping[Period, float]
    """By the days of a goal, the largest share of one that was reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far somebody is with an achievement in a period; `needed` is None while it is too early to say."""

    value: float
    needed: float | None
    days: Period | None
    """The period; None for once in all."""

    @property
    def is_reached(self) -> bool:
        """Whether it is earned."""
        return self.needed is not None and self.value >= self.needed

    @property
    def share(self) -> float:
        """How far, from 0 to 1."""
        return min(1.0, self.value / self.needed) if self.needed else 0.0


def standing(achievement: Achievement, sums: AgentSums, today: date, days: Period | None = None) -> Standing:
    """How far the agent is, in the period that is running or in these days of the achievement's grain."""
    within = days or (containing(today, achievement.grain) if achievement.grain else None)
    least = achievement.least
    match achievement.condition:
        case Condition.CUMULATIVE:
            return Standing(value=getattr(total(sums.months.values()), achievement.counter), needed=least, days=None)
        case Condition.GOAL_SHARE:
            return Standing(value=_goal_share(sums, within), needed=least, days=within)
        case Condition.DAY:
            return Standing(value=max(_by_day(achievement, sums, within), default=0), needed=least, days=within)
        case Condition.COUNT:
            return Standing(value=sum(_by_day(achievement, sums, within)), needed=least, days=within)
        case Condition.PERSONAL_BEST:
            best = _own_best(achievement, sums, within)
            needed = None if best is None else max(least, best + 1)
            return Standing(value=_month(achievement, sums, within), needed=needed, days=within)
        case Condition.HIGHEST:
            return Standing(value=_month(achievement, sums, within), needed=None, days=within)


def period_key(days: Period | None) -> str:
    """What makes a grant unique in time: `2026-W48`, `2026-11`, `2026-Q4`, `ever`."""
    if days is None:
        return EVER
    start = days.start
    match days.grain:
        case Grain.WEEK:
            year, week, _ = start.isocalendar()
            return f"{year}-W{week:02d}"
        case Grain.QUARTER:
            return f"{start.year}-Q{(start.month + 2) // 3}"
        case Grain.YEAR:
            return str(start.year)
        case Grain.MONTH:
            return f"{start:%Y-%m}"
    return start.isoformat()


def period_named(key: str) -> Period | None:
    """The week, month, quarter or year of such a key; None for once in all."""
    year, _, rest = key.partition("-")
    if key == EVER:
        return None
    if rest.startswith("W"):
        return containing(date.fromisocalendar(int(year), int(rest[1:]), 1), Grain.WEEK)
    if rest.startswith("Q"):
        return containing(date(int(year), 3 * int(rest[1:]), 1), Grain.QUARTER)
    if "-" in rest:
        return containing(date.fromisoformat(key), Grain.DAY)
    return containing(date(int(year), int(rest or 1), 1), Grain.MONTH if rest else Grain.YEAR)


def periods_to_look_at(achievement: Achievement, today: date) -> list[Period | None]:
    """The running period and the one before, in which something may have been entered late; for once in all no period."""
    if achievement.grain is None:
        return [None]
    running = containing(today, achievement.grain)
    return [containing(running.start - timedelta(days=1), achievement.grain), running]


def best_day(achievement: Achievement, sums: AgentSums, within: Period) -> date | None:
    """The first day of the period with the most of it; None without any."""
    found = {day: getattr(counters, achievement.counter) for day, counters in sums.days.items() if day in within}
    return max(sorted(found), key=found.__getitem__) if found else None


def day_reached(achievement: Achievement, by_day: Mapping[date, int], needed: float) -> date | None:
    """The day the last of what was needed happened, from the counts of the days that may count; None where they do not reach it."""
    so_far = 0
    for day in sorted(by_day):
        so_far = by_day[day] if achievement.condition is Condition.DAY else so_far + by_day[day]
        if so_far >= needed:
            return day
    return None


def is_news(earned_on: date, today: date) -> bool:
    """Whether it was earned lately."""
    return earned_on > today - NEWS


def _by_day(achievement: Achievement, sums: AgentSums, within: Period | None) -> list[int]:
    return [getattr(counters, achievement.counter) for day, counters in sums.days.items() if within is None or day in within]


def _goal_share(sums: AgentSums, within: Period | None) -> float:
    """The largest share reached of a goal whose last day lies within the period; 0 where there is none."""
    return max((share for days, share in sums.goals.items() if within is not None and days.last_day in within), default=0.0)


def _own_best(achievement: Achievement, sums: AgentSums, within: Period | None) -> int | None:
    """The best month before; None with too few of them."""
    before = [getattr(sums.months[month], achievement.counter) for month in sums.months if within is not None and month < within.start]
    return max(before) if len(before) >= FEWEST_MONTHS else None


def _month(achievement: Achievement, sums: AgentSums, within: Period | None) -> int:
    month = sums.months.get(within.start, Counters()) if within is not None else Counters()
    return int(getattr(month, achievement.counter))
