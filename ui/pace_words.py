"""How a target is going, in one sentence."""

from domain.formatting import value_text
from domain.metrics.definition import Definition, Unit
from domain.metrics.pace import Pace
from domain.metrics.status import ON_TRACK_SHARE

ON_TIME: float = 0.5
"""Closer to what is due than this many events is neither ahead nor behind, unless the status calls it behind."""
SMALL: float = 10
LEAST: float = 0.1
"""What is needed is told no more exactly; but little is not nothing."""


def pace_sentence(metric: Definition, pace: Pace, currency: str, *, is_over: bool, is_shared: bool = False) -> str:
    """`18 of 30, 3 ahead; 0.9 per working day needed`; of each agent where the target is shared, whose working days are added up."""
    reached = f"{value_text(metric, pace.actual, currency)} of target {_shown(metric, pace.target, currency)}"
    if is_over:
        missing = pace.target - pace.actual
        return f"{reached}: {'reached' if missing <= 0 else f'{_shown(metric, missing, currency)} short'}"
    return f"{reached}, {pace_text(metric, pace, currency, is_shared=is_shared)}"


def pace_text(metric: Definition, pace: Pace, currency: str, *, is_shared: bool = False) -> str:
    """`3 ahead; 0.9 per working day needed`."""
    needed = _needed(metric, pace, currency, "agent and working day" if is_shared else "working day")
    return _standing(metric, pace, currency) + (f"; {needed}" if needed else "")


def _standing(metric: Definition, pace: Pace, currency: str) -> str:
    due = pace.actual - pace.ahead
    is_held = pace.ahead >= 0 or pace.actual >= ON_TRACK_SHARE * due
    if metric.unit is Unit.COUNT and abs(pace.ahead) < ON_TIME and is_held:
        return "right on pace"
    return f"{_shown(metric, abs(pace.ahead), currency)} {'ahead' if pace.ahead >= 0 else 'behind'}"


def _needed(metric: Definition, pace: Pace, currency: str, unit: str) -> str:
    if pace.needed_per_day is None:
        return "no working day is left"
    if not pace.needed_per_day:
        return ""
    if round(pace.needed_per_day, 1) < LEAST:
        return f"less than {value_text(metric, LEAST, currency)} per {unit} needed"
    return f"{value_text(metric, round(pace.needed_per_day, 1), currency)} per {unit} needed"


def _shown(metric: Definition, value: float, currency: str) -> str:
    """A part of a target as a number people count in; small ones keep a decimal, because 0.2 of a sale is not none."""
    whole = round(value) if value >= SMALL else round(value, 1)
    return value_text(metric, whole if metric.unit is Unit.COUNT else value, currency)
