"""Where a figure stands against what may be expected of it by now."""

from enum import StrEnum
from typing import Final

from domain.metrics.definition import Definition, Unit
from domain.metrics.measures import Measure

ON_TRACK_SHARE: Final = 0.99
"""From this share of what is expected on a metric is on track: a rounding below it is not a shortfall."""
EARLY_SHARE: Final = 0.1
"""With less than a tenth of the working days gone nobody is behind."""
EARLY_EVENTS: Final = 3
"""With fewer expected events than this, being behind is luck."""


class Tone(StrEnum):
    """What a state says before one reads it; never shown as colour alone."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    QUIET = "quiet"


class Status(StrEnum):
    """A state, with the word, the Material symbol and the tone that show it."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    AT_RISK = "at_risk"
    MISSED = "missed"
    """The period is over and the target was not reached."""
    TOO_EARLY = "too_early"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"

    @property
    def word(self) -> str:
        """The state in plain words."""
        return _SHOWN[self][0]

    @property
    def icon(self) -> str:
        """The name of the Material symbol that stands for it."""
        return _SHOWN[self][1]

    @property
    def tone(self) -> Tone:
        """Good news, a warning, bad news, or nothing to say yet."""
        return _SHOWN[self][2]


_SHOWN: Final = {
    Status.REACHED: ("Reached", "check_circle", Tone.GOOD),
    Status.ON_TRACK: ("On track", "trending_up", Tone.GOOD),
    Status.BEHIND: ("Behind", "schedule", Tone.WARNING),
    Status.AT_RISK: ("At risk", "warning", Tone.BAD),
    Status.MISSED: ("Missed", "cancel", Tone.BAD),
    Status.TOO_EARLY: ("Too early", "hourglass_empty", Tone.QUIET),
    Status.PAUSED: ("Paused", "pause_circle", Tone.QUIET),
    Status.CANCELLED: ("Taken back", "block", Tone.QUIET),
    Status.NO_TARGET: ("No target", "remove", Tone.QUIET),
    Status.NO_DATA: ("No data", "help", Tone.QUIET),
}


SHORT: Final = frozenset({Status.BEHIND, Status.AT_RISK, Status.MISSED})
"""Short of the target, or of what was due of it."""


def status_of(
    metric: Definition,
    measure: Measure | None,
    *,
    target: float | None,
    expected: float | None = None,
    elapsed_share: float = 1.0,
    is_finished: bool = False,
) -> Status:
    """The state of a measure against its target.

    `expected` is the part of the target due by now and `elapsed_share` the part of the working days gone; both only matter for
    metrics whose target is pro-rated. Averages, ratios and what is better when lower are held against the whole target as
    soon as their sample suffices.
    """
    if target is None:
        return Status.NO_TARGET
    if measure is None or measure.value is None:
        return Status.NO_DATA
    if not metric.prorated:
        return _held_against(metric, measure, target)
    if measure.value >= target:
        return Status.REACHED
    if is_finished:
        return Status.MISSED
    return _paced(metric, measure.value, target if expected is None else expected, elapsed_share)


def _held_against(metric: Definition, measure: Measure, target: float) -> Status:
    """A rate or average against its target; how far it may stray is a share of the target in the metric's own direction."""
    if measure.sample < metric.min_sample or measure.value is None:
        return Status.TOO_EARLY
    achieved, asked = (target, measure.value) if metric.lower_is_better else (measure.value, target)
    attained = achieved / asked if asked else 1.0
    return Status.REACHED if attained >= 1 else _by_share(metric, attained)


def _paced(metric: Definition, actual: float, expected: float, elapsed_share: float) -> Status:
    few_events = metric.unit is Unit.COUNT and expected < EARLY_EVENTS
    if elapsed_share < EARLY_SHARE or few_events or not expected:
        return Status.TOO_EARLY
    return _by_share(metric, actual / expected)


def _by_share(metric: Definition, share: float) -> Status:
    if share >= ON_TRACK_SHARE:
        return Status.ON_TRACK
    return Status.BEHIND if share >= metric.near_target_share else Status.AT_RISK
