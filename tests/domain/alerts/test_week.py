"""Thresholds of a week, asked for by the working days gone; silent while it is too early."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alerts.finding import PRIORITY_OF, AlertRule, Priority, Verdict
from domain.alerts.thresholds import Thresholds, defaults
from domain.alerts.week import WorkWeek, low_booked, low_calls, needs_support, week_name
from domain.records import Profile
from tests.builders import TUESDAY

DEFAULTS = Thresholds()
FIVE_PEOPLE = {"planned": 25, "usual": 25}


def week(days_gone: int) -> WorkWeek:
    """Five people, so many of five days gone."""
    return WorkWeek(gone=5 * days_gone, **FIVE_PEOPLE)


def calls_verdict(days_gone: int, calls: int) -> Verdict:
    found = low_calls(week(days_gone), calls, DEFAULTS.calls, "2026-W11")
    assert found is not None
    return found.verdict


def test_the_rules_have_the_priorities_of_the_specification() -> None:
    assert PRIORITY_OF[AlertRule.LISTS_OVERDUE] is Priority.URGENT
    assert {PRIORITY_OF[AlertRule.LOW_CALLS], PRIORITY_OF[AlertRule.LOW_BOOKED]} == {Priority.HIGH}
    assert PRIORITY_OF[AlertRule.NEEDS_SUPPORT] is Priority.MEDIUM
    assert defaults(Profile.BDR) == DEFAULTS
    assert (DEFAULTS.calls, DEFAULTS.booked, DEFAULTS.support_index, DEFAULTS.support_calls) == (25, 30, 10, 5)


@pytest.mark.parametrize(("days_gone", "calls"), [(0, 0), (1, 0)])
def test_nobody_is_told_anything_in_the_first_days_of_a_week(days_gone: int, calls: int) -> None:
    assert calls_verdict(days_gone, calls) is Verdict.OPEN


@pytest.mark.parametrize(("days_gone", "least"), [(2, 10), (3, 15), (4, 20), (5, 25)])
def test_calls_are_asked_for_by_the_working_days_gone(days_gone: int, least: int) -> None:
    assert calls_verdict(days_gone, least - 1) is Verdict.HOLDS
    assert calls_verdict(days_gone, least) is Verdict.OPEN
    assert calls_verdict(days_gone, round(least * 1.1) + 1) is Verdict.CLEAR


def test_absences_and_holidays_lower_what_is_asked() -> None:
    two_away = WorkWeek(gone=9, planned=15, usual=25)
    found = low_calls(two_away, 8, 25, "2026-W11")
    assert found is not None
    assert found.verdict is Verdict.HOLDS
    assert found.sentence == "8 calls this week; by now about 9 were to be expected."
    assert found.evidence == "9 of the team's 15 working days gone; the threshold is 25 in a full week, 15 in this one: 10 days off."


def test_a_week_in_which_nobody_works_says_nothing() -> None:
    found = low_calls(WorkWeek(gone=0, planned=0, usual=25), 0, 25, "2026-W53")
    assert found is not None
    assert found.verdict is Verdict.OPEN


@pytest.mark.parametrize(("days_gone", "booked", "verdict"), [(2, 0, Verdict.OPEN), (3, 17, Verdict.HOLDS), (3, 20, Verdict.CLEAR)])
def test_next_week_is_judged_from_the_middle_of_this_one(days_gone: int, booked: int, verdict: Verdict) -> None:
    found = low_booked(week(days_gone), WorkWeek(**FIVE_PEOPLE), booked, 30, "2026-W12")
    assert found is not None
    assert found.verdict is verdict


def test_a_next_week_with_holidays_asks_for_less_and_one_off_for_nothing() -> None:
    short = low_booked(week(5), WorkWeek(planned=10, usual=25), 11, 30, "2026-W12")
    off = low_booked(week(5), WorkWeek(planned=0, usual=25), 0, 30, "2026-W12")
    assert short is not None
    assert off is not None
    assert (short.verdict, off.verdict) == (Verdict.HOLDS, Verdict.OPEN)
    assert short.sentence == "11 calls booked for next week; by now about 12 were to be expected."


def support(days_gone: int, calls: int, points: int) -> Verdict:
    found = needs_support(7, "Nora", WorkWeek(gone=days_gone, planned=5, usual=5), calls, points, DEFAULTS, "2026-W11")
    assert found is not None
    return found.verdict


def test_an_agent_needs_support_with_both_few_calls_and_few_points() -> None:
    assert support(5, 4, 9) is Verdict.HOLDS
    assert support(5, 4, 20) is Verdict.CLEAR
    assert support(5, 6, 9) is Verdict.CLEAR
    assert support(5, 5, 10) is Verdict.OPEN
    assert support(1, 0, 0) is Verdict.OPEN


def test_who_joined_late_or_was_away_is_asked_for_their_own_days() -> None:
    joined_on_thursday = WorkWeek(gone=1, planned=2, usual=5)
    found = needs_support(7, "Nora", joined_on_thursday, 1, 2, DEFAULTS, "2026-W11")
    assert found is not None
    assert found.verdict is Verdict.OPEN
    away = needs_support(7, "Nora", WorkWeek(gone=0, planned=0, usual=5), 0, 0, DEFAULTS, "2026-W11")
    assert away is not None
    assert away.verdict is Verdict.OPEN


def test_zero_switches_a_rule_off() -> None:
    assert low_calls(week(5), 0, 0, "") is None
    assert low_booked(week(5), week(0), 0, 0, "") is None
    assert needs_support(7, "Nora", week(5), 0, 0, Thresholds(support_calls=0), "") is None


def test_teams_that_do_not_book_calls_ahead_are_not_asked_for_it() -> None:
    assert {defaults(each).booked for each in set(Profile) - {Profile.BDR}} == {0}


def test_weeks_are_named_by_their_iso_year() -> None:
    assert week_name(TUESDAY) == "2026-W11"
    assert week_name(TUESDAY.replace(year=2027, month=1, day=1)) == "2026-W53"


@given(gone=st.integers(0, 5), off=st.integers(0, 5), calls=st.integers(0, 60), more=st.integers(0, 20))
def test_more_calls_never_make_it_worse(gone: int, off: int, calls: int, more: int) -> None:
    planned = 5 - off
    work = WorkWeek(gone=min(gone, planned), planned=planned, usual=5)
    order = [Verdict.HOLDS, Verdict.OPEN, Verdict.CLEAR]
    fewer, further = low_calls(work, calls, 25, ""), low_calls(work, calls + more, 25, "")
    assert fewer is not None
    assert further is not None
    assert order.index(fewer.verdict) <= order.index(further.verdict)
