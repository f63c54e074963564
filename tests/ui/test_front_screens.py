"""Signing in, setting the company up, choosing a password: the screens before the product."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from data.engine import Database
from data.models import Organisation, Person, SignInTicket, UserSession
from services import passwords
from tests import builders
from ui.components import cookie_bridge

pytestmark = pytest.mark.usefixtures("cheap_hashes")
Open = Callable[[Person | None], AppTest]
PASSWORD = "a long good password"


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tickets given to the browser."""
    tickets: list[str] = []
    monkeypatch.setattr(cookie_bridge, "redeem", tickets.append)
    return tickets


@pytest.fixture
def ada(live_database: Database, cheap_hashes: None) -> Person:
    del cheap_hashes
    return live_database.write(
        lambda session: builders.person(session, name="Ada", email="ada@example.com", password_hash=passwords.hashed(PASSWORD))
    )


def submit(at: AppTest, button: str, **fields: str) -> AppTest:
    for key, value in fields.items():
        at.text_input(key=key).set_value(value)
    return at.button(key=button).click().run()


def tickets(database: Database) -> int:
    with database.reading() as session:
        return len(session.scalars(select(SignInTicket)).all())


def test_the_right_password_hands_the_browser_a_ticket(app: Open, live_database: Database, ada: Person, handed: list[str]) -> None:
    at = submit(app(None).run(), "sign_in_submit", sign_in_email=" ADA@example.com", sign_in_password=PASSWORD)
    assert not at.error
    assert len(handed) == tickets(live_database) == 1
    assert ada.name not in str(at.main)


def test_a_wrong_password_and_an_unknown_e_mail_read_the_same(app: Open, handed: list[str], ada: Person) -> None:
    at = app(None).run()
    shown = [
        [error.value for error in submit(at, "sign_in_submit", sign_in_email=email, sign_in_password="wrong").error]
        for email in (ada.email or "", "nobody@example.com", "**bold** <b>", "")
    ]
    assert shown == [["The e-mail or the password is not right."]] * 4
    assert handed == []


def test_after_ten_tries_the_screen_says_when_to_come_back(app: Open, handed: list[str], ada: Person) -> None:
    at = app(None).run()
    for _ in range(10):
        submit(at, "sign_in_submit", sign_in_email=ada.email or "", sign_in_password="wrong")
    submit(at, "sign_in_submit", sign_in_email=ada.email or "", sign_in_password=PASSWORD)
    assert [error.value for error in at.error] == ["Too many tries. Try again in 15 minutes."]
    assert handed == []


def test_a_browser_that_refuses_the_cookie_is_told_what_to_do(app: Open, ada: Person) -> None:
    del ada
    at = app(None)
    at.session_state[cookie_bridge.FAILED] = True
    assert [error.value for error in at.run().error] == [
        "Your browser did not take the sign-in. Allow cookies for this address and try again."
    ]
    assert not at.run().error


@pytest.mark.parametrize("is_demo", [True, False])
def test_only_the_demo_company_shows_its_sign_ins(app: Open, live_database: Database, ada: Person, *, is_demo: bool) -> None:
    del ada
    live_database.write(lambda session: builders.organisation(session, is_demo=is_demo))
    at = app(None).run()
    assert (passwords_shown(at) != []) == is_demo


def passwords_shown(at: AppTest) -> list[str]:
    return [one.value for one in at.markdown if "password" in one.value]


def test_the_first_comer_sets_the_company_up_and_is_signed_in(app: Open, live_database: Database, handed: list[str]) -> None:
    at = app(None).run()
    assert at.title[0].value == "Welcome"
    fields = {
        "first_company": "Acme",
        "first_name": "Ada",
        "first_email": "ada@example.com",
        "first_password": PASSWORD,
        "first_again": PASSWORD,
    }
    submit(at, "first_submit", **fields)
    assert not at.error
    with live_database.reading() as session:
        assert session.scalars(select(Person.email)).all() == ["ada@example.com"]  # type: ignore[call-overload]
        assert session.get_one(Organisation, 1).name == "Acme"
    assert len(handed) == 1
    assert app(None).run().title[0].value == "Sign in"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"first_again": "another good password"}, "The two passwords are not the same"),
        ({"first_password": "short", "first_again": "short"}, "at least 12 characters"),
        ({"first_email": "nonsense"}, "e\\-mail address"),
        ({"first_company": ""}, "Name"),
    ],
)
def test_a_first_start_that_cannot_work_says_why_and_stores_nothing(
    app: Open, live_database: Database, handed: list[str], change: dict[str, str], complaint: str
) -> None:
    fields = {
        "first_company": "Acme",
        "first_name": "Ada",
        "first_email": "ada@example.com",
        "first_password": PASSWORD,
        "first_again": PASSWORD,
    }
    at = submit(app(None).run(), "first_submit", **fields | change)
    assert complaint in at.error[0].value
    assert handed == []
    with live_database.reading() as session:
        assert session.scalars(select(Person)).all() == []


def test_a_one_time_password_is_replaced_before_anything_else(app: Open, live_database: Database, ada: Person) -> None:
    live_database.write(lambda session: setattr(session.get_one(Person, ada.id), "must_change_password", True))
    at = app(ada).run()
    submit(at, "new_submit", new_password="short", new_again="short")
    assert "at least 8" in at.error[0].value
    submit(at, "new_submit", new_password=PASSWORD, new_again=PASSWORD)
    assert "you were given" in at.error[0].value
    submit(at, "new_submit", new_password="my very own words", new_again="my very own words")
    assert not at.error
    assert "Choose your password" not in [title.value for title in at.title]
    with live_database.reading() as session:
        assert passwords.matches("my very own words", session.get_one(Person, ada.id).password_hash)
        assert session.scalars(select(UserSession)).one().revoked_at is None
