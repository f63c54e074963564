"""Which wording of a nudge an agent gets, by chance, and what each is worth against saying nothing.

The primary metric is fixed: activities logged in the two hours after. An agent's day is what chance decides about, so that an
agent-day is what is compared, however many nudges it had.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from math import sqrt
from statistics import fmean, variance
from typing import Final

from domain.metrics.intervals import Interval, wilson, z_score

HELD_OUT_SHARE: Final = 0.1
"""One day in ten is told nothing: without it nobody would know what nudges are worth."""
FEWEST: Final = 30
"""Agent-days on either side before a difference is told."""
LEVEL: Final = 0.95
"""Of the interval: a wording is kept or dropped on it, and there are several."""


class Arm(StrEnum):
    """A template of wording, or the part that is told nothing so that there is something to compare with."""

    HELD_OUT = "held_out"
    PLAIN = "plain"
    """The two numbers, nothing else."""
    NEXT_STEP = "next_step"
    """The numbers and what is next on the plan."""
    SMALL_STEP = "small_step"
    """The numbers and one small thing to begin with."""


WORDINGS: Final = (Arm.PLAIN, Arm.NEXT_STEP, Arm.SMALL_STEP)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentDay:
    """One agent's day in the experiment."""

    arm: Arm
    activities: float
    """Logged in the two hours after a nudge, or after the moment of one that was held back; the mean of the day's."""
    opted_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmResult:
    """What became of one arm's days."""

    arm: Arm
    days: int
    mean: float | None
    lift: float | None
    """Its mean less that of the days held out; None while either side is too small."""
    interval: Interval | None
    """Where the lift lies in 95 of 100 cases: Welch's, with normal quantiles."""
    opt_outs: int
    is_stopped: bool


def arm_of(agent_id: int, day: str, stopped: Collection[Arm] = ()) -> Arm:
    """The arm of an agent's day: the same on every look, as good as random over agents and days, held out one time in ten."""
    dice = int(sha256(f"nudge:{agent_id}:{day}".encode()).hexdigest()[:15], 16) / 16**15
    running = [each for each in WORDINGS if each not in stopped]
    if dice < HELD_OUT_SHARE or not running:
        return Arm.HELD_OUT
    return running[int((dice - HELD_OUT_SHARE) / (1 - HELD_OUT_SHARE) * len(running))]


def results(days: Iterable[AgentDay]) -> tuple[ArmResult, ...]:
    """Every arm's result, the days held out first."""
    by_arm: dict[Arm, list[AgentDay]] = {arm: [] for arm in Arm}
    for each in days:
        by_arm[each.arm].append(each)
    held_out = [each.activities for each in by_arm[Arm.HELD_OUT]]
    return tuple(_result(arm, by_arm, held_out) for arm in Arm)


def stopped(found: Iterable[ArmResult]) -> frozenset[Arm]:
    """The wordings that are not sent any more."""
    return frozenset(each.arm for each in found if each.is_stopped)


def _result(arm: Arm, by_arm: dict[Arm, list[AgentDay]], held_out: Sequence[float]) -> ArmResult:
    own = by_arm[arm]
    values = [each.activities for each in own]
    lift, interval = (None, None) if arm is Arm.HELD_OUT else _lift(values, held_out)
    return ArmResult(
        arm=arm,
        days=len(own),
        mean=fmean(values) if values else None,
        lift=lift,
        interval=interval,
        opt_outs=sum(each.opted_out for each in own),
        is_stopped=_drives_away(arm, by_arm),
    )


def _lift(values: Sequence[float], held_out: Sequence[float]) -> tuple[float | None, Interval | None]:
    if min(len(values), len(held_out)) < FEWEST:
        return None, None
    lift = fmean(values) - fmean(held_out)
    reach = z_score(LEVEL) * sqrt(variance(values) / len(values) + variance(held_out) / len(held_out))
    return lift, (lift - reach, lift + reach)


def _drives_away(arm: Arm, by_arm: dict[Arm, list[AgentDay]]) -> bool:
    """Whether more people switch nudges off after this wording than after the others, beyond luck: it is stopped by itself."""
    own = by_arm[arm]
    others = [each for other in WORDINGS if other is not arm for each in by_arm[other]]
    if arm is Arm.HELD_OUT or min(len(own), len(others)) < FEWEST:
        return False
    usual = sum(each.opted_out for each in others) / len(others)
    return wilson(sum(each.opted_out for each in own), len(own), LEVEL)[0] > usual
