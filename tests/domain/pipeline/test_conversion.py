"""Conversion from one step to the next: undecided deals count as undecided, neither lost nor left out."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.metrics.intervals import wilson
from domain.pipeline.conversion import Ending, Spell, conversion

SPELLS = st.lists(st.builds(Spell, days=st.integers(0, 200), ending=st.sampled_from(tuple(Ending)), deals=st.integers(1, 9)), max_size=30)
DECIDED = st.lists(
    st.builds(Spell, days=st.integers(0, 90), ending=st.sampled_from((Ending.MOVED, Ending.DROPPED)), deals=st.integers(1, 9)), min_size=1
)


def spell(days: int, ending: Ending, deals: int = 1) -> Spell:
    return Spell(days=days, ending=ending, deals=deals)


@given(DECIDED)
@example([Spell(days=days, ending=Ending.MOVED, deals=deals) for days, deals in ((82, 9), (41, 9), (1, 2))])
def test_when_everything_is_decided_it_is_the_plain_share_with_its_usual_interval(spells: list[Spell]) -> None:
    found = conversion(spells)
    moved = sum(each.deals for each in spells if each.ending is Ending.MOVED)
    entered = sum(each.deals for each in spells)
    assert found.share == pytest.approx(moved / entered)
    assert found.interval == pytest.approx(wilson(moved, entered), abs=1e-6)


@given(SPELLS)
def test_it_is_a_share_within_its_interval(spells: list[Spell]) -> None:
    found = conversion(spells)
    if found.share is None or found.interval is None:
        assert found.entered == 0
        return
    low, high = found.interval
    assert 0 <= low <= found.share + 1e-9
    assert found.share - 1e-9 <= high <= 1
    assert found.moved + found.waiting <= found.entered


def test_deals_still_open_make_it_neither_the_closed_rate_nor_the_share_so_far() -> None:
    spells = [spell(10, Ending.MOVED, 10), spell(5, Ending.DROPPED, 20), spell(3, Ending.OPEN, 30), spell(40, Ending.OPEN, 40)]
    found = conversion(spells)
    # Of the 70 followed beyond the third day 20 drop on the fifth; of the 50 left 10 move on the tenth.
    assert found.share == pytest.approx(50 / 70 * 10 / 50)
    assert 10 / 100 < (found.share or 0) < 10 / 30


def test_a_textbook_course() -> None:
    """Five deals: one moves after 1 day, one is left open after 2, one drops after 3, one moves after 4, one stays open for 5."""
    spells = [spell(1, Ending.MOVED), spell(2, Ending.OPEN), spell(3, Ending.DROPPED), spell(4, Ending.MOVED), spell(5, Ending.OPEN)]
    assert conversion(spells).share == pytest.approx(1 / 5 + 4 / 5 * 2 / 3 * 1 / 2)


def test_what_moves_later_than_the_days_asked_for_is_not_in_the_share() -> None:
    found = conversion([spell(5, Ending.MOVED), spell(120, Ending.MOVED)], within_days=90)
    assert (found.share, found.moved, found.entered) == (0.5, 2, 2)


def test_a_young_step_says_how_long_it_was_followed() -> None:
    assert conversion([spell(5, Ending.MOVED), spell(12, Ending.OPEN)]).within_days == 12
    assert conversion([spell(2, Ending.OPEN), spell(5, Ending.MOVED)]).within_days == 90, "nobody is left whom more days could tell of"


def test_nothing_entered_is_unknown_and_few_are_too_early() -> None:
    assert conversion([]).share is None
    assert conversion([spell(1, Ending.MOVED, 19)]).is_early
    assert not conversion([spell(1, Ending.MOVED, 20)]).is_early
