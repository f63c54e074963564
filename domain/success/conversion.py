"""What becomes of the work: each step from a call to a sale, now and before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from domain.counters import Counters
from domain.metrics.change import beyond_luck
from domain.metrics.measures import Measure, Rate, Ratio
from domain.metrics.work import SMALL_SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step, and how it is measured."""

    key: str
    name: str
    formula: str
    measure: Callable[[Counters], Measure]
    needs_time: bool = False
    """Whether what is counted comes weeks later, so that recent days look worse than they will."""


STEPS: Final = (
    Step(
        key="calls_to_conversations",
        name="Calls → conversations",
        formula="conversations ÷ calls of the same days",
        measure=lambda sums: Ratio(sums.conversations, sums.calls),
    ),
    Step(
        key="conversations_to_appointments",
        name="Conversations → appointments",
        formula="appointments agreed ÷ conversations of the same days",
        measure=lambda sums: Rate(sums.appointments_set, sums.conversations),
    ),
    Step(
        key="appointments_to_sales",
        name="Appointments → sales",
        formula="deals won ÷ appointments, meetings and showings held, of the same days",
        measure=lambda sums: Rate(sums.deals_won, sums.appointments + sums.meetings + sums.showings),
    ),
    Step(
        key="leads_to_customers",
        name="Leads → customers",
        formula="of the leads assigned in the days, those converted by now",
        measure=lambda sums: Ratio(sums.leads_converted, sums.leads_assigned),
        needs_time=True,
    ),
)
"""In the order of the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A step, measured."""

    step: Step
    now: Measure
    before: Measure | None
    """Of the same elapsed part of the period before; None where the data does not reach back."""
    is_open: bool = False
    """Whether its last leads have had less than a month, and those before had more: no verdict then."""

    @property
    def is_early(self) -> bool:
        """Whether too few facts stand behind it for a verdict."""
        return self.now.sample < SMALL_SHARE

    @property
    def has_moved(self) -> bool:
        """Whether it differs from before by more than luck."""
        if self.is_open or self.before is None or min(self.now.sample, self.before.sample) < SMALL_SHARE:
            return False
        return self.now.value != self.before.value and beyond_luck(self.now, self.before)


def conversions(now: Counters, before: Counters | None, *, is_ripe: bool) -> tuple[Conversion, ...]:
    """Every step of these sums against the sums before; ripe when the last leads of now have had a month."""
    return tuple(
        Conversion(
            step=step,
            now=step.measure(now),
            before=None if before is None else step.measure(before),
            is_open=step.needs_time and not is_ripe,
        )
        for step in STEPS
    )
