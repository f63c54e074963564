"""The goal studio: what is known of an agent, of whom else it draws, and what an analysis says of a draft."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from data.models import Person, Team
from domain.errors import InputError, NotFoundError
from domain.goals.cost import Verdict
from domain.goals.plans import PlanKey
from domain.goals.posterior import Source
from domain.records import ActivityType, DealStatus, GoalPeriod, Profile
from services.access import viewer
from services.goal_known import FEWEST_PEERS, known_of, peers_of
from services.goal_studio import Draft, studio
from services.goal_suggestions import suggested
from tests import builders
from tests.builders import NOON, TUESDAY


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session, profile=Profile.LOAN_OFFICER)
    return builders.team(session, profile=Profile.REAL_ESTATE)


@pytest.fixture
def agent(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)


def revenue(target: int = 50_000, **fields: object) -> Draft:
    known = {"type": "revenue", "target": Decimal(target), "period": GoalPeriod.MONTHLY, "day": TUESDAY}
    return Draft(**known | fields)


def sold(session: Session, agent: Person, amounts: Sequence[int], on: date = TUESDAY - timedelta(days=40)) -> None:
    for amount in amounts:
        builders.deal(session, agent, status=DealStatus.WON, amount_minor=amount, created_on=on - timedelta(days=20), closed_on=on)


def called(session: Session, agent: Person, calls: int, *, booked: int = 0) -> None:
    for number in range(calls):
        outcome = "appointment_set" if number < booked else "no_answer"
        builders.activity(session, agent, type=ActivityType.CALL, outcome=outcome, at=NOON - timedelta(days=1 + number % 20))


def test_a_month_of_revenue_becomes_three_plans_with_cost_and_verdict(session: Session, agent: Person) -> None:
    view = studio(session, viewer(session, agent.id), agent.id, revenue(), TUESDAY)
    assert (view.still, view.workdays_left, view.analysis is not None) == (5_000_000, 16, True)
    assert view.analysis is not None
    assert [plan.key for plan in view.analysis.plans] == list(PlanKey)
    coin, safe, stretch = view.analysis.plans
    assert coin.activities < safe.activities < stretch.activities
    assert (coin.chance >= 0.5, safe.chance >= 0.8, stretch.chance >= 0.95) == (True, True, True)
    assert [(link.key, link.is_controllable) for link in safe.links[:3]] == [
        ("calls", True),
        ("conversations", False),
        ("appointments_set", True),
    ]
    assert {each.source for each in view.analysis.assumptions} == {Source.DEFAULT}
    assert view.analysis.verdict in set(Verdict)
    assert any("default, not yours" in sentence for sentence in view.sentences)


def test_what_is_there_already_is_taken_off(session: Session, agent: Person) -> None:
    sold(session, agent, [2_000_000], on=TUESDAY - timedelta(days=2))
    view = studio(session, viewer(session, agent.id), agent.id, revenue(), TUESDAY)
    assert (view.progress.value, view.still) == (2_000_000, 3_000_000)
    done = studio(session, viewer(session, agent.id), agent.id, revenue(20_000), TUESDAY)
    assert (done.still, done.analysis, done.sentences) == (0, None, ())


def test_an_assumption_somebody_overrides_changes_the_verdict_and_nothing_else(session: Session, agent: Person) -> None:
    who = viewer(session, agent.id)
    usual = studio(session, who, agent.id, revenue(), TUESDAY)
    dear = studio(session, who, agent.id, revenue(), TUESDAY, {"hourly": 100_000_000})
    assert usual.analysis is not None
    assert dear.analysis is not None
    assert dear.analysis.verdict is Verdict.NOT_WORTH_IT
    assert [plan.activities for plan in dear.analysis.plans] == [plan.activities for plan in usual.analysis.plans]
    assert next(each.source for each in dear.analysis.assumptions if each.key == "hourly") is Source.YOU_SAID
    for wrong in ({"charm": 1.0}, {"margin": 1.5}, {"rate.conversations": 0.0}):
        with pytest.raises(InputError):
            studio(session, who, agent.id, revenue(), TUESDAY, wrong)


def test_a_goal_the_chain_does_not_lead_to_has_no_plan_but_its_figures(session: Session, agent: Person) -> None:
    view = studio(session, viewer(session, agent.id), agent.id, revenue(4, type="satisfaction"), TUESDAY)
    assert (view.analysis, view.links, view.definition.key) == (None, (), "satisfaction")


def test_who_records_sales_and_no_calls_still_gets_something_to_decide_on(session: Session, agent: Person) -> None:
    sold(session, agent, [2_000_000] * 3)
    known = known_of(session, viewer(session, agent.id).scope, agent.id, TUESDAY)
    assert (known.chain.keys[0], known.rates["conversations"].source, known.values.own) == ("calls", Source.DEFAULT, 3)


def test_nobody_plans_with_the_numbers_of_an_agent_they_may_not_see(session: Session, team: Team, agent: Person) -> None:
    peer, stranger = builders.person(session, on=team), builders.manager(session, of=builders.team(session))
    for person in (peer, stranger):
        who = viewer(session, person.id)
        with pytest.raises(NotFoundError):
            studio(session, who, agent.id, revenue(), TUESDAY)
        with pytest.raises(NotFoundError):
            suggested(session, who, agent.id, "calls", GoalPeriod.WEEKLY, TUESDAY)


def test_a_manager_plans_with_the_days_they_may_see(session: Session, team: Team) -> None:
    late = builders.person(session, on=team, since=TUESDAY - timedelta(days=5))
    called(session, late, 20)
    boss = builders.manager(session, of=team)
    own, led = (known_of(session, viewer(session, who.id).scope, late.id, TUESDAY).own["calls"] for who in (late, boss))
    assert (own, led) == (20, 5)


def test_too_few_colleagues_tell_nothing_of_each_other(session: Session, team: Team, agent: Person) -> None:
    others = [builders.person(session, on=team) for _ in range(FEWEST_PEERS - 1)]
    for other in others:
        called(session, other, 40, booked=30)
        sold(session, other, [900_000])
    scope = viewer(session, agent.id).scope
    alone = known_of(session, scope, agent.id, TUESDAY)
    assert (alone.peers, alone.values.source, alone.rates["appointments_set"].prior) == (frozenset(), Source.DEFAULT, Source.DEFAULT)
    others.append(builders.person(session, on=builders.team(session, profile=Profile.REAL_ESTATE)))
    builders.person(session, on=builders.team(session, profile=Profile.BDR))
    known = known_of(session, scope, agent.id, TUESDAY)
    assert known.peers == frozenset(other.id for other in others)
    assert (known.values.source, known.values.mean) == (Source.TEAM, 900_000)


def test_the_own_team_comes_first_where_it_is_large_enough(session: Session, team: Team, agent: Person) -> None:
    mates = {builders.person(session, on=team).id for _ in range(FEWEST_PEERS)}
    builders.person(session, on=builders.team(session, profile=Profile.REAL_ESTATE))
    assert peers_of(session, agent.id, TUESDAY) == mates


def test_suggestions_come_from_ones_own_weeks(session: Session, agent: Person) -> None:
    for week, calls in enumerate((2, 4, 6, 8, 10), start=1):
        for _ in range(calls):
            builders.activity(session, agent, type=ActivityType.CALL, at=NOON - timedelta(days=7 * week))
    found = suggested(session, viewer(session, agent.id), agent.id, "calls", GoalPeriod.WEEKLY, TUESDAY)
    assert [(each.key, each.value, each.of, each.source) for each in found] == [
        ("attainable", 5, 4, Source.YOURS),
        ("challenging", 7, 4, Source.YOURS),
        ("elite", 8, 4, Source.YOURS),
    ]
    assert suggested(session, viewer(session, agent.id), agent.id, "emails", GoalPeriod.YEARLY, TUESDAY) == ()
