"""How far a lead has come: which dates a status means, and in what order they can be."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from domain.errors import InputError
from domain.records import LeadStatus

STEPS: Final = (LeadStatus.CONTACTED, LeadStatus.INTERESTED, LeadStatus.CONVERTED)
ENDS: Final = frozenset({LeadStatus.CONVERTED, LeadStatus.LOST})
"""Where a lead goes no further, unless it is reopened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """When a step was reached; the moment is None where only the day is known."""

    at: datetime | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A lead's status with the steps it reached and the day it was lost."""

    status: LeadStatus = LeadStatus.NEW
    steps: Mapping[LeadStatus, Step] = field(default_factory=dict)
    lost_on: date | None = None


def moved(progress: Progress, status: LeadStatus, step: Step, *, is_dated: bool) -> Progress:
    """The progress after the lead got the status.

    A lost lead keeps the steps it reached; any other status takes back the later ones. A step reached already keeps its date unless
    the new one `is_dated`. Raises InputError when a step would lie before an earlier one.
    """
    if status is LeadStatus.LOST:
        return replace(progress, status=status, lost_on=step.on if is_dated or progress.lost_on is None else progress.lost_on)
    reached = STEPS[: STEPS.index(status) + 1] if status in STEPS else ()
    steps = {each: progress.steps[each] for each in reached if each in progress.steps}
    if status in STEPS and (is_dated or status not in steps):
        steps[status] = step
    _require_order(steps)
    return Progress(status=status, steps=steps)


def furthest(progress: Progress) -> LeadStatus:
    """Where a lead stands once its end is taken back: a lost one at the last step it reached, a converted one at the step before."""
    reached = [step for step in STEPS if step in progress.steps and step is not progress.status]
    return reached[-1] if reached else LeadStatus.NEW


def is_ahead(status: LeadStatus, step: LeadStatus) -> bool:
    """Whether a lead with this status has the step still before it; one that has come to an end has none until it is reopened."""
    return status not in {LeadStatus.LOST, LeadStatus.CONVERTED} and (status is LeadStatus.NEW or STEPS.index(step) > STEPS.index(status))


def _require_order(steps: Mapping[LeadStatus, Step]) -> None:
    days = [(each, steps[each].on) for each in STEPS if each in steps]
    for (before, earlier), (after, later) in pairwise(days):
        if later < earlier:
            raise InputError(f"at: a lead is {after.value} on or after the day it was {before.value} ({earlier}).", code="step_order")
