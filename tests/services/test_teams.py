"""Who belonged to which team when."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person, Team, TeamManager, TeamMembership
from data.models.people import BEGINNING
from domain.errors import ConflictError, InputError, NotFoundError
from domain.records import Profile, Role
from services import access, teams
from services.access import Viewer
from services.person_input import team_details
from tests import builders
from tests.builders import NOON, TUESDAY

DAY = timedelta(days=1)


@pytest.fixture
def admin(session: Session) -> Viewer:
    return access.viewer(session, builders.person(session, role=Role.ADMIN).id)


def history(session: Session, person: Person) -> list[tuple[int, date, date | None]]:
    rows = session.scalars(select(TeamMembership).where(col(TeamMembership.person_id) == person.id).order_by(col(TeamMembership.from_on)))
    return [(row.team_id, row.from_on, row.until_on) for row in rows]


def test_a_move_leaves_the_past_with_the_old_team(session: Session, admin: Viewer) -> None:
    old, new = builders.team(session), builders.team(session)
    person = builders.person(session, on=old)
    teams.move(session, admin, person.id, new.id, from_on=TUESDAY, now=NOON)
    session.expire_all()
    assert history(session, person) == [(old.id, BEGINNING, TUESDAY), (new.id, TUESDAY, None)]


def test_the_whole_history_can_move_along(session: Session, admin: Viewer) -> None:
    old, new = builders.team(session), builders.team(session)
    person = builders.person(session, on=old, since=TUESDAY - DAY)
    teams.move(session, admin, person.id, new.id, from_on=None, now=NOON)
    assert history(session, person) == [(new.id, BEGINNING, None)]


def test_a_move_into_the_past_replaces_what_came_after_it(session: Session, admin: Viewer) -> None:
    first, second, third = (builders.team(session) for _ in range(3))
    person = builders.person(session, on=first)
    teams.move(session, admin, person.id, second.id, from_on=TUESDAY, now=NOON)
    teams.move(session, admin, person.id, third.id, from_on=TUESDAY - 5 * DAY, now=NOON)
    session.expire_all()
    assert history(session, person) == [(first.id, BEGINNING, TUESDAY - 5 * DAY), (third.id, TUESDAY - 5 * DAY, None)]


def test_the_same_move_twice_is_one_move(session: Session, admin: Viewer) -> None:
    team = builders.team(session)
    person = builders.person(session)
    for _ in range(2):
        teams.move(session, admin, person.id, team.id, from_on=TUESDAY, now=NOON)
    assert history(session, person) == [(team.id, TUESDAY, None)]


def test_somebody_can_leave_a_team_for_none(session: Session, admin: Viewer) -> None:
    team = builders.team(session)
    person = builders.person(session, on=team)
    teams.move(session, admin, person.id, None, from_on=TUESDAY, now=NOON)
    session.expire_all()
    assert history(session, person) == [(team.id, BEGINNING, TUESDAY)]


@pytest.mark.parametrize("day", [date(2062, 1, 1), date(1800, 1, 1)])
def test_a_move_far_away_in_time_is_a_slip(session: Session, admin: Viewer, day: date) -> None:
    team, person = builders.team(session), builders.person(session)
    with pytest.raises(InputError, match="too far away"):
        teams.move(session, admin, person.id, team.id, from_on=day, now=NOON)


def test_nobody_moves_to_a_team_that_does_not_exist(session: Session, admin: Viewer) -> None:
    person = builders.person(session)
    with pytest.raises(NotFoundError):
        teams.move(session, admin, person.id, 999_999, from_on=TUESDAY, now=NOON)
    assert history(session, person) == []


def test_a_manager_manages_exactly_the_teams_named(session: Session, admin: Viewer) -> None:
    before, one, two = (builders.team(session) for _ in range(3))
    manager = builders.manager(session, of=before)
    teams.set_managed(session, admin, manager.id, [one.id, two.id], NOON)
    assert set(session.scalars(select(col(TeamManager.team_id)))) == {one.id, two.id}
    teams.set_managed(session, admin, manager.id, [], NOON)
    assert session.scalars(select(TeamManager)).all() == []


def test_agents_manage_nothing_and_nobody_manages_what_does_not_exist(session: Session, admin: Viewer) -> None:
    team = builders.team(session)
    with pytest.raises(InputError, match="Only managers"):
        teams.set_managed(session, admin, builders.person(session).id, [team.id], NOON)
    with pytest.raises(NotFoundError):
        teams.set_managed(session, admin, builders.person(session, role=Role.MANAGER).id, [team.id, 999_999], NOON)


def test_a_team_is_created_renamed_and_counted(session: Session, admin: Viewer) -> None:
    team_id = teams.create(session, admin, team_details(name="  North ", profile=Profile.BDR), NOON)
    teams.change(session, admin, team_id, team_details(name="North-West", profile=Profile.B2B), NOON)
    team = session.get_one(Team, team_id)
    builders.person(session, on=team)
    builders.person(session, on=team, active=False, deactivated_at=NOON)
    builders.person(session, on=team, since=TUESDAY + DAY)
    manager = builders.manager(session, of=team)
    assert [(one.name, one.profile, one.members, one.managers) for one in teams.all_teams(session, admin, TUESDAY)] == [
        ("North-West", Profile.B2B, 1, (manager.name,))
    ]


def test_team_names_are_unique_in_whatever_case(session: Session, admin: Viewer) -> None:
    builders.team(session, name="North")
    with pytest.raises(ConflictError, match="team of this name"):
        teams.create(session, admin, team_details(name="NORTH", profile=Profile.BDR), NOON)


def test_a_team_that_does_not_exist_cannot_be_changed(session: Session, admin: Viewer) -> None:
    with pytest.raises(NotFoundError):
        teams.change(session, admin, 999_999, team_details(name="North", profile=Profile.BDR), NOON)


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_only_admins_make_teams(session: Session, role: Role) -> None:
    viewer = access.viewer(session, builders.person(session, role=role).id)
    details = team_details(name="North", profile=Profile.BDR)
    for deed in (lambda: teams.create(session, viewer, details, NOON), lambda: teams.change(session, viewer, 1, details, NOON)):
        with pytest.raises(Exception, match="role does not include"):
            deed()
