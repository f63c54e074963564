"""What open deals bring: each by its age, new ones after them, nothing of what nobody could know, and only where that did better."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.forecasting.calibration import best_way
from domain.forecasting.pipeline import Life, Pipeline
from domain.forecasting.series import Series
from domain.periods import Period

START = date(2025, 1, 1)
DAYS = Period(START, START + timedelta(days=365))
NOW = 300


def life(begun: int, ended: int | None, *, came: bool = True) -> Life:
    return Life(begun_on=START + timedelta(days=begun), ended_on=None if ended is None else START + timedelta(days=ended), came=came)


def thirty_days_each() -> list[Life]:
    """A deal begins every day and is won thirty days later."""
    return [life(day, day + 30) for day in range(365)]


def test_deals_that_always_take_thirty_days_come_one_a_day() -> None:
    assert Pipeline.of(thirty_days_each(), START).expected(NOW, NOW, NOW + 20) == pytest.approx(20, abs=0.5)


def test_with_nothing_new_beginning_only_what_is_open_comes() -> None:
    dried_up = [each for each in thirty_days_each() if each.begun_on < START + timedelta(days=200)]
    assert Pipeline.of(dried_up, START).expected(225, 225, 245) == pytest.approx(5, abs=0.2)
    assert Pipeline.of(dried_up, START).expected(NOW, NOW, NOW + 20) == 0


def test_lost_deals_bring_nothing() -> None:
    every_other_lost = [life(day, day + 30, came=day % 2 == 0) for day in range(365)]
    assert Pipeline.of(every_other_lost, START).expected(NOW, NOW, NOW + 20) == pytest.approx(10, abs=0.5)


def test_two_stretches_bring_what_they_bring_together() -> None:
    found = Pipeline.of([life(day, day + 10 + day % 40, came=day % 3 > 0) for day in range(330)], START)
    both = found.expected(NOW, NOW, NOW + 10) + found.expected(NOW, NOW + 10, NOW + 25)
    assert both == pytest.approx(found.expected(NOW, NOW, NOW + 25))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 364), st.integers(0, 120), st.booleans()), min_size=1, max_size=60), st.integers(1, 60))
def test_what_happens_later_changes_nothing(drawn: list[tuple[int, int, bool]], days: int) -> None:
    lives = [life(begun, begun + lasts, came=came) for begun, lasts, came in drawn]
    known = [
        each if each.ended_on and each.ended_on < START + timedelta(days=NOW) else life((each.begun_on - START).days, None)
        for each in lives
    ]
    known = [each for each in known if each.begun_on < START + timedelta(days=NOW)]
    seen, all_of_it = (Pipeline.of(each, START).expected(NOW, NOW, NOW + days) for each in (known, lives))
    assert all_of_it == pytest.approx(seen, rel=0.05, abs=0.05)


def test_open_deals_are_weighed_in_only_where_that_was_clearly_closer() -> None:
    dice = np.random.default_rng(2)
    begun = np.repeat(np.arange(365), dice.poisson(2 + 2 * np.sin(np.arange(365) / 12) ** 2 * 3))
    lives = [life(int(day), int(day) + 40) for day in begun]
    counts = {each.ended_on: 0 for each in lives if each.ended_on}
    for each in lives:
        assert each.ended_on
        counts[each.ended_on] += 1
    told = Pipeline.of(lives, START)
    waves = Series.of(DAYS, counts, dict.fromkeys(DAYS, 1))
    assert best_way(waves, told, NOW, 28).pipeline is told
    unrelated = Series.of(DAYS, dict.fromkeys(DAYS, 4), dict.fromkeys(DAYS, 1))
    assert best_way(unrelated, told, NOW, 28).pipeline is None
