"""The Leads screen: whose leads are listed, what an address gives away, and what can be done with one or many."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Activity, Deal, Lead, Person, Team
from domain.formatting import day_text
from domain.records import ActivityType, DealStatus, LeadStatus, Role
from tests import builders
from tests.ui.visits import visit
from ui.leads.bulk import SEVERAL
from ui.leads.card import NO_LEAD
from ui.leads.moves import TOLD_FOR
from ui.leads.reach import dial_address
from ui.leads.words import ago

Open = Callable[[Person | None], AppTest]


@pytest.fixture
def boss(live_database: Database, team: Team) -> Person:
    return live_database.write(lambda session: builders.manager(session, of=team, name="Boss"))


@pytest.fixture
def olga(live_database: Database, ada: Person) -> Person:
    del ada
    return live_database.write(lambda session: builders.person(session, name="Olga Stranger"))


def make(database: Database, agent: Person | None, **fields: object) -> Lead:
    return database.write(lambda session: builders.lead(session, agent, **fields))


def stored(database: Database, lead: Lead) -> Lead:
    with database.reading() as session:
        return session.get_one(Lead, lead.id)


def names(at: AppTest) -> list[str]:
    return list(at.dataframe[0].value["name"])


def choose(at: AppTest, rows: list[int]) -> AppTest:
    key = at.dataframe[0].key
    at.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    return at.run()


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.info, *at.warning, *at.success, *at.header))


def test_an_agent_sees_only_the_own_leads(app: Open, live_database: Database, ada: Person, olga: Person) -> None:
    make(live_database, ada, name="Mine")
    make(live_database, olga, name="Secret")
    assert names(visit(app, ada, "leads")) == ["Mine"]


def test_a_foreign_agent_in_the_address_shows_nothing_of_them(app: Open, live_database: Database, ada: Person, olga: Person) -> None:
    make(live_database, olga, name="Secret")
    at = visit(app, ada, "leads", agent=str(olga.id))
    assert "No lead fits" in words(at)
    assert "Secret" not in str(at)


@pytest.mark.parametrize("said", ["foreign", "999999", "0", "x", "9" * 30])
def test_a_lead_that_is_not_the_viewers_is_told_like_none(app: Open, live_database: Database, ada: Person, olga: Person, said: str) -> None:
    secret = make(live_database, olga, name="Secret")
    at = visit(app, ada, "leads", lead=str(secret.id) if said == "foreign" else said)
    assert [note.value for note in at.info] == [NO_LEAD]
    assert "Secret" not in str(at)


def test_a_new_lead_says_how_long_it_waits(app: Open, live_database: Database, ada: Person) -> None:
    make(live_database, ada, assigned_at=clock.now() - timedelta(hours=3))
    make(live_database, ada, status=LeadStatus.CONTACTED, response_seconds=600)
    assert list(visit(app, ada, "leads").dataframe[0].value["first_contact"]) == ["✓ After 10 min", "Waiting 3.0 h"]


def test_a_status_narrows_the_list(app: Open, live_database: Database, ada: Person) -> None:
    make(live_database, ada, name="Fresh")
    make(live_database, ada, name="Gone", status=LeadStatus.LOST)
    assert names(visit(app, ada, "leads", status="lost")) == ["Gone"]


def test_words_find_a_lead_by_its_company_and_its_phone(app: Open, live_database: Database, ada: Person, olga: Person) -> None:
    make(live_database, ada, name="Grace", company="Navy 100%", phone="+1 (555) 010-77")
    make(live_database, ada, name="Other")
    make(live_database, olga, name="Secret", company="Navy 100%")
    assert names(visit(app, ada, "leads", q="navy 100%")) == ["Grace"]
    assert names(visit(app, ada, "leads", q="555 01077")) == ["Grace"]
    assert "No lead fits" in words(visit(app, ada, "leads", q="%" * 3))


def test_who_waits_longest_comes_first(app: Open, live_database: Database, ada: Person) -> None:
    now = clock.now()
    for name, hours in (("Hour", 2), ("Days", 50), ("Minutes", 0.2)):
        at = now - timedelta(hours=hours)
        make(live_database, ada, name=name, assigned_at=at, on=at.date())
    make(live_database, ada, name="Done", status=LeadStatus.CONTACTED)
    at = visit(app, ada, "leads")
    assert "3 new leads wait for a first contact" in words(at)
    assert "1 over a day" in words(at)
    at.button(key="leads-show-waiting").click().run()
    assert names(at) == ["Days", "Hour", "Minutes"]
    assert [chips[0] for chips in at.dataframe[0].value["status"]] == ["New, over a day", "New, over an hour", "New, within the hour"]


def test_a_source_narrows_the_list_and_so_does_an_unknown_one(app: Open, live_database: Database, ada: Person) -> None:
    make(live_database, ada, name="Known", source="Referral")
    make(live_database, ada, name="Unsaid")
    assert names(visit(app, ada, "leads", source="Referral")) == ["Known"]
    assert names(visit(app, ada, "leads", source="-")) == ["Unsaid"]


def test_an_admin_finds_the_leads_nobody_has(app: Open, live_database: Database, ada: Person) -> None:
    make(live_database, ada, name="Hers")
    make(live_database, None, name="Free")
    admin = live_database.write(lambda session: builders.person(session, name="Root", role=Role.ADMIN))
    assert names(visit(app, admin, "leads", agent="0")) == ["Free"]
    assert "Free" not in str(visit(app, ada, "leads", agent="0"))


def test_older_leads_follow_on_the_next_page(app: Open, live_database: Database, ada: Person) -> None:
    live_database.write(lambda session: [builders.lead(session, ada) for _ in range(53)])
    at = visit(app, ada, "leads")
    assert len(names(at)) == 50
    at.button(key="leads-older").click().run()
    assert len(names(at)) == 3


def test_a_reason_typed_for_one_lead_is_not_said_of_the_next(app: Open, live_database: Database, ada: Person) -> None:
    for _ in range(2):
        make(live_database, ada)
    at = choose(visit(app, ada, "leads"), [0])
    next(field for field in at.text_input if field.label.startswith("Why?")).set_value("Price").run()
    at = choose(at, [1])
    assert [field.value for field in at.text_input if field.label.startswith("Why?")] == [""]


def test_a_logged_call_shows_in_the_status_at_once(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada, assigned_at=clock.now() - timedelta(hours=2))
    at = visit(app, ada, "leads", lead=str(lead.id))
    at.radio[0].set_value(ActivityType.EMAIL)
    at.button(key="lead-log-save").click().run()
    assert stored(live_database, lead).status is LeadStatus.CONTACTED
    assert "**:material/call: Contacted**" in words(at)


def test_an_empty_list_teaches(app: Open, ada: Person) -> None:
    assert "No leads yet" in words(visit(app, ada, "leads"))


def links(at: AppTest) -> list[str]:
    return [link.proto.url for link in at.get("link_button")]


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("+44 20 7946 0958", "tel:+442079460958"),
        ("+44 (0)20 7946-0958 ext. 12", "tel:+442079460958"),
        ("(555) 010-9999", "tel:5550109999"),
        ("555 010 [9999](https://evil.example)", None),
        ("555 010 9999 / 555 010 8888", None),
        ("", None),
    ],
)
def test_a_number_is_dialled_by_its_digits_alone(phone: str, address: str | None) -> None:
    assert dial_address(phone) == address


def test_a_lead_is_called_from_its_page_and_from_the_list(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada, phone="+44 20 7946-0958")
    assert links(visit(app, ada, "leads", lead=str(lead.id))) == ["tel:+442079460958"]
    assert links(choose(visit(app, ada, "leads"), [0])) == ["tel:+442079460958"]


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


@pytest.mark.parametrize(
    ("seconds", "told"), [(-5, "just now"), (59, "just now"), (300, "5 min ago"), (3600 * 35, "35 h ago"), (86_400 * 329.9, "330 days ago")]
)
def test_how_long_ago_is_told_in_round_words(seconds: float, told: str) -> None:
    assert ago(seconds) == told


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


def test_a_note_is_kept_with_the_lead(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada)
    at = visit(app, ada, "leads", lead=str(lead.id))
    at.text_area[0].set_value("Wants a *garden*")
    at.button(key="lead-log-save").click().run()
    with live_database.reading() as session:
        assert session.scalars(select(Activity.notes).where(Activity.lead_id == lead.id)).all() == ["Wants a *garden*"]
    assert "Wants a \\*garden\\*" in words(at)


def test_days_are_told_as_on_other_screens(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada, status=LeadStatus.CONTACTED, contacted_on=builders.TUESDAY)
    live_database.write(lambda session: builders.activity(session, ada, lead_id=lead.id))
    told = words(visit(app, ada, "leads", lead=str(lead.id)))
    assert f"Contacted {day_text(builders.TUESDAY)}" in told
    assert f"{builders.TUESDAY:%Y-%m-%d}" not in told


def test_a_long_history_is_shown_bit_by_bit(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada)
    live_database.write(lambda session: [builders.activity(session, ada, lead_id=lead.id, subject=f"Call{n:02}") for n in range(23)])
    at = visit(app, ada, "leads", lead=str(lead.id))
    assert words(at).count("Call0") + words(at).count("Call1") + words(at).count("Call2") == 20
    at.button(key="lead-more").click().run()
    assert words(at).count("Call0") + words(at).count("Call1") + words(at).count("Call2") == 23


def test_a_leads_page_says_when_they_pick_up_or_what_is_missing(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada, name="Omar", phone="12", on=clock.now().date())
    assert "6 more calls in working hours" in words(visit(app, ada, "leads", lead=str(lead.id)))


def erase(at: AppTest, typed: str) -> AppTest:
    """Open the dialog and answer it; it stays only while its opener is chosen with every run."""
    at.button(key="lead-erase").click().run()
    at.text_input(key="lead-erase-typed").set_value(typed)
    at.button(key="lead-erase").click()
    return at.button(key="lead-erase-yes").click().run()


def test_a_manager_erases_a_client_after_typing_the_name(app: Open, live_database: Database, ada: Person, boss: Person) -> None:
    lead = make(live_database, ada, name="Grace Hopper", email="grace@example.com")
    at = visit(app, boss, "leads", lead=str(lead.id))
    assert "Nothing was erased" in erase(at, "Hopper").error[0].value
    assert stored(live_database, lead).name == "Grace Hopper"
    erase(at, "grace@example.com")
    assert stored(live_database, lead).name == f"Former client {lead.id}"
    assert "This client is erased" in words(at)


def test_an_agent_has_no_way_to_erase_a_client(app: Open, live_database: Database, ada: Person) -> None:
    lead = make(live_database, ada, name="Grace Hopper")
    at = visit(app, ada, "leads", lead=str(lead.id))
    assert [button.key for button in at.button if button.key == "lead-erase"] == []
