"""Filters offer what is the viewer's, and nothing else gets through."""

import pytest
from sqlalchemy.orm import Session

from data.models import Person
from domain.access import Selection
from domain.periods import Grain, containing
from domain.records import Role
from services.access import viewer
from services.choices import Choices, filter_choices, within
from tests import builders

MARCH = containing(builders.TUESDAY, Grain.MONTH)


def offered(session: Session, person: Person) -> Choices:
    assert person.id is not None
    return filter_choices(session, viewer(session, person.id), MARCH)


def test_a_manager_is_offered_own_teams_and_whoever_was_on_them(session: Session) -> None:
    north, south = builders.team(session, name="North"), builders.team(session, name="South")
    ana = builders.person(session, on=north, name="Ana")
    builders.person(session, on=south, name="Ben")
    found = offered(session, builders.manager(session, of=north))
    assert (found.agents, found.teams) == ({ana.id: "Ana"}, {north.id: "North"})


def test_an_agent_is_offered_only_themselves(session: Session) -> None:
    ana = builders.person(session, on=builders.team(session), name="Ana")
    builders.person(session, name="Ben")
    assert (offered(session, ana).agents, offered(session, ana).teams) == ({ana.id: "Ana"}, {})


def test_an_admin_is_offered_every_agent_and_team(session: Session) -> None:
    north = builders.team(session, name="North")
    ana, ben = builders.person(session, on=north, name="Ana"), builders.person(session, name="Ben")
    found = offered(session, builders.person(session, role=Role.ADMIN))
    assert (list(found.agents), found.teams) == ([ana.id, ben.id], {north.id: "North"})


def test_managers_who_sell_can_be_chosen_like_everybody_on_the_board(session: Session) -> None:
    north = builders.team(session, name="North")
    seller, player = builders.manager(session, of=north, name="Seller"), builders.manager(session, of=north, on=north, name="Player")
    idle = builders.manager(session, of=north, name="Idle")
    builders.activity(session, seller)
    admin = builders.person(session, role=Role.ADMIN)
    assert list(offered(session, admin).agents) == [player.id, seller.id]
    assert list(offered(session, seller).agents) == [player.id, seller.id]
    assert list(offered(session, idle).agents) == [player.id]


def test_namesakes_are_told_apart(session: Session) -> None:
    twins = [builders.person(session, name="Ana") for _ in range(2)]
    found = offered(session, builders.person(session, role=Role.ADMIN))
    assert list(found.agents.values()) == [f"Ana (no. {twin.id})" for twin in twins]


def test_categories_are_those_of_the_period_the_viewer_sees(session: Session) -> None:
    ana, ben = builders.person(session), builders.person(session)
    builders.activity(session, ana, category="Homes")
    builders.activity(session, ana, category="Old", at=builders.NOON.replace(month=1))
    builders.activity(session, ben, category="Land")
    assert offered(session, ana).categories == ("Homes",)


@pytest.mark.parametrize(("asked", "left"), [({1, 2}, {1}), ({9}, set()), (set(), set())])
def test_what_was_not_offered_does_not_get_through(asked: set[int], left: set[int]) -> None:
    choices = Choices(agents={1: "Ana"}, teams={1: "North"}, categories=())
    found = within(Selection(period=MARCH, agent_ids=frozenset(asked), team_ids=frozenset(asked)), choices)
    assert (found.agent_ids, found.team_ids) == (left, left)
