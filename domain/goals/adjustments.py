"""Another target for a goal that runs, where its own has come out of reach or is as good as there."""

from dataclasses import asdict, dataclass
from typing import Final

from domain.formatting import chance_text, value_text
from domain.goals.chance import Chance
from domain.goals.progress import GoalProgress
from domain.metrics.definition import Definition
from domain.records import AdviceKind

EARLY_SHARE: Final = 0.25
"""Before a quarter of the planned days is gone, a good or a bad start says little of the rest."""
FEWEST_DAYS: Final = 3
"""Nor do the first two days of a week."""
LATE_SHARE: Final = 0.9
"""In the last tenth nobody works differently for another figure; the goal ends as it was set."""
OUT_OF_REACH: Final = 0.1
"""Reached in one of ten cases or fewer."""
AS_GOOD_AS_THERE: Final = 0.95
"""Missed in one of twenty cases or fewer."""
WORTH_A_CHANGE: Final = 0.05
"""A target that differs by less than a twentieth is the same target."""
LOWEST_SHARE: Final = 1 / 3
"""Where less than a third is to be expected, something else is in the way than a figure set too high."""
ABOUT_EVEN: Final = (0.4, 0.6)
"""What is called a coin flip."""
NEAR_EVEN: Final = (0.25, 0.75)
"""Whole numbers are seldom exactly even: between four sales and five may lie half of all chances. Beyond it the question is not settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Another target, with what it rests on; figures in the metric's unit, money in minor units. Never set by itself."""

    kind: AdviceKind
    """RAISE or LOWER."""
    target: float
    """What is proposed: reached about as likely as not."""
    probability: float
    """That it is reached."""
    present: float
    """The target there is."""
    present_probability: float
    actual: float
    expected: float
    """Where the goal ends on average, going on as lately."""
    low: float
    high: float
    """It ends between low and high in four of five cases."""
    days_gone: int
    days_planned: int

    @property
    def evidence(self) -> dict[str, object]:
        """Everything it rests on, as it is kept with what was decided."""
        return asdict(self)


def adjustment(goal: GoalProgress, found: Chance) -> Adjustment | None:
    """The target that a coin flip would decide, where the present one is out of reach or as good as there; else None.

    Quiet at the beginning and at the end, for small changes, where hardly anything is to be expected, where no whole number is near
    even, and where nothing more than what is there is: no proposal is ever at or below what is reached already.
    """
    if not (_says_something(goal) and _differs(goal, found) and _settles(found)):
        return None
    kind = _kind(goal.goal.target, found)
    if kind is None:
        return None
    low, high = found.interval80
    return Adjustment(
        kind=kind,
        target=found.even,
        probability=found.even_probability,
        present=goal.goal.target,
        present_probability=found.probability,
        actual=goal.value or 0.0,
        expected=found.expected_value,
        low=low,
        high=high,
        days_gone=goal.days_gone,
        days_planned=goal.days_planned,
    )


def adjustment_text(definition: Definition, found: Adjustment, currency: str) -> str:
    """Where the goal is heading, how likely that makes its target, and what the proposed one is."""

    def figure(value: float) -> str:
        return value_text(definition, round(value), currency, compact=True)

    ends = f"At this pace it ends near {figure(found.expected)}, in four of five cases between {figure(found.low)} and {figure(found.high)}"
    chance = "is reached already" if found.actual >= found.present else f"has a chance of {chance_text(found.present_probability)}"
    present = f"the goal of {figure(found.present)} {chance}"
    low, high = ABOUT_EVEN
    even = "is a coin flip" if low <= found.probability <= high else f"has one of {chance_text(found.probability)}"
    return f"{ends}: {present}, one of {figure(found.target)} {even}."


def _says_something(goal: GoalProgress) -> bool:
    if goal.days_gone < FEWEST_DAYS or not goal.days_planned:
        return False
    return EARLY_SHARE <= goal.days_gone / goal.days_planned <= LATE_SHARE


def _differs(goal: GoalProgress, found: Chance) -> bool:
    present, other = goal.goal.target, found.even
    is_new = other > (goal.value or 0.0) and other >= LOWEST_SHARE * present
    return is_new and abs(other - present) >= max(1.0, WORTH_A_CHANGE * present)


def _settles(found: Chance) -> bool:
    low, high = NEAR_EVEN
    return low <= found.even_probability <= high


def _kind(target: float, found: Chance) -> AdviceKind | None:
    if found.even < target and found.probability <= OUT_OF_REACH:
        return AdviceKind.LOWER
    if found.even > target and found.probability >= AS_GOOD_AS_THERE:
        return AdviceKind.RAISE
    return None
