"""Everybody sees only what is theirs, on the days it was theirs."""

from datetime import date

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Scope, Selection
from domain.periods import Grain, containing
from domain.records import Role
from tests import builders

MARCH = Selection(period=containing(date(2026, 3, 10), Grain.MONTH))


def test_an_agent_sees_only_their_own_facts(session: Session) -> None:
    mine, other = builders.person(session), builders.person(session)
    builders.activity(session, mine)
    builders.activity(session, other)
    scope = Scope(viewer_id=mine.id, role=Role.AGENT)
    assert set(daily.totals_by_agent(session, scope, MARCH)) == {mine.id}


def test_naming_a_foreign_agent_in_the_selection_gives_nothing(session: Session) -> None:
    mine, other = builders.person(session), builders.person(session)
    builders.activity(session, other)
    scope = Scope(viewer_id=mine.id, role=Role.AGENT)
    asked = Selection(period=MARCH.period, agent_ids=frozenset({other.id}))
    assert daily.totals(session, scope, asked).activities == 0


def test_a_manager_sees_an_agent_only_from_the_days_on_the_team(session: Session) -> None:
    team = builders.team(session)
    manager = builders.manager(session, of=team)
    joiner = builders.person(session, on=team, since=date(2026, 3, 10))
    builders.activity(session, joiner, at=builders.NOON.replace(day=9))
    builders.activity(session, joiner, at=builders.NOON.replace(day=10))
    scope = Scope(viewer_id=manager.id, role=Role.MANAGER, team_ids=frozenset({team.id}))
    assert list(daily.totals_by_day(session, scope, MARCH)) == [date(2026, 3, 10)]


def test_a_manager_without_a_team_sees_only_their_own_facts(session: Session) -> None:
    agent, manager = builders.person(session), builders.person(session, role=Role.MANAGER)
    builders.activity(session, agent)
    assert daily.totals_by_agent(session, Scope(viewer_id=manager.id, role=Role.MANAGER), MARCH) == {}


def test_an_admin_sees_everybody(session: Session) -> None:
    agents = [builders.person(session) for _ in range(3)]
    for agent in agents:
        builders.activity(session, agent)
    assert set(daily.totals_by_agent(session, Scope(viewer_id=0, role=Role.ADMIN), MARCH)) == {agent.id for agent in agents}


def test_the_span_of_the_data_is_what_the_viewer_may_see_of_it(session: Session) -> None:
    team = builders.team(session)
    manager = builders.manager(session, of=team)
    joiner = builders.person(session, on=team, since=date(2026, 3, 10))
    for day in (8, 11, 14):
        builders.activity(session, joiner, at=builders.NOON.replace(day=day))
    builders.activity(session, builders.person(session), at=builders.NOON.replace(day=1))
    managing = Scope(viewer_id=manager.id, role=Role.MANAGER, team_ids=frozenset({team.id}))
    assert daily.days_with_facts(session, managing) == (date(2026, 3, 11), date(2026, 3, 14))
    assert daily.days_with_facts(session, Scope(viewer_id=joiner.id, role=Role.AGENT)) == (date(2026, 3, 8), date(2026, 3, 14))
    assert daily.days_with_facts(session, Scope(viewer_id=0, role=Role.ADMIN)) == (date(2026, 3, 1), date(2026, 3, 14))
    assert daily.days_with_facts(session, Scope(viewer_id=manager.id, role=Role.MANAGER)) is None
