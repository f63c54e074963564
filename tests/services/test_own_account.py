"""Changing one's own password and ending one's own sessions."""

from datetime import timedelta

import pytest

from data.engine import Database
from data.models import Person
from domain.errors import InputError
from services import access, own_account, passwords, sessions
from services.access import Viewer
from services.sign_in import Attempt, viewer_of_token
from tests import builders
from tests.builders import NOON

pytestmark = pytest.mark.usefixtures("cheap_hashes")
OLD, NEW = "correct horse", "battery staple"


@pytest.fixture
def ada(fresh_database: Database, cheap_hashes: None) -> Person:
    del cheap_hashes
    return fresh_database.write(
        lambda session: builders.person(session, name="Ada Lovelace", email="ada@example.com", password_hash=passwords.hashed(OLD))
    )


def viewer_for(database: Database, person: Person) -> Viewer:
    with database.reading() as session:
        return access.viewer(session, person.id)


def opened(database: Database, person: Person) -> str:
    return database.write(lambda session: sessions.open_session(session, person_id=person.id, user_agent="Firefox", now=NOON))


def is_in(database: Database, token: str) -> bool:
    with database.reading() as session:
        return viewer_of_token(session, token, NOON) is not None


def attempt(password: str) -> Attempt:
    return Attempt(email="ada@example.com", password=password, address="198.51.100.7")


def stored(database: Database, person: Person) -> str | None:
    with database.reading() as session:
        return session.get_one(Person, person.id).password_hash


def test_a_new_password_ends_all_other_sessions(fresh_database: Database, ada: Person) -> None:
    here, there = opened(fresh_database, ada), opened(fresh_database, ada)
    viewer = viewer_for(fresh_database, ada)
    assert own_account.change_password(fresh_database, viewer, attempt(OLD), NEW, token=here, now=NOON) is None
    assert passwords.matches(NEW, stored(fresh_database, ada))
    assert (is_in(fresh_database, here), is_in(fresh_database, there)) == (True, False)


def test_without_the_current_password_nothing_changes(fresh_database: Database, ada: Person) -> None:
    here, there = opened(fresh_database, ada), opened(fresh_database, ada)
    viewer = viewer_for(fresh_database, ada)
    refusal = own_account.change_password(fresh_database, viewer, attempt("wrong"), NEW, token=here, now=NOON)
    assert refusal is not None
    assert refusal.retry_after is None
    assert stored(fresh_database, ada) == ada.password_hash
    assert is_in(fresh_database, there)


def test_the_current_password_cannot_be_guessed_at_an_open_screen(fresh_database: Database, ada: Person) -> None:
    here, viewer = opened(fresh_database, ada), viewer_for(fresh_database, ada)
    for _ in range(10):
        own_account.change_password(fresh_database, viewer, attempt("wrong"), NEW, token=here, now=NOON)
    refusal = own_account.change_password(fresh_database, viewer, attempt(OLD), NEW, token=here, now=NOON)
    assert refusal is not None
    assert refusal.retry_after == timedelta(minutes=15)


@pytest.mark.parametrize("new", ["short", "password", "Ada Lovelace", "ada@example.com"])
def test_a_weak_new_password_is_refused_before_the_current_one_is_looked_at(fresh_database: Database, ada: Person, new: str) -> None:
    viewer = viewer_for(fresh_database, ada)
    with pytest.raises(InputError):
        own_account.change_password(fresh_database, viewer, attempt(OLD), new, token="", now=NOON)


def test_a_one_time_password_is_replaced_without_asking_for_it_again(fresh_database: Database, ada: Person) -> None:
    here = opened(fresh_database, ada)
    fresh_database.write(lambda session: setattr(session.get_one(Person, ada.id), "must_change_password", True))
    viewer = viewer_for(fresh_database, ada)
    with pytest.raises(InputError, match="you were given"):
        own_account.choose_password(fresh_database, viewer, OLD, token=here, now=NOON)
    own_account.choose_password(fresh_database, viewer, NEW, token=here, now=NOON)
    assert not viewer_for(fresh_database, ada).must_change_password
    assert is_in(fresh_database, here)


def test_somebody_with_a_password_of_their_own_cannot_skip_the_question(fresh_database: Database, ada: Person) -> None:
    with pytest.raises(InputError, match="current password"):
        own_account.choose_password(fresh_database, viewer_for(fresh_database, ada), NEW, token="", now=NOON)
    assert stored(fresh_database, ada) == ada.password_hash


def test_the_list_shows_living_sessions_and_which_is_this_one(fresh_database: Database, ada: Person) -> None:
    here, there, ended = (opened(fresh_database, ada) for _ in range(3))
    fresh_database.write(lambda session: sessions.sign_out(session, ended, NOON))
    viewer = viewer_for(fresh_database, ada)
    with fresh_database.reading() as session:
        held = own_account.browsers(session, viewer, token=here, now=NOON)
        later = own_account.browsers(session, viewer, token=here, now=NOON + sessions.IDLE + timedelta(seconds=1))
    assert sorted(one.is_this_one for one in held) == [False, True]
    assert later == []
    assert fresh_database.write(lambda session: own_account.sign_out_others(session, viewer, token=here, now=NOON)) == 1
    assert (is_in(fresh_database, here), is_in(fresh_database, there)) == (True, False)


def test_the_time_zone_is_ones_own_to_change(fresh_database: Database, ada: Person) -> None:
    viewer = viewer_for(fresh_database, ada)
    fresh_database.write(lambda session: own_account.change_time_zone(session, viewer, "Asia/Kathmandu"))
    assert viewer_for(fresh_database, ada).time_zone == "Asia/Kathmandu"
    with pytest.raises(InputError, match="not a time zone"):
        fresh_database.write(lambda session: own_account.change_time_zone(session, viewer, "Nowhere"))
