"""What is searched for, and how pressing a wait is."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.lead_list import MOST_WORDS, Wait, search_terms, wait

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "pressing"),
    [(-1, Wait.FRESH), (0, Wait.FRESH), (60, Wait.FRESH), (61, Wait.WAITING), (24 * 60, Wait.WAITING), (24 * 60 + 1, Wait.LONG)],
)
def test_a_wait_becomes_pressing_after_the_hour_and_again_after_the_day(minutes: int, pressing: Wait) -> None:
    assert wait(NOW - timedelta(minutes=minutes), NOW) is pressing


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("", []),
        ("  grace  HOPPER ", ["grace", "HOPPER"]),
        ("+44 (20) 7946-0958", ["442079460958"]),
        ("42", ["42"]),
        ("4 2", ["4", "2"]),
        ("room 101", ["room", "101"]),
    ],
)
def test_words_are_looked_for_one_by_one_and_a_phone_number_as_its_digits(words: str, terms: list[str]) -> None:
    assert search_terms(words) == terms


def test_more_words_than_tell_leads_apart_are_left_out() -> None:
    assert len(search_terms("a b c d e f g h")) == MOST_WORDS
