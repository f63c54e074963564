"""What can be asked of a goal, and what is a slip of the keyboard."""

from decimal import Decimal

import pytest

from domain.errors import InputError
from domain.goals.entry import GOAL_TYPES, known_type
from domain.goals.target import BOUNDS, checked_target
from domain.metrics.catalog import DEFINITIONS
from domain.metrics.definition import Direction


def kept(kind: str, target: str, currency: str = "USD") -> Decimal:
    return checked_target(DEFINITIONS[kind], Decimal(target), currency)


@pytest.mark.parametrize(
    ("kind", "target", "currency", "expected"),
    [
        ("calls", "1", "USD", "1"),
        ("calls", "1000000", "USD", "1000000"),
        ("revenue", "0.01", "USD", "0.01"),
        ("revenue", "1500.456", "USD", "1500.46"),
        ("revenue", "1500.5", "JPY", "1501"),
        ("revenue", "1.2345", "KWD", "1.235"),
        ("conversion_rate", "0.12345", "USD", "0.1235"),
        ("conversion_rate", "1", "USD", "1"),
        ("median_response_time", "0.01", "USD", "0.01"),
        ("satisfaction", "5", "USD", "5"),
    ],
)
def test_a_target_is_kept_as_exactly_as_its_unit_is_counted(kind: str, target: str, currency: str, expected: str) -> None:
    assert kept(kind, target, currency) == Decimal(expected)


@pytest.mark.parametrize(
    ("kind", "target", "currency"),
    [
        ("calls", "0", "USD"),
        ("calls", "-1", "USD"),
        ("calls", "2.5", "USD"),
        ("calls", "1000001", "USD"),
        ("calls", "NaN", "USD"),
        ("calls", "Infinity", "USD"),
        ("revenue", "0.004", "USD"),
        ("revenue", "0.4", "JPY"),
        ("conversion_rate", "1.01", "USD"),
        ("median_response_time", "721", "USD"),
        ("satisfaction", "0.5", "USD"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_can(kind: str, target: str, currency: str) -> None:
    definition = DEFINITIONS[kind]
    with pytest.raises(InputError, match="name") as refused:
        kept(kind, target, currency)
    assert str(refused.value) == f"{definition.name}: name {BOUNDS[definition.unit].words}."


def test_every_kind_has_a_direction_and_bounds() -> None:
    kinds = [DEFINITIONS[kind] for kind in GOAL_TYPES]
    assert [kind.key for kind in kinds if kind.direction is Direction.NEUTRAL or kind.unit not in BOUNDS] == []


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(InputError, match="Did you mean conversions"):
        known_type("conversion")
    with pytest.raises(InputError, match="Choose among conversions, revenue"):
        known_type("xyz")
