"""A metric read for somebody: now, before, against target."""

from dataclasses import dataclass

from domain.counters import Counters
from domain.metrics.change import Change, change
from domain.metrics.definition import Metric
from domain.metrics.measures import Measure
from domain.metrics.pace import Aim
from domain.metrics.status import Status, status_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One figure with everything a card, a row or an export says about it."""

    metric: Metric
    now: Measure
    before: Measure | None
    """The same elapsed part of the period before; None where the data does not reach back."""
    change: Change
    aim: Aim | None
    """What is asked; None without a target."""
    status: Status

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


def read(metric: Metric, now: Counters, before: Counters | None, aim: Aim | None = None) -> Reading:
    """The metric of these sums against the sums before and the aim, each where known."""
    measured = metric.measure(now)
    earlier = None if before is None else metric.measure(before)
    return Reading(
        metric=metric,
        now=measured,
        before=earlier,
        change=change(metric, measured, earlier),
        aim=aim,
        status=_status(metric, measured, aim),
    )


def _status(metric: Metric, measured: Measure, aim: Aim | None) -> Status:
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
