"""The days and months a sentence names, and whether the facts name them too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_NAMES: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH: Final = rf"(?P<{{0}}>{'|'.join(_NAMES)}|{'|'.join(name[:3] for name in _NAMES)}|Sept)\.?"
_FORMS: Final = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH.format('month')}\b(?:,?\s(?P<year>\d{{4}})(?!\d))?"),
    re.compile(rf"\b{_MONTH.format('month')}\s(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,?\s(?P<year>\d{{4}})(?!\d))?"),
    re.compile(rf"\b{_MONTH.format('month')}\b(?:\s(?P<year>\d{{4}})(?!\d))?"),
)
RELATIVE: Final = re.compile(
    r"(?i)\b(?:tomorrow|yesterday|tonight|(?:next|last|this) (?:week|weekend|month|quarter|year|night)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
)
"""Days told from the one on which it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """As much of a date as is said."""

    month: int
    day: int | None = None
    year: int | None = None

    def is_in(self, known: Iterable["Day"]) -> bool:
        """Whether a known day says all of it."""
        return any(self.month == each.month and self.day in {None, each.day} and self.year in {None, each.year} for each in known)


def taken_out(text: str) -> tuple[list[Day], str]:
    """The days a text names, and the text without them."""
    days: list[Day] = []
    for form in _FORMS:
        days += [_day(found) for found in form.finditer(text)]
        text = form.sub(" ; ", text)
    return days, text


def _day(found: re.Match[str]) -> Day:
    parts = found.groupdict()
    day, year = parts.get("day"), parts.get("year")
    return Day(month=_month(parts), day=int(day) if day else None, year=int(year) if year else None)


def _month(parts: dict[str, str]) -> int:
    if "number" in parts:
        return int(parts["number"])
    return next(place for place, name in enumerate(_NAMES, 1) if name[:3] == parts["month"][:3])
