"""Lead sources and revenue over time, as those who may see them do, against plain sums."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import Person
from domain.access import Selection
from domain.periods import Grain, Period, containing
from domain.records import DealStatus, LeadStatus
from services.access import viewer
from services.lead_sources import lead_sources
from services.revenue_trends import revenue_trend, rolling_response
from tests import builders
from tests.builders import TUESDAY

MARCH = containing(TUESDAY, Grain.MONTH)


@pytest.fixture
def agent(session: Session) -> Person:
    return builders.person(session, on=builders.team(session))


def won(session: Session, agent: Person, amount: int | None, on: date = TUESDAY, **fields: object) -> None:
    builders.deal(session, agent, status=DealStatus.WON, closed_on=on, amount_minor=amount, **fields)


def mine(agent: Person, period: Period = MARCH) -> Selection:
    return Selection(period=period, agent_ids=frozenset({agent.id}))


def test_conversion_is_of_the_leads_assigned_and_revenue_of_the_deals_won(session: Session, agent: Person) -> None:
    old = builders.lead(session, agent, source="Referral", on=date(2026, 1, 5))
    for n in range(4):
        sale = {"status": LeadStatus.CONVERTED, "converted_on": TUESDAY} if n == 0 else {}
        builders.lead(session, agent, source="Referral", **sale)
    builders.lead(session, agent)
    won(session, agent, 5000, lead_id=old.id)
    won(session, agent, None, lead_id=old.id)
    won(session, agent, 900)
    won(session, agent, 300, source="Web form")

    rows = lead_sources(session, viewer(session, agent.id), mine(agent))

    found = [(row.source, row.leads, row.conversion.part, row.sales, row.revenue_minor) for row in rows]
    assert found == [("Referral", 4, 1, 2, 5000), ("", 1, 0, 0, 0), (None, 0, 0, 1, 900), ("Web form", 0, 0, 1, 300)]


def test_the_revenue_of_all_sources_is_the_revenue(session: Session, agent: Person) -> None:
    won(session, agent, 4000)
    won(session, agent, 2500, source="Web form")
    who = viewer(session, agent.id)
    trend = revenue_trend(session, who, mine(agent), Grain.DAY, TUESDAY)
    assert sum(row.revenue_minor for row in lead_sources(session, who, mine(agent))) == trend.month_total.value == 6500


def test_nobody_sees_the_sources_or_revenue_of_a_stranger(session: Session, agent: Person) -> None:
    builders.lead(session, agent, source="Secret")
    won(session, agent, 7000, source="Secret")
    stranger = builders.manager(session, of=builders.team(session))
    who = viewer(session, stranger.id)
    assert lead_sources(session, who, mine(agent)) == ()
    assert revenue_trend(session, who, mine(agent), Grain.DAY, TUESDAY).month_total.value == 0


def test_a_manager_sees_the_days_on_the_team_alone(session: Session) -> None:
    team = builders.team(session)
    joined = builders.person(session, on=team, since=date(2026, 3, 5))
    builders.lead(session, joined, source="Before", on=date(2026, 3, 4))
    builders.lead(session, joined, source="After", on=date(2026, 3, 5))
    boss = viewer(session, builders.manager(session, of=team).id)
    assert [row.source for row in lead_sources(session, boss, mine(joined))] == ["After"]


def test_weeks_at_the_edges_are_marked_and_the_best_day_is_found(session: Session, agent: Person) -> None:
    for amount, on in ((100, date(2026, 3, 1)), (900, date(2026, 3, 4)), (400, TUESDAY)):
        won(session, agent, amount, on=on)
    found = revenue_trend(session, viewer(session, agent.id), mine(agent), Grain.WEEK, TUESDAY)
    assert [(point.start, point.value, point.unfinished) for point in found.points] == [
        (date(2026, 2, 23), 100, True),
        (date(2026, 3, 2), 900, False),
        (date(2026, 3, 9), 400, True),
    ]
    assert (found.best_day.start if found.best_day else None) == date(2026, 3, 4)


def test_the_month_is_compared_with_the_same_days_of_the_last(session: Session, agent: Person) -> None:
    builders.activity(session, agent, at=builders.NOON - timedelta(days=60))
    won(session, agent, 1000, on=date(2026, 2, 10))
    won(session, agent, 8000, on=date(2026, 2, 11))
    won(session, agent, 1200)
    total = revenue_trend(session, viewer(session, agent.id), mine(agent), Grain.DAY, TUESDAY).month_total
    assert (total.value, total.change.share) == (1200, pytest.approx(0.2))


def test_nothing_sold_has_no_best_day(session: Session, agent: Person) -> None:
    found = revenue_trend(session, viewer(session, agent.id), mine(agent), Grain.MONTH, TUESDAY)
    assert (found.best_day, found.month_total.value) == (None, 0)


def test_the_rolling_response_reaches_back_before_the_period(session: Session, agent: Person) -> None:
    builders.lead(session, agent, on=date(2026, 2, 25), contacted_on=date(2026, 2, 25), response_seconds=7200)
    points = rolling_response(session, viewer(session, agent.id), mine(agent), TUESDAY)
    assert [point.day for point in points] == [MARCH.start + timedelta(days=n) for n in range(10)]
    assert [point.week.value for point in points[:4]] == [2, 2, 2, None]
    assert points[-1].four_weeks.value == 2
    assert rolling_response(session, viewer(session, agent.id), mine(agent), date(2026, 2, 1)) == ()


def test_with_earlier_months_a_trend_reaches_back_to_the_first_facts(session: Session, agent: Person) -> None:
    for amount, on in ((300, date(2026, 1, 20)), (500, date(2026, 2, 28)), (400, TUESDAY)):
        won(session, agent, amount, on=on)
    found = revenue_trend(session, viewer(session, agent.id), mine(agent), Grain.MONTH, TUESDAY, with_earlier=True)
    assert [(point.start.month, point.value, point.unfinished) for point in found.points] == [
        (1, 300, False),
        (2, 500, False),
        (3, 400, True),
    ]
    assert (found.best_day.start if found.best_day else None, found.month_total.value) == (date(2026, 2, 28), 400)
    assert (found.month, found.compared_with) == (MARCH, Period(date(2026, 2, 1), date(2026, 2, 11)))
