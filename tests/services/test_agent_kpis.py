"""An agent's key figures, and their place in the team, as those who may see them do."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Absence, Person, TeamMembership
from domain.errors import NotFoundError
from domain.metrics.reading import Reading
from domain.metrics.team_ranking import Quarter
from domain.periods import Grain, Period, containing
from domain.records import DealStatus, LeadStatus, Role
from services.access import viewer
from services.agent_kpis import agent_kpis
from services.team_position import Unplaced, ranked_days, team_position
from tests import builders
from tests.builders import TUESDAY

MARCH = containing(TUESDAY, Grain.MONTH)
NEXT_MONTH = date(2026, 4, 20)


def work(session: Session, agent: Person, *, leads: int, converted: int, waits: Sequence[int] = (), on: date = TUESDAY) -> None:
    """Leads assigned and contacted on a day, the first of them converted and rated five stars on the same day."""
    for n in range(leads):
        wait = waits[n] if n < len(waits) else None
        contact = {"contacted_on": on, "response_seconds": wait} if wait is not None else {}
        sale = {"status": LeadStatus.CONVERTED, "converted_on": on, "satisfaction": 5, "rated_on": on} if n < converted else {}
        builders.lead(session, agent, on=on, **contact, **sale)


def test_the_seeds_figures_come_out_as_the_seed_has_them(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session))
    work(session, agent, leads=47, converted=32, waits=[1800, 3600, 4320, 7200, 40_000])
    builders.deal(session, agent, status=DealStatus.WON, closed_on=TUESDAY, amount_minor=1_245_000)

    found = agent_kpis(session, viewer(session, agent.id), agent.id, MARCH, TUESDAY)

    values = {key: reading.value for key, reading in found.readings.items()}
    assert (values["leads_assigned"], found.leads_this_week, values["conversions"]) == (47, 47, 32)
    assert values["conversion_rate"] == pytest.approx(32 / 47)
    assert (values["revenue"], values["satisfaction"], found.readings["satisfaction"].now.sample) == (1_245_000, 5, 32)
    assert (values["median_response_time"], values["response_time"]) == (pytest.approx(1.2), pytest.approx(56_920 / 5 / 3600))
    assert (found.compared_with, found.has_data) == (Period(date(2026, 2, 1), date(2026, 2, 11)), True)


def test_an_unfinished_month_is_compared_with_the_same_days_of_the_last(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session))
    builders.lead(session, agent, on=date(2026, 1, 2))
    work(session, agent, leads=12, converted=0, waits=[7200] * 12, on=date(2026, 2, 10))
    work(session, agent, leads=30, converted=0, waits=[60] * 30, on=date(2026, 2, 11))
    work(session, agent, leads=15, converted=0, waits=[3600] * 15)

    response = agent_kpis(session, viewer(session, agent.id), agent.id, MARCH, TUESDAY).readings["median_response_time"]

    assert (response.value, response.before.value if response.before else None) == (1, 2)
    assert (response.change.share, response.change.is_good) == (-0.5, True)


def contacted(session: Session, agent: Person, assigned_at: datetime, contacted_at: datetime) -> None:
    """A lead whose first contact is known to the second; the agent's clock shows UTC."""
    wait = int((contacted_at - assigned_at).total_seconds())
    moments = {"assigned_at": assigned_at, "contacted_at": contacted_at, "contacted_on": contacted_at.date(), "response_seconds": wait}
    builders.lead(session, agent, on=assigned_at.date(), **moments)


def at(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    """In 2026; the 11th of March is a Wednesday."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def within_hours(session: Session, agent: Person, period: Period = MARCH) -> Reading:
    return agent_kpis(session, viewer(session, agent.id), agent.id, period, TUESDAY).readings["working_response_time"]


def test_a_night_is_left_out_of_the_wait_within_working_hours(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session))
    contacted(session, agent, at(9, 16, 30), at(10, 9, 30))
    builders.lead(session, agent, contacted_on=TUESDAY, response_seconds=7200)
    found = agent_kpis(session, viewer(session, agent.id), agent.id, MARCH, TUESDAY).readings
    assert (found["median_response_time"].value, found["median_response_time"].now.sample) == (9.5, 2)
    assert (found["working_response_time"].value, found["working_response_time"].now.sample) == (1.5, 1)


def test_public_holidays_and_absences_are_left_out_of_it_too(session: Session) -> None:
    builders.organisation(session, country="US")
    team = builders.team(session)
    agent, colleague = builders.person(session, on=team), builders.person(session, on=team)
    contacted(session, agent, at(16, 17, month=1), at(20, 10, month=1))
    assert within_hours(session, agent, containing(date(2026, 1, 1), Grain.MONTH)).value == 1.5
    contacted(session, agent, at(2, 17), at(5, 10))
    for person, days in ((agent, (2, 4)), (colleague, (1, 10))):
        session.add(Absence(person_id=person.id, from_on=date(2026, 3, days[0]), until_on=date(2026, 3, days[1])))
    session.flush()
    assert within_hours(session, agent).value == 9.5


def test_a_wait_outside_working_hours_counts_as_none_and_is_compared_with_the_period_before(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session), working_days=[1, 2, 3, 4, 5])
    for day in (2, 3):
        contacted(session, agent, at(day, 10, month=2), at(day, 12, month=2))
    contacted(session, agent, at(7, 10), at(8, 20))
    found = within_hours(session, agent)
    assert (found.value, found.now.sample, found.before.value if found.before else None) == (0, 1, 2)


def test_the_working_hours_are_those_of_the_agents_clock(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session), time_zone="America/New_York")
    contacted(session, agent, at(10, 12), at(10, 14))
    assert within_hours(session, agent).value == 1


def test_a_colleagues_waits_are_not_among_an_agents(session: Session) -> None:
    team = builders.team(session)
    agent, colleague = builders.person(session, on=team), builders.person(session, on=team)
    contacted(session, colleague, at(10, 10), at(10, 11))
    assert within_hours(session, agent).now.sample == 0
    assert within_hours(session, colleague).value == 1


def test_last_weeks_leads_are_not_this_weeks(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session))
    work(session, agent, leads=3, converted=0, on=TUESDAY - timedelta(days=2))
    work(session, agent, leads=2, converted=0)
    assert agent_kpis(session, viewer(session, agent.id), agent.id, MARCH, TUESDAY).leads_this_week == 2


def test_nobody_reads_a_foreign_agents_figures(session: Session) -> None:
    team = builders.team(session)
    agent, colleague = builders.person(session, on=team), builders.person(session, on=team)
    other = builders.manager(session, of=builders.team(session))
    for who in (agent, other):
        with pytest.raises(NotFoundError):
            agent_kpis(session, viewer(session, who.id), colleague.id, MARCH, TUESDAY)
        with pytest.raises(NotFoundError):
            team_position(session, viewer(session, who.id), colleague.id, MARCH, TUESDAY)


def test_a_short_period_is_ranked_over_ninety_days_and_a_long_one_over_itself() -> None:
    assert ranked_days(MARCH, TUESDAY) == Period(date(2025, 12, 11), date(2026, 3, 11))
    assert ranked_days(containing(TUESDAY, Grain.YEAR), NEXT_MONTH) == Period(date(2026, 1, 1), date(2026, 4, 21))


@pytest.fixture
def seven(session: Session) -> list[Person]:
    """A team in which each of seven agents converts more of their thirty leads than the one before."""
    team = builders.team(session, name="North")
    agents = [builders.person(session, on=team) for _ in range(7)]
    for n, agent in enumerate(agents):
        work(session, agent, leads=30, converted=4 * n, waits=[3600 * (8 - n)] * 30)
    return agents


def test_the_best_of_seven_is_first_and_the_last_learns_what_the_next_band_takes(session: Session, seven: list[Person]) -> None:
    first, last = (team_position(session, viewer(session, each.id), each.id, MARCH, TUESDAY) for each in (seven[-1], seven[0]))
    assert (first.place.position if first.place else None, first.total_agents, first.ranked) == (1, 7, 7)
    assert first.ways_up == ()
    assert (last.place.worst if last.place else None, last.leads, last.team_name) == (7, 30, "North")
    assert any(way.conversions for way in last.ways_up)
    assert [part.key for part in last.parts] == ["conversion_rate", "satisfaction", "median_response_time"]


def test_an_agent_among_few_learns_no_place_but_their_manager_does(session: Session) -> None:
    team = builders.team(session)
    agents = [builders.person(session, on=team) for _ in range(5)]
    for n, agent in enumerate(agents):
        work(session, agent, leads=25, converted=5 * n)
    manager = builders.manager(session, of=team)
    own = team_position(session, viewer(session, agents[0].id), agents[0].id, MARCH, TUESDAY)
    seen = team_position(session, viewer(session, manager.id), agents[0].id, MARCH, TUESDAY)
    assert (own.place, own.why_not, own.parts, own.score, own.ranked) == (None, Unplaced.FEW_PEERS, (), None, None)
    assert seen.place is not None
    assert (seen.place.of, seen.place.worst) == (5, 5)


def test_among_few_with_ratings_nobody_learns_whose_are_better(session: Session) -> None:
    team = builders.team(session)
    agents = [builders.person(session, on=team) for _ in range(7)]
    for n, agent in enumerate(agents):
        work(session, agent, leads=30, converted=0, waits=[3600 * (8 - n)] * 30)
    for agent, stars in ((agents[0], 2), (agents[6], 5)):
        for _ in range(10):
            builders.lead(session, agent, on=TUESDAY, satisfaction=stars, rated_on=TUESDAY)
    manager = builders.manager(session, of=team)
    own, seen = (team_position(session, viewer(session, who.id), agents[0].id, MARCH, TUESDAY) for who in (agents[0], manager))
    quarters = {part.key: part.quarter for part in own.parts}
    assert (quarters["satisfaction"], quarters["median_response_time"]) == (None, Quarter.LAST)
    assert {part.key: part.quarter for part in seen.parts}["satisfaction"] is Quarter.LAST
    assert (own.place, [way for way in own.ways_up if way.ratings]) == (seen.place, [])
    assert {part.key: part.weight for part in own.parts} == {part.key: part.weight for part in seen.parts}


def test_a_beginner_among_few_does_not_learn_how_many_colleagues_have_enough_leads(session: Session) -> None:
    team = builders.team(session)
    beginner, colleague = builders.person(session, on=team), builders.person(session, on=team)
    work(session, colleague, leads=25, converted=5)
    found = team_position(session, viewer(session, beginner.id), beginner.id, MARCH, TUESDAY)
    assert (found.ranked, found.total_agents, found.why_not) == (None, 2, Unplaced.FEW_LEADS)


def test_a_move_from_a_place_among_few_is_told_only_to_those_who_see_the_team(session: Session) -> None:
    team, admin = builders.team(session), builders.person(session, role=Role.ADMIN)
    agents = [builders.person(session, on=team) for _ in range(6)]
    for n, agent in enumerate(agents):
        work(session, agent, leads=90, converted=15 * n, on=NEXT_MONTH)
        work(session, agent, leads=25 if n > 3 else 0, converted=25 * (5 - n), on=date(2026, 1, 5))
    rising, april = agents[5], containing(NEXT_MONTH, Grain.MONTH)
    own, seen = (team_position(session, viewer(session, who.id), rising.id, april, NEXT_MONTH) for who in (rising, admin))
    assert (own.place, own.ranked) == (seen.place, 6)
    assert (own.moved, seen.moved) == (None, 1)


def test_a_manager_does_not_learn_of_the_place_in_somebody_elses_team(session: Session, seven: list[Person]) -> None:
    agent, new = seven[0], builders.team(session)
    manager = builders.manager(session, of=new)
    session.execute(update(TeamMembership).where(col(TeamMembership.person_id) == agent.id).values(until_on=NEXT_MONTH))
    session.add(TeamMembership(person_id=agent.id, team_id=new.id, from_on=NEXT_MONTH))
    session.flush()
    then = team_position(session, viewer(session, manager.id), agent.id, MARCH, NEXT_MONTH)
    now = team_position(session, viewer(session, manager.id), agent.id, containing(NEXT_MONTH, Grain.MONTH), NEXT_MONTH)
    assert (then.why_not, then.place, then.team_name, then.total_agents, then.ranked) == (Unplaced.OTHER_TEAM, None, "", 0, None)
    assert (now.why_not, now.total_agents) == (Unplaced.FEW_LEADS, 1)


def test_who_moved_away_is_no_longer_among_the_team(session: Session, seven: list[Person]) -> None:
    gone, new = seven[6], builders.team(session)
    session.execute(update(TeamMembership).where(col(TeamMembership.person_id) == gone.id).values(until_on=TUESDAY))
    session.add(TeamMembership(person_id=gone.id, team_id=new.id, from_on=TUESDAY))
    session.flush()
    best = team_position(session, viewer(session, seven[5].id), seven[5].id, MARCH, TUESDAY)
    assert best.place is not None
    assert (best.place.position, best.total_agents, best.ranked) == (1, 6, 6)


def test_an_exact_score_is_not_told(session: Session, seven: list[Person]) -> None:
    scores = [team_position(session, viewer(session, each.id), each.id, MARCH, TUESDAY).score for each in seven]
    assert [score is not None and score % 5 for score in scores] == [0] * 7


def test_too_few_leads_and_no_team_are_told_apart(session: Session) -> None:
    beginner, loner = builders.person(session, on=builders.team(session)), builders.person(session)
    work(session, beginner, leads=12, converted=2)
    found = team_position(session, viewer(session, beginner.id), beginner.id, MARCH, TUESDAY)
    assert (found.place, found.why_not, found.leads_missing) == (None, Unplaced.FEW_LEADS, 8)
    assert team_position(session, viewer(session, loner.id), loner.id, MARCH, TUESDAY).why_not is Unplaced.NO_TEAM


def test_what_colleagues_did_on_another_team_does_not_rank_here(session: Session, seven: list[Person]) -> None:
    elsewhere = builders.person(session, on=builders.team(session))
    work(session, elsewhere, leads=40, converted=40)
    place = team_position(session, viewer(session, seven[-1].id), seven[-1].id, MARCH, TUESDAY).place
    assert place is not None
    assert (place.position, place.of) == (1, 7)


def test_places_gained_are_counted_against_the_span_before(session: Session, seven: list[Person]) -> None:
    riser = seven[0]
    for n, agent in enumerate(seven):
        work(session, agent, leads=200, converted=200 if agent is riser else 5 * n, waits=[60] * 200, on=NEXT_MONTH)
    april = containing(NEXT_MONTH, Grain.MONTH)
    found = team_position(session, viewer(session, riser.id), riser.id, april, NEXT_MONTH)
    assert found.place is not None
    assert (found.place.position, found.moved, found.is_clear_move) == (1, 6, True)


def test_a_move_within_a_band_may_be_luck(session: Session) -> None:
    team = builders.team(session)
    agents = [builders.person(session, on=team) for _ in range(7)]
    for n, agent in enumerate(agents):
        work(session, agent, leads=40, converted=10 + n, on=date(2026, 1, 5))
        work(session, agent, leads=40, converted=16 - n, on=NEXT_MONTH)
    april = containing(NEXT_MONTH, Grain.MONTH)
    found = team_position(session, viewer(session, agents[0].id), agents[0].id, april, NEXT_MONTH)
    assert (found.moved, found.is_clear_move) == (6, False)


def test_a_ranking_follows_a_fact_at_once(session: Session, seven: list[Person]) -> None:
    riser = seven[2]
    before = team_position(session, viewer(session, riser.id), riser.id, MARCH, TUESDAY)
    work(session, riser, leads=60, converted=60, waits=[60] * 60)
    after = team_position(session, viewer(session, riser.id), riser.id, MARCH, TUESDAY)
    assert before.place is not None
    assert after.place is not None
    assert after.place.position < before.place.position


def test_an_admin_sees_every_agents_figures(session: Session, seven: list[Person]) -> None:
    admin = builders.person(session, role=Role.ADMIN)
    found = agent_kpis(session, viewer(session, admin.id), seven[3].id, MARCH, TUESDAY)
    assert found.readings["conversions"].value == 12


def test_the_cards_take_the_same_statements_whatever_the_team_did(session: Session, seven: list[Person]) -> None:
    contacted(session, seven[0], at(9, 16, 30), at(10, 9, 30))
    counts = [_statements(session, seven[0])]
    for agent in seven:
        work(session, agent, leads=40, converted=20, waits=[60] * 40)
        contacted(session, agent, at(2, 10), at(10, 9, 30))
    assert [*counts, _statements(session, seven[0])] == [15, 15]


def _statements(session: Session, agent: Person) -> int:
    who = viewer(session, agent.id)
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    agent_kpis(session, who, agent.id, MARCH, TUESDAY)
    return len(statements)
