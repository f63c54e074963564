"""Achievements in words: dated by the day they were earned, and a record is nobody's but its holder's."""

from dataclasses import replace
from datetime import date

import pytest

from domain.coaching.achievement_catalog import BY_KEY
from domain.coaching.achievements import GrantState, Standing
from services.achievements import Badge, Grant
from tests.builders import NOON
from ui.play.achievement_words import earned_text, standing_text

EARNED = date(2025, 10, 7)


def badge(key: str, period: str = "2025-10") -> Badge:
    kept = {"id": 1, "agent_id": 1, "achievement": key, "period": period, "value": 3, "evidence": {}, "state": GrantState.HELD}
    grant = Grant(**kept, earned_on=EARNED, granted_at=NOON)
    return Badge(achievement=BY_KEY[key], grants=[grant], standing=Standing(value=3, needed=None, days=None))


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("ever", ""),
        ("2025-10", " for October 2025"),
        ("2025-W41", " for the week of 6 Oct 2025"),
        ("2025-Q4", " for Q4 2025"),
        ("2025-10-07", ""),
    ],
)
def test_what_is_earned_has_the_day_it_was_earned_and_its_period_in_words(period: str, words: str) -> None:
    assert earned_text(badge("month_record", period)) == f"Earned 7 Oct 2025{words}"


def test_a_record_is_yours_only_where_you_are_its_holder() -> None:
    assert standing_text(badge("month_record"), is_own=True) == "You hold it."
    assert standing_text(badge("month_record"), is_own=False) == "They hold it."


def test_a_retired_one_says_so_instead_of_what_is_missing() -> None:
    retired = replace(badge("ten_sales"), achievement=replace(BY_KEY["ten_sales"], is_offered=False))
    assert standing_text(retired, is_own=True) == "Not offered any more; what was earned stays."
