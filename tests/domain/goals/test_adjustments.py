"""Another target for a goal that runs: only where its own is out of reach or as good as there, and always above what is reached."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.counters import Counters
from domain.goals.adjustments import AS_GOOD_AS_THERE, NEAR_EVEN, OUT_OF_REACH, Adjustment, adjustment, adjustment_text
from domain.goals.chance import Chance, chance
from domain.goals.entry import GoalEntry
from domain.goals.posterior import deal_values
from domain.goals.progress import GoalFacts, GoalProgress, progress
from domain.goals.rhythm import Remaining, Rhythm
from domain.metrics.catalog import DEFINITIONS
from domain.periods import Grain, containing
from domain.records import AdviceKind, GoalPeriod
from domain.working_days import WorkDays

MARCH = containing(date(2026, 3, 10), Grain.MONTH)
PLANNED = tuple(day for day in MARCH if day.isoweekday() < 6)
WEEKDAYS = WorkDays(PLANNED)
CALLS, MONEY = DEFINITIONS["calls"], DEFINITIONS["revenue"]


def goal(target: float, daily: list[int], kind: str = "calls", counter: str = "calls") -> GoalProgress:
    """A goal of March as it stands after so many working days."""
    entry = GoalEntry(
        id=1, agent_id=1, version=1, type=kind, target=target, period=GoalPeriod.MONTHLY, starts_on=MARCH.start, ends_on=MARCH.end
    )
    by_day = {day: Counters(**{counter: count}) for day, count in zip(PLANNED, daily, strict=False)}
    today = PLANNED[len(daily)] if len(daily) < len(PLANNED) else MARCH.last_day
    return progress(entry, GoalFacts(by_day=by_day, waits=(), work_days=WEEKDAYS), today)


def found(target: float, daily: list[int]) -> tuple[GoalProgress, Chance]:
    left = Remaining(workdays=len(PLANNED) - len(daily), days=31 - len(daily))
    held = goal(target, daily)
    return held, chance(target=target, actual=held.value or 0, left=left, rhythm=Rhythm(daily=tuple(daily)))


def advised(target: float, daily: list[int]) -> Adjustment | None:
    return adjustment(*found(target, daily))


def test_what_is_out_of_reach_is_lowered_to_a_coin_flip() -> None:
    lowered = advised(80, [3, 2, 3, 3, 2, 3, 3, 2, 3, 3])
    assert lowered is not None
    assert (lowered.kind, lowered.actual, lowered.days_gone, lowered.days_planned) == (AdviceKind.LOWER, 27, 10, 22)
    assert lowered.target == pytest.approx(lowered.expected, abs=1)
    assert adjustment_text(CALLS, lowered, "USD") == (
        "At this pace it ends near 60, in four of five cases between 50 and 72: the goal of 80 has a chance of 2 %, "
        "one of 60 is a coin flip."
    )


def test_what_is_as_good_as_there_is_raised() -> None:
    raised = advised(30, [3, 2, 3, 3, 2, 3, 3, 2, 3, 3])
    assert raised is not None
    assert (raised.kind, raised.target > 50) == (AdviceKind.RAISE, True)
    assert "the goal of 30 has a chance of over 99 %" in adjustment_text(CALLS, raised, "USD")


def test_what_is_reached_already_has_no_chance_any_more() -> None:
    raised = advised(20, [3, 2, 3, 3, 2, 3, 3, 2, 3, 3])
    assert raised is not None
    assert "the goal of 20 is reached already, one of" in adjustment_text(CALLS, raised, "USD")


@pytest.mark.parametrize(
    ("target", "daily"),
    [
        pytest.param(80, [3] * 5, id="less than a quarter of the days is gone"),
        pytest.param(80, [3] * 20, id="hardly a day is left"),
        pytest.param(62, [3, 2, 3, 3, 2, 3, 3, 2, 3, 3], id="it may well be reached"),
        pytest.param(80, [0] * 10, id="hardly anything is to be expected"),
        pytest.param(4, [1] + [0] * 18, id="no whole number is near even"),
    ],
)
def test_it_is_quiet_where(target: float, daily: list[int]) -> None:
    assert advised(target, daily) is None


@given(target=st.integers(1, 200), daily=st.lists(st.integers(0, 9), min_size=1, max_size=21))
@settings(max_examples=60)
def test_a_proposal_is_above_what_is_reached_and_settles_the_question(target: int, daily: list[int]) -> None:
    held, now = found(target, daily)
    proposed = adjustment(held, now)
    assert proposed == adjustment(*found(target, daily))
    if proposed is None:
        return
    assert proposed.target > sum(daily)
    if proposed.kind is AdviceKind.LOWER:
        assert proposed.target < target
        assert proposed.present_probability <= OUT_OF_REACH
    else:
        assert proposed.target > target
        assert proposed.present_probability >= AS_GOOD_AS_THERE
    assert NEAR_EVEN[0] <= proposed.probability <= NEAR_EVEN[1]
    assert advised(proposed.target, daily) is None


@given(target=st.integers(1, 200), more=st.integers(1, 200))
@settings(max_examples=30)
def test_a_higher_target_is_never_raised_where_a_lower_one_is_not(target: int, more: int) -> None:
    daily = [3, 2, 4, 3, 2, 3, 3]
    lower, higher = advised(target, daily), advised(target + more, daily)
    if lower is None or lower.kind is AdviceKind.LOWER:
        assert higher is None or higher.kind is AdviceKind.LOWER


def test_amounts_are_proposed_in_two_figures() -> None:
    held = goal(120_000_00, [500_000] * 10, "revenue", "revenue_minor")
    now = chance(
        target=120_000_00,
        actual=held.value or 0,
        left=Remaining(workdays=12, days=17),
        rhythm=Rhythm(daily=(0, 1) * 20),
        values=deal_values([500_000] * 10, [], default_minor=500_000),
    )
    proposed = adjustment(held, now)
    assert proposed is not None
    assert proposed.target % 100_000 == 0
    assert proposed.target == pytest.approx(now.expected_value, rel=0.05)
    assert 0.3 < proposed.probability < 0.7
    assert adjustment_text(MONEY, proposed, "USD").endswith("is a coin flip.")


def test_a_raise_of_a_reached_goal_says_what_it_rests_on() -> None:
    held, now = found(10, [2] * 11)
    proposed = adjustment(held, now)
    assert proposed is not None
    assert proposed.evidence | {"low": 0, "high": 0} == {
        "kind": "raise",
        "target": proposed.target,
        "probability": proposed.probability,
        "present": 10,
        "present_probability": 1,
        "actual": 22,
        "expected": now.expected_value,
        "low": 0,
        "high": 0,
        "days_gone": 11,
        "days_planned": 22,
    }
