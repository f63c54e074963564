"""The celebration ladder: the first rung that matches, at the moment it happens, and silence otherwise."""

from typing import Any

import pytest

from domain.coaching.celebration import LADDER, Best, Done, Rung, celebrated

FORMER = Best(value=12, of=20)
FASTEST = Best(value=4, of=5)


def rung(**fields: Any) -> Rung | None:
    found = celebrated(Done(**{"kind": "calls", "value": 13} | fields))
    return found.rung if found else None


def sale(**fields: Any) -> Rung | None:
    found = celebrated(Done(**{"kind": "sale", "is_deal": True, "value": 500, "deals_this_year": 3} | fields))
    return found.rung if found else None


def test_the_ladder_has_every_rung_in_its_order() -> None:
    assert [each for each, _, _ in LADDER] == list(Rung)


def test_the_first_sale_of_the_year_comes_before_any_record() -> None:
    smaller = Best(value=400, of=20)
    assert sale(deals_this_year=1, team_best=smaller) is Rung.FIRST_DEAL_OF_YEAR
    assert sale(team_best=smaller, own_best=smaller) is Rung.TEAM_RECORD
    assert sale(team_best=Best(value=900, of=20), own_best=smaller) is Rung.PERSONAL_RECORD


def test_a_team_record_comes_before_a_personal_one_and_thirty_days_before_seven() -> None:
    assert rung(team_best=FORMER, own_best=FORMER) is Rung.TEAM_RECORD
    assert rung(team_best=Best(value=30, of=20), own_best=FORMER) is Rung.PERSONAL_RECORD
    assert rung(own_best=Best(value=30, of=20), own_week_best=FORMER) is Rung.PERSONAL_WEEK_RECORD


@pytest.mark.parametrize(("value", "expected"), [(12, None), (13, Rung.PERSONAL_RECORD), (14, None)])
def test_a_days_record_is_told_when_it_is_passed_and_not_with_every_further_one(value: int, expected: Rung | None) -> None:
    assert rung(value=value, own_best=FORMER) is expected


def test_a_best_of_few_days_or_few_of_a_kind_is_no_record() -> None:
    assert rung(own_best=Best(value=12, of=9)) is None
    assert rung(value=3, own_best=Best(value=2, of=20)) is None
    assert sale(own_best=Best(value=400, of=4)) is None


def test_the_fifth_of_a_kind_comes_before_a_milestone_of_the_streak() -> None:
    assert rung(value=5, streak=10) is Rung.FIFTH_TODAY
    assert rung(value=1, streak=10) is Rung.STREAK_MILESTONE
    assert rung(value=1, streak=11) is None


def test_the_fastest_close_needs_sales_to_be_faster_than() -> None:
    assert sale(close_days=3, fastest=Best(value=4, of=5)) is Rung.FASTEST_CLOSE
    assert sale(close_days=4, fastest=Best(value=4, of=5)) is None
    assert sale(close_days=3, fastest=Best(value=4, of=4)) is None
    assert sale(close_days=None, fastest=Best(value=4, of=5)) is None


def test_a_task_is_worth_a_word_and_no_confetti() -> None:
    found = celebrated(Done(kind="tasks", is_task=True, value=1))
    assert (found.rung, found.has_confetti) == (Rung.TASK_DONE, False)


def test_most_of_what_is_done_is_not_celebrated() -> None:
    assert rung(value=1) is None
    assert sale(value=None, team_best=Best(value=1, of=20)) is None


@pytest.mark.parametrize(
    ("done", "reason"),
    [
        (Done(kind="calls", value=13, own_best=FORMER), "13 of one kind today (calls): your best day in 30 days."),
        (Done(kind="sale", is_deal=True, value=5, team_best=Best(value=4, of=5), deals_this_year=2), "The team's largest sale in 30 days."),
        (
            Done(kind="sale", is_deal=True, close_days=1, fastest=Best(value=4, of=5)),
            "Closed in 1 day, faster than any sale of the last year.",
        ),
        (Done(kind="calls", value=1, streak=25), "25 working days in a row: today is kept."),
    ],
)
def test_the_reason_is_said_in_words(done: Done, reason: str) -> None:
    assert celebrated(done).reason == reason
