"""Trends and the parts of a change in plain words: what went together with what, never because."""

from typing import Final

from domain.coaching.comparison import is_per_day
from domain.coaching.funnel_change import DAYS, FunnelChange, Part
from domain.coaching.patterns.pattern import Tier
from domain.coaching.trends import LEAST_FACTS, LEAST_MONTHS, Line, Shape, Trend
from domain.formatting import number_text, period_text, share_text, signed_text, value_text
from domain.goals.chain import REVENUE
from domain.metrics.catalog import metric
from domain.metrics.definition import Metric
from domain.periods import Period

SURE: Final = {Tier.CLEAR: "clear", Tier.LIKELY: "likely", Tier.NOTHING: "within luck", Tier.TOO_EARLY: "too early"}
NO_LUCK: Final = "counted"
"""Of working days, which are known, and of sales' amounts, whose spread is not kept."""
ASSOCIATION: Final = (
    "The parts say which figure moved along with the sales and sum to the whole change. They do not say why it moved; "
    "what is marked “within luck” or “too early” may be back next month by itself."
)


def figure_name(each: Metric) -> str:
    """The figure as it is compared: `Calls a working day`, `Win rate`."""
    return f"{each.name} a working day" if is_per_day(each) else each.name


def trend_text(trend: Trend, currency: str) -> str:
    """One sentence about where the figure has been going."""
    name = figure_name(trend.metric)
    if trend.line is None:
        return f"{name}: {_missing(trend)}." if trend.tier is Tier.TOO_EARLY else f"{name}: nothing beyond luck in {trend.months} months."
    start, end = (value_text(trend.metric, max(each, 0.0), currency) for each in (trend.line.start, trend.line.end))
    if trend.line.shape is Shape.STEP:
        return f"{name}: about {end} since {_month(trend.line)}, about {start} before."
    way = "rose" if trend.line.change > 0 else "fell"
    return f"{name} {way} steadily, from about {start} in {_month(trend.line)} to about {end} in {trend.line.until:%B %Y}."


def trend_evidence(trend: Trend, currency: str) -> str:
    """What it rests on: months, facts, and between what the change lies."""
    rests = f"{trend.months} months, {trend.facts:,} facts"
    if trend.line is None:
        return f"{rests}."
    low, high = (signed_text(trend.metric, trend.line.change + side * trend.line.reach, currency) for side in (-1, 1))
    return f"{rests}. The change lies between {low} and {high} (80 % interval)."


def _missing(trend: Trend) -> str:
    if trend.months < LEAST_MONTHS:
        return f"too early, {trend.months} of {LEAST_MONTHS} finished months with anything to measure"
    return f"too early, {trend.facts:,} of {LEAST_FACTS} facts"


def _month(line: Line) -> str:
    return f"{line.since:%B %Y}"


def change_sentence(change: FunnelChange, before: Period, now: Period, currency: str) -> str:
    """How the sales, or what they brought, changed, and which part of the way moved along most."""
    told = metric(change.key)
    figures = [value_text(told, each, currency) for each in (change.before, change.now)]
    whole = f"{told.name}: {figures[0]} in {period_text(before)}, {figures[1]} in {period_text(now)}"
    if change.main is None:
        return f"{whole}."
    part = change.main
    makes = f"{part_amount(change, part, currency)}; {part_sure(part)}"
    return f"{whole}. Most of the change of {signed_text(told, change.change, currency)} goes with {part_name(part).lower()} ({makes})."


def part_name(part: Part) -> str:
    """`Working days`, `Calls a working day`, `Showings per appointment`, `Revenue per sale`."""
    if part.key == DAYS:
        return part.name
    return f"{part.name} a {part.per}" if part.per == "working day" else f"{part.name} per {part.per}"


def part_figures(part: Part, currency: str) -> tuple[str, str]:
    """The factor then and now."""
    return _figure(part, part.before, part.events[0], currency), _figure(part, part.now, part.events[1], currency)


def part_amount(change: FunnelChange, part: Part, currency: str) -> str:
    """What it adds to the change."""
    return signed_text(metric(change.key), part.amount, currency)


def part_sure(part: Part) -> str:
    """How sure it is that the factor moved."""
    return NO_LUCK if part.tier is None else SURE[part.tier]


def _figure(part: Part, value: float, events: int, currency: str) -> str:
    if part.key == DAYS:
        return number_text(value)
    if part.key == REVENUE:
        return f"{value_text(metric(REVENUE), value, currency)} ({events:,})"
    shown = number_text(value) if part.per == "working day" or value > 1 else share_text(value)
    return f"{shown} ({events:,})"
