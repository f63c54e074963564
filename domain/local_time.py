"""Moments and the clock on an agent's wall: which local day and hour a moment is, and which moment a local time means."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from domain.errors import InputError


class ClockNote(StrEnum):
    """What was special about a local time."""

    ORDINARY = "ordinary"
    SKIPPED = "skipped"
    """The clock jumped over it; the moment is that much after the jump."""
    REPEATED = "repeated"
    """The clock showed it twice; the moment is the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTime:
    """The day and the hour (0–23) a clock in some zone shows."""

    on: date
    hour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The moment a local time means, in UTC, and whether the clock was being changed then."""

    moment: datetime
    note: ClockNote


@cache
def zone(name: str) -> ZoneInfo:
    """The IANA zone; raises InputError with the nearest name for an unknown one."""
    if name in _zone_names():
        return ZoneInfo(name)
    near = get_close_matches(name, _zone_names(), n=1)
    hint = f" Did you mean {near[0]}?" if near else " Use a name such as Europe/Berlin."
    raise InputError(f"“{name}” is not a time zone we know.{hint}", code="unknown_time_zone")


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def local_time(moment: datetime, zone_name: str) -> LocalTime:
    """What the clock shows in the zone at an aware moment."""
    shown = moment.astimezone(zone(zone_name))
    return LocalTime(on=shown.date(), hour=shown.hour)


def wall_clock(moment: datetime, zone_name: str) -> datetime:
    """The same as a naive date and time, for showing and for editing."""
    return moment.astimezone(zone(zone_name)).replace(tzinfo=None)


def moment_at(shown: datetime, zone_name: str) -> Resolved:
    """The moment at which a clock in the zone shows the naive time.

    A time the clock jumps over becomes the moment equally long after the jump (02:30 of a spring night is 03:30); a time
    shown twice is taken the first time.
    """
    place = zone(zone_name)
    moment = shown.replace(tzinfo=place, fold=0).astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) != shown:
        return Resolved(moment=moment, note=ClockNote.SKIPPED)
    second = shown.replace(tzinfo=place, fold=1).astimezone(UTC)
    return Resolved(moment=moment, note=ClockNote.ORDINARY if second == moment else ClockNote.REPEATED)


def day_start(day: date, zone_name: str) -> datetime:
    """The first moment of the local day; where midnight itself is skipped, the moment the clock jumps to."""
    return moment_at(datetime.combine(day, time()), zone_name).moment
