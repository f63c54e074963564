"""Forecasts of a selection: by its people's working days, within the viewer's scope, held against what all of them are asked."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from data.models import Absence, Deal, KpiTarget, Person
from data.queries.deal_lives import lives
from domain.access import Selection
from domain.errors import InputError
from domain.forecasting.forecast import Forecast, Silence, Unforeseen
from domain.forecasting.pipeline import Life
from domain.periods import Grain, containing
from domain.records import DealStatus, Role
from services.access import viewer
from services.forecasts import PeriodForecast, period_forecast
from services.lookups import lookups
from tests import builders
from tests.builders import NO_HOLIDAYS

TODAY = date(2026, 3, 16)
"""A Monday: ten of March's 22 working days are over."""
WEEKS = 11
EVERYBODY = Selection(period=containing(TODAY, Grain.MONTH))


@pytest.fixture
def company(session: Session) -> SimpleNamespace:
    builders.organisation(session, country=NO_HOLIDAYS)
    north, south = builders.team(session), builders.team(session)
    return SimpleNamespace(
        north=north,
        ann=builders.person(session, on=north),
        ben=builders.person(session, on=north),
        cem=builders.person(session, on=south),
        boss=builders.manager(session, of=north),
        admin=builders.person(session, role=Role.ADMIN),
    )


def sold(session: Session, agent: Person, a_day: int, *, weeks: int = WEEKS, amount: int = 100_000) -> None:
    """So many sales on every weekday of the weeks before today."""
    days = (TODAY - timedelta(days=back) for back in range(1, weeks * 7 + 1))
    won = [
        Deal(name="Sale", agent_id=agent.id, status=DealStatus.WON, closed_on=day, created_on=day, amount_minor=amount)
        for day in days
        if day.isoweekday() < 6
        for _ in range(a_day)
    ]
    session.add_all(won)
    session.flush()


def seen(
    session: Session, who: Person, key: str = "deals_won", selection: Selection = EVERYBODY, grain: Grain = Grain.MONTH
) -> PeriodForecast:
    return period_forecast(session, viewer(session, who.id), selection, key, grain, TODAY)


def told(found: PeriodForecast) -> Forecast:
    assert isinstance(found.found, Forecast)
    return found.found


def test_a_manager_sees_their_teams_forecast_and_an_agent_their_own(session: Session, company: SimpleNamespace) -> None:
    sold(session, company.ann, 2)
    sold(session, company.ben, 1)
    sold(session, company.cem, 5)
    assert told(seen(session, company.boss)).so_far == 30
    assert told(seen(session, company.ann)).so_far == 20
    assert told(seen(session, company.admin)).so_far == 80
    assert told(seen(session, company.boss)).expected == pytest.approx(66, abs=2)


def test_who_may_not_see_somebody_gets_no_forecast_of_them(session: Session, company: SimpleNamespace) -> None:
    sold(session, company.cem, 5)
    foreign = Selection(period=EVERYBODY.period, agent_ids=frozenset({company.cem.id}))
    found = seen(session, company.boss, selection=foreign)
    assert (found.people, found.trail[-1][1], found.found) == (0, 0, Unforeseen(reason=Silence.TOO_EARLY, weeks=0))


def test_an_absence_to_come_lowers_what_is_expected(session: Session, company: SimpleNamespace) -> None:
    sold(session, company.ann, 2)
    session.add(Absence(person_id=company.ann.id, from_on=date(2026, 3, 23), until_on=date(2026, 4, 1)))
    session.flush()
    assert told(seen(session, company.ann)).expected == pytest.approx(20 + 5 * 2, abs=1.5)


def test_revenue_is_sales_times_what_they_bring(session: Session, company: SimpleNamespace) -> None:
    sold(session, company.ann, 2)
    found = seen(session, company.ann, "revenue")
    assert told(found).so_far == 20 * 100_000
    assert told(found).expected == pytest.approx(44 * 100_000, rel=0.05)


def test_the_target_is_what_everybody_is_asked_for_in_the_whole_period(session: Session, company: SimpleNamespace) -> None:
    sold(session, company.ann, 2)
    session.add(KpiTarget(metric_key="deals_won", grain=Grain.MONTH, target=20, from_on=date(2026, 1, 1)))
    session.flush()
    found = seen(session, company.boss)
    assert found.target == 40
    assert told(found).chance == pytest.approx(0.8, abs=0.2)


def test_a_target_of_some_of_them_is_not_held_against_the_work_of_all(session: Session, company: SimpleNamespace) -> None:
    sold(session, company.ann, 2)
    session.add(KpiTarget(metric_key="deals_won", grain=Grain.MONTH, target=20, from_on=date(2026, 1, 1), team_id=company.north.id))
    session.flush()
    assert seen(session, company.boss).target == 40
    found = seen(session, company.admin)
    assert (found.target, told(found).chance) == (None, None)


def test_it_looks_back_on_the_periods_before_from_the_same_point(session: Session, company: SimpleNamespace) -> None:
    sold(session, company.ann, 2, weeks=40)
    found = seen(session, company.ann, grain=Grain.WEEK)
    assert len(found.back_test.tried) == 12
    assert found.back_test.tried[0].period == containing(date(2026, 3, 9), Grain.WEEK)
    assert found.back_test.tried[0].ended == 10


def test_a_few_weeks_are_too_early(session: Session, company: SimpleNamespace) -> None:
    sold(session, company.ann, 2, weeks=6)
    found = seen(session, company.ann)
    assert (found.found, found.back_test.tried) == (Unforeseen(reason=Silence.TOO_EARLY, weeks=6), ())


def test_a_rate_cannot_be_forecast_and_the_nearest_that_can_is_named(session: Session, company: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="Did you mean “conversations”"):
        seen(session, company.ann, "conversation_rate")


def test_open_deals_are_weighed_in_where_they_foretold_it_better(session: Session, company: SimpleNamespace) -> None:
    """New deals come in waves of two weeks, and each is won thirty-five days after it began."""
    begun = [TODAY - timedelta(days=back) for back in range(300) if back // 14 % 2 for _ in range(4)]
    after = timedelta(days=35)
    session.add_all(
        Deal(
            name="Wave",
            agent_id=company.ann.id,
            created_on=day,
            closed_on=day + after if day + after < TODAY else None,
            status=DealStatus.WON if day + after < TODAY else DealStatus.OPEN,
        )
        for day in begun
    )
    session.flush()
    assert told(seen(session, company.ann)).weighs_open_deals
    assert not told(seen(session, company.ann, "deals_created")).weighs_open_deals


def test_the_deals_on_their_way_are_those_the_viewer_looks_after(session: Session, company: SimpleNamespace) -> None:
    won, lost, far = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 1)
    for agent in (company.ann, company.cem):
        builders.deal(session, agent, created_on=far, agreement_on=won, closed_on=lost, status=DealStatus.LOST, category="Homes")
        builders.deal(session, agent, created_on=far)

    def of(who: Person, event: str, **narrowed: Any) -> list[Life]:
        selection = replace(EVERYBODY, **narrowed)
        return lives(session, viewer(session, who.id).scope, selection, event, today=TODAY, since=date(2026, 1, 1))

    signed, still_open = Life(begun_on=far, ended_on=won, came=True), Life(begun_on=far, ended_on=None, came=False)
    assert of(company.boss, "agreements") == [signed, still_open]
    assert of(company.boss, "deals_won") == [replace(signed, ended_on=lost, came=False), still_open]
    assert of(company.boss, "agreements", categories=frozenset({"Homes"})) == [signed]
    assert of(company.boss, "agreements", agent_ids=frozenset({company.cem.id})) == []
    assert len(of(company.admin, "lists_sent")) == 4
    assert of(company.admin, "calls") == []


@pytest.mark.parametrize(("key", "statements"), [("calls", 1), ("revenue", 2)])
@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH, Grain.QUARTER])
def test_facts_are_read_once_where_people_and_targets_are_known(
    session: Session, company: SimpleNamespace, key: str, statements: int, grain: Grain
) -> None:
    sold(session, company.ann, 2)
    boss = viewer(session, company.boss.id)
    known = lookups(session, boss.scope, EVERYBODY, TODAY)
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *given: sent.append(given[2]))
    found = period_forecast(session, boss, EVERYBODY, key, grain, TODAY, known)
    assert (len(sent), sum("daily_metrics" in each for each in sent)) == (statements, 1)
    assert found.target == period_forecast(session, boss, EVERYBODY, key, grain, TODAY).target
