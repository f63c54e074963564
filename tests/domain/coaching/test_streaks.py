"""Streaks: what a day is, how freezes are used and earned, what stays of a streak that ends."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.streaks import MOST_FREEZES, START, Day, DayState, Memory, steps, streak

MONDAY = date(2026, 3, 2)


def days(pattern: str, *, minimum: int = 1) -> list[Day]:
    """A day for each sign: k kept, . missed, - free, p paused, o today with nothing done yet."""
    return [
        Day(
            on=MONDAY + timedelta(days=place),
            is_planned=sign != "-",
            is_paused=sign == "p",
            done=minimum if sign == "k" else minimum - 1,
            minimum=minimum,
            is_over=sign != "o",
        )
        for place, sign in enumerate(pattern)
    ]


def states(pattern: str) -> str:
    words = {
        DayState.KEPT: "k",
        DayState.MISSED: ".",
        DayState.FROZEN: "f",
        DayState.NEUTRAL: "-",
        DayState.PAUSED: "p",
        DayState.OPEN: "o",
    }
    return "".join(words[step.state] for step in steps(days(pattern)))


def after(pattern: str) -> Memory:
    return steps(days(pattern))[-1].after


def test_weekends_holidays_and_absences_are_neutral() -> None:
    assert after("kkkkk--kk").length == 7


def test_two_freezes_are_used_by_themselves_and_the_third_missed_day_ends_it() -> None:
    assert states("kk.k.k.k") == "kkfkfk.k"
    assert (after("kk.k.k").length, after("kk.k.k").freezes) == (4, 0)
    assert (after("kk.k.k.").length, after("kk.k.k.").best) == (0, 4)


def test_a_freeze_is_not_spent_where_there_is_no_streak() -> None:
    assert states("..k") == "..k"
    assert after("..k").freezes == MOST_FREEZES


def test_ten_days_kept_bring_a_used_freeze_back_and_never_a_third() -> None:
    assert after("k." + "k" * 9).freezes == 1
    assert after("k." + "k" * 10).freezes == 2
    assert after("k." + "k" * 40).freezes == 2
    assert after("k" * 40 + ".").freezes == 1


def test_a_paused_day_neither_counts_nor_costs() -> None:
    assert states("kkppk") == "kkppk"
    assert after("kkppk") == after("kkk")


def test_today_is_open_until_its_minimum_is_done() -> None:
    assert states("kko") == "kko"
    assert after("kko").length == 2
    (today,) = steps([Day(on=MONDAY, is_planned=True, done=2, minimum=3, is_over=False)])
    assert today.state is DayState.OPEN


def test_the_own_minimum_decides() -> None:
    assert [step.state for step in steps(days("k.", minimum=5))] == [DayState.KEPT, DayState.FROZEN]


def test_a_broken_streak_leaves_its_best_and_the_months_share() -> None:
    past, today = steps(days("kkk...k.o"))[:-1], steps(days("kkk...k.o"))[-1]
    found = streak(today, [step.state for step in past])
    assert (found.length, found.best, found.is_broken) == (0, 3, True)
    assert (found.kept, found.asked) == (4, 8)


@given(st.text(alphabet="k.-p", max_size=60), st.integers(0, 60))
def test_going_on_from_a_days_memory_is_the_same_as_starting_anew(pattern: str, cut: int) -> None:
    whole = steps(days(pattern))
    first = whole[:cut]
    rest = steps(days(pattern)[cut:], first[-1].after if first else START)
    assert [*first, *rest] == whole


@given(st.text(alphabet="k.-p", max_size=80))
def test_freezes_stay_between_none_and_two_and_the_best_never_falls(pattern: str) -> None:
    memories = [step.after for step in steps(days(pattern))]
    assert all(0 <= each.freezes <= MOST_FREEZES and each.length <= each.best for each in memories)
    assert [each.best for each in memories] == sorted(each.best for each in memories)
