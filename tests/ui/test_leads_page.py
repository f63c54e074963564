"""The list of leads: whose it shows, what an address gives away, and what narrows and orders it."""

from datetime import timedelta

import pytest

import clock
from data.engine import Database
from data.models import Person
from domain.records import LeadStatus, Role
from tests import builders
from tests.ui.lead_screen import Open, make, names, words
from tests.ui.visits import visit
from ui.leads.card import NO_LEAD
from ui.leads.words import ago


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


def test_an_empty_list_teaches(app: Open, ada: Person) -> None:
    assert "No leads yet" in words(visit(app, ada, "leads"))


@pytest.mark.parametrize(
    ("seconds", "told"), [(-5, "just now"), (59, "just now"), (300, "5 min ago"), (3600 * 35, "35 h ago"), (86_400 * 329.9, "330 days ago")]
)
def test_how_long_ago_is_told_in_round_words(seconds: float, told: str) -> None:
    assert ago(seconds) == told
