"""What followed training, against colleagues who were alike before."""

from datetime import date, timedelta

import numpy as np
import pytest

from domain.success.training_effect import FEWEST, Completed, around, comparable, effect, t_score

DAY = date(2026, 6, 1)
TODAY = DAY + timedelta(days=365)


def done(agent_id: int, days: int = 0) -> Completed:
    return Completed(agent_id=agent_id, day=DAY + timedelta(days=days), minutes=30)


def work(before: int, after: int) -> dict[date, int]:
    """So many events the day before and the day after; what falls on the day itself belongs to neither."""
    return {DAY - timedelta(days=1): before, DAY: 1000, DAY + timedelta(days=1): after}


def test_the_difference_is_own_change_less_that_of_the_nearest_three() -> None:
    counts = {1: work(20, 30), 2: work(20, 22), 3: work(21, 24), 4: work(19, 20), 5: work(30, 90), 6: work(200, 900)}
    found = effect("calls", counts, [done(1)], [done(1)])
    assert (found.completions, found.own, found.peers, found.difference) == (1, 10, pytest.approx(2), pytest.approx(8))
    assert (found.is_early, found.is_beyond_luck, found.interval) == (True, False, None)


def test_who_trained_in_the_same_weeks_is_no_peer() -> None:
    counts = {1: work(20, 30), 2: work(20, 60), 3: work(20, 21)}
    found = effect("calls", counts, [done(1)], [done(1), done(2, days=30)])
    assert found.peers == 1
    found = effect("calls", counts, [done(1)], [done(1), done(2, days=80)])
    assert found.peers == pytest.approx(20.5)


def test_without_anybody_alike_nothing_is_compared() -> None:
    found = effect("calls", {1: work(20, 30), 2: work(200, 300)}, [done(1)], [done(1)])
    assert (found.completions, found.own, found.difference) == (0, None, None)


def test_the_weeks_meet_but_do_not_share_the_day() -> None:
    before, after = around(DAY)
    assert (before.days, after.days, before.end, after.start) == (56, 56, DAY, DAY + timedelta(days=1))


def test_a_second_module_in_the_same_weeks_and_weeks_that_are_not_over_do_not_count() -> None:
    every = [done(1), done(1, days=10), done(1, days=56), done(2, days=340)]
    assert comparable(every, TODAY) == [done(1), done(1, days=56)]
    assert comparable([done(1)], DAY + timedelta(days=56)) == []
    assert comparable([done(1)], DAY + timedelta(days=57)) == [done(1)]


def simulated(rng: np.random.Generator, *, lift: float) -> bool:
    """Forty agents of very different pace, a dozen of whom train; whether it is called beyond luck."""
    pace = rng.gamma(4, 8, 40)
    counts = {agent: work(int(rng.poisson(p)), int(rng.poisson(p + (lift if agent < 12 else 0)))) for agent, p in enumerate(pace)}
    trained = [done(agent) for agent in range(12)]
    return effect("calls", counts, trained, trained).is_beyond_luck


def test_training_that_does_nothing_is_seldom_called_an_effect_and_a_strong_one_mostly() -> None:
    rng = np.random.default_rng(7)
    assert sum(simulated(rng, lift=0) for _ in range(200)) <= 14
    assert sum(simulated(rng, lift=15) for _ in range(100)) >= 85


def test_it_takes_ten_completions() -> None:
    counts = {agent: work(20, 40 if agent < FEWEST else 20 + agent % 2) for agent in range(30)}
    trained = [done(agent) for agent in range(FEWEST)]
    assert effect("calls", counts, trained, trained).is_beyond_luck
    assert not effect("calls", counts, trained[1:], trained).is_beyond_luck


@pytest.mark.parametrize(("freedom", "value"), [(4, 2.776), (9, 2.262), (30, 2.042), (1000, 1.962)])
def test_students_quantile_is_as_in_the_tables(freedom: int, value: float) -> None:
    assert t_score(0.95, freedom) == pytest.approx(value, rel=0.01)
