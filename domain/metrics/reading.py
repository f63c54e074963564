"""A metric read for somebody: now, before, against target."""

from dataclasses import dataclass, replace
from typing import Final

from domain.counters import Counters
from domain.metrics.change import Change, change
from domain.metrics.definition import Definition, Metric, View
from domain.metrics.measures import Measure
from domain.metrics.pace import Aim
from domain.metrics.status import Status, status_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One figure with everything a card, a row or an export says about it."""

    metric: Definition
    now: Measure
    before: Measure | None
    """The same elapsed part of the period before; None where the data does not reach back."""
    change: Change
    aim: Aim | None
    """What is asked; None without a target."""
    status: Status
    is_early: bool = False
    """Whether the leads of this figure have had less time than those before, so that its change is without a verdict."""

    @property
    def target(self) -> float | None:
        """The target of the whole period, in the metric's unit (money in minor units)."""
        return self.aim.target if self.aim else None

    @property
    def expected(self) -> float | None:
        """The part of the target due by now."""
        return self.aim.expected if self.aim else None

    @property
    def value(self) -> float | None:
        """The figure, or None when there was nothing to measure."""
        return self.now.value

    @property
    def is_judged(self) -> bool:
        """Whether enough facts stand behind the figure to say more than the figure."""
        return self.now.sample >= self.metric.min_sample


RIPE_DAYS: Final = 30
"""A cohort may be judged a month after its last day; before that most of what will convert has not had the time."""


def read(metric: Metric, now: Counters, before: Counters | None, aim: Aim | None = None, *, is_ripe: bool = True) -> Reading:
    """The metric of these sums against the sums before and the aim, each where known; see `reading`."""
    earlier = None if before is None else metric.measure(before)
    return reading(metric, metric.measure(now), earlier, aim, is_ripe=is_ripe)


def reading(metric: Definition, measured: Measure, earlier: Measure | None, aim: Aim | None = None, *, is_ripe: bool = True) -> Reading:
    """The figure as measured now and before, wherever it was measured from, against the aim, each where known.

    A cohort that is not ripe yet moves without a verdict and cannot be behind: the one before had more time. A target that
    asks for nothing (a day off, a week of absence) is none: nobody has reached it by doing nothing.
    """
    aim = aim if aim and (aim.target or not metric.prorated) else None
    is_early = metric.view is View.COHORT and not is_ripe
    moved = change(metric, measured, earlier)
    status = _status(metric, measured, aim)
    return Reading(
        metric=metric,
        now=measured,
        before=earlier,
        change=replace(moved, is_good=None) if is_early else moved,
        aim=aim,
        status=Status.TOO_EARLY if is_early and status in {Status.BEHIND, Status.AT_RISK} else status,
        is_early=is_early,
    )


def _status(metric: Definition, measured: Measure, aim: Aim | None) -> Status:
    if aim is None:
        return status_of(metric, measured, target=None)
    return status_of(
        metric,
        measured,
        target=aim.target,
        expected=aim.expected,
        elapsed_share=aim.elapsed_share,
        is_finished=aim.is_finished,
    )
