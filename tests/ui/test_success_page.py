"""The Success screen: for administrators, honest about what cannot be told."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Person
from domain.coaching.nudge_experiment import Arm
from domain.records import Outcome, Role
from tests import builders
from tests.ui.visits import Open, visit


@pytest.fixture
def admin(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    return live_database.write(lambda session: builders.person(session, name="Boss", role=Role.ADMIN, password_hash="x"))


def test_an_empty_installation_is_told_what_is_missing(app: Open, admin: Person) -> None:
    at = visit(app, admin, "success")
    said = " ".join(element.value for element in at.markdown)
    assert "No goal ended in these days" in said
    assert said.count("Too early to tell") == 2
    assert "Nobody completed a training module" in said
    assert "No 1:1 was held in the last year" in said
    assert "There is no nudge yet" in said
    assert at.info[0].value.startswith("**Not proof.**")


def test_figures_come_with_how_many_facts_they_rest_on(app: Open, admin: Person, live_database: Database) -> None:
    agent = live_database.write(lambda session: builders.person(session, on=builders.team(session)))
    at, today = clock.now() - timedelta(days=3), clock.now().date()
    dates = {"starts_on": today - timedelta(days=9), "ends_on": today - timedelta(days=2)}
    live_database.write(lambda session: builders.goal(session, agent, metric_key="calls", target=2, **dates))
    for outcome in (Outcome.CONNECTED, Outcome.NO_ANSWER):
        live_database.write(lambda session, outcome=outcome: builders.activity(session, agent, at=at, outcome=outcome))
    live_database.write(lambda session: builders.training_completion(session, agent, completed_at=at))
    page = visit(app, admin, "success")
    assert "**100.0\u00a0%** reached, 1 of 1; likely 37.8–100.0\u00a0%." in [element.value for element in page.markdown]
    tables = [table.value.to_dict("records") for table in page.dataframe]
    assert tables[1][0] == {
        "Step": "Calls → conversations",
        "Now": "50.0\u00a0%",
        "Likely range": "16.4–83.6\u00a0%",
        "Rests on": "2",
        "Before": "–",
        "Change": "Too early to tell",
    }
    assert tables[2][0]["Verdict"] == "Too early to tell: 10 more completions to compare needed"


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_nobody_else_has_the_screen(app: Open, live_database: Database, role: Role) -> None:
    person = live_database.write(lambda session: builders.person(session, role=role, password_hash="x"))
    at = app(person).run()
    with pytest.raises(ValueError, match="success"):
        at.switch_page("../pages/success.py").run()


def test_wordings_of_nudges_are_told_against_the_days_held_out(app: Open, admin: Person, live_database: Database) -> None:
    def nudged(session: Session) -> None:
        for number in range(2):
            agent = builders.person(session)
            arm, words = ((Arm.HELD_OUT, ""), (Arm.PLAIN, "Usually 5 calls by 12; 2 today."))[number]
            builders.nudge(session, agent, at=clock.now() - timedelta(days=2), arm=arm, sentence=words)

    live_database.write(nudged)
    at = visit(app, admin, "success")
    assert not at.exception
    rows = [line for table in (*at.dataframe, *at.table) for line in table.value.astype(str).agg(" ".join, axis=1)]
    assert any("The two numbers 1 0.00 too early to tell" in line for line in rows)
