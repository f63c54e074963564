"""The company's settings, the audit log, and what is said about people and companies."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from data.models import AuditEntry, Organisation
from domain.errors import AccessError, ConflictError, InputError
from domain.records import Profile, Role
from services import access, audit, organisation
from services.access import Viewer
from services.audit import Action
from services.person_input import company_details, new_person, person_details
from services.places import CURRENCIES, countries, time_zones
from tests import builders
from tests.builders import NOON

COMPANY: dict[str, Any] = {"name": "Acme", "currency": "USD", "time_zone": "UTC", "country": "US", "profile": Profile.B2B}
PERSON: dict[str, Any] = {"name": "Ada", "email": "ada@example.com", "time_zone": "UTC"}


@pytest.fixture
def admin(session: Session) -> Viewer:
    builders.organisation(session)
    return access.viewer(session, builders.person(session, role=Role.ADMIN).id)


def test_settings_change_and_the_log_names_the_fields(session: Session, admin: Viewer) -> None:
    organisation.change(session, admin, company_details(**COMPANY | {"name": "Bravo", "currency": "EUR"}), NOON)
    company = organisation.company(session)
    assert company is not None
    assert (company.name, company.currency) == ("Bravo", "EUR")
    assert [row.details for row in session.scalars(select(AuditEntry))] == [{"fields": ["name", "currency", "profile"]}]


def test_the_currency_is_fixed_once_a_deal_has_an_amount(session: Session, admin: Viewer) -> None:
    builders.deal(session, builders.person(session))
    organisation.change(session, admin, company_details(**COMPANY | {"currency": "EUR"}), NOON)
    builders.deal(session, builders.person(session), amount_minor=0)
    with pytest.raises(InputError, match="stays EUR"):
        organisation.change(session, admin, company_details(**COMPANY | {"currency": "USD"}), NOON)
    organisation.change(session, admin, company_details(**COMPANY | {"currency": "EUR", "name": "Bravo"}), NOON)
    company = organisation.company(session)
    assert company is not None
    assert (company.currency_is_fixed, company.name) == (True, "Bravo")


def test_before_the_first_start_there_is_no_company_to_change(session: Session, admin: Viewer) -> None:
    session.delete(session.get_one(Organisation, 1))
    session.flush()
    assert organisation.company(session) is None
    with pytest.raises(ConflictError):
        organisation.change(session, admin, company_details(**COMPANY), NOON)


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_only_admins_change_settings_and_read_the_log(session: Session, admin: Viewer, role: Role) -> None:
    del admin
    viewer = access.viewer(session, builders.person(session, role=role).id)
    with pytest.raises(AccessError):
        organisation.change(session, viewer, company_details(**COMPANY), NOON)
    with pytest.raises(AccessError):
        audit.entries(session, viewer)


def test_the_log_reads_newest_first_page_by_page_and_by_action(session: Session, admin: Viewer) -> None:
    for number in range(audit.PAGE + 5):
        action = Action.EXPORT if number % 2 else Action.IMPORT
        at = NOON + timedelta(minutes=number)
        audit.record(session, person_id=admin.person_id, action=action, subject=f"view:{number}", details={"rows": number}, at=at)
    first = audit.entries(session, admin)
    second = audit.entries(session, admin, before_id=first[-1].entry_id)
    assert [entry.subject for entry in first + second] == [f"view:{number}" for number in reversed(range(audit.PAGE + 5))]
    exports = audit.entries(session, admin, action=Action.EXPORT)
    assert {entry.action for entry in exports} == {"export"}
    assert exports[0].person_name == admin.name


@pytest.mark.parametrize("statement", ["UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"])
def test_the_log_cannot_be_rewritten(session: Session, admin: Viewer, statement: str) -> None:
    audit.record(session, person_id=admin.person_id, action=Action.EXPORT, at=NOON)
    session.flush()
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("name", "  ", "Name"),
        ("name", "x" * 121, "Name: .*120"),
        ("name", "nul\0", "cannot be stored"),
        ("email", "not an address", "looks like"),
        ("email", "two@at@signs.com", "looks like"),
        ("time_zone", "Europe/Berln", "Did you mean Europe/Berlin"),
        ("working_days", [], "at least one day"),
        ("working_days", [0], "at least one day"),
        ("role", "owner", "Role"),
        ("password_hash", "x", "Password hash"),
    ],
)
def test_what_cannot_be_said_about_a_person_is_refused_by_field(field: str, value: object, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        person_details(**PERSON | {field: value})


def test_an_invitation_needs_an_e_mail() -> None:
    with pytest.raises(InputError, match="Email"):
        new_person(**PERSON | {"email": ""})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Jose\u0301", "José"),
        ("Eve\u202egnp", "Evegnp"),
        ("NA", "NA"),
        ("👩\u200d💻 Ada", "👩\u200d💻 Ada"),
    ],
)
def test_names_are_kept_as_people_see_them(typed: str, kept: str) -> None:
    assert person_details(**PERSON | {"name": typed}).name == kept


@pytest.mark.parametrize(
    ("field", "value"), [("currency", "EURO"), ("currency", "€"), ("country", "DEU"), ("profile", "farming"), ("name", "")]
)
def test_what_cannot_be_said_about_a_company_is_refused_by_field(field: str, value: str) -> None:
    with pytest.raises(InputError, match=field.capitalize()):
        company_details(**COMPANY | {field: value})


def test_places_are_complete_enough_to_choose_from() -> None:
    assert countries()["DE"] == "Germany"
    assert {"Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"} <= set(time_zones())
    assert {"USD", "EUR", "KWD", "JPY"} <= set(CURRENCIES)
