"""Cheap hashes: the cost of bcrypt is tested once, elsewhere a quarter of a second a hash would only cost time."""

from collections.abc import Iterator

import bcrypt
import pytest

from services import passwords

REAL_SALT = bcrypt.gensalt


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every hash made in this test has the lowest cost, the one for unknown people too."""
    monkeypatch.setattr(bcrypt, "gensalt", lambda: REAL_SALT(4))
    monkeypatch.setattr(passwords, "COST", 4)
    passwords.nobodys_hash.cache_clear()
    yield
    passwords.nobodys_hash.cache_clear()
