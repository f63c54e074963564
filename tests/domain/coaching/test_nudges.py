"""Behind one's own usual, one's own hours, and an experiment that can be trusted."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.nudge_experiment import FEWEST, WORDINGS, AgentDay, Arm, arm_of, results, stopped
from domain.coaching.nudge_words import sentence
from domain.coaching.nudges import FEWEST_DAYS, HOURS, Pattern, Told, best_hours, pattern
from tests.builders import TUESDAY

EVEN = [0] * 9 + [1] * 8 + [0] * 7
"""A call an hour from nine to five."""


def day(calls_by_eleven: int) -> list[int]:
    return [0] * 10 + [calls_by_eleven] + [0] * 13


def test_usual_is_the_median_before_the_hour_and_behind_the_slowest_quarter() -> None:
    days = [day(calls) for calls in (1, 2, 3, 4, 5, 5, 5, 6, 7, 8)]
    found = pattern(days, day(2), 11)
    assert (found.usual, found.low, found.done, found.days, found.is_behind) == (5.0, 3.0, 2, 10, True)
    assert not pattern(days, day(4), 11).is_behind
    assert pattern(days, day(9), 10).usual == 0.0


@pytest.mark.parametrize(("days", "is_known"), [(FEWEST_DAYS - 1, False), (FEWEST_DAYS, True)])
def test_nothing_is_usual_before_ten_such_days(days: int, *, is_known: bool) -> None:
    assert pattern([EVEN] * days, [0] * 24, 12).is_behind is is_known


@given(st.lists(st.lists(st.integers(0, 20), min_size=24, max_size=24), max_size=30), st.integers(0, 23))
def test_nobody_at_or_above_their_usual_is_behind(days: list[list[int]], hour: int) -> None:
    for today in days:
        found = pattern(days, today, hour)
        assert not (found.is_behind and found.done >= found.usual)


def test_hours_are_the_usual_ones_until_own_nudges_say_otherwise() -> None:
    assert best_hours([]) == (11, 14, 16)
    assert best_hours([Told(hour=13, was_acted_on=True)]) == (11, 13, 14)
    assert best_hours([Told(hour=11, was_acted_on=False)] * 5) == (14, 15, 16)


@given(st.lists(st.builds(Told, hour=st.sampled_from(HOURS), was_acted_on=st.booleans()), max_size=60))
def test_there_are_always_three_hours_in_the_order_of_the_day(history: list[Told]) -> None:
    found = best_hours(history)
    assert len(found) == 3
    assert found == tuple(sorted(found))


def test_one_day_in_ten_is_held_out_and_the_wordings_share_the_rest() -> None:
    arms = Counter(arm_of(agent, (TUESDAY + timedelta(days=n)).isoformat()) for agent in range(40) for n in range(250))
    shares = {arm: arms[arm] / 10_000 for arm in Arm}
    assert shares[Arm.HELD_OUT] == pytest.approx(0.1, abs=0.015)
    assert [shares[arm] for arm in WORDINGS] == pytest.approx([0.3] * 3, abs=0.02)
    assert arm_of(7, "2026-03-10") == arm_of(7, "2026-03-10")


def test_a_stopped_wording_is_not_drawn_and_nothing_is_left_when_all_are() -> None:
    drawn = {arm_of(agent, "2026-03-10", {Arm.PLAIN}) for agent in range(200)}
    assert drawn == {Arm.HELD_OUT, Arm.NEXT_STEP, Arm.SMALL_STEP}
    assert {arm_of(agent, "2026-03-10", WORDINGS) for agent in range(50)} == {Arm.HELD_OUT}


def days_of(arm: Arm, values: list[float], opted_out: int = 0) -> list[AgentDay]:
    return [AgentDay(arm=arm, activities=value, opted_out=place < opted_out) for place, value in enumerate(values)]


def test_a_lift_is_the_difference_of_means_with_its_interval() -> None:
    held_out, plain, _, small = results([*days_of(Arm.HELD_OUT, [1.0, 3.0] * 20), *days_of(Arm.PLAIN, [2.0, 4.0] * 20)])
    assert (held_out.days, held_out.mean, held_out.lift) == (40, 2.0, None)
    assert (plain.mean, plain.lift) == (3.0, 1.0)
    assert plain.interval == pytest.approx((0.556, 1.444), abs=0.001)
    assert (small.days, small.mean, small.interval) == (0, None, None)


def test_too_few_days_on_either_side_say_nothing() -> None:
    few = results([*days_of(Arm.HELD_OUT, [1.0] * (FEWEST - 1)), *days_of(Arm.PLAIN, [2.0] * 90)])
    assert few[1].lift is None


def test_where_there_is_no_effect_the_interval_nearly_always_holds_zero() -> None:
    dice = np.random.default_rng(7)
    missed = 0
    for _ in range(400):
        one, other = dice.poisson(2.0, 60).astype(float).tolist(), dice.poisson(2.0, 300).astype(float).tolist()
        found = results([*days_of(Arm.HELD_OUT, one), *days_of(Arm.PLAIN, other)])[1]
        assert found.interval is not None
        missed += not found.interval[0] <= 0 <= found.interval[1]
    assert missed / 400 <= 0.08


def test_a_wording_that_drives_people_away_stops_by_itself_and_no_other_does() -> None:
    quiet = [*days_of(Arm.PLAIN, [1.0] * 100, 1), *days_of(Arm.NEXT_STEP, [1.0] * 100, 1)]
    assert stopped(results([*quiet, *days_of(Arm.SMALL_STEP, [1.0] * 100, 12)])) == {Arm.SMALL_STEP}
    assert stopped(results([*quiet, *days_of(Arm.SMALL_STEP, [1.0] * 100, 2)])) == set()
    assert stopped(results([*quiet, *days_of(Arm.SMALL_STEP, [1.0] * (FEWEST - 1), 12)])) == set()


@pytest.mark.parametrize(
    ("arm", "said"),
    [
        (Arm.HELD_OUT, ""),
        (Arm.PLAIN, "On Tuesdays you usually have 5 calls by 11:00; today 2."),
        (Arm.NEXT_STEP, "On Tuesdays you usually have 5 calls by 11:00; today 2. Next: Contact Lena."),
        (Arm.SMALL_STEP, "On Tuesdays you usually have 5 calls by 11:00; today 2. One call now is a start."),
    ],
)
def test_every_arm_has_its_words(arm: Arm, said: str) -> None:
    found = Pattern(hour=11, usual=5.0, low=3.0, done=2, days=12)
    assert sentence(arm, found, date(2026, 3, 10), "Contact Lena") == said
