"""Insights as the viewer gets them: from the real tables, within their scope, without what they put aside."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from data.models import CalendarEvent, InsightDismissal, Person, Team, TeamMembership
from data.queries import insights as queries
from data.queries.loose_ends import loose_ends
from domain.coaching.insights.signals import LooseEnds
from domain.coaching.insights.spans import before, cohort_span, lately, sales_span
from domain.errors import NotFoundError
from domain.records import ActivityType, DealStatus, EventKind, LeadStatus, Outcome, Role
from services.access import viewer
from services.insights import dismiss, insights_of, restore, signals_of
from tests import builders

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)
TODAY = NOW.date()
LATELY = lately(TODAY)
DAY = timedelta(days=1)


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def ada(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)


def rules(session: Session, who: Person, about: Person, now: datetime = NOW) -> list[str]:
    return [each.rule for each in insights_of(session, viewer(session, who.id), about.id, now.date(), now).shown]


def waiting(session: Session, agent: Person | None, days: float = 2, **fields: object) -> None:
    at = NOW - timedelta(days=days)
    builders.lead(session, agent, on=at.date(), assigned_at=at, **fields)


def contacted(session: Session, agent: Person, seconds: int, count: int, on: date = LATELY.start) -> None:
    for _ in range(count):
        builders.lead(session, agent, on=on, contacted_on=on, response_seconds=seconds, status=LeadStatus.CONTACTED)


def colleagues(session: Session, team: Team, count: int, seconds: int = 3600, leads: int = 12) -> list[Person]:
    made = [builders.person(session, on=team) for _ in range(count)]
    for each in made:
        contacted(session, each, seconds, leads)
    return made


def event(session: Session, agent: Person, at: datetime, **fields: object) -> None:
    known = {"kind": EventKind.APPOINTMENT, "title": "Visit", "starts_at": at, "ends_at": at + timedelta(hours=1), "local_on": at.date()}
    session.add(CalendarEvent(agent_id=agent.id, **known | fields))
    session.flush()


def test_an_agent_without_facts_has_no_insights(session: Session, ada: Person) -> None:
    assert rules(session, ada, ada) == []


def test_a_lead_waits_after_a_day_and_until_it_is_contacted(session: Session, ada: Person) -> None:
    waiting(session, ada, 0.9)
    waiting(session, ada, 61)
    waiting(session, ada, 3, status=LeadStatus.CONTACTED)
    waiting(session, None, 3)
    assert rules(session, ada, ada) == []
    waiting(session, ada, 1.5, name="Grace")
    (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert (insight.rule, insight.sample, insight.examples[0].name) == ("waiting_leads", 1, "Grace")


def test_more_records_than_named_are_counted(session: Session, ada: Person) -> None:
    for days in range(2, 10):
        waiting(session, ada, days)
    (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert (insight.sample, len(insight.examples), insight.more, insight.examples[0].detail) == (8, 5, 3, "9 days")


@pytest.mark.parametrize("kept_by", ["nothing", "a call since", "a plan", "a sale", "another call back", "patience"])
def test_a_call_back_is_open_until_it_is_kept(session: Session, ada: Person, kept_by: str) -> None:
    lead = builders.lead(session, ada, status=LeadStatus.CONVERTED if kept_by == "a sale" else LeadStatus.CONTACTED)
    agreed = NOW - (DAY if kept_by == "patience" else 5 * DAY)
    builders.activity(session, ada, at=agreed, outcome=Outcome.CALL_BACK, lead_id=lead.id)
    builders.activity(session, ada, at=NOW - DAY, type=ActivityType.NOTE, lead_id=lead.id)
    if kept_by in {"a call since", "another call back"}:
        outcome = Outcome.CALL_BACK if kept_by == "another call back" else Outcome.NO_ANSWER
        builders.activity(session, ada, at=NOW - 2 * timedelta(hours=5), outcome=outcome, lead_id=lead.id)
    if kept_by == "a plan":
        event(session, ada, NOW + DAY, lead_id=lead.id)
    assert rules(session, ada, ada) == (["call_backs"] if kept_by == "nothing" else [])


def test_entries_of_earlier_days_want_an_answer(session: Session, ada: Person) -> None:
    event(session, ada, NOW - 2 * timedelta(hours=2))
    event(session, ada, NOW - 15 * DAY)
    event(session, ada, NOW - DAY, status="completed")
    assert rules(session, ada, ada) == []
    event(session, ada, NOW - DAY)
    assert rules(session, ada, ada) == ["open_entries"]


def test_an_entry_of_last_night_is_of_the_agents_own_yesterday(session: Session, ada: Person) -> None:
    ada.time_zone = "America/Los_Angeles"
    session.flush()
    event(session, ada, NOW - timedelta(hours=8), local_on=TODAY - DAY)
    (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert (insight.rule, insight.period.start, insight.period.end) == ("open_entries", TODAY - DAY, TODAY)


def test_a_deal_dated_in_the_future_by_mistake_does_no_harm(session: Session, ada: Person) -> None:
    builders.deal(session, ada, created_on=TODAY + 30 * DAY, last_activity_at=NOW - 20 * DAY)
    assert rules(session, ada, ada) == ["stale_deals"]


def test_deals_are_stale_by_their_last_activity_or_their_creation(session: Session, ada: Person) -> None:
    long_ago = NOW - 20 * DAY
    builders.deal(session, ada, last_activity_at=NOW - 9 * DAY, created_on=long_ago.date(), amount_minor=1)
    builders.deal(session, ada, last_activity_at=long_ago, status=DealStatus.LOST, closed_on=long_ago.date())
    builders.deal(session, ada)
    assert rules(session, ada, ada) == []
    builders.deal(session, ada, last_activity_at=long_ago, amount_minor=500_00)
    builders.deal(session, ada, created_on=long_ago.date(), amount_minor=700_00)
    (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert insight.sentence.startswith("2 deals worth $1,200 have been quiet for 10 to 90 days.")
    assert insight.evidence.startswith("2 of 4 open deals")
    assert [each.detail for each in insight.examples] == ["20 days · $700", "20 days · $500"]


def test_a_deal_quiet_for_a_quarter_is_a_matter_of_tidying_up(session: Session, ada: Person) -> None:
    builders.deal(session, ada, last_activity_at=NOW - 91 * DAY)
    builders.deal(session, ada, last_activity_at=NOW - 89 * DAY)
    assert rules(session, ada, ada) == ["stale_deals", "forgotten_deals"]


def test_silence_counts_the_agents_own_working_days(session: Session, ada: Person) -> None:
    builders.activity(session, ada, at=datetime(2026, 3, 5, 9, tzinfo=UTC))
    assert rules(session, ada, ada) == ["quiet_days"]
    ada.working_days = [1]
    session.flush()
    assert rules(session, ada, ada) == []


def test_conversions_count_within_a_month_of_the_assignment(session: Session, ada: Person) -> None:
    ripe = cohort_span(TODAY)
    for span, days in ((ripe, 30), (before(ripe), 31)):
        for _ in range(25):
            builders.lead(
                session,
                ada,
                on=span.start,
                status=LeadStatus.CONVERTED,
                converted_on=span.start + days * DAY,
                satisfaction=5,
                rated_on=span.start,
            )
    (change,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert change.sentence == "25 of 25 leads became customers within 30 days (100 %), after 0 of 25 in the twelve weeks before (0 %)."


def test_sources_revenue_and_waits_come_from_the_tables(session: Session, ada: Person) -> None:
    ripe, sold = cohort_span(TODAY), sales_span(TODAY)
    for n in range(40):
        won = {"status": LeadStatus.CONVERTED, "converted_on": ripe.start} if n % 2 else {}
        builders.lead(session, ada, on=ripe.start, source="Referral" if n % 2 else "Ads", **won)
    for n in range(30):
        on = sold.start if n < 25 else before(sold).start
        builders.deal(session, ada, status=DealStatus.WON, closed_on=on, amount_minor=1000_00)
    contacted(session, ada, 600, 15)
    contacted(session, ada, 7200, 15, before(LATELY).start)
    assert rules(session, ada, ada) == ["response_change", "revenue_change", "strong_source", "weak_source"]


def test_unrated_customers_are_told_among_all(session: Session, ada: Person) -> None:
    for n in range(5):
        on = TODAY - (10 + n) * DAY
        rated = {"satisfaction": 4, "rated_on": on} if n == 0 else {}
        builders.lead(session, ada, on=on, status=LeadStatus.CONVERTED, converted_on=on, **rated)
    (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert insight.sentence == "4 of 5 new customers have no rating yet."


class TestWhatIsSaidOfTheTeam:
    """Medians of all others together, and only where nobody can be made out."""

    def test_five_others_with_enough_leads_are_a_team(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 4 * 3600, 20)
        colleagues(session, team, 5)
        (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
        assert "about 1.0 h (60 leads)" in insight.sentence
        assert "5 agents" in insight.evidence

    def test_four_others_are_not(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 4 * 3600, 20)
        colleagues(session, team, 4, leads=40)
        assert rules(session, ada, ada) == []

    def test_one_of_them_with_more_than_half_of_the_leads_would_be_made_out(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 4 * 3600, 20)
        (first, *_) = colleagues(session, team, 5)
        contacted(session, first, 3600, 60)
        assert rules(session, ada, ada) == []

    def test_other_teams_and_days_spent_on_them_do_not_count(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 4 * 3600, 20)
        colleagues(session, team, 4)
        colleagues(session, builders.team(session), 3)
        late = builders.person(session, on=team, since=LATELY.start + DAY)
        contacted(session, late, 3600, 12)
        assert rules(session, ada, ada) == []

    def test_without_a_team_nobody_is_compared(self, session: Session, team: Team) -> None:
        colleagues(session, team, 6)
        loner = builders.person(session)
        contacted(session, loner, 4 * 3600, 20)
        assert rules(session, loner, loner) == []

    def test_no_name_id_or_exact_figure_of_a_colleague_is_in_it(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 9 * 3600, 20)
        others = colleagues(session, team, 6, seconds=4321)
        told = repr(insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW))
        assert "72 leads" in told
        for each in others:
            assert each.name not in told
        assert "4321" not in told

    def test_a_manager_learns_nothing_of_a_team_they_do_not_manage(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 4 * 3600, 20)
        colleagues(session, team, 6)
        other = builders.team(session)
        membership = session.query(TeamMembership).filter_by(person_id=ada.id).one()
        membership.until_on = TODAY
        session.flush()
        session.add(TeamMembership(person_id=ada.id, team_id=other.id, from_on=TODAY))
        session.flush()
        boss, admin = builders.manager(session, of=other), builders.person(session, role=Role.ADMIN)
        assert rules(session, boss, ada) == []
        assert rules(session, admin, ada) == ["team_response"]


def test_a_query_asked_past_the_service_gives_nothing_of_strangers(session: Session, team: Team, ada: Person) -> None:
    """Whoever forgets to ask whether the agent may be seen still gets nothing."""
    waiting(session, ada)
    contacted(session, ada, 600, 20)
    colleagues(session, team, 6)
    for days in (30, 100):
        builders.deal(session, ada, created_on=TODAY - days * DAY)
    builders.deal(session, ada, status=DealStatus.WON, closed_on=TODAY - DAY, amount_minor=1)
    promised = builders.lead(session, ada, status=LeadStatus.CONTACTED)
    builders.activity(session, ada, at=NOW - 5 * DAY, outcome=Outcome.CALL_BACK, lead_id=promised.id)
    for _ in range(3):
        builders.lead(session, ada, status=LeadStatus.CONVERTED, converted_on=TODAY - 10 * DAY)
    ripe = cohort_span(TODAY)
    builders.lead(session, ada, on=ripe.start)
    event(session, ada, NOW - DAY)
    boss = builders.manager(session, of=builders.team(session))
    own = loose_ends(session, viewer(session, ada.id).scope, ada.id, TODAY, NOW)
    assert all(getattr(own, name).count for name in LooseEnds.__dataclass_fields__)
    for person in (builders.person(session, on=team), boss):
        scope = viewer(session, person.id).scope
        assert loose_ends(session, scope, ada.id, TODAY, NOW) == LooseEnds()
        assert queries.cohorts(session, scope, ada.id, before(ripe), ripe) == ()
        assert queries.sales(session, scope, ada.id, sales_span(TODAY)) == ()
        assert queries.first_closed_on(session, scope, ada.id) is None
        assert queries.team_wait(session, scope, ada.id, LATELY) is None


def test_a_card_takes_the_same_few_statements_whatever_the_agent_did(session: Session, team: Team, ada: Person) -> None:
    colleagues(session, team, 5)
    counts = [_statements(session, ada) for _ in range(2)]
    assert counts == [18, 18]


def _statements(session: Session, ada: Person) -> int:
    waiting(session, ada)
    builders.deal(session, ada, created_on=TODAY - 30 * DAY)
    builders.deal(session, ada, created_on=TODAY - 100 * DAY)
    builders.lead(session, ada, on=TODAY - 20 * DAY, status=LeadStatus.CONVERTED, converted_on=TODAY - 10 * DAY)
    who = viewer(session, ada.id)
    statements: list[str] = []
    sqlalchemy_event.listen(session.get_bind(), "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    insights_of(session, who, ada.id, TODAY, NOW)
    return len(statements)


class TestWhoSees:
    """An agent themselves, their managers the days on their teams, admins everything."""

    @pytest.fixture
    def house(self, session: Session, team: Team, ada: Person) -> SimpleNamespace:
        waiting(session, ada)
        other = builders.team(session)
        return SimpleNamespace(
            boss=builders.manager(session, of=team),
            admin=builders.person(session, role=Role.ADMIN),
            peer=builders.person(session, on=team),
            stranger=builders.manager(session, of=other),
        )

    @pytest.mark.parametrize("who", ["boss", "admin"])
    def test_those_who_look_after_the_agent(self, session: Session, ada: Person, house: SimpleNamespace, who: str) -> None:
        assert rules(session, getattr(house, who), ada) == ["waiting_leads"]

    @pytest.mark.parametrize("who", ["peer", "stranger"])
    def test_nobody_else(self, session: Session, ada: Person, house: SimpleNamespace, who: str) -> None:
        other = viewer(session, getattr(house, who).id)
        (shown,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
        for about in (ada.id, 999_999):
            with pytest.raises(NotFoundError, match="no such agent"):
                insights_of(session, other, about, TODAY, NOW)
            with pytest.raises(NotFoundError, match="no such agent"):
                dismiss(session, other, about, shown.id, TODAY, NOW)
            with pytest.raises(NotFoundError, match="no such agent"):
                restore(session, other, about, shown.id, TODAY, NOW)

    def test_sales_from_before_the_agent_came_are_not_compared(self, session: Session, team: Team) -> None:
        boss = viewer(session, builders.manager(session, of=team).id)
        came = TODAY - 60 * DAY
        new = builders.person(session, on=team, since=came)
        builders.deal(session, new, status=DealStatus.WON, closed_on=came - 90 * DAY, amount_minor=1)
        builders.deal(session, new, status=DealStatus.WON, closed_on=came + DAY, amount_minor=1)
        assert signals_of(session, boss, new.id, TODAY, NOW).sales_since == came + DAY
        assert signals_of(session, viewer(session, new.id), new.id, TODAY, NOW).sales_since == came - 90 * DAY


def test_a_call_back_from_before_the_agent_came_is_not_the_managers_to_see(session: Session, team: Team) -> None:
    boss = builders.manager(session, of=team)
    new = builders.person(session, on=team, since=TODAY - 3 * DAY)
    lead = builders.lead(session, new, status=LeadStatus.CONTACTED)
    builders.activity(session, new, at=NOW - 5 * DAY, outcome=Outcome.CALL_BACK, lead_id=lead.id)
    assert (rules(session, boss, new), rules(session, new, new)) == ([], ["call_backs"])


def test_sales_are_known_to_a_manager_since_the_agent_last_came(session: Session, team: Team) -> None:
    boss = viewer(session, builders.manager(session, of=team).id)
    away, back = TODAY - 200 * DAY, TODAY - 60 * DAY
    agent = builders.person(session)
    for first, last in ((away - 100 * DAY, away), (back, back + 10 * DAY), (back + 10 * DAY, None)):
        session.add(TeamMembership(person_id=agent.id, team_id=team.id, from_on=first, until_on=last))
    for closed in (away - DAY, back + DAY):
        builders.deal(session, agent, status=DealStatus.WON, closed_on=closed, amount_minor=1)
    assert signals_of(session, boss, agent.id, TODAY, NOW).sales_since == back


class TestPuttingAside:
    """Nobody is told twice in two weeks what they put aside."""

    def test_it_stays_away_for_two_weeks_whatever_its_id(self, session: Session, ada: Person) -> None:
        waiting(session, ada)
        who = viewer(session, ada.id)
        (insight,) = insights_of(session, who, ada.id, TODAY, NOW).shown
        dismiss(session, who, ada.id, insight.id, TODAY, NOW)
        board = insights_of(session, who, ada.id, TODAY, NOW)
        assert (board.shown, [each.id for each in board.put_aside]) == ((), [insight.id])
        assert rules(session, ada, ada, NOW + 13 * DAY) == []
        assert rules(session, ada, ada, NOW + 15 * DAY) == ["waiting_leads"]

    def test_it_is_the_viewers_own_business(self, session: Session, team: Team, ada: Person) -> None:
        waiting(session, ada)
        boss = builders.manager(session, of=team)
        (insight,) = insights_of(session, viewer(session, boss.id), ada.id, TODAY, NOW).shown
        dismiss(session, viewer(session, boss.id), ada.id, insight.id, TODAY, NOW)
        assert (rules(session, boss, ada), rules(session, ada, ada)) == ([], ["waiting_leads"])

    def test_it_can_be_brought_back_and_put_aside_twice(self, session: Session, ada: Person) -> None:
        waiting(session, ada)
        who = viewer(session, ada.id)
        (insight,) = insights_of(session, who, ada.id, TODAY, NOW).shown
        for now in (NOW, NOW + 2 * DAY):
            dismiss(session, who, ada.id, insight.id, TODAY, now)
        restore(session, who, ada.id, insight.id, TODAY, NOW)
        restore(session, who, ada.id, insight.id, TODAY, NOW)
        assert rules(session, ada, ada) == ["waiting_leads"]
        assert session.query(InsightDismissal).count() == 0

    def test_what_was_put_aside_last_week_can_be_brought_back(self, session: Session, ada: Person) -> None:
        waiting(session, ada)
        who, later = viewer(session, ada.id), NOW + 7 * DAY
        (insight,) = insights_of(session, who, ada.id, TODAY, NOW).shown
        dismiss(session, who, ada.id, insight.id, TODAY, NOW)
        (aside,) = insights_of(session, who, ada.id, later.date(), later).put_aside
        assert aside.id != insight.id
        restore(session, who, ada.id, aside.id, later.date(), later)
        assert rules(session, ada, ada, later) == ["waiting_leads"]

    @pytest.mark.parametrize("said", ["waiting_leads.0.2026-W11", "stale_deals.{ada}.2026-W11", "", "x" * 500])
    def test_what_does_not_hold_cannot_be_put_aside(self, session: Session, ada: Person, said: str) -> None:
        waiting(session, ada)
        with pytest.raises(NotFoundError, match="does not hold"):
            dismiss(session, viewer(session, ada.id), ada.id, said.format(ada=ada.id), TODAY, NOW)
        assert session.query(InsightDismissal).count() == 0
