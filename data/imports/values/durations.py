"""How long something took, to whole seconds."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from data.imports.values.texts import one_line

LONGEST: Final = 366 * 86_400
_LEAST_MILLISECONDS: Final = 1000
"""Nobody logs calls shorter than a second."""
_CLOCK: Final = re.compile(r"(?:(?P<days>\d+) days?,? ?)?(?P<hours>\d+):(?P<minutes>[0-5]?\d)(?::(?P<seconds>[0-5]?\d(?:\.\d+)?))?")
_NUMBER: Final = re.compile(r"\d{1,15}(?:[.,]\d+)?")
_UNITS: Final = re.compile(
    r"(?:(\d+)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*m(?:in(?:utes?)?)?)?\s*(?:(\d+)\s*s(?:ec(?:onds?)?)?)?", re.IGNORECASE
)


class DurationUnit(StrEnum):
    """What a bare number counts."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    MILLISECONDS = "milliseconds"


_FACTORS: Final = {
    DurationUnit.SECONDS: 1.0,
    DurationUnit.MINUTES: 60.0,
    DurationUnit.HOURS: 3600.0,
    DurationUnit.MILLISECONDS: 0.001,
}


def unit_of(column: str, values: Iterable[str]) -> DurationUnit:
    """The unit a column's name tells, else seconds; `values` are all numbers in milliseconds when none is below 1,000."""
    name = column.casefold()
    if "milli" in name or re.search(r"[\s_(]ms\b", name):
        return DurationUnit.MILLISECONDS
    if re.search(r"\bmin", name):
        return DurationUnit.MINUTES
    if re.search(r"\b(hours?|hrs)\b", name):
        return DurationUnit.HOURS
    numbers = [float(value.replace(",", ".")) for value in values if _NUMBER.fullmatch(value)]
    sure = name.startswith("hs_") and numbers and min(filter(None, numbers), default=0) >= _LEAST_MILLISECONDS
    return DurationUnit.MILLISECONDS if sure else DurationUnit.SECONDS


def duration_seconds(value: str, unit: DurationUnit = DurationUnit.SECONDS) -> int:
    """Seconds of `4 days, 22:47:14`, `00:04:10`, `4m 10s` or a bare number in the unit; two parts as in `04:10` are minutes and seconds."""
    text = one_line(value)
    seconds = _seconds(text, unit)
    if seconds is None:
        raise ValueError("This is not a duration. Use seconds, or hours:minutes:seconds.")
    if seconds > LONGEST:
        raise ValueError("Nothing takes longer than a year.")
    return int(seconds + 0.5)


def _seconds(text: str, unit: DurationUnit) -> float | None:
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", ".")) * _FACTORS[unit]
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        first, second = int(clock["hours"]), int(clock["minutes"])
        if clock["seconds"] is None and clock["days"] is None:
            return first * 60 + second
        return int(clock["days"] or 0) * 86_400 + first * 3600 + second * 60 + float(clock["seconds"] or 0)
    words = _UNITS.fullmatch(text)
    if words is None or not any(words.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in words.groups())
    return hours * 3600 + minutes * 60 + seconds
