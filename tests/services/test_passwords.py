"""Which passwords are good enough, and how they are kept."""

from concurrent.futures import ThreadPoolExecutor
from statistics import median
from threading import Lock
from time import perf_counter, sleep
from typing import Any

import pytest

from domain.errors import InputError
from domain.records import Role
from services import passwords

LONG = "pass phrase with 🐎 and spaces, repeated. " * 3


@pytest.mark.parametrize(("role", "shortest"), [(Role.AGENT, 8), (Role.MANAGER, 8), (Role.ADMIN, 12)])
def test_the_shortest_password_depends_on_the_role(role: Role, shortest: int) -> None:
    passwords.require_good("kpqx wvzt mjhg"[:shortest], role)
    with pytest.raises(InputError, match=f"at least {shortest}"):
        passwords.require_good("kpqx wvzt mjhg"[: shortest - 1], role)


@pytest.mark.parametrize("common", ["password", "PASSWORD", "12345678", "qwertyuiop", "aaaaaaaaaaaa", "Ada@Example.com"])
def test_passwords_that_people_try_first_are_refused(common: str) -> None:
    with pytest.raises(InputError, match="first that people try"):
        passwords.require_good(common, Role.AGENT, known_words=("ada@example.com",))


@pytest.mark.parametrize("good", ["lowercase only words", "        x", "🐎🔋📎🏠🐎🔋📎🏡", "x" * 63 + "y", LONG])
def test_any_characters_and_any_mixture_are_welcome(good: str) -> None:
    passwords.require_good(good, Role.AGENT)


def test_a_thousand_characters_are_enough() -> None:
    passwords.require_good("ab" * 500, Role.ADMIN)
    with pytest.raises(InputError, match="at most 1000"):
        passwords.require_good("ab" * 500 + "c", Role.ADMIN)


def test_the_stored_hash_is_bcrypt_of_cost_twelve() -> None:
    assert passwords.hashed("correct horse").startswith("$2b$12$")


@pytest.mark.usefixtures("cheap_hashes")
@pytest.mark.parametrize("password", ["correct horse", " correct horse ", "x" * 72, "x" * 73, LONG, "nul\0byte", "\ud800 alone"])
def test_a_password_is_checked_exactly_as_typed(password: str) -> None:
    stored = passwords.hashed(password)
    assert passwords.matches(password, stored)
    assert not passwords.matches(password + " ", stored)
    assert not passwords.matches(password[:-1], stored)


@pytest.mark.usefixtures("cheap_hashes")
def test_nobody_matches_where_no_password_is_stored() -> None:
    assert not passwords.matches("", None)


def test_a_hash_of_lower_cost_is_outdated() -> None:
    assert passwords.is_outdated("$2b$10$" + "x" * 53)
    assert not passwords.is_outdated("$2b$12$" + "x" * 53)


def test_one_time_passwords_satisfy_the_rules_and_differ() -> None:
    made = {passwords.one_time_password() for _ in range(100)}
    assert len(made) == 100
    for password in made:
        passwords.require_good(password, Role.ADMIN)


@pytest.mark.usefixtures("cheap_hashes")
def test_somebody_unknown_takes_as_long_as_somebody_known() -> None:
    known = passwords.hashed("correct horse")
    passwords.matches("warm up", None)

    def seconds(stored: str | None) -> float:
        start = perf_counter()
        passwords.matches("wrong", stored)
        return perf_counter() - start

    pairs = [(seconds(known), seconds(None)) for _ in range(200)]
    with_known, with_unknown = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    assert abs(with_known - with_unknown) < 0.5 * with_known, (with_known, with_unknown)


def test_at_most_four_hashes_are_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, Lock()

    class SlowHasher:
        @staticmethod
        def check_pw(*_: Any) -> bool:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            sleep(0.02)
            with lock:
                running -= 1
            return False

    monkeypatch.setattr(passwords, "_hasher", lambda: SlowHasher)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: passwords.matches("x", "stored"), range(32)))
    assert most == 4
