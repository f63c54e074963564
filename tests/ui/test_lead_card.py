"""A lead on its own page: calling, notes, history, and being forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Activity, Person
from domain.formatting import day_text
from domain.records import ActivityType, LeadStatus
from tests import builders
from tests.ui.lead_screen import Open, choose, links, make, stored, words
from tests.ui.visits import visit
from ui.leads.reach import dial_address


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
