"""Administering people, and everything that must be refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import AuditEntry, Organisation, Person, TeamManager
from domain.errors import AccessError, ConflictError, InputError, NotFoundError, PacesetterError
from domain.records import Profile, Role
from services import access, passwords, people, sessions, teams
from services.access import Viewer
from services.person_input import CompanyDetails, company_details, new_person, person_details
from services.sign_in import viewer_of_token
from tests import builders
from tests.builders import NOON, TUESDAY

pytestmark = pytest.mark.usefixtures("cheap_hashes")
DETAILS: dict[str, Any] = {"name": "Ada Lovelace", "email": "ada@example.com", "role": Role.AGENT, "time_zone": "Europe/Berlin"}


@pytest.fixture
def admin(session: Session) -> Viewer:
    return viewer_for(session, builders.person(session, role=Role.ADMIN, password_hash="x"))


def viewer_for(session: Session, person: Person) -> Viewer:
    return access.viewer(session, person.id)


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(col(AuditEntry.action)).order_by(col(AuditEntry.id))))


def test_an_invitation_is_a_password_that_must_be_replaced(session: Session, admin: Viewer) -> None:
    team = builders.team(session)
    invitation = people.invite(session, admin, new_person(**DETAILS, team_id=team.id), NOON)
    ada = session.get_one(Person, invitation.person_id)
    assert passwords.matches(invitation.one_time_password, ada.password_hash)
    assert ada.must_change_password
    assert [(one.name, one.team_name) for one in people.everybody(session, admin, TUESDAY) if one.person_id == ada.id] == [
        ("Ada Lovelace", team.name)
    ]
    assert invitation.one_time_password not in str([row.details for row in session.scalars(select(AuditEntry))])


def test_an_e_mail_belongs_to_one_person_in_whatever_case(session: Session, admin: Viewer) -> None:
    builders.person(session, email="ADA@example.com")
    with pytest.raises(ConflictError, match="this e-mail exists"):
        people.invite(session, admin, new_person(**DETAILS), NOON)


def test_an_external_id_belongs_to_one_person(session: Session, admin: Viewer) -> None:
    builders.person(session, external_id="4711")
    with pytest.raises(ConflictError, match="this external id exists"):
        people.invite(session, admin, new_person(**DETAILS, external_id="4711"), NOON)


def test_an_edit_changes_what_is_known(session: Session, admin: Viewer) -> None:
    person = builders.person(session)
    people.edit(session, admin, person.id, person_details(**DETAILS | {"working_days": [7, 1, 1]}), NOON)
    session.expire_all()
    assert (person.name, person.email, person.time_zone, person.working_days) == (
        "Ada Lovelace",
        "ada@example.com",
        "Europe/Berlin",
        [1, 7],
    )


def test_a_new_role_ends_the_sessions_and_the_teams_managed(session: Session, admin: Viewer) -> None:
    manager = builders.manager(session, of=builders.team(session))
    token = sessions.open_session(session, person_id=manager.id, user_agent="", now=NOON)
    people.edit(session, admin, manager.id, person_details(**DETAILS), NOON)
    assert viewer_of_token(session, token, NOON) is None
    assert session.scalars(select(TeamManager)).all() == []
    assert actions(session) == ["person_edited", "role_changed"]


def test_an_edit_without_a_new_role_ends_no_session(session: Session, admin: Viewer) -> None:
    person = builders.person(session)
    token = sessions.open_session(session, person_id=person.id, user_agent="", now=NOON)
    people.edit(session, admin, person.id, person_details(**DETAILS), NOON)
    assert viewer_of_token(session, token, NOON) is not None


def test_somebody_who_signs_in_keeps_an_e_mail(session: Session, admin: Viewer) -> None:
    person = builders.person(session, password_hash="x")
    with pytest.raises(InputError, match="Email"):
        people.edit(session, admin, person.id, person_details(**DETAILS | {"email": " "}), NOON)


def test_deactivating_somebody_signs_them_out_and_keeps_their_facts(session: Session, admin: Viewer) -> None:
    person = builders.person(session)
    builders.activity(session, person)
    token = sessions.open_session(session, person_id=person.id, user_agent="", now=NOON)
    people.deactivate(session, admin, person.id, NOON)
    assert viewer_of_token(session, token, NOON) is None
    people.reactivate(session, admin, person.id, NOON + timedelta(days=1))
    assert viewer_of_token(session, token, NOON) is None
    assert (person.active, person.deactivated_at) == (True, None)


def test_what_is_so_already_is_a_conflict(session: Session, admin: Viewer) -> None:
    person = builders.person(session)
    with pytest.raises(ConflictError, match="active already"):
        people.reactivate(session, admin, person.id, NOON)
    people.deactivate(session, admin, person.id, NOON)
    with pytest.raises(ConflictError, match="not active"):
        people.deactivate(session, admin, person.id, NOON)


def test_nobody_takes_their_own_rights_away(session: Session, admin: Viewer) -> None:
    builders.person(session, role=Role.ADMIN, password_hash="x")
    with pytest.raises(ConflictError, match="cannot deactivate yourself"):
        people.deactivate(session, admin, admin.person_id, NOON)
    with pytest.raises(ConflictError, match="cannot change your own role"):
        people.edit(session, admin, admin.person_id, person_details(**DETAILS), NOON)


def test_an_admin_may_correct_their_own_name(session: Session, admin: Viewer) -> None:
    people.edit(session, admin, admin.person_id, person_details(**DETAILS | {"role": Role.ADMIN}), NOON)
    assert session.get_one(Person, admin.person_id).name == "Ada Lovelace"


def test_the_last_admin_who_can_sign_in_stays(session: Session, admin: Viewer) -> None:
    last = builders.person(session, role=Role.ADMIN, password_hash="x")
    session.get_one(Person, admin.person_id).password_hash = None
    session.flush()
    for change in (
        lambda: people.deactivate(session, admin, last.id, NOON),
        lambda: people.edit(session, admin, last.id, person_details(**DETAILS), NOON),
    ):
        with pytest.raises(ConflictError, match="last administrator"):
            change()


def test_two_admins_cannot_demote_each_other_at_once(fresh_database: Database) -> None:
    both = [fresh_database.write(lambda session: builders.person(session, role=Role.ADMIN, password_hash="x")) for _ in range(2)]

    def demote(pair: tuple[Person, Person]) -> bool:
        try:
            fresh_database.write(lambda session: people.deactivate(session, viewer_for(session, pair[0]), pair[1].id, NOON))
        except PacesetterError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(demote, [(both[0], both[1]), (both[1], both[0])]))
    assert sorted(outcomes) == [False, True]


def test_a_new_one_time_password_replaces_the_old_and_ends_all_sessions(session: Session, admin: Viewer) -> None:
    person = builders.person(session, password_hash=passwords.hashed("before"))
    token = sessions.open_session(session, person_id=person.id, user_agent="", now=NOON)
    password = people.issue_password(session, admin, person.id, NOON)
    assert passwords.matches(password, person.password_hash)
    assert person.must_change_password
    assert viewer_of_token(session, token, NOON) is None
    assert actions(session) == ["password_reset"]


def test_somebody_without_an_e_mail_gets_no_password(session: Session, admin: Viewer) -> None:
    person = builders.person(session, email=None)
    with pytest.raises(InputError, match="no e-mail"):
        people.issue_password(session, admin, person.id, NOON)


def test_the_command_line_resets_by_e_mail(session: Session) -> None:
    person = builders.person(session, email="Ada@example.com")
    assert passwords.matches(people.reset_password(session, " ada@EXAMPLE.com ", NOON), person.password_hash)
    with pytest.raises(NotFoundError):
        people.reset_password(session, "nobody@example.com", NOON)


def test_an_admin_ends_somebodys_sessions(session: Session, admin: Viewer) -> None:
    person = builders.person(session)
    token = sessions.open_session(session, person_id=person.id, user_agent="", now=NOON)
    assert people.sign_out_everywhere(session, admin, person.id, NOON) == 1
    assert viewer_of_token(session, token, NOON) is None


Deed = Callable[[Session, Viewer, int, int], object]
DEEDS: dict[str, Deed] = {
    "everybody": lambda session, viewer, _person, _team: people.everybody(session, viewer, TUESDAY),
    "invite": lambda session, viewer, _person, _team: people.invite(session, viewer, new_person(**DETAILS), NOON),
    "edit": lambda session, viewer, person, _team: people.edit(session, viewer, person, person_details(**DETAILS), NOON),
    "deactivate": lambda session, viewer, person, _team: people.deactivate(session, viewer, person, NOON),
    "reactivate": lambda session, viewer, person, _team: people.reactivate(session, viewer, person, NOON),
    "issue_password": lambda session, viewer, person, _team: people.issue_password(session, viewer, person, NOON),
    "sign_out": lambda session, viewer, person, _team: people.sign_out_everywhere(session, viewer, person, NOON),
    "all_teams": lambda session, viewer, _person, _team: teams.all_teams(session, viewer, TUESDAY),
    "move": lambda session, viewer, person, team: teams.move(session, viewer, person, team, from_on=TUESDAY, now=NOON),
    "set_managed": lambda session, viewer, person, team: teams.set_managed(session, viewer, person, [team], NOON),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_only_admins_administer(session: Session, deed: Deed, role: Role) -> None:
    team = builders.team(session)
    victim = builders.person(session, on=team)
    viewer = viewer_for(session, builders.person(session, role=role, manages=team))
    with pytest.raises(AccessError):
        deed(session, viewer, victim.id, team.id)
    assert actions(session) == []


@pytest.mark.parametrize("name", ["edit", "deactivate", "reactivate", "issue_password", "sign_out", "move", "set_managed"])
def test_a_person_who_does_not_exist_is_not_found(session: Session, admin: Viewer, name: str) -> None:
    with pytest.raises(NotFoundError):
        DEEDS[name](session, admin, 999_999, builders.team(session).id)


GOOD_PASSWORD = "a long good password"
COMPANY = {"name": "Acme", "currency": "eur", "time_zone": "Europe/Berlin", "country": "de", "profile": Profile.B2B}


def first_admin(session: Session, password: str = GOOD_PASSWORD) -> int:
    company: CompanyDetails = company_details(**COMPANY)
    return people.create_first_admin(session, company, person_details(**DETAILS), password, NOON)


def test_the_first_comer_becomes_admin_of_a_company_set_up(session: Session) -> None:
    assert people.is_first_start(session)
    admin = session.get_one(Person, first_admin(session))
    company = session.get_one(Organisation, 1)
    assert (admin.role, admin.must_change_password) == (Role.ADMIN, False)
    assert (company.name, company.currency, company.country, company.profile) == ("Acme", "EUR", "DE", Profile.B2B)
    assert not people.is_first_start(session)


def test_the_second_comer_is_told_to_sign_in(session: Session) -> None:
    first_admin(session)
    with pytest.raises(ConflictError, match="set up already"):
        first_admin(session)


def test_of_two_who_set_up_at_once_one_becomes_admin(fresh_database: Database) -> None:
    def set_up(_: int) -> bool:
        try:
            fresh_database.write(first_admin)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(set_up, range(4))) == [False, False, False, True]


def test_people_of_an_import_do_not_end_the_first_start(session: Session) -> None:
    builders.person(session, email=None)
    assert people.is_first_start(session)


def test_the_first_admins_password_must_be_good(session: Session) -> None:
    with pytest.raises(InputError, match="at least 12"):
        first_admin(session, "eleven char")
