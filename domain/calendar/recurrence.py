"""The rule by which a calendar entry repeats: a small part of iCalendar's (RFC 5545, 3.3.10), read, checked and written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from domain.errors import InputError
from domain.local_time import wall_clock
from domain.periods import add_months

CODE: Final = "unusable_rule"
MOST_TIMES: Final = 500
LONGEST_MONTHS: Final = 24
"""Two years: nobody plans further, and what has an end can be counted."""
LARGEST_INTERVAL: Final = 366
LONGEST_TEXT: Final = 200
"""What the database keeps of a rule; a longer one is no rule a person thinks in."""
NTHS: Final = range(1, 6)
MONTH_DAYS: Final = range(1, 32)
MONTHS: Final = range(1, 13)
POSITIONS: Final = range(1, 367)
_END: Final = re.compile(r"(\d{8})(T\d{6})?(Z)?", re.ASCII)
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Frequency(StrEnum):
    """How often at most; what repeats within a day is no plan."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True, order=True)
class Weekday:
    """A day of the week, or the nth of a month: `Weekday(1, 2)` is the second Tuesday, `Weekday(4, -1)` the last Friday."""

    day: int
    """Monday 0."""
    nth: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """On which days something is repeated; what is empty is taken from the first day."""

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    """Negative ones count from the month's end."""
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    """Which of the days found in a month or year are meant."""
    week_start: int = 0
    count: int | None = None
    until: date | None = None
    """The last day it may fall on."""

    def __post_init__(self) -> None:
        """Refuse what no calendar means, or what would never end."""
        for is_wrong, words in _faults(self):
            if is_wrong:
                raise InputError(words, code=CODE)

    @property
    def text(self) -> str:
        """As iCalendar writes it: `FREQ=WEEKLY;BYDAY=TU;UNTIL=20270305`."""
        parts = {
            "FREQ": self.frequency.value,
            "INTERVAL": "" if self.interval == 1 else str(self.interval),
            "COUNT": "" if self.count is None else str(self.count),
            "UNTIL": "" if self.until is None else f"{self.until:%Y%m%d}",
            "WKST": WEEKDAYS[self.week_start] if self.week_start else "",
            "BYMONTH": _listed(self.months),
            "BYMONTHDAY": _listed(self.month_days),
            "BYDAY": ",".join(f"{'' if each.nth is None else each.nth}{WEEKDAYS[each.day]}" for each in self.weekdays),
            "BYSETPOS": _listed(self.positions),
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def rule_of(text: str, *, at: time = time(), zone_name: str = "UTC") -> Rule:
    """The rule a text names; raises InputError (`unusable_rule`) that says what is wrong with it.

    An UNTIL that is a moment means the last day on which an entry at `at` in the zone has begun by then.
    """
    if len(text) > LONGEST_TEXT:
        raise InputError(f"A rule has at most {LONGEST_TEXT} characters. Repeat less often, or book the days one by one.", code=CODE)
    parts = _parts(text)
    unknown = sorted(parts.keys() - _READ.keys())
    if unknown or "FREQ" not in parts:
        raise InputError(f"Entries are not repeated by {unknown[0] if unknown else 'a rule without FREQ'}.", code=CODE)
    read = {_FIELD[name]: _READ[name](value) for name, value in parts.items() if name != "UNTIL"}
    return Rule(**read, until=_last_day(parts["UNTIL"], at, zone_name) if "UNTIL" in parts else None)  # type: ignore[arg-type]


def ended(rule: Rule, first_on: date) -> Rule:
    """The rule with an end: one that has none ends after two years. Raises InputError for one that ends later, or before it begins."""
    latest = add_months(first_on, LONGEST_MONTHS)
    if rule.until is None:
        return rule if rule.count is not None else replace(rule, until=latest)
    if rule.until > latest:
        raise InputError(f"It can repeat for two years at most: until {latest}. Choose an earlier end.", code=CODE)
    if rule.until < first_on:
        raise InputError(f"It ends on {rule.until}, before it begins on {first_on}. Choose a later end.", code=CODE)
    return rule


def _faults(rule: Rule) -> tuple[tuple[bool, str], ...]:
    is_short = rule.frequency in {Frequency.DAILY, Frequency.WEEKLY}
    has_nth = any(each.nth is not None for each in rule.weekdays)
    return (
        (not 1 <= rule.interval <= LARGEST_INTERVAL, f"INTERVAL is a number from 1 to {LARGEST_INTERVAL}."),
        (rule.count is not None and not 1 <= rule.count <= MOST_TIMES, f"It can repeat at most {MOST_TIMES} times."),
        (rule.count is not None and rule.until is not None, "A rule ends after a number of times or on a day, not both."),
        (not all(0 <= each.day < len(WEEKDAYS) for each in rule.weekdays), "BYDAY names days such as MO or 2TU."),
        (has_nth and is_short, "Only what repeats by month or year has a second Tuesday."),
        (has_nth and rule.frequency is Frequency.YEARLY and not rule.months, "Name the month of the yearly weekday."),
        (not all(each.nth is None or abs(each.nth) in NTHS for each in rule.weekdays), "A month has up to five of a weekday."),
        (not all(abs(day) in MONTH_DAYS for day in rule.month_days), "BYMONTHDAY is a day of a month, from 1 to 31."),
        (bool(rule.month_days) and rule.frequency is Frequency.WEEKLY, "What repeats by week has no day of the month."),
        (not all(month in MONTHS for month in rule.months), "BYMONTH is a month from 1 to 12."),
        (bool(rule.positions) and is_short, "BYSETPOS belongs to what repeats by month or year."),
        (not all(abs(position) in POSITIONS for position in rule.positions), "BYSETPOS is a number from 1 to 366."),
    )


def _parts(text: str) -> dict[str, str]:
    """The rule's parts by their names; each may stand once."""
    pairs = [part.partition("=") for part in text.strip().upper().removeprefix("RRULE:").split(";") if part]
    parts = {name: value for name, _, value in pairs}
    if len(parts) != len(pairs) or not all(parts.values()):
        raise InputError("A rule names each of its parts once, such as FREQ=WEEKLY;BYDAY=TU.", code=CODE)
    return parts


def _frequency(value: str) -> Frequency:
    if value not in Frequency.__members__:
        raise InputError(f"Entries repeat DAILY, WEEKLY, MONTHLY or YEARLY, not {value[:20]}.", code=CODE)
    return Frequency(value)


def _number(value: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,4}", value, re.ASCII):
        raise InputError(f"“{value[:20]}” is no number a rule can have.", code=CODE)
    return int(value)


def _numbers(value: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_number(each) for each in value.split(",")))


def _weekday(value: str) -> Weekday:
    found = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", value, re.ASCII)
    if found is None:
        raise InputError(f"“{value[:20]}” is no weekday of a rule. Write MO, or 2TU for the second Tuesday.", code=CODE)
    return Weekday(WEEKDAYS.index(found[2]), int(found[1]) if found[1] else None)


def _weekdays(value: str) -> tuple[Weekday, ...]:
    return tuple(dict.fromkeys(_weekday(each) for each in value.split(",")))


def _week_start(value: str) -> int:
    return _weekday(value).day


def _last_day(value: str, at: time, zone_name: str) -> date:
    found = _END.fullmatch(value)
    try:
        moment = datetime.fromisoformat("".join(found.groups("")[:2]) if found else "").replace(tzinfo=UTC)
        if found is None or found[2] is None:
            return moment.date()
        shown = wall_clock(moment, zone_name) if found[3] else moment.replace(tzinfo=None)
        return shown.date() if shown.time() >= at else shown.date() - timedelta(days=1)
    except (ValueError, OverflowError):
        raise InputError(f"“{value[:20]}” is no end of a rule. Write UNTIL=20270305.", code=CODE) from None


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(str(number) for number in numbers)


_READ: Final[Mapping[str, Callable[[str], object]]] = {
    "FREQ": _frequency,
    "INTERVAL": _number,
    "COUNT": _number,
    "UNTIL": str,
    "WKST": _week_start,
    "BYMONTH": _numbers,
    "BYMONTHDAY": _numbers,
    "BYDAY": _weekdays,
    "BYSETPOS": _numbers,
}
_FIELD: Final = {
    "FREQ": "frequency",
    "INTERVAL": "interval",
    "COUNT": "count",
    "WKST": "week_start",
    "BYMONTH": "months",
    "BYMONTHDAY": "month_days",
    "BYDAY": "weekdays",
    "BYSETPOS": "positions",
}
