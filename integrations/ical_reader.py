"""Reads the calendars of other programs: every entry becomes something that can be planned, or is named with why not.

Nothing in a file decides how long reading takes: its size and its entries are limited, zones are ours and never the file's own
description of one, and what repeats is counted out only within the days asked for.
"""

import hashlib
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from icalendar import Calendar, Component

from domain.errors import InputError
from domain.local_time import day_start
from domain.periods import Period
from integrations import ical_values as values
from integrations.ical_values import NotTakenError

LARGEST: Final = 2 * 1024 * 1024
"""Some thousand entries; a longer history is exported in parts."""
MOST: Final = 3000
MOST_REPEATING: Final = 200
"""Nobody has more; each may have to be counted out from many years ago."""
LONGEST_NAME: Final = 200
_FOLD: Final = re.compile(rb"\r?\n[ \t]")
_ZONES: Final = re.compile(rb"^BEGIN:VTIMEZONE\s*$.*?^END:VTIMEZONE\s*$", re.MULTILINE | re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """One entry on one day, under the name by which it is known again."""

    uid: str
    """The name of what it is one of; empty for what happens once."""
    key: str
    title: str
    notes: str
    starts_at: datetime
    ends_at: datetime
    is_called_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """An entry that is not taken, and why not."""

    title: str
    starts_at: datetime | None
    reason: str


Read: TypeAlias = ReadEntry | Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """In whose zone and within which days a file is read."""

    zone_name: str
    window: Period

    def has(self, moment: datetime) -> bool:
        return day_start(self.window.start, self.zone_name) <= moment < day_start(self.window.end, self.zone_name)


def read_calendar(content: bytes, zone_name: str, window: Period) -> list[Read]:
    """The file's entries within the days, each taken or named with why not; times without a zone are those of `zone_name`.

    Raises InputError (`not_a_calendar`, `calendar_too_large`) for what is no calendar, or too large a one.
    """
    if len(content) > LARGEST:
        raise InputError("This file is larger than 2 MB. Export a shorter span of time.", code="calendar_too_large")
    components = [each for calendar in _parsed(content) for each in calendar.subcomponents if each.name != "VTIMEZONE"]
    if len(components) > MOST:
        raise InputError(f"This file has more than {MOST:,} entries. Export a shorter span of time.", code="calendar_too_large")
    return _without_doubles(_all(components, _Place(zone_name=zone_name, window=window)))


def _parsed(content: bytes) -> list[Component]:
    plain = _ZONES.sub(b"", _FOLD.sub(b"", content.removeprefix(b"\xef\xbb\xbf")))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = Calendar.from_ical(plain, multiple=True)
    except Exception:  # noqa: BLE001 - whatever the library makes of a broken file, it is one
        found = []
    if not found or any(each.name != "VCALENDAR" for each in found):
        raise InputError("This is no calendar file we can read. Export it as iCalendar (.ics).", code="not_a_calendar")
    return list(found)


def _all(components: Sequence[Component], place: _Place) -> Iterator[Read]:
    by_uid: defaultdict[str, list[Component]] = defaultdict(list)
    for number, component in enumerate(components):
        if component.name == "VEVENT":
            by_uid[str(component.get("UID") or f"unnamed {number}")].append(component)
        else:
            yield Unread(title=values.title(component), starts_at=None, reason="Only events are taken, no tasks or notes.")
    repeating = taken = 0
    for uid, events in by_uid.items():
        repeating += sum(values.repeats(event) for event in events)
        refusal = _too_much(repeating, taken)
        found = [_unread(event, refusal, place) for event in events] if refusal else list(_group(uid, events, place))
        taken += len(found)
        yield from found


def _too_much(repeating: int, taken: int) -> str | None:
    if taken >= MOST:
        return f"With what repeats there are more than {MOST:,} entries. Export a shorter span of time."
    return f"There are more than {MOST_REPEATING} repeating entries." if repeating > MOST_REPEATING else None


def _group(uid: str, events: Sequence[Component], place: _Place) -> Iterator[Read]:
    """Everything of one name: what happens once, what repeats, and the days of it that are different."""
    changed: dict[datetime, Component] = {}
    for event in events:
        if "RECURRENCE-ID" in event:
            yield from _tried(event, place, lambda event=event: _note(changed, event, place))  # type: ignore[misc]
    for event in events:
        if "RECURRENCE-ID" not in event:
            yield from _tried(event, place, lambda event=event: _master(uid, event, place, changed.keys()))  # type: ignore[misc]
    for moment, event in changed.items():
        yield from _tried(event, place, lambda event=event, moment=moment: [_single(uid, event, place, moment)])  # type: ignore[misc]


def _tried(event: Component, place: _Place, work: Callable[[], Iterable[ReadEntry]]) -> Iterable[Read]:
    try:
        return list(work())
    except (NotTakenError, InputError) as error:
        return [_unread(event, str(error), place)]


def _note(changed: dict[datetime, Component], event: Component, place: _Place) -> Iterable[ReadEntry]:
    """Remember which day of its series the entry stands for."""
    if event["RECURRENCE-ID"].params.get("RANGE"):
        raise NotTakenError("It changes all later days of its series at once.")
    changed[values.starts_at(event, place.zone_name, "RECURRENCE-ID")] = event
    return []


def _master(uid: str, event: Component, place: _Place, changed: Iterable[datetime]) -> Iterator[ReadEntry]:
    if not values.repeats(event):
        yield _single(uid, event, place)
        return
    reach = Period(place.window.start - timedelta(days=1), place.window.end + timedelta(days=1))
    for starts_at in values.occurrences(event, place.zone_name, reach):
        if starts_at not in changed and place.has(starts_at):
            yield _entry(uid, event, place, starts_at, _key(uid, starts_at))


def _single(uid: str, event: Component, place: _Place, instead_of: datetime | None = None) -> ReadEntry:
    starts_at = values.starts_at(event, place.zone_name)
    if not place.has(starts_at):
        raise NotTakenError("It is too long ago, or too far ahead.")
    return _entry(uid if instead_of else "", event, place, starts_at, _key(uid, instead_of))


def _entry(uid: str, event: Component, place: _Place, starts_at: datetime, key: str) -> ReadEntry:
    return ReadEntry(
        uid=_short(uid),
        key=key,
        title=values.title(event),
        notes=values.notes(event),
        starts_at=starts_at,
        ends_at=starts_at + values.length(event, place.zone_name),
        is_called_off=values.is_called_off(event),
    )


def _unread(event: Component, reason: str, place: _Place) -> Unread:
    try:
        starts_at = values.starts_at(event, place.zone_name)
    except NotTakenError:
        starts_at = None
    return Unread(title=values.title(event), starts_at=starts_at, reason=reason)


def _without_doubles(found: Iterable[Read]) -> list[Read]:
    kept: dict[str, Read] = {}
    others: list[Read] = []
    for each in found:
        if isinstance(each, ReadEntry) and each.key not in kept:
            kept[each.key] = each
        else:
            is_double = isinstance(each, ReadEntry)
            others.append(Unread(title=each.title, starts_at=each.starts_at, reason="The file has it twice.") if is_double else each)
    return [*kept.values(), *others]


def _key(uid: str, moment: datetime | None = None) -> str:
    """What an entry is called here: a day of a series by the moment its series puts it, however far it was moved."""
    return _short(uid) if moment is None else f"{_short(uid)}/{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _short(uid: str) -> str:
    name = values.storable(uid)
    return name if len(name) <= LONGEST_NAME else hashlib.sha256(name.encode()).hexdigest()
