"""The performance score: its account adds up, too much of one thing is capped, and nothing due is no score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.activity_analytics.score import SCORED, score_of


def test_exactly_on_every_target_is_a_hundred() -> None:
    score = score_of({"calls": 40, "appointments": 5}, {"calls": 40.0, "appointments": 5.0})
    assert score is not None
    assert score.value == pytest.approx(100)
    assert [part.weight for part in score.parts] == [0.5, 0.5]


def test_work_beyond_half_as_much_again_adds_nothing() -> None:
    score = score_of({"calls": 400, "appointments": 0}, {"calls": 40.0, "appointments": 5.0})
    assert score is not None
    assert (score.value, score.parts[0].is_capped) == (75.0, True)


def test_the_score_ends_at_a_hundred_and_the_points_do_not() -> None:
    score = score_of({"calls": 60, "appointments": 7}, {"calls": 40.0, "appointments": 5.0})
    assert score is not None
    assert (score.value, score.total) == (100.0, pytest.approx(145))


def test_weights_are_scaled_over_what_is_due() -> None:
    score = score_of({"calls": 20, "emails": 10}, {"calls": 40.0, "emails": 10.0, "tasks": 0.0}, {"calls": 3, "emails": 1, "tasks": 9})
    assert score is not None
    assert score.value == pytest.approx(0.75 * 50 + 0.25 * 100)


def test_without_anything_due_there_is_no_score() -> None:
    assert score_of({"calls": 9}, {}) is None
    assert score_of({"calls": 9}, {"calls": 0.0, "revenue": 500.0}) is None


def test_less_than_one_due_counts_as_one() -> None:
    score = score_of({"appointments": 1}, {"appointments": 0.2})
    assert score is not None
    assert score.value == 100


@given(st.dictionaries(st.sampled_from(SCORED), st.tuples(st.integers(0, 500), st.floats(0.1, 300)), min_size=1))
def test_units_times_points_are_the_score(done: dict[str, tuple[int, float]]) -> None:
    score = score_of({key: units for key, (units, _) in done.items()}, {key: due for key, (_, due) in done.items()})
    assert score is not None
    assert sum(part.weight for part in score.parts) == pytest.approx(1)
    direct = sum(min(part.units / part.target, 1.5) for part in score.parts) * 100 / len(score.parts)
    assert score.total == pytest.approx(direct)
    assert 0 <= score.value <= 100
