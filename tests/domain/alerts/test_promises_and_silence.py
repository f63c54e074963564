"""Promises past their day, and data that stopped arriving by its own rhythm."""

from datetime import date, datetime, timedelta

import pytest

from domain.alerts.finding import Finding, Verdict
from domain.alerts.promises import OverdueLists, goals_at_risk, lists_overdue
from domain.alerts.silence import data_stopped
from tests.builders import TUESDAY

WORK_DAYS = frozenset(day for ago in range(-7, 40) if (day := TUESDAY - timedelta(days=ago)).isoweekday() <= 5)


def test_lists_past_due_are_counted_with_the_oldest() -> None:
    lists = OverdueLists(count=4, oldest_on=TUESDAY - timedelta(days=6), names=("Acme", "Blue", "Crown"))
    found = lists_overdue(lists, 1, TUESDAY)
    assert found is not None
    assert (found.verdict, found.count) == (Verdict.HOLDS, 4)
    assert found.sentence == "4 partner lists are past due, the oldest by 6 days."
    assert found.evidence == "Due since 4 Mar 2026: Acme; Blue; Crown; and 1 more."


def test_no_list_or_fewer_than_a_team_wants_to_hear_of_is_clear() -> None:
    one = OverdueLists(count=1, oldest_on=TUESDAY - timedelta(days=1), names=("Acme",))
    for lists, threshold in ((OverdueLists(), 1), (one, 2)):
        found = lists_overdue(lists, threshold, TUESDAY)
        assert found is not None
        assert found.verdict is Verdict.CLEAR
    assert lists_overdue(one, 0, TUESDAY) is None


def test_an_agents_goals_at_risk_are_one_alert() -> None:
    found = goals_at_risk(7, "Nora", ["Calls: 12, goal 40", "Revenue: $100, goal $900"], 1)
    assert found is not None
    assert (found.verdict, found.sentence) == (Verdict.HOLDS, "2 goals of Nora at risk.")
    assert found.evidence == "Calls: 12, goal 40; Revenue: $100, goal $900."
    clear = goals_at_risk(7, "Nora", [], 1)
    assert clear is not None
    assert clear.verdict is Verdict.CLEAR


def arrived(hours: range, until: datetime) -> list[datetime]:
    """Something in each of these hours on every working day of four weeks, up to a moment."""
    days = sorted(day for day in WORK_DAYS if day > until.date() - timedelta(days=28))
    every = (datetime(day.year, day.month, day.day, hour) for day in days for hour in hours)  # noqa: DTZ001 - a wall clock
    return [each for each in every if each < until]


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 20)  # noqa: DTZ001 - a wall clock


def silence(hours: range, last: datetime, now: datetime) -> Finding:
    found = data_stopped(arrived(hours, last), WORK_DAYS, now, 4)
    assert found is not None
    return found


def test_a_dialer_that_stopped_at_ten_is_told_in_the_afternoon_and_not_at_once() -> None:
    ten = at(TUESDAY, 10)
    assert silence(range(9, 17), ten, at(TUESDAY, 12)).verdict is Verdict.CLEAR
    assert silence(range(9, 17), ten, at(TUESDAY, 13)).verdict is Verdict.OPEN
    late = silence(range(9, 17), ten, at(TUESDAY, 16))
    assert (late.verdict, late.count) == (Verdict.HOLDS, 5)
    assert late.sentence == "No new record since 10 Mar, 10:00, for 5 of the hours in which records usually arrive."


def test_evenings_and_weekends_are_no_silence() -> None:
    friday = TUESDAY - timedelta(days=4)
    assert silence(range(9, 17), at(friday, 17), at(friday + timedelta(days=2), 15)).verdict is Verdict.CLEAR
    assert silence(range(9, 17), at(friday, 17), at(friday + timedelta(days=3), 9)).verdict is Verdict.CLEAR


def test_an_import_at_night_is_not_late_at_noon_but_after_some_nights() -> None:
    night = range(2, 3)
    assert silence(night, at(TUESDAY, 3), at(TUESDAY, 23)).verdict is Verdict.CLEAR
    found = data_stopped(arrived(night, at(TUESDAY - timedelta(days=6), 3)), WORK_DAYS, at(TUESDAY, 12), 3)
    assert found is not None
    assert found.verdict is Verdict.HOLDS


def test_a_team_that_was_silent_as_long_before_is_not_told() -> None:
    monday = TUESDAY - timedelta(days=8)
    known = [each for each in arrived(range(9, 17), at(TUESDAY, 10)) if each.date() != monday]
    found = data_stopped(known, WORK_DAYS, at(TUESDAY, 16), 4)
    assert found is not None
    assert found.verdict is not Verdict.HOLDS


@pytest.mark.parametrize("known", [[], [datetime(2026, 3, 9, 10)]])  # noqa: DTZ001 - a wall clock
def test_without_a_rhythm_nothing_is_said(known: list[datetime]) -> None:
    found = data_stopped(known, WORK_DAYS, at(TUESDAY, 16), 4)
    assert found is not None
    assert found.verdict is Verdict.OPEN
