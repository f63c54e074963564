"""Money: whole minor units of a currency, exact both ways."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.money import decimals, from_minor, to_minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("3500.00", "EUR", 350_000), ("0.005", "USD", 1), ("-0.005", "USD", -1), ("1200", "JPY", 1200), ("1.2345", "KWD", 1235)],
)
def test_halves_round_away_from_zero(amount: str, currency: str, minor: int) -> None:
    assert to_minor(Decimal(amount), currency) == minor


@settings(deadline=None)
@given(st.integers(-(10**15), 10**15), st.sampled_from(["USD", "JPY", "KWD"]))
def test_minor_units_survive_the_way_out_and_back(minor: int, currency: str) -> None:
    assert to_minor(from_minor(minor, currency), currency) == minor


def test_currencies_know_their_places() -> None:
    assert [decimals(currency) for currency in ("USD", "JPY", "KWD")] == [2, 0, 3]
