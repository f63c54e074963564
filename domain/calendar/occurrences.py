"""The days a rule falls on, and the moments its clock means.

Days are found by looking at each one between the first and the end of the window, never by searching for the next that fits: a rule
that fits no day at all costs as little as any other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from domain.calendar.recurrence import Frequency, Rule, Weekday
from domain.local_time import Resolved, moment_at
from domain.periods import Grain, Period, add_months, containing

_GRAIN: Final = {Frequency.DAILY: Grain.DAY, Frequency.MONTHLY: Grain.MONTH, Frequency.YEARLY: Grain.YEAR}
LONGEST_UNIT: Final = {Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.MONTHLY: 31, Frequency.YEARLY: 366}
"""In days; the units in a stretch of days are at least its length divided by this."""
_MONTHS: Final = {Frequency.MONTHLY: 1, Frequency.YEARLY: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """Something that repeats on a clock: in its zone the hour is always the same, however far the zone is from UTC that day."""

    rule: Rule
    first_on: date
    at: time
    zone_name: str
    until_on: date | None = None
    """The day after the last one it may fall on, where it was ended before its rule does."""

    def days(self, window: Period) -> list[date]:
        """The days of the window it falls on, in order."""
        end = window.end if self.until_on is None else min(window.end, self.until_on)
        return [day for day in days_of(self.rule, self.first_on, end, start=window.start) if day >= window.start]

    def moment(self, day: date) -> Resolved:
        """When it starts on the day.

        A time the clock jumps over is as much later as the clock jumps; of one shown twice the first is meant (`local_time.moment_at`).
        """
        return moment_at(datetime.combine(day, self.at), self.zone_name)


def days_of(rule: Rule, first_on: date, end: date, *, start: date | None = None) -> list[date]:
    """The rule's days from the first one on, before `end`, in order; those before `start` may be left out.

    A month or year without the day has none: what repeats on the 31st leaves out April. The first day counts only if the rule names it.
    """
    meant = with_defaults(rule, first_on)
    found: list[date] = []
    for unit in _units(meant, first_on, end, start or first_on):
        in_unit = _positioned([day for day in unit if _fits(meant, day)], meant.positions)
        found += [day for day in in_unit if first_on <= day < end and (meant.until is None or day <= meant.until)]
        if meant.count is not None and len(found) >= meant.count:
            return found[: meant.count]
    return found


def with_defaults(rule: Rule, first_on: date) -> Rule:
    """The rule with what it takes from its first day spelt out."""
    if rule.weekdays or rule.month_days:
        return rule
    match rule.frequency:
        case Frequency.WEEKLY:
            return replace(rule, weekdays=(Weekday(first_on.weekday()),))
        case Frequency.MONTHLY:
            return replace(rule, month_days=(first_on.day,))
        case Frequency.YEARLY:
            return replace(rule, months=rule.months or (first_on.month,), month_days=(first_on.day,))
    return rule


def _units(rule: Rule, first_on: date, end: date, start: date) -> Iterator[Iterable[date]]:
    """Every interval-th day, week, month or year from the first day's on, as far as the end and the rule's own.

    Those well before `start` are passed over, unless the rule counts them.
    """
    last = end if rule.until is None else min(end, rule.until + timedelta(days=1))
    begins = _begins(rule, first_on)
    if rule.count is None:
        begins = _later(begins, rule, max(0, (start - begins).days // LONGEST_UNIT[rule.frequency] // rule.interval - 1))
    while begins < last:
        yield _days_from(rule.frequency, begins)
        begins = _later(begins, rule, 1)


def _begins(rule: Rule, day: date) -> date:
    if rule.frequency is Frequency.WEEKLY:
        return day - timedelta(days=(day.weekday() - rule.week_start) % 7)
    return containing(day, _GRAIN[rule.frequency]).start


def _days_from(frequency: Frequency, begins: date) -> Iterable[date]:
    if frequency is Frequency.DAILY:
        return (begins,)
    if frequency is Frequency.WEEKLY:
        return Period(begins, begins + timedelta(days=7))
    return containing(begins, _GRAIN[frequency])


def _later(begins: date, rule: Rule, steps: int) -> date:
    """The unit so many intervals later."""
    if rule.frequency in _MONTHS:
        return add_months(begins, steps * rule.interval * _MONTHS[rule.frequency])
    return begins + timedelta(days=steps * rule.interval * LONGEST_UNIT[rule.frequency])


def _fits(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    from_end = day.day - 1 - _days_in_month(day)
    if rule.month_days and not {day.day, from_end} & set(rule.month_days):
        return False
    return not rule.weekdays or any(_is_weekday(each, day, from_end) for each in rule.weekdays)


def _is_weekday(wanted: Weekday, day: date, from_end: int) -> bool:
    """Whether the day is that weekday, and the nth of its month where that is asked for."""
    if wanted.day != day.weekday():
        return False
    return wanted.nth is None or wanted.nth in {(day.day + 6) // 7, -((-from_end + 6) // 7)}


def _positioned(days: list[date], positions: tuple[int, ...]) -> list[date]:
    """Those of a unit's days at the positions; all without any."""
    if not positions:
        return days
    indexes = {position - 1 if position > 0 else len(days) + position for position in positions}
    return [day for index, day in enumerate(days) if index in indexes]


def _days_in_month(day: date) -> int:
    return containing(day, Grain.MONTH).days
