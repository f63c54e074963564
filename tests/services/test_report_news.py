"""Telling that a report is ready: whom, when, once, and not against their will."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Absence, Notification, Organisation, OutboxMessage, Person, Team
from domain.errors import AccessError
from domain.records import Role
from services.access import viewer
from services.report_choices import ReportChoice, choose, own_choice
from services.report_news import tell_reports
from tests import builders

MONDAY = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def agent(session: Session, team: Team) -> Person:
    agent = builders.person(session, on=team, password_hash="x")
    builders.activity(session, agent)
    return agent


def told(session: Session) -> list[tuple[int, str, str]]:
    return [(row.person_id, row.title, row.link) for row in session.scalars(select(Notification).order_by(Notification.id))]


def test_an_agent_is_told_once_on_their_monday_and_a_manager_has_the_digest(session: Session, team: Team, agent: Person) -> None:
    builders.manager(session, of=team, password_hash="x")
    builders.channel(session, person_id=agent.id)
    assert tell_reports(session, MONDAY - timedelta(minutes=30)) == {"due": 0, "told": 0}
    assert tell_reports(session, MONDAY) == {"due": 1, "told": 1}
    assert tell_reports(session, MONDAY + timedelta(minutes=30)) == {"due": 0, "told": 0}
    title, link = "Your weekly report: 9 – 15 Mar 2026", "/weekly?week=2026-03-09"
    assert told(session) == [(agent.id, title, link)]
    body = session.scalars(select(Notification.body)).first()
    assert body is not None
    assert body.splitlines()[0] == "Calls: 1, nothing to compare with"
    assert len(session.scalars(select(OutboxMessage)).all()) == 1


def test_monday_begins_where_the_person_is(session: Session, agent: Person) -> None:
    agent.time_zone = "America/New_York"
    session.flush()
    assert tell_reports(session, MONDAY)["told"] == 0
    assert tell_reports(session, MONDAY + timedelta(hours=4))["told"] == 1


def test_nobody_is_told_of_days_in_which_they_have_nothing(session: Session, team: Team, agent: Person) -> None:
    builders.person(session, on=team, password_hash="x")
    builders.manager(session, of=builders.team(session), password_hash="x")
    builders.person(session, role=Role.ADMIN, password_hash="x")
    builders.person(session, on=team)
    tell_reports(session, MONDAY)
    assert [who for who, _, _ in told(session)] == [agent.id]


def test_who_does_not_want_the_weekly_one_still_gets_the_monthly_one(session: Session, agent: Person) -> None:
    seen = viewer(session, agent.id)
    choose(session, seen, ReportChoice(weekly=False, monthly=False), MONDAY - timedelta(days=2))
    choose(session, seen, ReportChoice(weekly=False), MONDAY - timedelta(days=1))
    assert own_choice(session, seen) == ReportChoice(weekly=False, monthly=True)
    assert tell_reports(session, MONDAY)["due"] == 0
    tell_reports(session, datetime(2026, 4, 1, 8, 0, tzinfo=UTC))
    assert told(session) == [(agent.id, "Your monthly report: March 2026", "/monthly?month=2026-03")]


def test_a_month_is_told_once_on_each_readers_first_working_day(session: Session, team: Team, agent: Person) -> None:
    session.scalars(select(Organisation)).one().country = "DE"
    boss = builders.manager(session, of=team, password_hash="x")
    builders.activity(session, agent, at=datetime(2026, 12, 10, 12, tzinfo=UTC))
    session.add(Absence(person_id=boss.id, from_on=date(2027, 1, 4), until_on=date(2027, 1, 6)))
    session.flush()

    def readers(day: int) -> list[int]:
        before = len(told(session))
        tell_reports(session, datetime(2027, 1, day, 8, 0, tzinfo=UTC))
        return [who for who, title, _ in told(session)[before:] if "monthly" in title]

    assert [readers(day) for day in (1, 2, 4, 5, 6)] == [[], [], [agent.id], [], [boss.id]]


def test_nobody_chooses_for_somebody_else_and_admins_have_nothing_to_choose(session: Session, agent: Person) -> None:
    other = viewer(session, builders.person(session).id)
    choose(session, other, ReportChoice(weekly=False, monthly=False), MONDAY)
    assert own_choice(session, viewer(session, agent.id)) == ReportChoice()
    with pytest.raises(AccessError):
        choose(session, viewer(session, builders.person(session, role=Role.ADMIN).id), ReportChoice(), MONDAY)
