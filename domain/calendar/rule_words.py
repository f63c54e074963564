"""A rule in words: “every Tuesday until 5 March 2027”."""

from datetime import date
from typing import Final

from domain.calendar.occurrences import with_defaults
from domain.calendar.recurrence import Frequency, Rule, Weekday
from domain.formatting import day_text

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
UNITS: Final = {Frequency.DAILY: "day", Frequency.WEEKLY: "week", Frequency.MONTHLY: "month", Frequency.YEARLY: "year"}
WORKWEEK: Final = tuple(Weekday(day) for day in range(5))
_NTH: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "last but one"}


def rule_words(rule: Rule, first_on: date) -> str:
    """When it repeats and how long; what only a calendar program would say is quoted as it is written."""
    meant = with_defaults(rule, first_on)
    return f"{_how_often(meant)}{_how_long(rule)}"


def _how_often(rule: Rule) -> str:
    if rule.positions:
        return f"by the rule {rule.text}"
    match rule.frequency:
        case Frequency.WEEKLY:
            return _weekly(rule)
        case Frequency.DAILY if rule.weekdays == WORKWEEK and rule.interval == 1:
            return "every weekday"
    return f"{_every(rule)}{_on(rule)}"


def _weekly(rule: Rule) -> str:
    days = "weekday" if rule.weekdays == WORKWEEK else _joined([DAYS[each.day] for each in sorted(rule.weekdays)])
    months = _in_months(rule)
    return f"every {days}{months}" if rule.interval == 1 else f"{_every(rule)} on {days}{months}"


def _every(rule: Rule) -> str:
    unit = UNITS[rule.frequency]
    return f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"


def _on(rule: Rule) -> str:
    """` on the 5th`, ` on the second Tuesday`, ` on 5 March`."""
    if rule.frequency is Frequency.YEARLY and rule.month_days and not rule.weekdays and rule.months:
        dates = [f"{_day_of_month(day)} of {MONTHS[month - 1]}" for month in rule.months for day in rule.month_days]
        return f" on the {_joined(dates)}"
    dates = [_day_of_month(day) for day in rule.month_days]
    weekdays = [f"{'the ' + _nth(each.nth) + ' ' if each.nth else ''}{DAYS[each.day]}" for each in rule.weekdays]
    on = [f"the {_joined(dates)}"] if dates else []
    on += [_joined(weekdays)] if weekdays else []
    return f"{' on ' + ' if it is a '.join(on) if on else ''}{_in_months(rule)}"


def _in_months(rule: Rule) -> str:
    return f" in {_joined([MONTHS[month - 1] for month in rule.months])}" if rule.months else ""


def _day_of_month(day: int) -> str:
    return ordinal(day) if day > 0 else "last day" if day == -1 else f"{ordinal(-day)} last day"


def _nth(nth: int) -> str:
    return _NTH.get(nth, f"{ordinal(abs(nth))} last")


def _how_long(rule: Rule) -> str:
    if rule.count is not None:
        return ", once" if rule.count == 1 else f", {rule.count} times"
    return f" until {day_text(rule.until)}" if rule.until else ""


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
