"""What is due by now, what is still needed, and where the period is heading."""

from dataclasses import dataclass
from typing import Self

from domain.metrics.intervals import USUAL, Interval, poisson


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What is asked of a metric in a period. The aims of several agents add up."""

    target: float
    """For the whole period, in the metric's unit (money in minor units)."""
    expected: float
    """The part due before today: T · W(start, today) / W(start, end); for what is not pro-rated the target itself."""
    due_with_today: float
    """The part due when today is over."""
    days_gone: int
    """Planned working days before today."""
    days_planned: int
    """Planned working days of the whole period."""
    is_finished: bool

    @property
    def elapsed_share(self) -> float:
        """The part of the planned working days that is gone."""
        return self.days_gone / self.days_planned if self.days_planned else float(self.is_finished)

    @property
    def days_left(self) -> int:
        """Planned working days from today on."""
        return self.days_planned - self.days_gone

    def __add__(self, other: Self) -> Self:
        """What is asked of both together; only for targets that are pro-rated."""
        return type(self)(
            target=self.target + other.target,
            expected=self.expected + other.expected,
            due_with_today=self.due_with_today + other.due_with_today,
            days_gone=self.days_gone + other.days_gone,
            days_planned=self.days_planned + other.days_planned,
            is_finished=self.is_finished and other.is_finished,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """What was done on the working days before today: the pace to carry forward."""

    events: int
    amount: float
    """In the metric's unit; the events themselves for a count."""
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How the period is going."""

    actual: float
    target: float
    ahead: float
    """Actual − expected; negative is behind."""
    needed_per_day: float | None
    """What each remaining working day must bring; 0 when reached, None when no working day is left."""
    projection: float | None
    """Where the period ends at the recent pace; None without recent working days."""
    interval: Interval | None
    """Where it ends in four of five cases, counting the events still to come as Poisson."""


def pace(actual: float, aim: Aim, recent: Recent | None = None) -> Pace:
    """The pace of a pro-rated metric towards its aim."""
    projection, interval = _projected(actual, aim, recent)
    return Pace(
        actual=actual,
        target=aim.target,
        ahead=actual - aim.expected,
        needed_per_day=_needed(actual, aim),
        projection=projection,
        interval=interval,
    )


def _needed(actual: float, aim: Aim) -> float | None:
    missing = max(0.0, aim.target - actual)
    if not missing:
        return 0.0
    return missing / aim.days_left if aim.days_left else None


def _projected(actual: float, aim: Aim, recent: Recent | None) -> tuple[float | None, Interval | None]:
    if recent is None or not recent.days:
        return None, None
    if not recent.events:
        return actual, None
    stretch = aim.days_left / recent.days
    worth = recent.amount / recent.events
    low, high = poisson(round(recent.events * stretch), USUAL)
    return actual + recent.amount * stretch, (actual + low * worth, actual + high * worth)
