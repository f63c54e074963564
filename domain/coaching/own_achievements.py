"""Achievements a company defines itself: so many of something that is counted, ever, or in a month, week or day."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.coaching.achievements import Achievement, Condition, Kind
from domain.counters import COUNTER_NAMES
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Direction, Metric, Unit, Words
from domain.periods import Grain

PREFIX: Final = "own-"
"""What keys of a company's own begin with; the product's never do."""
ICON: Final = "star"


class Span(StrEnum):
    """Within which time it has to be done."""

    EVER = "ever"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"

    @property
    def grain(self) -> Grain | None:
        """The calendar unit; None for once in all."""
        return None if self is Span.EVER else Grain(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAchievement:
    """One definition."""

    id: int
    name: str
    about: str
    """The company's words; the product's own where they are empty."""
    metric_key: str
    least: int
    span: Span
    points: int
    """What it brings on the day it is earned."""
    is_active: bool
    """False once it is retired: nobody earns it any more, and whoever holds it keeps it."""

    @property
    def key(self) -> str:
        """What its grants and rewards are kept under."""
        return f"{PREFIX}{self.id}"


COUNTABLE: Final[dict[str, Metric]] = {
    key: metric
    for key, metric in METRICS.items()
    if key in COUNTER_NAMES and metric.unit is Unit.COUNT and metric.direction is Direction.HIGHER_IS_BETTER
}
"""By key, the catalogue's metrics that can be asked for: counts of facts of which more is better, since a grant rests on records."""


def asked_text(metric_key: str, least: int, span: Span) -> str:
    """What it takes: "10 meetings held in a week.", "500 calls made, since your records begin."."""
    words = _words(metric_key)
    when = {Span.EVER: ", since your records begin", Span.DAY: " on one day"}.get(span, f" in a {span.value}")
    return f"{least:,} {words.singular if least == 1 else words.plural} {words.past}{when}."


def achievement_of(own: OwnAchievement) -> Achievement:
    """The definition as everything else that can be earned."""
    words = _words(own.metric_key)
    return Achievement(
        key=own.key,
        name=own.name,
        about=own.about or asked_text(own.metric_key, own.least, own.span),
        icon=ICON,
        kind=Kind.AWARD,
        condition=Condition.CUMULATIVE if own.span is Span.EVER else Condition.COUNT,
        counter=own.metric_key,
        unit=(words.singular, words.plural),
        least=own.least,
        grain=own.span.grain,
        points=own.points,
        is_offered=own.is_active,
    )


def _words(metric_key: str) -> Words:
    return COUNTABLE[metric_key].words or Words(singular="time", plural="times", past="counted")
