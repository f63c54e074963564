"""Periods in the words people use for them."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from domain.formatting import period_text, span_text
from domain.periods import Grain, Period, Preset, containing

PRESETS: Final[Mapping[Preset, str]] = {
    Preset.TODAY: "Today",
    Preset.THIS_WEEK: "This week",
    Preset.LAST_WEEK: "Last week",
    Preset.THIS_MONTH: "This month",
    Preset.LAST_MONTH: "Last month",
    Preset.THIS_QUARTER: "This quarter",
    Preset.LAST_30_DAYS: "Last 30 days",
    Preset.LAST_90_DAYS: "Last 90 days",
    Preset.THIS_YEAR: "This year",
    Preset.LAST_12_MONTHS: "Last 12 months",
}


def period_label(period: Period, preset: Preset | None, today: date) -> str:
    """The name of a preset with its days, or only the days; this year is not said."""
    days = span_text(period.start, period.last_day).removesuffix(f" {today.year}")
    return f"{PRESETS[preset]} · {days}" if preset is not None else days


def comparison_text(period: Period, today: date) -> str:
    """What the figures of a period are compared with: "the same days of October", "last week", "the 30 days before"."""
    before = period.previous(today)
    if period.grain is None:
        return "the day before" if before.days == 1 else f"the {before.days} days before"
    whole = containing(before.start, period.grain)
    name = _unit_name(whole, period, today)
    return name if before.days == whole.days else f"the same days of {name}"


def _unit_name(unit: Period, period: Period, today: date) -> str:
    match unit.grain:
        case Grain.DAY:
            return "yesterday" if today in period else "the day before"
        case Grain.WEEK:
            return "last week" if today in period else "the week before"
        case Grain.MONTH:
            return f"{unit.start:%B}"
    return period_text(unit)
