"""Whose insights somebody gets, and what they put aside."""

from types import SimpleNamespace

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from data.models import InsightDismissal, Person, Team, TeamMembership
from data.queries import insights as queries
from data.queries.loose_ends import loose_ends
from domain.coaching.insights.signals import LooseEnds
from domain.coaching.insights.spans import before, cohort_span, sales_span
from domain.errors import NotFoundError
from domain.records import DealStatus, LeadStatus, Outcome, Role
from services.access import viewer
from services.insights import dismiss, insights_of, restore, signals_of
from tests import builders
from tests.services.insights.facts import DAY, LATELY, NOW, TODAY, colleagues, contacted, event, rules, waiting


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
