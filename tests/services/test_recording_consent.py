"""Nothing is recorded where no administrator set on what grounds; who may set it, and that it is written down."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import AuditEntry, Person
from domain.errors import AccessError, ConflictError, InputError
from domain.recording import ConsentBasis, Refusal
from domain.records import Role
from services import recording_consent as consent
from services.access import viewer
from services.places import country_of_zone
from services.recording_consent import basis_details, may_record
from tests import builders
from tests.builders import NOON


def set_for(session: Session, admin: Person, country: str, basis: ConsentBasis = ConsentBasis.ONE_PARTY, note: str = "") -> None:
    said = basis_details(jurisdiction=country, basis=basis, note=note)
    consent.set_basis(session, viewer(session, admin.id or 0), said, NOON)


@pytest.fixture
def admin(session: Session) -> Person:
    builders.organisation(session, country="US")
    return builders.person(session, role=Role.ADMIN, time_zone="America/New_York")


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("America/Los_Angeles", "US"),
        ("Europe/Berlin", "DE"),
        ("US/Eastern", "US"),
        ("Europe/Kiev", "UA"),
        ("UTC", None),
        ("Etc/GMT+5", None),
    ],
)
def test_a_time_zone_is_named_after_a_place_in_a_country(zone: str, country: str | None) -> None:
    assert country_of_zone(zone) == country


def test_as_installed_nobody_is_recorded(session: Session, admin: Person) -> None:
    agent = builders.person(session, time_zone="America/Chicago")
    for person in (agent, admin):
        found = may_record(session, person.id or 0)
        assert (found.allowed, found.refusal) == (False, Refusal.NO_BASIS)
    assert "United States" in found.why


def test_a_basis_holds_for_its_country_alone(session: Session, admin: Person) -> None:
    american, german = (builders.person(session, time_zone=zone) for zone in ("America/Chicago", "Europe/Berlin"))
    set_for(session, admin, "US")
    assert may_record(session, american.id).allowed
    assert may_record(session, german.id).refusal is Refusal.NO_BASIS


def test_somebody_in_no_place_works_under_the_companys_law(session: Session, admin: Person) -> None:
    agent = builders.person(session, time_zone="UTC")
    set_for(session, admin, "US", ConsentBasis.ANNOUNCED)
    assert may_record(session, agent.id).basis is ConsentBasis.ANNOUNCED


def test_an_agent_can_decline_for_themself_and_for_one_call(session: Session, admin: Person) -> None:
    agent = builders.person(session, time_zone="America/Chicago")
    set_for(session, admin, "US")
    assert may_record(session, agent.id, wanted=False).refusal is Refusal.THIS_CALL

    consent.change_preference(session, viewer(session, agent.id), builders.NOON, records_calls=False)
    session.flush()
    assert may_record(session, agent.id).refusal is Refusal.PREFERENCE
    assert not consent.prefers_recording(session, viewer(session, agent.id))


def test_a_removed_basis_ends_recording_and_both_are_written_down(session: Session, admin: Person) -> None:
    set_for(session, admin, "US", note="Counsel, 3 March")
    set_for(session, admin, "US", ConsentBasis.EVERYBODY_AGREES)
    consent.remove_basis(session, viewer(session, admin.id or 0), "US", NOON)

    assert may_record(session, admin.id or 0).refusal is Refusal.NO_BASIS
    written = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(each.action, each.subject, each.details) for each in written] == [
        ("recording_basis_set", "country:US", {"basis": "one_party"}),
        ("recording_basis_set", "country:US", {"basis": "everybody_agrees"}),
        ("recording_basis_removed", "country:US", {}),
    ]
    with pytest.raises(ConflictError):
        consent.remove_basis(session, viewer(session, admin.id or 0), "US", NOON)


def test_an_admin_sees_where_people_work_and_what_is_set(session: Session, admin: Person) -> None:
    for zone in ("America/Chicago", "UTC", "Europe/Berlin"):
        builders.person(session, time_zone=zone)
    builders.person(session, time_zone="Asia/Tokyo", active=False, deactivated_at=NOON)
    set_for(session, admin, "GB", note="Announcement by the dialer")

    found = consent.places(session, viewer(session, admin.id or 0))

    assert [(each.code, each.people, each.stored is not None) for each in found] == [("US", 3, False), ("DE", 1, False), ("GB", 0, True)]
    assert found[2].stored is not None
    assert (found[2].stored.note, found[2].stored.set_by, found[2].stored.set_at) == ("Announcement by the dialer", admin.name, NOON)


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_only_admins_decide_on_what_grounds(session: Session, role: Role) -> None:
    who = viewer(session, builders.person(session, role=role).id)
    said = basis_details(jurisdiction="US", basis=ConsentBasis.ONE_PARTY)
    for attempt in (
        lambda: consent.set_basis(session, who, said, NOON),
        lambda: consent.remove_basis(session, who, "US", NOON),
        lambda: consent.places(session, who),
    ):
        with pytest.raises(AccessError):
            attempt()


@pytest.mark.parametrize(
    "fields", [{"jurisdiction": "XX"}, {"jurisdiction": "us"}, {"jurisdiction": "US-XX"}, {"basis": "because"}, {"note": "\x00"}]
)
def test_what_is_no_country_or_basis_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(InputError):
        basis_details(**{"jurisdiction": "US", "basis": ConsentBasis.ONE_PARTY} | fields)


def test_the_state_of_an_agent_comes_before_the_country(session: Session, admin: Person) -> None:
    states = {
        code: builders.person(session, time_zone="America/Chicago", region=code) for code in ("US-CA", "US-TX", "US-NY", None, "AU-NSW")
    }
    set_for(session, admin, "US-CA", ConsentBasis.EVERYBODY_AGREES)
    refused = {code: may_record(session, agent.id).refusal for code, agent in states.items()}
    no = Refusal.NO_BASIS
    assert refused == {"US-CA": None, "US-TX": no, "US-NY": no, None: no, "AU-NSW": no}
    assert "Texas (United States)" in may_record(session, states["US-TX"].id).why
    assert "the account names no state" in may_record(session, states[None].id).why
    set_for(session, admin, "US", ConsentBasis.ONE_PARTY)
    set_for(session, admin, "US-NY", ConsentBasis.ANNOUNCED)
    strict = ConsentBasis.EVERYBODY_AGREES
    assert {code: may_record(session, agent.id).basis for code, agent in states.items()} == {
        "US-CA": strict,
        "US-TX": ConsentBasis.ONE_PARTY,
        "US-NY": ConsentBasis.ANNOUNCED,
        None: strict,
        "AU-NSW": strict,
    }
    found = consent.places(session, viewer(session, admin.id or 0))
    assert [(each.code, each.people) for each in found] == [("US", 6), ("US-CA", 1), ("US-NY", 1), ("US-TX", 1)]
