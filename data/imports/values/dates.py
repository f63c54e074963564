"""Moments and days in the ways systems write them; how a column writes its dates is decided once, from all its values."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Final, TypeAlias

from domain.local_time import moment_at

EARLIEST: Final = date(1970, 1, 1)
LATEST: Final = date(2100, 12, 31)
When: TypeAlias = datetime | date
"""A moment, naive where the text names no offset; or a day where it gives no time."""


class DateStyle(StrEnum):
    """How a column writes its dates. ISO dates are understood beside every other style: they cannot be mistaken."""

    ISO = "iso"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    COMPACT = "compact"
    NAMED_MONTH = "named_month"
    EXCEL = "excel"
    EPOCH_SECONDS = "epoch_seconds"
    EPOCH_MILLISECONDS = "epoch_milliseconds"


STYLE_WORDS: Final = {
    DateStyle.ISO: "Year first (2026-03-31 14:05)",
    DateStyle.DAY_FIRST: "Day first (31.03.2026 14:05)",
    DateStyle.MONTH_FIRST: "Month first (3/31/2026 2:05 PM)",
    DateStyle.COMPACT: "Digits only (20260331)",
    DateStyle.NAMED_MONTH: "Month by name (31 Mar 2026)",
    DateStyle.EXCEL: "Spreadsheet day number (46112.5)",
    DateStyle.EPOCH_SECONDS: "Seconds since 1970",
    DateStyle.EPOCH_MILLISECONDS: "Milliseconds since 1970",
}
_TIME: Final = (
    r"(?:[T,\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
_ZONE: Final = r"\s*(?P<zone>Z|UTC|GMT|[+\-]\d{2}(?::?\d{2})?)?"
_ISO: Final = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME + _ZONE)
_DAY: Final = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})" + _TIME + _ZONE)
_MONTH: Final = re.compile(r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})[-/.](?P<year>\d{4}|\d{2})" + _TIME + _ZONE)
_COMPACT: Final = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2}))?" + _ZONE
)
_NAMED_DAY: Final = re.compile(r"(?P<day>\d{1,2})\.?[ \-](?P<name>[A-Za-z]{3,9})\.?,?[ \-](?P<year>\d{4})" + _TIME + _ZONE)
_NAMED_MONTH: Final = re.compile(r"(?P<name>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})" + _TIME + _ZONE)
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?")
_SECONDS: Final = re.compile(r"\d{9,10}(?:\.\d+)?")
_MILLISECONDS: Final = re.compile(r"\d{12,13}")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPREADSHEET_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets count days without a zone
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PATTERNS: Final[dict[DateStyle, tuple[re.Pattern[str], ...]]] = {
    DateStyle.ISO: (_ISO,),
    DateStyle.DAY_FIRST: (_DAY,),
    DateStyle.MONTH_FIRST: (_MONTH,),
    DateStyle.COMPACT: (_COMPACT,),
    DateStyle.NAMED_MONTH: (_NAMED_DAY, _NAMED_MONTH),
    DateStyle.EXCEL: (_SERIAL,),
    DateStyle.EPOCH_SECONDS: (_SECONDS,),
    DateStyle.EPOCH_MILLISECONDS: (_MILLISECONDS,),
}
_NOON: Final = 12
_BARE_STYLES: Final = {DateStyle.EXCEL, DateStyle.EPOCH_SECONDS, DateStyle.EPOCH_MILLISECONDS}
_IMPOSSIBLE: Final = "There is no such day or time."


def possible_styles(values: Collection[str]) -> tuple[DateStyle, ...]:
    """The styles under which most of the column's values are dates; two of them mean that the file alone does not tell."""
    texts = [value.strip() for value in values]
    fits = {DateStyle.ISO: _fitting(texts, DateStyle.ISO)}
    if fits[DateStyle.ISO] == len(texts):
        return (DateStyle.ISO,)
    fits |= {style: _fitting(texts, style) for style in DateStyle if style is not DateStyle.ISO}
    best = max(fits.values())
    styles = tuple(style for style in DateStyle if fits[style] == best)
    if styles != (DateStyle.DAY_FIRST, DateStyle.MONTH_FIRST):
        return styles[:1]
    return styles if _differs(texts) else styles[:1]


def _fitting(texts: Collection[str], style: DateStyle) -> int:
    return sum(1 for text in texts if _fits(text, style))


def _fits(value: str, style: DateStyle) -> bool:
    try:
        _written(value, style)
    except ValueError:
        return False
    return True


def _differs(values: Collection[str]) -> bool:
    """Whether any value names another day when its day and month change places."""
    matches = (_DAY.fullmatch(value) for value in values)
    return any(match["day"].zfill(2) != match["month"].zfill(2) for match in matches if match)


def when(value: str, style: DateStyle) -> When:
    """What the text says in the column's style; ValueError when it is no such date, or one no record can have."""
    read = _written(value.strip(), style)
    day = read.date() if isinstance(read, datetime) else read
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"The year {day.year} cannot be right.")
    return read


def in_utc(moment: When, zone_name: str) -> When:
    """A moment in UTC, a naive one read on the zone's clocks; a day stays a day.

    A time the clocks skipped in spring moves forward by the skipped hour; of a time they showed twice in autumn the first is meant.
    """
    if not isinstance(moment, datetime):
        return moment
    return moment_at(moment, zone_name).moment if moment.tzinfo is None else moment.astimezone(UTC)


def _written(value: str, style: DateStyle) -> When:
    """What the text says, aware only where it names an offset; ValueError when it is not a date in the style or does not exist."""
    if style in _BARE_STYLES and _PATTERNS[style][0].fullmatch(value):
        return _from_number(float(value.replace(",", ".")), style)
    for pattern in (*(() if style in _BARE_STYLES else _PATTERNS[style]), _ISO):
        match = pattern.fullmatch(value)
        if match is not None:
            return _from_parts(match)
    raise ValueError("This is not a date in the way the column writes them.")


def _from_number(number: float, style: DateStyle) -> When:
    if style is DateStyle.EXCEL:
        moment = _SPREADSHEET_ZERO + timedelta(seconds=round(number * 86_400))
        return moment.date() if number == int(number) else moment
    return _EPOCH + timedelta(seconds=number if style is DateStyle.EPOCH_SECONDS else number / 1000)


def _from_parts(match: re.Match[str]) -> When:
    parts = match.groupdict()
    month = _month_number(parts["name"]) if parts.get("name") else int(parts["month"])
    year = int(parts["year"]) + (0 if len(parts["year"]) > len("26") else 2000)
    try:
        day = date(year, month, int(parts["day"]))
        if parts.get("hour") is None:
            return day
        moment = datetime(day.year, day.month, day.day, _hour(parts), int(parts["minute"]), int(parts["second"] or 0))  # noqa: DTZ001
    except ValueError as error:
        raise ValueError(_IMPOSSIBLE) from error
    fraction = parts.get("fraction")
    if fraction:
        moment = moment.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    return moment.replace(tzinfo=_offset(parts["zone"])) if parts.get("zone") else moment


def _hour(parts: dict[str, str]) -> int:
    hour = int(parts["hour"])
    half = (parts.get("half") or "").casefold()[:1]
    if not half:
        return hour
    if not 1 <= hour <= _NOON:
        raise ValueError(_IMPOSSIBLE)
    return hour % _NOON + (_NOON if half == "p" else 0)


def _month_number(name: str) -> int:
    start = name[:3].casefold()
    if start not in _MONTHS:
        raise ValueError(_IMPOSSIBLE)
    return _MONTHS.index(start) + 1


def _offset(zone: str) -> timezone:
    if zone in {"Z", "UTC", "GMT"}:
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes >= 24 * 60:
        raise ValueError(_IMPOSSIBLE)
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))
