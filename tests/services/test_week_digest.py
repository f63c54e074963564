"""A manager's digest: on their Monday, once, of their own teams, less often unread, and not against their will."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import KpiTarget, Notification, OutboxMessage, Person, Team, TeamRanking
from data.writes import messages
from domain.periods import Grain
from domain.records import ActivityType
from services.access import viewer
from services.report_choices import ReportChoice, choose
from services.week_digest_news import opened, tell_weeks
from tests import builders

MONDAY = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    team = builders.team(session, name="North")
    agent = builders.person(session, on=team, name="Ana Lima", password_hash="x")
    for _ in range(3):
        builders.activity(session, agent, type=ActivityType.CALL)
    session.add(KpiTarget(metric_key="calls", grain=Grain.MONTH, target=10, from_on=date(2026, 1, 1), team_id=team.id))
    session.flush()
    return team


@pytest.fixture
def boss(session: Session, team: Team) -> Person:
    return builders.manager(session, of=team, password_hash="x")


def told(session: Session) -> list[Notification]:
    return list(session.scalars(select(Notification).where(Notification.kind == "week_digest").order_by(Notification.id)))


def test_a_manager_is_told_once_on_their_monday_and_an_agent_is_not(session: Session, boss: Person) -> None:
    assert tell_weeks(session, MONDAY - timedelta(minutes=30)) == {"due": 0, "told": 0}
    assert tell_weeks(session, MONDAY) == {"due": 1, "told": 1}
    assert tell_weeks(session, MONDAY + timedelta(minutes=30)) == {"due": 0, "told": 0}
    (notice,) = told(session)
    assert (notice.person_id, notice.link) == (boss.id, "/overview?digest=2026-03-09")
    assert notice.body.splitlines()[:2] == ["North, March 2026", "Calls: 3 of 10, 4.5 due by now. At risk"]


def test_monday_begins_where_the_manager_is(session: Session, boss: Person) -> None:
    boss.time_zone = "America/New_York"
    session.flush()
    assert [tell_weeks(session, MONDAY + timedelta(hours=hours))["told"] for hours in (0, 4)] == [0, 1]


@pytest.mark.usefixtures("boss")
def test_what_fires_and_who_moved_up_is_in_it_and_another_teams_is_not(session: Session, team: Team) -> None:
    other = builders.team(session, name="South")
    builders.activity(session, builders.person(session, on=other, name="Olga Other"))
    builders.alert(session, team, sentence="8 calls this week.")
    builders.alert(session, other, sentence="Another team's.")
    ana = session.scalars(select(Person).where(Person.name == "Ana Lima")).one()
    for day, place in ((date(2026, 3, 15), 1), (date(2026, 3, 8), 4)):
        kept = {"place": place, "first_place": place, "last_place": place, "score": 1.0, "ranked": 9}
        session.add(TeamRanking(team_id=team.id, day=day, agent_id=ana.id, computed_at=MONDAY, **kept))
    session.flush()
    tell_weeks(session, MONDAY)
    (notice,) = told(session)
    assert "Alert: Few calls this week. 8 calls this week." in notice.body
    assert "Moved up: Ana Lima, 3 places." in notice.body
    assert "Another" not in notice.body
    assert "Olga" not in notice.body


def test_it_goes_out_by_the_managers_channels_with_the_same_as_html(session: Session, boss: Person) -> None:
    builders.channel(session, person_id=boss.id)
    tell_weeks(session, MONDAY)
    (message,) = session.scalars(select(OutboxMessage)).all()
    assert message.body == told(session)[0].body
    assert '<a href="<home/>/overview?team=' in message.content["html"]


def test_who_does_not_want_a_weekly_report_gets_none_of_this(session: Session, boss: Person) -> None:
    choose(session, viewer(session, boss.id), ReportChoice(weekly=False), MONDAY)
    assert tell_weeks(session, MONDAY)["told"] == 0


def test_a_manager_of_a_team_nothing_is_known_of_is_not_told(session: Session) -> None:
    builders.organisation(session)
    builders.manager(session, of=builders.team(session), password_hash="x")
    assert tell_weeks(session, MONDAY)["told"] == 0


def test_left_unread_it_slows_down_says_so_and_one_link_brings_it_back(session: Session, boss: Person) -> None:
    went_out = [tell_weeks(session, MONDAY + week * WEEK)["told"] for week in range(5)]
    assert went_out == [1, 1, 1, 0, 1]
    slow = told(session)[-1]
    assert slow.body.splitlines()[-1] == "You did not open the last 3, so this comes every second week now."
    opened(session, viewer(session, boss.id), "2026-04-06", MONDAY + 4 * WEEK)
    assert tell_weeks(session, MONDAY + 5 * WEEK)["told"] == 1
    assert "every second week" not in told(session)[-1].body


def test_once_one_is_read_the_older_ones_count_no_more(session: Session, boss: Person) -> None:
    for week in range(2):
        tell_weeks(session, MONDAY + week * WEEK)
    second = told(session)[-1]
    messages.mark_read(session, boss.id or 0, MONDAY + WEEK, notification_id=second.id)
    tell_weeks(session, MONDAY + 2 * WEEK)
    session.expire_all()
    assert [each.read_at is not None for each in told(session)] == [True, True, False]


def test_a_link_of_a_week_that_was_never_told_and_of_somebody_else_reads_nothing(session: Session, team: Team, boss: Person) -> None:
    other = builders.manager(session, of=team)
    tell_weeks(session, MONDAY)
    for who, week in ((boss, "2026-03-02"), (boss, "x"), (other, "2026-03-09")):
        opened(session, viewer(session, who.id), week, MONDAY)
    session.expire_all()
    assert [each.read_at for each in told(session)] == [None]
