"""Celebrations of real events: once for each, shown once, from facts before the event, and of the viewer's own people."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Celebration, Person, Team
from domain.coaching.celebration import Rung
from domain.errors import NotFoundError
from domain.records import ActivityType, DealStatus, Outcome
from services.access import viewer
from services.celebrations import EventKind, Told, celebrate, celebrate_sales, news
from tests import builders
from tests.builders import NOON, TUESDAY


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def agent(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)


def told(session: Session, agent: Person, activity_id: int) -> Told:
    return celebrate(session, viewer(session, agent.id), EventKind.ACTIVITY, activity_id, NOON)


def calls(session: Session, agent: Person, many: int, *, back: int = 0) -> list[int]:
    return [builders.activity(session, agent, at=NOON - timedelta(days=back), created_at=NOON).id for _ in range(many)]


def test_the_fifth_of_a_kind_is_celebrated_once(session: Session, agent: Person) -> None:
    for kind in (ActivityType.EMAIL, ActivityType.NOTE):
        builders.activity(session, agent, type=kind)
    made = calls(session, agent, 6)
    assert [told(session, agent, each).rung for each in made] == [None, None, None, None, Rung.FIFTH_TODAY, None]
    again = told(session, agent, made[4])
    assert (again.rung, again.is_new, again.reason) == (Rung.FIFTH_TODAY, False, "Five today (calls).")
    assert session.scalar(select(func.count()).select_from(Celebration)) == 1


def test_a_record_is_held_against_the_days_before(session: Session, agent: Person, team: Team) -> None:
    for back in range(1, 11):
        calls(session, agent, 5 if back == 3 else 1, back=back)
    mate = builders.person(session, on=team)
    calls(session, mate, 8, back=2)
    for _ in range(4):
        builders.person(session, on=team)
    made = calls(session, agent, 6)
    assert told(session, agent, made[5]).rung is Rung.PERSONAL_RECORD
    calls(session, agent, 2)
    (ninth,) = calls(session, agent, 1)
    assert told(session, agent, ninth).rung is Rung.TEAM_RECORD


def test_the_first_sale_of_the_year_and_then_a_larger_one(session: Session, agent: Person) -> None:
    def won(day: int, amount: int, **fields: object) -> int:
        closed = TUESDAY - timedelta(days=day)
        return builders.deal(session, agent, status=DealStatus.WON, closed_on=closed, amount_minor=amount, **fields).id

    def rung(deal_id: int) -> Rung | None:
        return celebrate(session, viewer(session, agent.id), EventKind.DEAL, deal_id, NOON).rung

    assert rung(won(0, 100)) is Rung.FIRST_DEAL_OF_YEAR
    for day in range(4, 9):
        won(day, 100, created_on=TUESDAY - timedelta(days=20))
    assert rung(won(0, 200)) is Rung.PERSONAL_RECORD
    assert rung(won(0, 50, created_on=TUESDAY - timedelta(days=2))) is Rung.FASTEST_CLOSE
    open_deal = builders.deal(session, agent).id
    with pytest.raises(NotFoundError):
        rung(open_deal)


def test_of_two_first_sales_of_one_day_the_one_stored_first_is_the_first(session: Session, agent: Person) -> None:
    first, second = [builders.deal(session, agent, status=DealStatus.WON, closed_on=TUESDAY, amount_minor=1).id for _ in range(2)]
    found = [celebrate(session, viewer(session, agent.id), EventKind.DEAL, each, NOON).rung for each in (second, first)]
    assert found == [None, Rung.FIRST_DEAL_OF_YEAR]


def test_the_tenth_day_in_a_row_is_a_milestone_and_stays_the_agents_own(session: Session, agent: Person, team: Team) -> None:
    for back in range(1, 14):
        calls(session, agent, 1, back=back)
    (first,) = calls(session, agent, 1)
    assert told(session, builders.manager(session, of=team), first).rung is None
    mine = told(session, agent, first)
    assert (mine.rung, mine.reason) == (Rung.STREAK_MILESTONE, "10 working days in a row: today is kept.")


def test_an_open_screen_hears_the_best_of_it_once(session: Session, agent: Person) -> None:
    calls(session, agent, 5)
    builders.activity(session, agent, type=ActivityType.TASK, created_at=NOON)
    heard = news(session, agent.id, "UTC", NOON - timedelta(minutes=1), NOON)
    assert (heard.rung, heard.has_confetti) == (Rung.FIFTH_TODAY, True)
    assert news(session, agent.id, "UTC", NOON - timedelta(minutes=1), NOON) is None


def test_what_was_celebrated_by_a_program_is_shown_by_the_screen(session: Session, agent: Person) -> None:
    made = calls(session, agent, 5)
    assert told(session, agent, made[4]).is_new
    assert news(session, agent.id, "UTC", NOON, NOON).rung is Rung.FIFTH_TODAY


def test_history_is_not_celebrated(session: Session, agent: Person) -> None:
    old = calls(session, agent, 5, back=10)
    assert told(session, agent, old[4]).rung is None
    assert news(session, agent.id, "UTC", NOON - timedelta(minutes=1), NOON) is None


def test_a_no_show_is_not_there_to_celebrate(session: Session, agent: Person) -> None:
    showing = builders.activity(session, agent, type=ActivityType.SHOWING, outcome=Outcome.NO_SHOW).id
    with pytest.raises(NotFoundError):
        told(session, agent, showing)


def test_a_strangers_work_is_not_there(session: Session, agent: Person, team: Team) -> None:
    (made,) = calls(session, agent, 1)
    for other in (builders.person(session, on=team), builders.manager(session, of=builders.team(session))):
        with pytest.raises(NotFoundError):
            told(session, other, made)


def test_the_sales_a_company_comes_with_are_celebrated_and_burst_into_nobodys_screen(session: Session, team: Team) -> None:
    ann, ben, cem = (builders.person(session, on=team) for _ in range(3))
    for agent, days in ((ann, 0), (ben, 1), (cem, 2)):
        builders.deal(session, agent, status=DealStatus.WON, closed_on=TUESDAY - timedelta(days=days), amount_minor=100)
    assert celebrate_sales(session, TUESDAY - timedelta(days=1), NOON - timedelta(hours=1)) == 2
    assert celebrate_sales(session, TUESDAY - timedelta(days=1), NOON - timedelta(hours=1)) == 0
    assert set(session.scalars(select(col(Celebration.agent_id)))) == {ann.id, ben.id}
    assert news(session, ann.id, "UTC", NOON - timedelta(hours=2), NOON) is None
