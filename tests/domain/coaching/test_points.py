"""Points: what a day is worth, the most of a kind, values from a day on, and corrections instead of edits."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.points import DEFAULT_VALUES, PlayLevel, ValueChange, corrections, points_due, values_on
from domain.counters import COUNTER_NAMES, Counters

TUESDAY = date(2026, 3, 10)


def due(*changes: ValueChange, **counts: int) -> dict[str, int]:
    return points_due(Counters(**counts), values_on(TUESDAY, changes))


def test_each_kind_of_work_brings_its_own_points() -> None:
    assert due(calls=10, conversations=2, deals_won=1) == {"calls": 20, "conversations": 6, "deals_won": 100}


def test_a_kind_ends_at_its_most_of_a_day_however_much_is_logged() -> None:
    assert due(calls=50) == due(calls=5_000) == {"calls": 100}


def test_a_change_holds_from_its_day_on_and_the_newest_wins() -> None:
    dear = ValueChange(key="calls", from_on=TUESDAY, points=4, most=400)
    cheap = ValueChange(key="calls", from_on=TUESDAY - timedelta(days=30), points=1, most=400)
    later = ValueChange(key="calls", from_on=TUESDAY + timedelta(days=1), points=9, most=900)
    assert due(later, dear, cheap, calls=10) == {"calls": 40}
    assert due(later, cheap, calls=10) == {"calls": 10}
    assert due(later, calls=10) == {"calls": 20}


def test_a_value_of_nothing_brings_no_line() -> None:
    assert due(ValueChange(key="calls", from_on=TUESDAY, points=0, most=0), calls=10) == {}


def test_what_was_taken_back_is_a_negative_line() -> None:
    assert corrections({"calls": 20}, {"calls": 30, "emails": 2}) == {"calls": -10, "emails": -2}


@given(st.dictionaries(st.sampled_from("abc"), st.integers(1, 99)), st.dictionaries(st.sampled_from("abc"), st.integers(1, 99)))
def test_the_ledger_with_its_corrections_says_what_is_due_and_needs_no_more(owed: dict[str, int], kept: dict[str, int]) -> None:
    added = corrections(owed, kept)
    after = {key: kept.get(key, 0) + added.get(key, 0) for key in {*owed, *kept}}
    assert {key: points for key, points in after.items() if points} == owed
    assert corrections(owed, after) == {}


def test_a_level_of_play_takes_a_thousand_points() -> None:
    assert [(level.number, level.into, level.missing) for level in (PlayLevel(total=total) for total in (0, 999, 1000, 2750))] == [
        (1, 0, 1000),
        (1, 999, 1),
        (2, 0, 1000),
        (3, 750, 250),
    ]
    assert PlayLevel(total=-5).number == 1


def test_every_value_names_a_counter_of_the_day() -> None:
    assert {value.key for value in DEFAULT_VALUES} <= set(COUNTER_NAMES)
    assert all(0 < value.points <= value.most for value in DEFAULT_VALUES)
