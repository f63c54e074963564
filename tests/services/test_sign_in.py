"""From a password to a session, and every way that must not lead there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import AuditEntry, Person, SignInAttempt, SignInTicket, UserSession
from domain.errors import InputError
from services import passwords, sign_in
from services.sign_in import Attempt, Redeemed, Refusal, Ticket
from services.tokens import token_hash
from tests import builders
from tests.builders import NOON

pytestmark = pytest.mark.usefixtures("cheap_hashes", "ada")
PASSWORD = "correct horse"


@pytest.fixture
def ada(fresh_database: Database, cheap_hashes: None) -> Person:
    del cheap_hashes
    return fresh_database.write(lambda session: builders.person(session, email="Ada@example.com", password_hash=passwords.hashed(PASSWORD)))


def attempt(email: str = "ada@EXAMPLE.com", password: str = PASSWORD, address: str = "198.51.100.7", device: str = "") -> Attempt:
    return Attempt(email=email, password=password, address=address, device_token=device)


def tries(database: Database, number: int, now: datetime = NOON, **fields: str) -> list[Ticket | Refusal]:
    return [sign_in.sign_in(database, attempt(**{"password": "wrong"} | fields), now) for _ in range(number)]


def redeemed(database: Database, ticket: Ticket | Refusal, now: datetime = NOON, **fields: str) -> Redeemed:
    assert isinstance(ticket, Ticket)
    options = {"user_agent": "Firefox", "device_token": "", "old_token": None} | fields
    return database.write(lambda session: sign_in.redeem(session, ticket.value, now=now, **options))


def test_the_right_password_becomes_a_ticket_and_the_ticket_a_session(fresh_database: Database, ada: Person) -> None:
    token = redeemed(fresh_database, sign_in.sign_in(fresh_database, attempt(), NOON)).token
    with fresh_database.reading() as session:
        viewer = sign_in.viewer_of_token(session, token, NOON)
    assert viewer is not None
    assert (viewer.person_id, viewer.name) == (ada.id, ada.name)


def test_only_hashes_are_stored(fresh_database: Database) -> None:
    ticket = sign_in.sign_in(fresh_database, attempt(), NOON)
    got = redeemed(fresh_database, ticket)
    with fresh_database.reading() as session:
        stored = " ".join(
            str(row) for table in (UserSession, SignInTicket, SignInAttempt, AuditEntry) for row in session.scalars(select(table))
        )
    assert token_hash(got.token) in stored
    for secret in (ticket.value, got.token, got.device_token, PASSWORD, "198.51.100.7", "ada@example.com", "Ada@example.com"):
        assert secret not in stored


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "wrong"},
        {"email": "nobody@example.com"},
        {"password": ""},
        {"password": PASSWORD + " "},
        {"email": "' OR 1=1 --"},
        {"email": "ada\x00"},
    ],
)
def test_everything_wrong_gets_the_same_words(fresh_database: Database, fields: dict[str, str]) -> None:
    assert sign_in.sign_in(fresh_database, attempt(**fields), NOON) == Refusal(message=sign_in.WRONG)


def test_somebody_deactivated_or_without_a_password_is_like_nobody(fresh_database: Database) -> None:
    gone = fresh_database.write(
        lambda session: builders.person(session, active=False, deactivated_at=NOON, password_hash=passwords.hashed(PASSWORD))
    )
    imported = fresh_database.write(builders.person)
    for person in (gone, imported):
        assert sign_in.sign_in(fresh_database, attempt(email=person.email or ""), NOON) == Refusal(message=sign_in.WRONG)


def test_a_ticket_works_once(fresh_database: Database) -> None:
    ticket = sign_in.sign_in(fresh_database, attempt(), NOON)
    redeemed(fresh_database, ticket)
    with pytest.raises(InputError, match="expired"):
        redeemed(fresh_database, ticket)


def test_a_ticket_works_for_half_a_minute(fresh_database: Database) -> None:
    ticket = sign_in.sign_in(fresh_database, attempt(), NOON)
    with pytest.raises(InputError, match="expired"):
        redeemed(fresh_database, ticket, NOON + timedelta(seconds=30))


def test_a_ticket_of_somebody_deactivated_meanwhile_is_worth_nothing(fresh_database: Database, ada: Person) -> None:
    ticket = sign_in.sign_in(fresh_database, attempt(), NOON)

    def deactivate(session: Session) -> None:
        person = session.get_one(Person, ada.id)
        person.active, person.deactivated_at = False, NOON

    fresh_database.write(deactivate)
    with pytest.raises(InputError, match="expired"):
        redeemed(fresh_database, ticket)


def test_signing_in_again_gives_a_new_token_and_ends_the_browsers_old_session(fresh_database: Database) -> None:
    first = redeemed(fresh_database, sign_in.sign_in(fresh_database, attempt(), NOON))
    second = redeemed(fresh_database, sign_in.sign_in(fresh_database, attempt(), NOON), old_token=first.token)
    assert second.token != first.token
    with fresh_database.reading() as session:
        assert sign_in.viewer_of_token(session, first.token, NOON) is None
        assert sign_in.viewer_of_token(session, second.token, NOON) is not None


def test_a_hash_of_lower_cost_is_renewed_at_sign_in(fresh_database: Database, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", 5)
    sign_in.sign_in(fresh_database, attempt(), NOON)
    with fresh_database.reading() as session:
        assert session.get_one(Person, ada.id).password_hash != ada.password_hash


def test_ten_wrong_passwords_close_the_account_for_this_address(fresh_database: Database) -> None:
    assert tries(fresh_database, 10) == [Refusal(message=sign_in.WRONG)] * 10
    answer = sign_in.sign_in(fresh_database, attempt(), NOON + timedelta(minutes=5))
    assert answer == Refusal(message="Too many tries. Try again in 10 minutes.", retry_after=timedelta(minutes=10))


def test_the_account_opens_again_by_itself_after_a_quarter_of_an_hour(fresh_database: Database) -> None:
    tries(fresh_database, 10)
    later = NOON + timedelta(minutes=15)
    assert isinstance(sign_in.sign_in(fresh_database, attempt(), later - timedelta(seconds=1)), Refusal)
    assert isinstance(sign_in.sign_in(fresh_database, attempt(), later), Ticket)


def test_refused_tries_do_not_prolong_the_lock(fresh_database: Database) -> None:
    tries(fresh_database, 10)
    tries(fresh_database, 50, NOON + timedelta(minutes=14))
    assert isinstance(sign_in.sign_in(fresh_database, attempt(), NOON + timedelta(minutes=15)), Ticket)


def test_unknown_accounts_are_closed_like_known_ones(fresh_database: Database) -> None:
    unknown = tries(fresh_database, 11, email="nobody@example.com")
    assert unknown == tries(fresh_database, 11, address="203.0.113.9")


def test_thirty_wrong_passwords_close_the_address_for_all_accounts(fresh_database: Database) -> None:
    for number in range(30):
        tries(fresh_database, 1, email=f"person{number}@example.com")
    answer = sign_in.sign_in(fresh_database, attempt(), NOON)
    assert isinstance(answer, Refusal)
    assert answer.retry_after == timedelta(minutes=15)
    assert isinstance(sign_in.sign_in(fresh_database, attempt(address="203.0.113.9"), NOON), Ticket)


def test_the_neighbours_of_an_ipv6_household_are_one_address(fresh_database: Database) -> None:
    for number in range(30):
        tries(fresh_database, 1, email=f"person{number}@example.com", address=f"2001:db8:1:2::{number:x}")
    assert isinstance(sign_in.sign_in(fresh_database, attempt(address="2001:db8:1:2:ffff::1"), NOON), Refusal)
    assert isinstance(sign_in.sign_in(fresh_database, attempt(address="2001:db8:1:3::1"), NOON), Ticket)


def test_counters_survive_a_restart_and_are_shared_by_all_processes(fresh_database: Database) -> None:
    tries(fresh_database, 10)
    restarted = Database(fresh_database.writer.url.render_as_string(hide_password=False))
    assert isinstance(sign_in.sign_in(restarted, attempt(), NOON), Refusal)
    restarted.close()


def test_nobody_is_locked_out_of_a_browser_they_know_by_somebody_elses_guessing(fresh_database: Database) -> None:
    known = redeemed(fresh_database, sign_in.sign_in(fresh_database, attempt(), NOON)).device_token
    for number in range(11):
        tries(fresh_database, 10, address=f"203.0.113.{number}")
    assert isinstance(sign_in.sign_in(fresh_database, attempt(device=known), NOON), Ticket)


def test_a_known_browser_is_closed_by_its_own_guessing_only(fresh_database: Database) -> None:
    known = redeemed(fresh_database, sign_in.sign_in(fresh_database, attempt(), NOON)).device_token
    tries(fresh_database, 10, device=known)
    assert isinstance(sign_in.sign_in(fresh_database, attempt(device=known), NOON), Refusal)


def test_a_browser_known_for_one_account_is_a_stranger_to_another(fresh_database: Database) -> None:
    known = redeemed(fresh_database, sign_in.sign_in(fresh_database, attempt(), NOON)).device_token
    tries(fresh_database, 10, email="bob@example.com")
    assert isinstance(tries(fresh_database, 1, email="bob@example.com", device=known)[0], Refusal)
    assert tries(fresh_database, 1, email="bob@example.com", device=known)[0].retry_after is not None


def test_from_a_second_address_the_owner_waits_a_minute_at_most(fresh_database: Database) -> None:
    tries(fresh_database, 10)
    second = {"address": "203.0.113.9"}
    assert tries(fresh_database, 1, **second) == [Refusal(message=sign_in.WRONG)]
    assert sign_in.sign_in(fresh_database, attempt(**second), NOON + timedelta(seconds=20)).retry_after == timedelta(seconds=40)
    assert isinstance(sign_in.sign_in(fresh_database, attempt(**second), NOON + timedelta(seconds=60)), Ticket)


def test_an_attack_from_a_hundred_addresses_closes_the_account_to_strangers(fresh_database: Database) -> None:
    for number in range(100):
        tries(fresh_database, 1, address=f"203.0.113.{number}")
    assert isinstance(sign_in.sign_in(fresh_database, attempt(), NOON), Refusal)


def test_many_tries_at_once_do_not_slip_past_the_lock(fresh_database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: tries(fresh_database, 1)[0], range(24)))
    assert sum(answer.retry_after is None for answer in answers) == 10


def test_a_success_does_not_count_against_anybody(fresh_database: Database) -> None:
    for _ in range(12):
        assert isinstance(sign_in.sign_in(fresh_database, attempt(), NOON), Ticket)


def test_tries_that_count_no_more_are_forgotten(fresh_database: Database) -> None:
    tries(fresh_database, 5)
    tries(fresh_database, 5, email="nobody@example.com")
    tries(fresh_database, 1, NOON + timedelta(days=2))
    with fresh_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 1


def test_sign_ins_and_failures_are_on_record_without_names(fresh_database: Database, ada: Person) -> None:
    tries(fresh_database, 1)
    tries(fresh_database, 1, email="nobody@example.com")
    sign_in.sign_in(fresh_database, attempt(), NOON)
    with fresh_database.reading() as session:
        recorded = [
            (row.action, row.person_id, row.subject, row.details)
            for row in session.scalars(select(AuditEntry).order_by(col(AuditEntry.id)))
        ]
    assert recorded == [
        ("sign_in_failed", None, f"person:{ada.id}", {}),
        ("sign_in_failed", None, "", {}),
        ("sign_in", ada.id, f"person:{ada.id}", {}),
    ]
