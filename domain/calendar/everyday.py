"""The ways of repeating that people choose from, each as a rule."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final

from domain.calendar.recurrence import Frequency, Rule, Weekday
from domain.periods import Grain, containing

LAST_NTH: Final = 4
"""Not every month has a fifth Tuesday: from there on the last one is meant."""
WORKDAYS: Final = tuple(Weekday(day) for day in range(5))


class Everyday(StrEnum):
    """How something repeats; weeks can be told by their days."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    MONTHLY_WEEKDAY = "monthly_weekday"


def everyday_rule(
    choice: Everyday, first_on: date, *, days: tuple[int, ...] = (), until: date | None = None, times: int | None = None
) -> Rule:
    """The rule for a choice; `days` are weekdays from Monday 0, the first day's own where none is named."""
    weekdays = tuple(Weekday(day) for day in sorted(days)) if days and days != (first_on.weekday(),) else ()
    match choice:
        case Everyday.DAILY:
            rule = Rule(frequency=Frequency.DAILY)
        case Everyday.WEEKDAYS:
            rule = Rule(frequency=Frequency.WEEKLY, weekdays=WORKDAYS)
        case Everyday.WEEKLY:
            rule = Rule(frequency=Frequency.WEEKLY, weekdays=weekdays)
        case Everyday.FORTNIGHTLY:
            rule = Rule(frequency=Frequency.WEEKLY, interval=2, weekdays=weekdays)
        case Everyday.MONTHLY:
            rule = Rule(frequency=Frequency.MONTHLY)
        case Everyday.MONTHLY_WEEKDAY:
            rule = Rule(frequency=Frequency.MONTHLY, weekdays=(nth_weekday(first_on),))
    return replace(rule, until=until, count=times)


def nth_weekday(day: date) -> Weekday:
    """The day as a weekday of its month: the second Tuesday, or the last one."""
    nth = (day.day - 1) // 7 + 1
    is_last = day.day + 7 > containing(day, Grain.MONTH).days
    return Weekday(day.weekday(), -1 if is_last and nth > LAST_NTH else nth)
