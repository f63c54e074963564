"""The 1:1 screen: a manager's queue and preparation, an agent's own part, an administrator's dates, and promises on Daily."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import OneOnOne, OneOnOneCommitment
from domain.records import Role
from tests import builders
from tests.ui.visits import Open, visit


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session, country=builders.NO_HOLIDAYS)
        north = builders.team(session, name="North")
        ada = builders.person(session, name="Ada", on=north)
        builders.activity(session, ada, at=clock.now())
        return SimpleNamespace(
            ada=ada,
            bob=builders.person(session, name="Bob", on=north),
            mia=builders.manager(session, of=north, name="Mia"),
            second=builders.manager(session, of=north, name="Sam"),
            ann=builders.person(session, name="Ann", role=Role.ADMIN, password_hash="x"),
        )

    return live_database.write(build)


def prepared(database: Database, house: SimpleNamespace, **fields: object) -> int:
    today = clock.now().date()
    return database.write(lambda session: builders.one_on_one(session, house.ada, house.mia, **{"planned_on": today} | fields).id)


def promised(database: Database, house: SimpleNamespace, talk_id: int, words: str, *, due_in: int) -> None:
    today = clock.now().date()

    def work(session: Session) -> None:
        talk = session.get_one(OneOnOne, talk_id)
        made_on = today + timedelta(days=min(due_in, 0))
        builders.commitment(session, house.ada, of=talk, words=words, made_on=made_on, due_on=today + timedelta(days=due_in))

    database.write(work)


def texts(at: AppTest) -> str:
    return "\n".join(str(element.value) for element in (*at.markdown, *at.caption, *at.info, *at.success, *at.error)).replace("\\", "")


def kept(database: Database) -> OneOnOne:
    with database.reading() as session:
        return session.scalars(select(OneOnOne)).one()


def test_a_manager_sees_who_is_due_and_why_and_prepares_a_talk(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    at = visit(app, house.mia, "one_on_ones")
    assert [each.value for each in at.subheader] == ["Soon"]
    assert "**Ada**" in texts(at)
    assert "You have not talked yet." in texts(at)
    at.button(key=f"talk-prepare-{house.ada.id}").click().run()
    assert not at.exception
    assert (kept(live_database).agent_id, kept(live_database).manager_id) == (house.ada.id, house.mia.id)
    assert "You both read the same." in texts(at)


def test_a_manager_writes_promises_and_finishes(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    talk_id = prepared(live_database, house, topics="My *territory*")
    at = visit(app, house.mia, "one_on_ones", talk=str(talk_id))
    assert "My *territory*" in texts(at)
    assert at.text_area(key=f"talk-agenda-{talk_id}-1").value.splitlines()[0] == "My *territory*"
    assert "There are no notes here that only you see." in texts(at)

    at.text_input(key=f"commitment-words-{talk_id}").set_value("Call ten old leads")
    at.button(key=f"commitment-add-{talk_id}").click().run()
    assert "Call ten old leads" in texts(at)

    at.text_area(key=f"talk-notes-{talk_id}-1").set_value("She wants the north.")
    at.button(key=f"talk-save-{talk_id}").click().run()
    assert "Saved. You both read it now." in texts(at)
    assert (kept(live_database).notes, kept(live_database).held_on) == ("She wants the north.", None)

    at.checkbox(key=f"talk-held-{talk_id}-2").set_value(True)
    at.button(key=f"talk-save-{talk_id}").click().run()
    assert not at.exception
    assert kept(live_database).held_on == clock.now().date()
    assert "She wants the north." in texts(at)
    assert not [each for each in at.text_area if each.key]


def test_what_another_window_saved_is_not_overwritten(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    talk_id = prepared(live_database, house)
    at = visit(app, house.mia, "one_on_ones", talk=str(talk_id))

    def elsewhere(session: Session) -> None:
        talk = session.get_one(OneOnOne, talk_id)
        talk.notes, talk.version = "From the other window", 2

    at.text_area(key=f"talk-notes-{talk_id}-1").set_value("Mine")
    live_database.write(elsewhere)
    at.button(key=f"talk-save-{talk_id}").click().run()
    assert kept(live_database).notes == "From the other window"


def test_an_agent_reads_everything_and_writes_their_topics(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    talk_id = prepared(live_database, house, agenda="Pipeline", notes="A good month.")
    at = visit(app, house.ada, "one_on_ones", talk=str(talk_id))
    assert "Pipeline" in texts(at)
    assert "A good month." in texts(at)
    at.text_area(key=f"talk-topics-text-{talk_id}").set_value("Holidays")
    at.button(key=f"talk-topics-save-{talk_id}").click().run()
    assert kept(live_database).topics == "Holidays"
    assert [each for each in at.text_area if each.key and each.key.startswith("talk-notes")] == []


def test_an_agent_without_a_talk_asks_for_one(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    at = visit(app, house.ada, "one_on_ones")
    assert "You can ask for one" in texts(at)
    at.selectbox(key="talk-ask-manager").set_value(house.mia.id)
    at.text_area(key="talk-ask-topics").set_value("My territory")
    at.button(key="talk-ask-send").click().run()
    assert not at.exception
    assert (kept(live_database).topics, kept(live_database).manager_id) == ("My territory", house.mia.id)
    assert "Wrote down what to talk about." in texts(visit(app, house.mia, "one_on_ones"))


@pytest.mark.parametrize("stranger", ["bob", "second", "ann"])
def test_anybody_else_is_told_there_is_no_such_1_1(app: Open, live_database: Database, house: SimpleNamespace, stranger: str) -> None:
    talk_id = prepared(live_database, house, notes="A secret", agenda="Another", topics="A third", held_on=clock.now().date())
    promised(live_database, house, talk_id, "A fourth", due_in=0)
    at = visit(app, getattr(house, stranger), "one_on_ones", talk=str(talk_id))
    assert "There is no such 1:1 among yours." in texts(at)
    for word in ("secret", "Another", "third", "fourth"):
        assert word not in texts(at)
        assert word not in texts(visit(app, getattr(house, stranger), "one_on_ones"))


def test_an_administrator_sees_the_day_and_the_pair(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    assert "Managers find on this screen" in texts(visit(app, house.ann, "one_on_ones"))
    prepared(live_database, house, held_on=clock.now().date())
    (table,) = visit(app, house.ann, "one_on_ones").dataframe
    assert table.value[["Agent", "Held by"]].to_numpy().tolist() == [["Ada", "Mia"]]


def test_what_was_taken_on_is_ticked_on_daily_by_its_agent_alone(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    talk_id = prepared(live_database, house, held_on=clock.now().date())
    promised(live_database, house, talk_id, "Call Lena", due_in=-2)
    promised(live_database, house, talk_id, "In a month", due_in=30)
    at = visit(app, house.ada, "daily")
    assert "2 days past its day" in at.checkbox[0].label
    assert "In a month" not in texts(at)
    at.checkbox[0].set_value(True).run()
    assert not at.exception
    with live_database.reading() as session:
        done = session.scalars(select(OneOnOneCommitment).where(OneOnOneCommitment.words == "Call Lena")).one()  # type: ignore[arg-type]
    assert done.done_on == clock.now().date()
    assert "Call Lena" not in texts(visit(app, house.mia, "daily", agent=str(house.ada.id)))


def test_an_agent_drops_a_promise_with_a_reason(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    talk_id = prepared(live_database, house, held_on=clock.now().date())
    promised(live_database, house, talk_id, "Call Lena", due_in=3)
    at = visit(app, house.ada, "one_on_ones")
    (field,) = [each for each in at.text_input if each.key and each.key.startswith("commitment-why")]
    field.set_value("She moved away.")
    (button,) = [each for each in at.button if each.key and each.key.startswith("commitment-dropped")]
    button.click().run()
    assert "dropped: She moved away." in texts(at)
