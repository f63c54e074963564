"""What boards read: people with their teams, absences, several periods in one statement."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from data.models import Absence, TeamMembership
from data.queries import daily, people
from domain.access import Scope, Selection
from domain.counters import Counters
from domain.periods import Grain, Period, containing
from domain.records import ActivityType, Role
from domain.targets import TeamSpan
from domain.working_days import Span
from tests import builders

MARCH = containing(date(2026, 3, 10), Grain.MONTH)
ADMIN = Scope(viewer_id=0, role=Role.ADMIN)


def test_people_come_with_all_their_teams_in_order_and_those_who_left(session: Session) -> None:
    north, south = builders.team(session, name="North"), builders.team(session, name="South")
    mover = builders.person(session, on=south, since=date(2026, 3, 10), name="Mover")
    session.add(TeamMembership(person_id=mover.id, team_id=north.id, from_on=date(2025, 1, 1), until_on=date(2026, 3, 10)))
    builders.person(session, name="Gone", active=False, deactivated_at=datetime(2026, 3, 5, tzinfo=UTC), working_days=[1, 2])
    session.flush()
    found, teams = people.members(session, ADMIN)
    gone, moved = found
    assert (gone.name, gone.left_on, gone.teams, gone.weekdays) == ("Gone", date(2026, 3, 5), (), frozenset({1, 2}))
    assert moved.teams == (
        TeamSpan(team_id=north.id, span=Span(date(2025, 1, 1), date(2026, 3, 10))),
        TeamSpan(team_id=south.id, span=Span(date(2026, 3, 10))),
    )
    assert {team_id: team.name for team_id, team in teams.items()} == {north.id: "North", south.id: "South"}


def test_a_manager_sees_their_people_on_their_teams_only(session: Session) -> None:
    mine, other = builders.team(session), builders.team(session)
    boss = builders.manager(session, of=mine, name="Boss")
    mover = builders.person(session, on=mine, since=date(2026, 3, 10), name="Mover")
    session.add(TeamMembership(person_id=mover.id, team_id=other.id, from_on=date(2025, 1, 1), until_on=date(2026, 3, 10)))
    builders.person(session, on=other, name="Foreign")
    session.flush()
    found, teams = people.members(session, Scope(viewer_id=boss.id, role=Role.MANAGER, team_ids=frozenset({mine.id})))
    assert [(each.name, [span.team_id for span in each.teams]) for each in found] == [("Boss", []), ("Mover", [mine.id])]
    assert list(teams) == [mine.id]


def test_an_agent_sees_only_themselves_and_their_own_absences(session: Session) -> None:
    team = builders.team(session)
    one, other = builders.person(session, on=team), builders.person(session, on=team)
    for person in (one, other):
        session.add(Absence(person_id=person.id, from_on=date(2026, 2, 25), until_on=date(2026, 3, 2)))
    session.add(Absence(person_id=one.id, from_on=date(2026, 4, 1), until_on=date(2026, 4, 2)))
    session.flush()
    scope = Scope(viewer_id=one.id, role=Role.AGENT)
    assert [each.agent_id for each in people.members(session, scope)[0]] == [one.id]
    assert people.absences(session, scope, MARCH) == {one.id: (Span(date(2026, 2, 25), date(2026, 3, 2)),)}
    assert set(people.absences(session, ADMIN, MARCH)) == {one.id, other.id}


def test_several_periods_are_summed_per_agent_in_one_statement(session: Session) -> None:
    one, other = builders.person(session), builders.person(session)
    builders.activity(session, one, at=builders.NOON.replace(month=2))
    builders.activity(session, one)
    builders.activity(session, one, at=builders.NOON.replace(day=12), type=ActivityType.EMAIL)
    builders.deal(session, other, status="won", closed_on=date(2026, 3, 3), amount_minor=2**40)
    february = Selection(period=containing(date(2026, 2, 1), Grain.MONTH))
    now, before, empty = daily.totals_by_agent_in(
        session, ADMIN, [Selection(period=MARCH), february, Selection(period=Period(date(2020, 1, 1), date(2020, 1, 2)))]
    )
    assert now[one.id].sums == Counters(activities=2, calls=1, emails=1)
    assert now[one.id].last_worked_on == date(2026, 3, 12)
    assert (now[other.id].sums.revenue_minor, now[other.id].last_worked_on) == (2**40, None)
    assert isinstance(now[other.id].sums.revenue_minor, int)
    assert before == {one.id: daily.AgentTotals(sums=Counters(activities=1, calls=1), last_worked_on=date(2026, 2, 10))}
    assert empty == {}


def test_new_parts_of_rates_are_counted_where_they_belong(session: Session) -> None:
    agent = builders.person(session)
    for seconds in (60, 3600, 3601):
        builders.lead(session, agent, contacted_on=date(2026, 3, 4), response_seconds=seconds)
    builders.lead(session, agent, satisfaction=4, rated_on=date(2026, 3, 5))
    builders.deal(
        session,
        agent,
        proposal_on=date(2026, 3, 1),
        agreement_on=date(2026, 4, 9),
        partner_list_sent_on=date(2026, 3, 2),
        first_sale_on=date(2026, 5, 1),
    )
    builders.deal(session, agent, proposal_on=date(2026, 3, 1), partner_list_sent_on=date(2026, 3, 2))
    sums = daily.totals(session, ADMIN, Selection(period=MARCH))
    assert (sums.responses, sums.fast_responses, sums.response_seconds) == (3, 2, 7261)
    assert (sums.ratings, sums.rating_points, sums.rating_squares) == (1, 4, 16)
    assert (sums.proposals, sums.proposals_agreed, sums.agreements) == (2, 1, 0)
    assert (sums.lists_sent, sums.lists_sold, sums.first_sales) == (2, 1, 0)


def test_a_won_deal_counts_on_its_close_day_and_not_when_it_was_created(session: Session) -> None:
    agent = builders.person(session)
    builders.deal(session, agent, created_on=date(2026, 2, 3), status="won", closed_on=date(2026, 3, 3), amount_minor=500)
    february = daily.totals(session, ADMIN, Selection(period=containing(date(2026, 2, 3), Grain.MONTH)))
    march = daily.totals(session, ADMIN, Selection(period=MARCH))
    assert (february.deals_created, february.deals_won, february.revenue_minor) == (1, 0, 0)
    assert (march.deals_created, march.deals_won, march.revenue_minor) == (0, 1, 500)


def test_lost_leads_stay_in_the_steps_they_reached_and_are_counted_once(session: Session) -> None:
    agent = builders.person(session)
    lost = builders.lead(
        session, agent, contacted_on=date(2026, 3, 11), interested_on=date(2026, 3, 12), lost_on=date(2026, 3, 13), status="lost"
    )
    lost.contacted_on = date(2026, 3, 14)
    session.flush()
    builders.lead(session, agent, converted_on=date(2026, 3, 20))
    sums = daily.totals(session, ADMIN, Selection(period=MARCH))
    assert (sums.leads_assigned, sums.leads_contacted, sums.leads_interested, sums.leads_converted) == (2, 2, 2, 1)


def test_lost_and_open_deals_add_nothing_to_revenue(session: Session) -> None:
    agent = builders.person(session)
    builders.deal(session, agent, status="lost", closed_on=date(2026, 3, 3), amount_minor=500)
    builders.deal(session, agent, amount_minor=500, expected_close_on=date(2026, 3, 3))
    sums = daily.totals(session, ADMIN, Selection(period=MARCH))
    assert (sums.revenue_minor, sums.deals_lost, sums.deals_won) == (0, 1, 0)
