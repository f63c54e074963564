"""Weekly to those who open it; every second week after three left unread, every fourth after six; weekly again once one is opened."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.week_digest.pace import Pace, Told, is_due, pace_after, pace_note, unread_in_a_row

MONDAY = date(2026, 1, 5)
WEEK = timedelta(weeks=1)


def weeks_told(reads: frozenset[int], weeks: int) -> list[int]:
    """In which of so many weeks somebody is told who opens, at once, what came in the weeks of `reads`."""
    past: list[Told] = []
    for week in range(weeks):
        on = MONDAY + week * WEEK
        if is_due(past, on):
            past.insert(0, Told(week_start=on, is_read=week in reads))
    return [(each.week_start - MONDAY) // WEEK for each in reversed(past)]


def test_who_never_opens_it_gets_it_less_and_less_often() -> None:
    assert weeks_told(frozenset(), 20) == [0, 1, 2, 4, 6, 8, 12, 16]


def test_one_opened_brings_it_back_every_week() -> None:
    assert weeks_told(frozenset({8}), 14) == [0, 1, 2, 4, 6, 8, 9, 10, 11, 13]


@given(st.frozensets(st.integers(0, 60)))
def test_nobody_is_told_twice_a_week_or_left_alone_for_more_than_four(reads: frozenset[int]) -> None:
    told = weeks_told(reads, 60)
    gaps = {later - earlier for earlier, later in pairwise(told)}
    assert gaps <= {1, 2, 4}


def test_the_same_week_is_not_due_again() -> None:
    assert not is_due([Told(week_start=MONDAY, is_read=True)], MONDAY)


def test_it_says_that_it_slows_down_before_it_does_and_while_it_is_slow() -> None:
    assert [pace_note(unread) != "" for unread in range(8)] == [False, False, True, True, True, True, True, True]
    assert pace_note(2) == "You did not open the last 2. Unless you open this one, the next comes every second week."
    assert pace_note(3) == "You did not open the last 3, so this comes every second week now."
    assert pace_note(6) == "You did not open the last 6, so this comes every fourth week now."


def test_only_the_latest_in_a_row_count() -> None:
    past = [Told(week_start=MONDAY - at * WEEK, is_read=at == 1) for at in range(5)]
    assert unread_in_a_row(past) == 1
    assert [pace_after(unread) for unread in (2, 3, 5, 6)] == [Pace.WEEKLY, Pace.FORTNIGHTLY, Pace.FORTNIGHTLY, Pace.MONTHLY]
