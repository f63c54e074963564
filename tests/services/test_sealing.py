"""Sealed addresses."""

import pytest

from domain.errors import SetupError
from services.sealing import Seal

ADDRESS = "https://hooks.slack.com/services/T000/B000/CANARY"


def test_what_is_sealed_opens_again_with_the_same_secret_only() -> None:
    sealed = Seal("one secret").close(ADDRESS)
    assert "CANARY" not in sealed
    assert Seal("one secret").open(sealed) == ADDRESS
    assert Seal("one secret").opens(sealed)
    assert not Seal("another secret").opens(sealed)


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA", "ä"])
def test_another_secret_or_damage_says_what_to_do(sealed: str) -> None:
    with pytest.raises(SetupError, match="another PACESETTER_SECRET") as caught:
        Seal("one secret").open(sealed)
    assert caught.value.code == "sealed_elsewhere"


def test_the_same_address_is_sealed_differently_every_time() -> None:
    assert Seal("s").close(ADDRESS) != Seal("s").close(ADDRESS)
