"""Who puts up a team's screen and takes it down, and what the screen shows."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import LeaderboardChoice, Person, Team
from domain.coaching.celebration import Rung
from domain.errors import AccessError, InputError, NotFoundError
from domain.records import ActivityType, Role
from services import audit, tv_boards
from services.access import viewer
from services.tv_boards import new_screen
from services.tv_content import Shown, shown
from tests import builders
from tests.builders import NOON

FLOOR = new_screen(name="Sales floor", theme="dark")


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session, name="North")


def on_screen(session: Session, team: Team) -> Shown:
    boss = viewer(session, builders.person(session, role=Role.ADMIN).id)
    board = tv_boards.opened_by(session, tv_boards.put_up(session, boss, team.id, FLOOR, NOON))
    assert board is not None
    return shown(session, board, NOON)


def listed(session: Session, agent: Person, alias: str = "") -> None:
    session.add(LeaderboardChoice(person_id=agent.id, is_listed=True, alias=alias))
    session.flush()


def crew(session: Session, team: Team, people: int) -> list[Person]:
    """Agents with fewer calls each than the one before."""
    made = [builders.person(session, on=team, name=f"Agent {at}") for at in range(people)]
    for at, agent in enumerate(made):
        for minute in range(2 * (people - at)):
            builders.activity(session, agent, type=ActivityType.CALL, at=NOON - timedelta(minutes=minute))
    return made


def test_a_manager_puts_up_and_takes_down_screens_of_their_own_teams_alone(session: Session, team: Team) -> None:
    own = viewer(session, builders.manager(session, of=team).id)
    other = viewer(session, builders.manager(session, of=builders.team(session)).id)
    admin = viewer(session, builders.person(session, role=Role.ADMIN).id)
    key = tv_boards.put_up(session, own, team.id, FLOOR, NOON)
    (screen,) = tv_boards.screens(session, own)
    assert (screen.name, screen.team_name, screen.created_by) == ("Sales floor", "North", own.name)
    assert [tv_boards.screens(session, each) for each in (other, admin)] == [[], [screen]]
    with pytest.raises(NotFoundError):
        tv_boards.put_up(session, other, team.id, FLOOR, NOON)
    with pytest.raises(NotFoundError):
        tv_boards.take_down(session, other, screen.board_id, NOON)
    tv_boards.take_down(session, own, screen.board_id, NOON)
    assert tv_boards.opened_by(session, key) is None
    assert [str(each.action) for each in audit.entries(session, admin)][:2] == ["tv_board_ended", "tv_board_made"]


def test_an_agent_has_nothing_to_do_with_screens(session: Session, team: Team) -> None:
    agent = viewer(session, builders.person(session, on=team).id)
    for deed in (
        lambda: tv_boards.screens(session, agent),
        lambda: tv_boards.put_up(session, agent, team.id, FLOOR, NOON),
        lambda: tv_boards.take_down(session, agent, 1, NOON),
    ):
        with pytest.raises(AccessError):
            deed()


def test_a_screen_needs_a_name(session: Session) -> None:
    del session
    with pytest.raises(InputError):
        new_screen(name=" ", theme="dark")


def test_the_screen_names_those_who_chose_it_by_their_alias_and_nobody_else(session: Session, team: Team) -> None:
    agents = crew(session, team, 7)
    listed(session, agents[0])
    listed(session, agents[1], "Speedy")
    listed(session, agents[6])
    found = on_screen(session, team)
    assert (found.team, found.month, found.clock) == ("North", "March 2026", "12:00")
    assert [each.name for each in found.lines] == ["Agent 0", "Speedy"]


def test_a_win_is_told_for_two_days_and_a_choice_taken_back_counts_at_once(session: Session, team: Team) -> None:
    nora, *_ = crew(session, team, 3)
    listed(session, nora)
    builders.celebration(session, nora, event="deal:1", rung=Rung.TEAM_RECORD, created_at=NOON - timedelta(hours=1))
    builders.celebration(session, nora, event="deal:2", rung=Rung.FASTEST_CLOSE, created_at=NOON - timedelta(days=3))
    assert [each.sentence for each in on_screen(session, team).wins] == ["Agent 0 closed the team's largest sale in 30 days"]
    session.get_one(LeaderboardChoice, nora.id).is_listed = False
    session.flush()
    assert on_screen(session, team).wins == ()


def test_another_teams_people_and_figures_are_not_on_it(session: Session, team: Team) -> None:
    others = crew(session, builders.team(session, name="South"), 8)
    for each in others:
        listed(session, each)
        builders.celebration(session, each, event="deal:1", rung=Rung.TEAM_RECORD, created_at=NOON)
    found = on_screen(session, team)
    assert (found.lines, found.wins, found.thermometers) == ((), (), ())
