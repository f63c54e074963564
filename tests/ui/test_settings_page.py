"""The company's settings and the audit log on screen."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Organisation, Person
from domain.deals.messages.layout import Icon, MessageLayout, Section
from domain.goals.chain import CHAINS
from domain.records import Profile, Role
from services import audit, deal_messages
from services.audit import Action
from services.business_chain import chain_of
from tests import builders
from tests.ui.visits import opened

Open = Callable[[Person | None], AppTest]


@pytest.fixture
def admin(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    return live_database.write(lambda session: builders.person(session, name="Boss", role=Role.ADMIN, password_hash="x"))


@pytest.fixture
def at(app: Open, admin: Person) -> AppTest:
    return opened(app(admin), "settings")


def test_settings_are_saved(at: AppTest, live_database: Database) -> None:
    at.text_input(key="company_name").set_value("Bravo")
    at.selectbox(key="company_currency").set_value("EUR")
    at.selectbox(key="company_country").set_value("DE")
    at.button(key="company_save").click().run()
    assert [said.value for said in at.success] == ["The settings are saved\\."]
    with live_database.reading() as session:
        company = session.get_one(Organisation, 1)
    assert (company.name, company.currency, company.country) == ("Bravo", "EUR", "DE")


def test_the_currency_is_locked_with_a_reason_once_deals_have_amounts(at: AppTest, live_database: Database) -> None:
    assert not at.selectbox(key="company_currency").disabled
    live_database.write(lambda session: builders.deal(session, None, amount_minor=100))
    at.run()
    assert at.selectbox(key="company_currency").disabled
    assert "there are deals with amounts" in at.selectbox(key="company_currency").help


def test_a_currency_forced_past_the_lock_is_not_saved(at: AppTest, live_database: Database) -> None:
    live_database.write(lambda session: builders.deal(session, None, amount_minor=100))
    at.selectbox(key="company_currency").set_value("EUR")
    at.button(key="company_save").click().run()
    with live_database.reading() as session:
        assert session.get_one(Organisation, 1).currency == "USD"


def test_the_log_shows_what_was_done_and_pages_back(at: AppTest, live_database: Database, admin: Person) -> None:
    def fill(session: Session) -> None:
        for number in range(audit.PAGE + 3):
            audit.record(session, person_id=admin.id, action=Action.EXPORT, subject=f"view:{number}", details={"rows": 1}, at=clock.now())

    live_database.write(fill)
    at.run()
    first = at.dataframe[-1].value
    assert (first["Who"][0], first["What"][0], first["On"][0], first["Details"][0]) == (
        "Boss",
        "Export",
        f"view {audit.PAGE + 2}",
        "rows: 1",
    )
    at.button(key="audit_older").click().run()
    assert list(at.dataframe[-1].value["On"]) == ["view 2", "view 1", "view 0"]
    at.button(key="audit_newer").click().run()
    assert len(at.dataframe[-1].value) == audit.PAGE


def test_the_log_is_filtered_by_action(at: AppTest, live_database: Database, admin: Person) -> None:
    live_database.write(lambda session: audit.record(session, person_id=admin.id, action=Action.EXPORT, at=clock.now()))
    at.selectbox(key="audit_action").set_value(Action.IMPORT).run()
    assert [note.value for note in at.info] == ["Nothing of this kind has been recorded."]


def test_an_admin_describes_how_the_business_works(at: AppTest, live_database: Database) -> None:
    at.text_input(key="chain-real_estate-showings-name").set_value("Viewings")
    at.number_input(key="chain-real_estate-showings-Of ").set_value(50.0)
    at.button(key="chain-save-real_estate").click().run()
    assert not at.exception
    with live_database.reading() as session:
        found = chain_of(session, Profile.REAL_ESTATE).link("showings")
    assert (found.name, found.rate) == ("Viewings", 0.5)
    at.button(key="chain-reset-real_estate").click().run()
    with live_database.reading() as session:
        assert chain_of(session, Profile.REAL_ESTATE) == CHAINS[Profile.REAL_ESTATE]


def test_an_admin_chooses_how_messages_about_deals_look_and_sees_an_example(at: AppTest, live_database: Database) -> None:
    kept = [each for each in Section if each is not Section.PHRASES]
    at.multiselect(key="deal-messages-sections").set_value(kept)
    at.text_input(key="deal-messages-icon-high").set_value("❗")
    at.button(key="deal-messages-save").click().run()
    assert not at.exception
    with live_database.reading() as session:
        assert deal_messages.layout(session) == MessageLayout(hidden=frozenset({Section.PHRASES}), icons={Icon.HIGH: "❗"})
    (example,) = [each.value for each in at.text if "DEAL REVIEW" in each.value]
    assert example.startswith("❗ DEAL REVIEW\n\n📋 Deal: An example")
    assert "WHAT TO SAY" not in example
