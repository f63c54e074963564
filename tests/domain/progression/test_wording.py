"""Rates in words."""

import pytest

from domain.metrics.measures import Rate
from domain.progression.wording import rate_text


@pytest.mark.parametrize(("rate", "text"), [(Rate(91, 38), "2.4 each"), (Rate(38, 38), "100 %"), (Rate(3, 38), "7.9 %"), (Rate(0, 0), "–")])
def test_a_rate_above_one_is_told_as_how_many_each_led_to(rate: Rate, text: str) -> None:
    assert rate_text(rate) == text
