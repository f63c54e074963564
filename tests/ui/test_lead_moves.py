"""What is done with one lead or many on screen: steps, sales, reasons, owners."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Deal, Person, Team
from domain.records import DealStatus, LeadStatus
from tests import builders
from tests.ui.lead_screen import Open, choose, make, stored, words
from tests.ui.visits import visit
from ui.leads.bulk import SEVERAL
from ui.leads.moves import TOLD_FOR


def convert(at: AppTest, amount: float | None) -> AppTest:
    """Type the amount and click at once, so that both arrive together."""
    at.number_input(key="lead-amount").set_value(amount)
    return at.button(key="lead-convert").click().run()


def test_a_converted_lead_with_an_amount_is_a_won_deal(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada, source="Referral")
    at = convert(visit(app, ada, "leads", lead=str(lead.id)), 1250.5)
    assert stored(live_database, lead).status is LeadStatus.CONVERTED
    assert "1 lead changed" in words(at)
    with live_database.reading() as session:
        deal = session.scalars(select(Deal)).one()
    assert (deal.lead_id, deal.agent_id, deal.amount_minor, deal.status, deal.source) == (
        lead.id,
        ada.id,
        125_050,
        DealStatus.WON,
        "Referral",
    )


def test_what_came_of_a_change_outlives_the_news_of_it(
    app: Open, live_database: Database, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, other = make(live_database, ada), make(live_database, ada)
    at = convert(visit(app, ada, "leads", lead=str(lead.id)), None)
    assert "1 lead changed" in words(at.run())
    at.query_params["lead"] = str(other.id)
    assert "1 lead changed" not in words(at.run())
    at.query_params["lead"] = str(lead.id)
    later = clock.now() + TOLD_FOR + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "1 lead changed" not in words(at.run())


def test_a_conversion_without_an_amount_makes_no_deal(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada)
    convert(visit(app, ada, "leads", lead=str(lead.id)), None)
    assert stored(live_database, lead).status is LeadStatus.CONVERTED
    with live_database.reading() as session:
        assert session.scalars(select(Deal)).all() == []


def test_one_lead_of_the_list_is_converted_with_its_amount_and_several_are_told_how(
    app: Open, live_database: Database, ada: Person
) -> None:
    first, _ = make(live_database, ada), make(live_database, ada)
    at = choose(visit(app, ada, "leads"), [0, 1])
    assert SEVERAL in words(at)
    at = choose(visit(app, ada, "leads"), [1])
    at.number_input(key=f"leads-amount-{first.id}").set_value(12.5)
    at.button(key="lead-convert").click().run()
    with live_database.reading() as session:
        assert [(deal.lead_id, deal.amount_minor) for deal in session.scalars(select(Deal))] == [(first.id, 1_250)]


def test_a_sale_somebody_stored_meanwhile_is_not_stored_twice(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada)
    at = visit(app, ada, "leads", lead=str(lead.id))
    at.number_input(key="lead-amount").set_value(10).run()
    won = {"status": DealStatus.WON, "closed_on": builders.TUESDAY}
    live_database.write(lambda session: builders.deal(session, ada, lead_id=lead.id, **won))
    assert "has a sale already" in words(at.button(key="lead-convert").click().run())
    assert stored(live_database, lead).status is LeadStatus.NEW


def test_a_conversion_wins_the_deal_that_is_open(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada)
    live_database.write(lambda session: builders.deal(session, ada, lead_id=lead.id))
    convert(visit(app, ada, "leads", lead=str(lead.id)), 10)
    with live_database.reading() as session:
        deal = session.scalars(select(Deal)).one()
    assert (deal.status, deal.amount_minor) == (DealStatus.WON, 1_000)


def test_a_conversion_is_taken_back_with_its_sale(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada)
    at = convert(visit(app, ada, "leads", lead=str(lead.id)), 10)
    at.button(key="lead-reopen").click().run()
    assert stored(live_database, lead).status is LeadStatus.NEW
    with live_database.reading() as session:
        assert session.scalars(select(Deal)).all() == []
    assert "taken back" in words(at)


def test_only_the_steps_ahead_are_offered(app: Open, live_database: Database, ada: Person) -> None:
    offered = {"leads-to-contacted", "leads-to-interested", "leads-to-lost", "lead-reopen", "lead-convert"}
    for status, wanted in (
        (LeadStatus.NEW, offered - {"lead-reopen"}),
        (LeadStatus.INTERESTED, {"leads-to-lost", "lead-convert"}),
        (LeadStatus.CONVERTED, {"lead-reopen", "lead-convert"}),
        (LeadStatus.LOST, {"lead-reopen"}),
    ):
        at = visit(app, ada, "leads", lead=str(make(live_database, ada, status=status).id))
        assert {button.key for button in at.button} & offered == wanted


def test_the_amount_of_a_sale_can_follow_the_conversion(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada)
    at = convert(convert(visit(app, ada, "leads", lead=str(lead.id)), None), 10)
    assert "lead-convert" not in {button.key for button in at.button}
    with live_database.reading() as session:
        assert session.scalars(select(Deal.amount_minor)).all() == [1_000]


def test_a_lost_lead_comes_back_to_where_it_was(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada, status=LeadStatus.LOST, contacted_on=builders.TUESDAY, lost_on=builders.TUESDAY)
    visit(app, ada, "leads", lead=str(lead.id)).button(key="lead-reopen").click().run()
    assert stored(live_database, lead).status is LeadStatus.CONTACTED


def test_several_leads_are_lost_together_with_a_reason(app: Open, live_database: Database, ada: Person) -> None:
    made = [make(live_database, ada) for _ in range(2)]
    at = choose(visit(app, ada, "leads"), [0, 1])
    next(field for field in at.text_input if field.label.startswith("Why?")).set_value("Price")
    at.button(key="leads-to-lost").click().run()
    assert [(stored(live_database, lead).status, stored(live_database, lead).lost_reason) for lead in made] == [
        (LeadStatus.LOST, "Price")
    ] * 2


def test_a_manager_gives_a_lead_to_somebody(app: Open, live_database: Database, ada: Person, boss: Person, team: Team) -> None:
    eve = live_database.write(lambda session: builders.person(session, name="Eve", on=team))
    lead = make(live_database, ada)
    at = visit(app, boss, "leads", lead=str(lead.id))
    at.selectbox(key="leads-assign-to").set_value(eve.id)
    at.button(key="leads-assign").click().run()
    assert stored(live_database, lead).agent_id == eve.id


def test_nobody_is_given_a_lead_by_accident(app: Open, live_database: Database, ada: Person, boss: Person) -> None:
    lead = make(live_database, ada)
    at = visit(app, boss, "leads", lead=str(lead.id))
    at.button(key="leads-assign").click().run()
    assert stored(live_database, lead).agent_id == ada.id
    assert "changed" not in words(at)


def test_several_lost_leads_are_reopened_together(app: Open, live_database: Database, ada: Person) -> None:
    made = [make(live_database, ada, status=LeadStatus.LOST, lost_on=builders.TUESDAY) for _ in range(2)]
    make(live_database, ada)
    at = choose(visit(app, ada, "leads"), [0, 1, 2])
    assert "lead-reopen" not in {button.key for button in at.button}
    assert "leads-to-contacted" not in {button.key for button in choose(at, [1, 2]).button}
    at.button(key="lead-reopen").click().run()
    assert {stored(live_database, lead).status for lead in made} == {LeadStatus.NEW}


def test_an_agent_is_not_offered_to_give_leads_away(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada)
    at = visit(app, ada, "leads", lead=str(lead.id))
    assert "leads-assign" not in {button.key for button in at.button}


def test_what_is_refused_is_said_with_its_reason(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada, name="Kept", status=LeadStatus.INTERESTED, interested_on=builders.TUESDAY + timedelta(days=9999))
    at = visit(app, ada, "leads", lead=str(lead.id))
    convert(at, None)
    assert "Not changed:" in words(at)
    assert stored(live_database, lead).status is LeadStatus.INTERESTED
