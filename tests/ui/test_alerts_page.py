"""The Alerts screen: what fires with its next step, for managers and admins; agents do not have it."""

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

import clock
from data.engine import Database
from data.models import Alert, AlertEntry, AlertSetting
from domain.alerts.finding import AlertRule, Priority
from domain.alerts.lifecycle import AlertState, Ending
from domain.records import Role
from tests import builders
from tests.ui.visits import Open, visit


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        now = clock.now()
        over = {"state": AlertState.RESOLVED, "resolved_at": now, "ending": Ending.RECOVERED}
        nora = builders.person(session, on=north, name="Nora")
        return SimpleNamespace(
            nora=nora,
            mia=builders.manager(session, of=north, name="Mia"),
            ann=builders.person(session, name="Ann", role=Role.ADMIN, password_hash="x"),
            north=north,
            firing=builders.alert(session, north, at=now, evidence="3 of 5 working days gone"),
            past=builders.alert(session, north, at=now, sentence="It was low.", **over),
            foreign=builders.alert(
                session, south, at=now, rule=AlertRule.LISTS_OVERDUE, priority=Priority.URGENT, sentence="4 lists of South are past due."
            ),
        )

    return live_database.write(build)


def texts(at: Any) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def press(at: Any, house: SimpleNamespace, key: str) -> None:
    """A button of the dialog: a test draws the whole screen again, and the dialog only while its opener is pressed."""
    at.button(key=f"alert-act-{house.firing.id}").click()
    at.button(key=key).click().run()


def kept(database: Database, model: Any) -> list[Any]:
    with database.reading() as session:
        return list(session.scalars(select(model)))


def test_a_manager_sees_what_fires_in_their_team_with_evidence_and_the_next_step(app: Open, house: SimpleNamespace) -> None:
    said = texts(visit(app, house.mia, "alerts"))
    assert "Few calls this week" in said
    assert "8 calls this week\\." in said
    assert "3 of 5 working days gone" in said
    assert "Ask what keeps people from calling" in said
    assert "South" not in said


def test_a_manager_cannot_choose_another_team_by_the_address(app: Open, house: SimpleNamespace) -> None:
    said = texts(visit(app, house.mia, "alerts", team=str(house.foreign.team_id), alert=str(house.foreign.id)))
    assert "South" not in said
    assert "8 calls this week\\." in said


def test_an_admin_sees_every_team_and_can_narrow_to_one(app: Open, house: SimpleNamespace) -> None:
    said = texts(visit(app, house.ann, "alerts"))
    assert said.index("4 lists of South") < said.index("8 calls this week")
    assert "4 lists of South" not in texts(visit(app, house.ann, "alerts", team=str(house.north.id)))


def test_agents_do_not_have_the_page(app: Open, house: SimpleNamespace) -> None:
    at = app(house.nora)
    at.run()
    with pytest.raises(ValueError, match="alerts"):
        at.switch_page("../pages/alerts.py").run()


def test_taking_an_alert_on_names_who_did(app: Open, house: SimpleNamespace, live_database: Database) -> None:
    at = visit(app, house.mia, "alerts")
    at.button(key=f"alert-take-{house.firing.id}").click().run()
    assert not at.exception
    assert "You took it on\\." in texts(at) or "You took it on." in texts(at)
    (entry,) = kept(live_database, AlertEntry)
    assert (entry.what, entry.person_id) == ("assigned", house.mia.id)


def test_the_dialog_silences_with_an_end_and_keeps_comments(app: Open, house: SimpleNamespace, live_database: Database) -> None:
    at = visit(app, house.mia, "alerts")
    at.button(key=f"alert-act-{house.firing.id}").click().run()
    at.text_area(key="alert-note").input("They were at a fair.")
    press(at, house, "alert-say")
    at.button(key=f"alert-act-{house.firing.id}").click().run()
    assert "Mia: They were at a fair" in texts(at)
    press(at, house, "alert-silence")
    assert not at.exception
    with live_database.reading() as session:
        found = session.scalars(select(Alert).where(col(Alert.id) == house.firing.id)).one()
    assert found.silenced_until is not None
    assert "Nothing needs doing right now" in texts(at)
    assert "Silent until" in texts(at)


def test_thresholds_are_set_for_a_team(app: Open, house: SimpleNamespace, live_database: Database) -> None:
    at = visit(app, house.mia, "alerts")
    at.number_input(key=f"thresholds-calls-{house.north.id}").set_value(60)
    at.button(key=f"thresholds-save-{house.north.id}").click().run()
    assert at.success[0].value == "North hears of it from these figures on\\."
    (row,) = kept(live_database, AlertSetting)
    assert (row.calls, row.changed_by) == (60, house.mia.id)


def test_what_is_over_is_listed_with_how_it_ended(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.mia, "alerts")
    (row,) = at.dataframe[0].value.to_dict("records")
    assert (row["Alert"], row["How"]) == ("It was low.", "Back above the line")


def test_without_a_team_the_page_says_what_alerts_are(app: Open, live_database: Database) -> None:
    live_database.write(builders.organisation)
    admin = live_database.write(lambda session: builders.person(session, name="Ann", role=Role.ADMIN, password_hash="x"))
    assert "Alerts are about teams" in texts(visit(app, admin, "alerts"))
