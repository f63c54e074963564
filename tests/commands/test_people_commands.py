"""create-admin and reset-password."""

from sqlalchemy import select
from sqlmodel import col

from data.engine import Database
from data.models import Organisation, Person
from domain.records import Role
from services import passwords
from tests import builders
from tests.commands.conftest import Manage

PASSWORD = "correct horse battery"
ADA = (
    "--name",
    "Ada Lovelace",
    "--email",
    "ada@example.com",
    "--company",
    "Analytical",
    "--currency",
    "GBP",
    "--time-zone",
    "Europe/London",
)


def person(database: Database, email: str) -> Person:
    with database.reading() as session:
        return session.scalars(select(Person).where(col(Person.email) == email)).one()


def test_the_first_admin_sets_the_company_up(manage: Manage, fresh_database: Database) -> None:
    answer = manage("create-admin", *ADA, "--country", "GB", "--password", PASSWORD)

    assert answer.exit_code == 0, answer.output
    ada = person(fresh_database, "ada@example.com")
    assert (ada.name, ada.role, ada.time_zone) == ("Ada Lovelace", Role.ADMIN, "Europe/London")
    assert passwords.matches(PASSWORD, ada.password_hash)
    with fresh_database.reading() as session:
        company = session.get_one(Organisation, 1)
        assert (company.name, company.currency, company.country) == ("Analytical", "GBP", "GB")


def test_a_second_first_admin_is_refused(manage: Manage) -> None:
    manage("create-admin", *ADA, "--password", PASSWORD)

    refused = manage("create-admin", *ADA, "--password", PASSWORD)

    assert refused.exit_code == 1
    assert "set up already" in refused.stderr


def test_a_weak_password_or_an_odd_value_creates_nobody(manage: Manage, fresh_database: Database) -> None:
    assert "12 characters" in manage("create-admin", *ADA, "--password", "short").stderr
    assert "Currency" in manage("create-admin", *ADA, "--currency", "pounds", "--password", PASSWORD).stderr
    with fresh_database.reading() as session:
        assert session.scalars(select(Person)).all() == []


def test_a_reset_password_must_be_changed(manage: Manage, fresh_database: Database) -> None:
    fresh_database.write(lambda session: builders.person(session, email="bob@example.com", password_hash="old"))

    answer = manage("reset-password", "BOB@example.com")

    bob = person(fresh_database, "bob@example.com")
    assert passwords.matches(answer.stdout.removeprefix("One-time password: ").strip(), bob.password_hash)
    assert bob.must_change_password


def test_nobodys_password_cannot_be_reset(manage: Manage) -> None:
    refused = manage("reset-password", "nobody@example.com")

    assert refused.exit_code == 1
    assert refused.stderr.strip() == "Nobody has this e-mail."


def test_somebody_is_erased_from_the_command_line_once_confirmed(manage: Manage, fresh_database: Database) -> None:
    manage("create-admin", *ADA, "--password", PASSWORD)
    bob = fresh_database.write(lambda session: builders.person(session, name="Bob", email="bob@example.com").id)

    assert "neither the name nor the e-mail" in manage("erase-person", "bob@example.com", "--confirm", "Ada").stderr
    assert "last administrator" in manage("erase-person", "ada@example.com", "--confirm", "ada@example.com").stderr
    answer = manage("erase-person", "BOB@example.com", "--confirm", "bob")

    assert answer.exit_code == 0, answer.output
    with fresh_database.reading() as session:
        assert session.get_one(Person, bob).name == f"Former agent {bob}"
