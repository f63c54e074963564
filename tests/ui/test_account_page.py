"""One's own password, time zone and browsers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import NotificationChoice, Person, UserSession
from data.writes import sign_in
from domain.notices import NoticeKind
from services import passwords, sessions
from tests import builders
from tests.ui.visits import opened
from ui.browser_names import browser_name

pytestmark = pytest.mark.usefixtures("cheap_hashes")
Open = Callable[[Person | None], AppTest]
PASSWORD, NEW = "a long good password", "my very own words"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.fixture
def ada(live_database: Database, cheap_hashes: None) -> Person:
    del cheap_hashes
    return live_database.write(
        lambda session: builders.person(session, name="*Ada*", email="ada@example.com", password_hash=passwords.hashed(PASSWORD))
    )


@pytest.fixture
def at(app: Open, ada: Person) -> AppTest:
    return opened(app(ada), "account")


def living(database: Database) -> int:
    with database.reading() as session:
        return sum(one.revoked_at is None for one in session.scalars(select(UserSession)))


def change_password(at: AppTest, current: str, new: str, again: str) -> AppTest:
    at.text_input(key="current_password").set_value(current)
    at.text_input(key="new_password").set_value(new)
    at.text_input(key="new_again").set_value(again)
    return at.button(key="change_submit").click().run()


def test_a_changed_password_signs_out_every_other_browser(at: AppTest, live_database: Database, ada: Person) -> None:
    live_database.write(lambda session: sessions.open_session(session, person_id=ada.id, user_agent=FIREFOX, now=clock.now()))
    change_password(at, PASSWORD, NEW, NEW)
    assert not at.error
    assert [said.value for said in at.success] == ["Your password is changed\\. You are signed out everywhere else\\."]
    assert living(live_database) == 1


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        (("wrong", NEW, NEW), "current password is not right"),
        ((PASSWORD, NEW, "other"), "not the same"),
        ((PASSWORD, "short", "short"), "at least 8"),
        ((PASSWORD, "password", "password"), "first that people try"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(
    at: AppTest, live_database: Database, ada: Person, typed: tuple[str, str, str], complaint: str
) -> None:
    assert complaint in change_password(at, *typed).error[0].value
    with live_database.reading() as session:
        assert session.get_one(Person, ada.id).password_hash == ada.password_hash


def test_the_time_zone_is_saved(at: AppTest, live_database: Database, ada: Person) -> None:
    at.selectbox(key="own_zone").select("Asia/Kathmandu").run()
    at.button(key="save_zone").click().run()
    with live_database.reading() as session:
        assert session.get_one(Person, ada.id).time_zone == "Asia/Kathmandu"


def test_other_browsers_are_listed_and_signed_out(at: AppTest, live_database: Database, ada: Person) -> None:
    live_database.write(lambda session: sessions.open_session(session, person_id=ada.id, user_agent=FIREFOX, now=clock.now()))
    at.run()
    assert "Firefox on Windows" in str(at.table[0].value)
    at.button(key="sign_out_others").click().run()
    assert living(live_database) == 1
    assert at.button(key="sign_out_others").disabled


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
            "Safari on Mac",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/124.0 Safari/537.36 Edg/124.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/124.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Firefox/1", "Firefox"),
        ("curl/8", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_browsers_are_named_as_people_know_them(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name


def test_a_program_signed_in_with_the_password_is_listed_as_the_api(at: AppTest, live_database: Database, ada: Person) -> None:
    end = clock.now() + timedelta(minutes=15)
    live_database.write(
        lambda session: sign_in.add_session(
            session, token_hash="0" * 64, person_id=ada.id, user_agent="curl/8", at=clock.now(), expires_at=end
        )
    )
    assert "API" in list(at.run().table[0].value["Browser"])


def test_who_wants_no_weekly_report_says_so_and_it_stays_said(at: AppTest) -> None:
    at.toggle(key="report-weekly").set_value(False).run()
    assert not at.exception
    at.switch_page("../pages/account.py").run()
    assert (at.toggle(key="report-weekly").value, at.toggle(key="report-monthly").value) == (False, True)


def test_a_kind_of_message_is_switched_off(at: AppTest, live_database: Database, ada: Person) -> None:
    at.toggle(key="wish-nudges").set_value(False).run()
    assert not at.exception
    with live_database.reading() as session:
        (kept,) = session.scalars(select(NotificationChoice))
    assert (kept.person_id, kept.kind, kept.is_wanted) == (ada.id, NoticeKind.NUDGES, False)
