"""Suggested targets: own quantiles drawn towards the cohort's, in words that say how often they were reached."""

import pytest

from domain.goals.posterior import Source
from domain.goals.suggestions import suggestions
from domain.metrics.catalog import DEFINITIONS
from domain.records import GoalPeriod

CALLS = DEFINITIONS["calls"]
WEEKS = [30, 34, 36, 38, 40, 40, 44, 50]


def test_own_weeks_alone_are_their_quantiles() -> None:
    found = suggestions(CALLS, WEEKS, [], GoalPeriod.WEEKLY) or ()
    assert [(each.key, each.value, each.reached) for each in found] == [("attainable", 39, 4), ("challenging", 41, 2), ("elite", 46, 1)]
    assert found[0].sentence == "You reached this in 4 of the last 8 weeks."


def test_own_weeks_are_drawn_towards_the_cohorts() -> None:
    found = suggestions(CALLS, WEEKS, [60] * 10, GoalPeriod.WEEKLY) or ()
    assert found[0].value == 46
    assert found[2].sentence == "You have not reached this in the last 8 weeks; it would be new."


def test_only_the_last_eight_count() -> None:
    assert suggestions(CALLS, [500, *WEEKS], [], GoalPeriod.WEEKLY) == suggestions(CALLS, WEEKS, [], GoalPeriod.WEEKLY)


def test_few_own_periods_leave_it_to_the_cohort_and_say_so() -> None:
    found = suggestions(CALLS, [10, 12, 90], [40, 50], GoalPeriod.MONTHLY) or ()
    assert [each.value for each in found] == [45, 48, 49]
    assert {each.source for each in found} == {Source.TEAM}
    assert found[0].sentence == "From what colleagues do in a month: you have only 3 months so far."


def test_nothing_known_suggests_nothing() -> None:
    assert suggestions(CALLS, [10, 12, 90], [], GoalPeriod.WEEKLY) is None
    assert suggestions(CALLS, [0, 0, 0, 0], [], GoalPeriod.WEEKLY) is None


def test_what_is_better_when_lower_is_suggested_downwards() -> None:
    found = suggestions(DEFINITIONS["median_response_time"], [1, 2, 3, 4, 5], [], GoalPeriod.WEEKLY) or ()
    assert [(each.value, each.reached) for each in found] == [(3, 3), (2, 2), (1.4, 1)]


def test_money_is_suggested_in_round_figures() -> None:
    found = suggestions(DEFINITIONS["revenue"], [1_187_400] * 4, [], GoalPeriod.QUARTERLY) or ()
    assert found[0].value == pytest.approx(1_200_000)
    assert suggestions(CALLS, [40] * 4, [], GoalPeriod.WEEKLY)[0].sentence == "You reached this in all of the last 4 weeks."  # type: ignore[index]
