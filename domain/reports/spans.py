"""Which days a report is about: a week or a month, by its own name or as seen from a day."""

import re
from datetime import date, timedelta
from typing import Final

from domain.errors import InputError
from domain.periods import Grain, Period, Preset, containing, from_preset

SPANS: Final = (Preset.THIS_WEEK, Preset.LAST_WEEK, Preset.THIS_MONTH, Preset.LAST_MONTH)
"""The weeks and months people ask for by name."""
PATTERN: Final = r"^(this_week|last_week|this_month|last_month|[0-9]{4}-W[0-9]{2}|[0-9]{4}-[0-9]{2})$"
MONTH_PATTERN: Final = r"^(this_month|last_month|[0-9]{4}-[0-9]{2})$"
_FIRST_YEAR: Final = 1970


def report_days(name: str, today: date) -> Period:
    """The days of `last_week`, `2026-W47` or `2026-11`; raises InputError for anything else and for days that have not begun."""
    days = from_preset(Preset(name), today) if name in SPANS else _named(name)
    if days.start > today:
        raise InputError(f"{name} has not begun yet. A report tells what was done; ask for an earlier week or month.")
    return days


def span_name(days: Period) -> str:
    """The name of a week or month, as `report_days` reads it."""
    if days.grain is Grain.MONTH:
        return f"{days.start:%Y-%m}"
    year, week, _ = days.start.isocalendar()
    return f"{year:04}-W{week:02}"


def _named(name: str) -> Period:
    try:
        if re.fullmatch(r"[0-9]{4}-W[0-9]{2}", name):
            day, grain = date.fromisocalendar(int(name[:4]), int(name[-2:]), 1), Grain.WEEK
        else:
            day, grain = date.fromisoformat(f"{name}-01"), Grain.MONTH
        if not _FIRST_YEAR <= day.year < date.max.year:
            raise _unreadable(name)
        return containing(day, grain)
    except ValueError:
        raise _unreadable(name) from None


def last_finished(grain: Grain, today: date) -> Period:
    """The newest week or month that is over."""
    return containing(containing(today, grain).start - timedelta(days=1), grain)


def _unreadable(name: str) -> InputError:
    return InputError(f"“{name}” is no week or month. Write 2026-W47, 2026-11, last_week or last_month.")
