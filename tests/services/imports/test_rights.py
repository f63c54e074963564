"""Who may import what, and take back which import."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AuditEntry, Person, Team, TeamManager
from domain.errors import AccessError, NotFoundError
from tests import builders
from tests.services.imports.files import DEALS, PEOPLE, mapping, run, undo

pytestmark = pytest.mark.usefixtures("ann")


def test_a_manager_imports_for_their_own_teams_only(session: Session, manager: Person) -> None:
    how = mapping(external_id="id", agent="owner", status="status")
    run(session, b"id,owner,status\n5,Ann,open\n", how)
    report = run(session, b"id,owner,status\n1,Mia,open\n2,Ann,open\n3,,open\n4,Max,open\n5,Mia,open\n", how, manager)

    assert [error.line for error in report.errors] == [3, 4, 6]
    assert all("outside your teams" in error.reason or "only an admin" in error.reason for error in report.errors)
    entry = session.scalars(select(AuditEntry).where(col(AuditEntry.person_id) == manager.id)).one()
    assert (entry.action, entry.details) == ("import", {"kind": "deals", "rows": 5, "rejected": 3})


def test_new_people_of_a_manager_need_a_team_of_theirs(session: Session, manager: Person) -> None:
    builders.team(session, name="Foreign")
    how = mapping(create=True, external_id="id", agent="owner", status="status", agent_team="team")
    content = b"id,owner,status,team\n1,P1,open,\n2,P2,open,Foreign\n3,P3,open,Fresh\n4,P4,open,mine\n"
    report = run(session, content, how, manager)

    fresh = session.scalars(select(Team).where(col(Team.name) == "Fresh")).one()
    assert [error.line for error in report.errors] == [2, 3]
    assert session.scalars(select(col(TeamManager.person_id)).where(col(TeamManager.team_id) == fresh.id)).all() == [manager.id]
    assert run(session, content.replace(b"1,P1", b"9,P9"), how.model_copy(update={"team": "Mine"}), manager).rejected == 1


def test_a_manager_changes_no_foreign_people(session: Session, manager: Person) -> None:
    report = run(session, b"name,mail,id,team\nAnn,,7,Mine\nMia,,8,Mine\nZoe,,9,\n", PEOPLE, manager)

    assert [error.line for error in report.errors] == [2, 4]
    assert report.updated == 1


def test_agents_do_not_import(session: Session, ann: Person) -> None:
    with pytest.raises(AccessError):
        run(session, DEALS, who=ann)


def test_only_ones_own_imports_can_be_undone(session: Session, manager: Person) -> None:
    theirs = run(session, DEALS)

    with pytest.raises(NotFoundError):
        undo(session, theirs, manager)
