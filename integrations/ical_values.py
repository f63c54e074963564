"""What one entry of a calendar file says: when it starts, how long it lasts, on which days it repeats, in words that can be kept."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Component
from icalendar.prop import vBroken

from domain.calendar.occurrences import Repetition
from domain.calendar.recurrence import rule_of
from domain.local_time import day_start, moment_at
from domain.periods import Period

LONGEST: Final = timedelta(days=1)
NO_END: Final = timedelta(minutes=30)
"""What an entry without an end is taken to last."""
YEARS: Final = range(1990, 2101)
TITLE_SIGNS, NOTES_SIGNS = 200, 2000
NAMELESS: Final = "Untitled"
_NAMES: Final = {"DTSTART": "start", "DTEND": "end", "RECURRENCE-ID": "day in its series", "EXDATE": "days left out", "RDATE": "days added"}
_UNSTORABLE: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


class NotTakenError(Exception):
    """Why an entry is not taken, in words for its owner."""


def starts_at(event: Component, zone_name: str, name: str = "DTSTART") -> datetime:
    """The moment the property means; a time without a zone is one of `zone_name`, a day its first moment there."""
    return _moment(_checked(event.get(name), name), zone_name)


def length(event: Component, zone_name: str) -> timedelta:
    """How long it lasts: more than no time, at most a day."""
    first = _checked(event.get("DTSTART"), "DTSTART")
    found = _said_length(event, first, zone_name)
    if found > LONGEST:
        raise NotTakenError("It lasts longer than a day.")
    if found < timedelta(0):
        raise NotTakenError("It ends before it starts.")
    return found or NO_END


def repeats(event: Component) -> bool:
    """Whether it stands for more than one day."""
    return "RRULE" in event or "RDATE" in event


def occurrences(event: Component, zone_name: str, window: Period) -> list[datetime]:
    """When what repeats starts within the window: by its rule and the days it adds, without those it leaves out."""
    first = _checked(event.get("DTSTART"), "DTSTART")
    place = _zone_of(first) or zone_name
    at = first.time() if isinstance(first, datetime) else time()
    starts = {_moment(first, zone_name)}
    if "RRULE" in event:
        repetition = Repetition(rule=rule_of(_rule(event), at=at, zone_name=place), first_on=_day(first), at=at, zone_name=place)
        starts = {repetition.moment(day).moment for day in repetition.days(window)}
    return sorted((starts | set(_dates(event, "RDATE", zone_name))) - set(_dates(event, "EXDATE", zone_name)))


def title(event: Component) -> str:
    """Its first line."""
    return " ".join(storable(str(event.get("SUMMARY", ""))).split())[:TITLE_SIGNS] or NAMELESS


def notes(event: Component) -> str:
    """Where it is and what else it says."""
    parts = [storable(str(event.get(name, ""))).strip() for name in ("LOCATION", "DESCRIPTION")]
    return "\n".join(part for part in parts if part)[:NOTES_SIGNS].strip()


def storable(text: str) -> str:
    """The text without what a database cannot keep."""
    return _UNSTORABLE.sub(" ", text)


def is_called_off(event: Component) -> bool:
    """Whether the file says that it does not take place."""
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _checked(prop: Any, name: str) -> date | datetime:  # noqa: ANN401 - whatever the library made of it
    """The property's day or moment, in a zone we know."""
    value = _part(prop, "dt")
    if not isinstance(value, date) or value.year not in YEARS:
        raise NotTakenError(f"Its {_NAMES[name]} cannot be read.")
    if isinstance(value, datetime):
        zone_name = str(getattr(prop, "params", {}).get("TZID", ""))[:60]
        if (value.tzinfo is None and zone_name) or not (value.tzinfo is None or isinstance(value.tzinfo, ZoneInfo)):
            raise NotTakenError(f"Its time zone “{zone_name}” is none we know.")
    return value


def _part(prop: Any, name: str) -> Any:  # noqa: ANN401 - the same
    """A part of the property; None where the library could not read it."""
    return None if isinstance(prop, vBroken) else getattr(prop, name, None)


def _moment(value: date | datetime, zone_name: str) -> datetime:
    if not isinstance(value, datetime):
        return day_start(value, zone_name)
    return moment_at(value, zone_name).moment if value.tzinfo is None else value.astimezone(UTC)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _zone_of(value: date | datetime) -> str | None:
    found = value.tzinfo if isinstance(value, datetime) else None
    return found.key if isinstance(found, ZoneInfo) else None


def _said_length(event: Component, first: date | datetime, zone_name: str) -> timedelta:
    if "DTEND" in event:
        last = _checked(event.get("DTEND"), "DTEND")
        if isinstance(first, datetime) != isinstance(last, datetime):
            raise NotTakenError("Its end cannot be read.")
        return _moment(last, zone_name) - _moment(first, zone_name) if isinstance(first, datetime) else last - first
    said = _part(event.get("DURATION"), "dt")
    if isinstance(said, timedelta):
        return said
    return timedelta(0) if isinstance(first, datetime) else LONGEST


def _rule(event: Component) -> str:
    found = event.get("RRULE")
    if isinstance(found, list):
        raise NotTakenError("It repeats by more than one rule.")
    return str(found.to_ical().decode())


def _dates(event: Component, name: str, zone_name: str) -> Iterator[datetime]:
    found = event.get(name, [])
    for listed in found if isinstance(found, list) else [found]:
        for prop in _part(listed, "dts") or [None]:
            yield _moment(_checked(prop, name), zone_name)
