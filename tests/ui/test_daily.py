"""The Daily screen: logging moves the numbers at once, and nobody sees a stranger's day.

AppTest knows no fragment runs: what opens a form is clicked again together with what is filled in.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Activity, KpiTarget, Organisation, Person, Team
from domain.periods import Grain
from domain.records import ActivityType, Outcome
from services import sessions
from tests import builders
from tests.ui.visits import opened

Open = Callable[[Person | None], AppTest]


def daily(app: Open, person: Person, **params: str) -> AppTest:
    return opened(app(person), "daily", **params)


def stored(database: Database) -> list[Activity]:
    with database.reading() as session:
        return list(session.scalars(select(Activity).order_by(col(Activity.id))))


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.error, *at.info, *at.warning))


def headings(at: AppTest) -> list[str]:
    return [element.value for element in (*at.header, *at.subheader)]


def test_an_empty_day_teaches_the_first_log(app: Open, agent: Person) -> None:
    at = daily(app, agent)
    assert not at.exception
    assert "Your day starts here" in words(at)


def test_a_manager_reads_for_whom_they_log(app: Open, live_database: Database, agent: Person, team: Team) -> None:
    boss = live_database.write(lambda session: builders.manager(session, of=team, name="Boss"))
    assert "Log for Ada Agent" in headings(daily(app, boss, agent=str(agent.id)))
    assert "Log what you did" in headings(daily(app, agent))


def test_one_tap_logs_and_the_scoreboard_moves_at_once(app: Open, live_database: Database, agent: Person) -> None:
    at = daily(app, agent)
    at.button(key="log-call").click().run()
    (call,) = stored(live_database)
    assert (call.type, call.agent_id, call.outcome) == (ActivityType.CALL, agent.id, None)
    assert "Call logged at" in words(at)
    assert "## 1" in words(at)


def test_a_card_shows_how_much_of_its_target_is_done(app: Open, live_database: Database, agent: Person) -> None:
    """The agent works on every day of the week in a land without holidays, so that the day of the test asks for something."""

    def asked(session: Session) -> None:
        session.get_one(Organisation, 1).country = builders.NO_HOLIDAYS
        session.get_one(Person, agent.id).working_days = list(range(1, 8))
        session.add(KpiTarget(metric_key="calls", grain=Grain.DAY, target=4, from_on=builders.BEGINNING))

    live_database.write(asked)
    at = daily(app, agent)
    at.button(key="log-call").click().run()
    assert "## 1 :small[:gray[of target 4]]" in words(at)
    assert 25 in [bar.proto.value for bar in at.get("progress")]


def test_the_outcome_is_said_right_after(app: Open, live_database: Database, agent: Person) -> None:
    at = daily(app, agent)
    at.button(key="log-call").click().run()
    (call,) = stored(live_database)
    at.button_group(key=f"outcome-{call.id}").set_value(Outcome.CONNECTED).run()
    assert stored(live_database)[0].outcome is Outcome.CONNECTED


def test_undo_takes_it_back(app: Open, live_database: Database, agent: Person) -> None:
    at = daily(app, agent)
    at.button(key="log-email").click().run()
    at.button(key="undo").click().run()
    assert stored(live_database) == []
    assert "Your day starts here" in words(at)


def test_yesterday_can_be_opened_and_logged_for(app: Open, live_database: Database, agent: Person) -> None:
    yesterday = clock.now().date() - timedelta(days=1)
    at = daily(app, agent)
    at.button(key="step-day-back").click().run()
    at.button(key="log-call").click().run()
    assert [call.local_on for call in stored(live_database)] == [yesterday]
    assert at.query_params["day"] == yesterday.isoformat()


def test_a_day_to_come_shows_today_and_nonsense_says_so(app: Open, agent: Person) -> None:
    assert f"Today, {clock.now():%a}" in words(daily(app, agent, day="2999-01-01"))
    assert "no day we can read" in words(daily(app, agent, day="2026-02-30"))


def test_a_manager_opens_the_day_of_each_of_their_agents(app: Open, live_database: Database, team: Team, agent: Person) -> None:
    manager = live_database.write(lambda session: builders.manager(session, of=team))
    now = clock.now()
    live_database.write(lambda session: builders.activity(session, agent, at=now, subject="Spring listing"))
    at = daily(app, manager, agent=str(agent.id))
    assert not at.exception
    assert "Spring listing" in words(at)
    at.button(key="log-call").click().run()
    assert [activity.agent_id for activity in stored(live_database)] == [agent.id, agent.id]


def test_a_foreign_agent_in_the_address_shows_nothing_of_them(app: Open, live_database: Database, agent: Person) -> None:
    stranger = live_database.write(lambda session: builders.person(session, name="Olga Stranger"))
    live_database.write(lambda session: builders.activity(session, stranger, at=clock.now(), subject="Secret visit"))
    manager = live_database.write(lambda session: builders.manager(session, of=builders.team(session)))
    for viewer in (agent, manager):
        at = daily(app, viewer, agent=str(stranger.id))
        assert "no such agent" in words(at)
        assert not any(button.key == "log-call" for button in at.button)
        assert "Olga" not in str(at)
        assert "Secret" not in str(at)


def test_other_peoples_words_stay_words(app: Open, live_database: Database, agent: Person) -> None:
    live_database.write(
        lambda session: builders.activity(session, agent, at=clock.now(), subject="![x](https://evil.example/a.png) **hi**")
    )
    at = daily(app, agent)
    assert not any("![x](" in str(element.value) for element in at.markdown)


def test_a_refused_log_says_why(app: Open, live_database: Database, agent: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    at = daily(app, agent)
    monkeypatch.setattr("ui.log_activity._moment", lambda *_: clock.now() + timedelta(days=3))
    at.button(key="log-call").click().run()
    assert stored(live_database) == []
    assert "still to come" in " ".join(error.value for error in at.error)


def test_the_form_logs_everything_at_once(app: Open, live_database: Database, agent: Person) -> None:
    lead = live_database.write(
        lambda session: builders.lead(session, agent, name="Lena Lead", assigned_at=clock.now() - timedelta(hours=1))
    )
    at = daily(app, agent)
    at.button(key="log-details").click().run()
    at.button(key="log-details").click()
    at.number_input(key="new-minutes").set_value(7)
    at.text_area(key="new-notes").set_value("Wants two bedrooms")
    at.selectbox(key="new-lead").set_value(lead.id)
    at.button_group(key="new-outcome-call").set_value(Outcome.INTERESTED)
    at.button(key="new-save").click().run()
    call, move = stored(live_database)
    assert (call.lead_id, call.duration_seconds, call.notes, call.outcome) == (lead.id, 420, "Wants two bedrooms", Outcome.INTERESTED)
    assert (move.type, move.lead_id) == (ActivityType.STAGE_CHANGE, lead.id)


def test_the_day_ends_with_the_session(app: Open, live_database: Database, agent: Person) -> None:
    at = daily(app, agent)
    live_database.write(lambda session: sessions.end_sessions(session, agent.id or 0, clock.now(), by=agent.id or 0))
    at.button(key="log-call").click().run()
    assert stored(live_database) == []
    assert not any(button.key == "log-call" for button in at.button)
