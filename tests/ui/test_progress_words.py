"""A level at risk is told with what keeps it, and with the sales that are about to be too old."""

from datetime import date

import pytest

from domain.progression.assessment import Standing, assess
from domain.records import Level
from tests.domain.progression.stretches import facts
from ui.progress.words import level_badge, why_text

HELD = Standing(level=Level.CONSISTENT, since=date(2025, 1, 1))
RULE = "Until two quarters are over it stays."


@pytest.mark.parametrize(
    ("sales", "still", "told"),
    [
        (18, 18, "2 more sales would bring the level back to safety."),
        (19, 19, "1 more sale would bring the level back to safety."),
        (
            18,
            15,
            "5 more sales by the end of the quarter would bring the level back to safety: 3 sales of now will be over a year old then.",
        ),
    ],
)
def test_a_level_at_risk_says_what_brings_it_back(sales: int, still: int, told: str) -> None:
    found = assess(facts(sales, quarters=(19, 22)), HELD)
    assert found.is_at_risk
    assert why_text(found, sales, still) == f"{sales} sales in the last twelve months; Consistent performer is 20 to 49. {told} {RULE}"


def test_a_safe_level_says_nothing_of_risk() -> None:
    found = assess(facts(20, quarters=(19, 22)), HELD)
    assert "safety" not in why_text(found, 20, 20)
    assert "At risk" not in level_badge(found.level, is_at_risk=found.is_at_risk)


def test_the_badge_says_it_in_words_too() -> None:
    assert "At risk" in level_badge(Level.CONSISTENT, is_at_risk=True)
