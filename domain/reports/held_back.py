"""What held a month back most: the step from a call to a customer that fell furthest below the agent's own usual."""

from collections.abc import Sequence
from typing import Final

from domain.metrics.change import beyond_luck
from domain.metrics.measures import Measure
from domain.metrics.work import SMALL_SHARE
from domain.reports.content import Section
from domain.success.conversion import Conversion

USUAL_MONTHS: Final = 6
"""Half a year before the month is what is called usual: long enough for steps that happen a few times a week."""
SURE: Final = 0.95
"""Four steps are looked at and the weakest is told: in months without any change 80 % named one in every fifth, this in every twentieth."""
NOTE: Final = (
    f"Each step against the agent's own {USUAL_MONTHS} months before. The likely range holds the rate behind the luck in 8 of 10 cases. "
    "A step that fell need not be the reason for anything else."
)
TOO_EARLY: Final = f"Too early: no step has {SMALL_SHARE} facts both in this month and in the {USUAL_MONTHS} before it."
NONE_BELOW: Final = "No step is below its usual."


def judged(steps: Sequence[Conversion]) -> list[Conversion]:
    """The steps with enough facts now and before, and whose facts have had their time."""
    return [each for each in steps if not each.is_open and _has_enough(each.now) and each.before is not None and _has_enough(each.before)]


def weakest(steps: Sequence[Conversion]) -> Conversion | None:
    """The judged step furthest below its usual, as a part of it; None where none is below."""
    below = [each for each in judged(steps) if _part_of_usual(each) < 1]
    return min(below, key=_part_of_usual, default=None)


def is_clear(step: Conversion) -> bool:
    """Whether more than luck stands behind it, though it was picked as the weakest of several."""
    return step.before is not None and beyond_luck(step.now, step.before, SURE)


def held_back(steps: Sequence[Conversion]) -> Section:
    """The part of the report."""
    if not judged(steps):
        return Section(title="What held back most", note=NOTE, empty=TOO_EARLY)
    found = weakest(steps)
    lines = (step_words(found), _weight(found)) if found else ()
    return Section(title="What held back most", note=NOTE, lines=lines, empty=NONE_BELOW)


def step_words(step: Conversion) -> str:
    """The step's rate with its range and n, and the usual one: `18.0 % (likely 15.2 %–21.2 %, n = 300), usually 25.0 % (n = 1,800)`."""
    now, spread = step.now, step.now.interval()
    likely = f"likely {_percent(spread[0])}–{_percent(spread[1])}, " if spread else ""
    usual = f", usually {_percent(step.before.value)} (n = {step.before.sample:,})" if step.before else ""
    return f"{step.step.name}: {_percent(now.value)} ({likely}n = {now.sample:,}){usual}."


def _weight(step: Conversion) -> str:
    if not is_clear(step):
        return "That is within what luck does: watch it, there is nothing to mend yet."
    there, usual = _events(step.now, step.now.value), _events(step.now, step.before.value if step.before else None)
    return f"More than luck. At the usual rate the same {step.now.sample:,} would have brought about {usual:,} instead of {there:,}."


def _has_enough(measure: Measure) -> bool:
    return measure.sample >= SMALL_SHARE


def _part_of_usual(step: Conversion) -> float:
    usual = step.before.value if step.before else None
    return (step.now.value or 0.0) / usual if usual else 1.0


def _events(measure: Measure, rate: float | None) -> int:
    return round(measure.sample * (rate or 0.0))


def _percent(share: float | None) -> str:
    return f"{(share or 0.0) * 100:.1f} %"
