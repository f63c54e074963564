"""The parts patterns are found with: Student's distribution, the correction for many tests, segments."""

import pytest

from domain.coaching.patterns.family import q_values
from domain.coaching.patterns.segments import channel_sequence, daypart, meeting_length, response_band
from domain.coaching.patterns.student import beyond
from domain.records import ActivityType


@pytest.mark.parametrize(("score", "freedom"), [(12.706, 1), (4.3027, 2), (3.1824, 3), (2.2281, 10), (2.201, 11), (1.98, 119)])
def test_one_in_twenty_lies_beyond_students_usual_quantiles(score: float, freedom: int) -> None:
    assert beyond(score, freedom) == beyond(-score, freedom) == pytest.approx(0.05, abs=2e-4)


def test_nothing_lies_beyond_zero_less_than_everything() -> None:
    assert (beyond(0.0, 1), beyond(0.0, 6)) == (1.0, 1.0)


def test_teams_alone_are_corrected_as_benjamini_and_hochberg_do() -> None:
    found = q_values({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.5}, {})
    assert found == pytest.approx({"a": 0.04, "b": 0.0533, "c": 0.0533, "d": 0.5}, abs=1e-3)


def test_thirty_agents_questions_do_not_drown_their_teams() -> None:
    agents = {f"agent {number}": 0.5 for number in range(200)}
    assert q_values({"team": 0.01}, agents)["team"] == pytest.approx(0.0125)
    assert q_values({"team": 0.5}, agents | {"agent": 0.0001})["agent"] == pytest.approx(0.0001 * 201 / 0.2)


@pytest.mark.parametrize(("hour", "key"), [(0, 0), (9, 0), (10, 1), (11, 1), (12, 2), (17, 4), (18, 5), (23, 5)])
def test_hours_lie_in_parts_of_the_day(hour: int, key: int) -> None:
    assert daypart(hour) == key


def test_a_wait_of_exactly_five_minutes_is_within_them() -> None:
    assert [response_band(seconds) for seconds in (0, 300, 301, 3_600, 3_601, 86_400, 86_401)] == [0, 0, 1, 1, 2, 2, 3]


def test_half_an_hour_is_short_and_an_hour_in_the_middle() -> None:
    assert [meeting_length(minutes * 60) for minutes in (5, 30, 31, 60, 61)] == [0, 0, 1, 1, 2]


def test_the_first_two_contacts_make_a_sequence() -> None:
    call, email, showing = ActivityType.CALL, ActivityType.EMAIL, ActivityType.SHOWING
    assert [channel_sequence(call, call), channel_sequence(call, email), channel_sequence(email, call)] == [0, 1, 2]
    assert channel_sequence(email, email) == 3
    assert channel_sequence(call, showing) is None
