"""What next on the Daily screen: there at the first look, ticked, put off, and begun with a tap."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import MustDo, OpenCall, Person, Team
from domain.records import LeadStatus
from tests import builders
from tests.ui.test_daily import daily, headings, words

Open = Callable[[Person | None], AppTest]


@pytest.fixture
def agent(live_database: Database) -> Person:
    """Somebody who works on every day there is."""
    live_database.write(lambda session: builders.organisation(session, country="ZZ"))
    return live_database.write(
        lambda session: builders.person(session, name="Ada", on=builders.team(session), working_days=[1, 2, 3, 4, 5, 6, 7])
    )


@pytest.fixture
def lead_id(live_database: Database, agent: Person) -> int:
    """Somebody who waits."""

    def made(session: Session) -> int:
        now = clock.now()
        lead = builders.lead(session, agent, name="Lena *Lead*", on=now.date(), assigned_at=now - timedelta(hours=3))
        return int(lead.id)

    return live_database.write(made)


def kept(database: Database) -> MustDo:
    with database.reading() as session:
        return session.scalars(select(MustDo)).one()


def test_the_first_look_makes_the_plan_and_says_why(app: Open, live_database: Database, agent: Person, lead_id: int) -> None:
    at = daily(app, agent)
    assert not at.exception
    assert headings(at)[:2] == ["Your first ten minutes", "What next?"]
    assert "and nobody has contacted them" in words(at)
    assert r"Contact Lena \*Lead\*" in at.checkbox[0].label
    assert kept(live_database).lead_id == lead_id


def test_a_tick_is_kept_and_comes_off_again(app: Open, live_database: Database, agent: Person, lead_id: int) -> None:
    at = daily(app, agent)
    key = f"tick-new_lead.{lead_id}"
    at.checkbox(key=f"{key}-False").check().run()
    assert kept(live_database).ticked_at is not None
    assert "The plan of today is done" in words(at)
    at.checkbox(key=f"{key}-True").uncheck().run()
    assert kept(live_database).ticked_at is None


def test_it_is_put_off_with_a_reason(app: Open, live_database: Database, agent: Person, lead_id: int) -> None:
    at = daily(app, agent)
    at.button(key=f"put-off-new_lead.{lead_id}").click().run()
    at.button(key=f"put-off-new_lead.{lead_id}").click()
    at.text_input(key="put-off-typed").set_value("On holiday").run()
    at.button(key=f"put-off-new_lead.{lead_id}").click()
    at.button(key="put-off-save").click().run()
    assert kept(live_database).put_off_reason == "On holiday"


def test_a_tap_starts_the_call_with_the_lead(app: Open, live_database: Database, agent: Person, lead_id: int) -> None:
    at = daily(app, agent)
    at.button(key=f"call-new_lead.{lead_id}").click().run()
    with live_database.reading() as session:
        assert session.scalars(select(OpenCall.lead_id)).all() == [lead_id]


def test_an_empty_plan_says_what_would_stand_there(app: Open, agent: Person) -> None:
    assert "Nothing presses today" in words(daily(app, agent))


@pytest.mark.usefixtures("lead_id")
def test_a_foreign_agents_plan_is_neither_made_nor_shown(app: Open, live_database: Database, agent: Person) -> None:
    stranger = live_database.write(lambda session: builders.manager(session, of=builders.team(session)))
    at = daily(app, stranger, agent=str(agent.id))
    assert "Lena" not in str(at)
    with live_database.reading() as session:
        assert session.scalars(select(MustDo)).all() == []


def test_a_manager_reads_the_plan_and_has_no_way_to_tick_it(app: Open, live_database: Database, agent: Person, lead_id: int) -> None:
    boss = live_database.write(
        lambda session: builders.manager(session, of=session.scalars(select(Team)).one(), working_days=[1, 2, 3, 4, 5, 6, 7])
    )
    at = daily(app, boss, agent=str(agent.id))
    assert at.checkbox(key=f"tick-new_lead.{lead_id}-False").disabled
    assert not [each for each in at.button if each.key == f"put-off-new_lead.{lead_id}"]


def test_the_call_list_is_read_when_it_is_opened(app: Open, live_database: Database, agent: Person) -> None:
    since = clock.now().date() - timedelta(days=60)
    number = live_database.write(
        lambda session: int(builders.lead(session, agent, name="Omar", phone="12", status=LeadStatus.INTERESTED, on=since).id)
    )
    at = daily(app, agent)
    assert "Interested, and nothing" not in words(at)
    at.session_state["call-list"] = True
    at.run()
    assert "Interested, and nothing for 60 days" in words(at)
    at.button(key=f"call-callee-{number}").click().run()
    with live_database.reading() as session:
        assert session.scalars(select(OpenCall.lead_id)).all() == [number]
