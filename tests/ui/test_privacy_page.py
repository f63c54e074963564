"""The Privacy page: what is kept, what was agreed to, and taking it back; nobody reaches anybody else's."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from data.engine import Database
from data.models import AuditEntry, EnergyCheckIn, Notification, Person
from domain.coaching.energy import Daypart
from domain.records import Role
from services.privacy import KEPT
from tests import builders
from tests.builders import NOON, TUESDAY
from tests.ui.visits import opened

pytestmark = pytest.mark.usefixtures("cheap_hashes")
Open = Callable[[Person | None], AppTest]


@pytest.fixture
def ada(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    return live_database.write(lambda session: builders.person(session, name="Ada", password_hash="x"))


@pytest.fixture
def at(app: Open, ada: Person) -> AppTest:
    return opened(app(ada), "privacy")


def said(at: AppTest) -> str:
    return " ".join(each.value for each in at.markdown)


def test_everything_that_is_kept_is_told_and_a_tap_away(at: AppTest) -> None:
    told = [text.value.partition("**:")[0].removeprefix("**") for text in at.markdown if "· How long: " in text.value]
    assert told == [each.about.capitalize() for each in KEPT]
    (button,) = [each for each in at.get("link_button") if each.proto.label == "Download my data"]
    assert button.proto.url == "/api/export/my-data.zip"


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_the_page(app: Open, live_database: Database, role: Role) -> None:
    somebody = live_database.write(lambda session: builders.person(session, role=role, password_hash="x"))
    at = opened(app(somebody), "privacy")
    assert not at.exception
    assert at.title[0].value == "Privacy"


def test_a_consent_says_since_when_and_each_change_is_in_the_audit_log(at: AppTest, live_database: Database, ada: Person) -> None:
    assert "**Patterns in your own work** · off, as it was set up" in said(at)
    for key in ("own_patterns", "consent_energy"):
        at.button(key=key).click().run()
    assert "**Patterns in your own work** · on since" in said(at)
    at.button(key="own_patterns").click().run()
    assert "**Patterns in your own work** · off since" in said(at)
    with live_database.reading() as session:
        changes = session.scalars(select(AuditEntry).where(AuditEntry.action == "consent_changed").order_by(AuditEntry.id))
        told = [(entry.person_id, entry.details["consent"], entry.details["is_given"]) for entry in changes]
    assert told == [(ada.id, "own_patterns", True), (ada.id, "ai_energy", True), (ada.id, "own_patterns", False)]


def test_what_was_watched_goes_and_a_colleagues_stays(at: AppTest, live_database: Database, ada: Person) -> None:
    ben = live_database.write(builders.person)
    for person in (ada, ben):
        row = EnergyCheckIn(person_id=person.id, local_on=TUESDAY, daypart=Daypart.MORNING, energy=3, told_at=NOON)
        live_database.write(lambda session, row=row: session.add(row))  # type: ignore[misc]
    at.button(key="erase_behaviour").click().run()
    at.button(key="erase_behaviour").click()
    at.button(key="erase_behaviour_yes").click().run()
    with live_database.reading() as session:
        assert [each.person_id for each in session.scalars(select(EnergyCheckIn))] == [ben.id]


def test_the_wish_to_be_erased_reaches_the_administrator(at: AppTest, live_database: Database) -> None:
    admin = live_database.write(lambda session: builders.person(session, role=Role.ADMIN))
    at.button(key="ask_erasure").click().run()
    with live_database.reading() as session:
        assert [each.person_id for each in session.scalars(select(Notification))] == [admin.id]
