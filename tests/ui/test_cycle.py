"""The 90-day cycle, as Monthly shows it: begun, proposed to, and read by those who look after the agent."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import CoachingCycle, CycleFocus, Person, Team
from domain.coaching.cycles import Phase
from tests import builders
from tests.ui.visits import Open, visit


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption)).replace("\\", "")


@pytest.fixture
def team(live_database: Database) -> Team:
    live_database.write(lambda session: builders.organisation(session, country=builders.NO_HOLIDAYS))
    return live_database.write(builders.team)


@pytest.fixture
def ada(live_database: Database, team: Team) -> Person:
    agent: Person = live_database.write(lambda session: builders.person(session, name="Ada Agent", on=team))
    live_database.write(lambda session: builders.activity(session, agent, at=clock.now()))
    return agent


def running(database: Database, agent: Person, days_ago: int) -> int:
    start = clock.now().date() - timedelta(days=days_ago)
    row = CoachingCycle(agent_id=agent.id or 0, starts_on=start, ends_on=start + timedelta(days=90))

    def begun(session: object) -> int:
        session.add(row)  # type: ignore[attr-defined]
        session.flush()  # type: ignore[attr-defined]
        session.add(CycleFocus(cycle_id=row.id or 0, phase=Phase.FOUNDATION, is_accepted=True, metric_key="calls"))  # type: ignore[attr-defined]
        return row.id or 0

    return database.write(begun)


def test_an_agent_begins_with_a_figure_and_sees_the_first_day(app: Open, ada: Person) -> None:
    at = visit(app, ada, "monthly", part="90 days")
    assert "Begin your first ninety days." in words(at)
    at.selectbox(key="cycle-first").set_value("calls").run()
    at.button(key="cycle-begin").click().run()
    assert not at.exception
    assert "About **Calls**" in words(at)
    assert "will be told in 29 days" in words(at)


def test_a_manager_proposes_and_the_agent_takes_it_on(app: Open, live_database: Database, team: Team, ada: Person) -> None:
    running(live_database, ada, 40)
    manager = live_database.write(lambda session: builders.manager(session, of=team, name="Mia"))
    at = visit(app, manager, "monthly", part="90 days", agents=str(ada.id))
    assert [button.key for button in at.button if str(button.key).startswith("cycle-name")] == [
        "cycle-name-build",
        "cycle-name-consolidate",
    ]
    at.selectbox(key="cycle-choice-build").set_value("conversion_rate").run()
    at.button(key="cycle-name-build").click().run()
    assert "Mia proposes" in words(at)
    own = visit(app, ada, "monthly", part="90 days")
    own.button(key="cycle-take-build").click().run()
    assert "proposes" not in words(own)
    assert "About **Conversion rate**" in words(own)


def test_a_cycle_that_is_over_is_reviewed_and_the_next_is_offered(app: Open, live_database: Database, ada: Person) -> None:
    running(live_database, ada, 100)
    said = words(visit(app, ada, "monthly", part="90 days"))
    assert "What became of the cycle that ended on" in said
    assert "Too few facts to tell: Calls a working day" in said
    assert "Begin the next ninety days." in said
    assert "foundation calls" in said.lower()


def test_a_manager_proposes_a_cycle_and_the_agent_begins_with_it(app: Open, live_database: Database, team: Team, ada: Person) -> None:
    manager = live_database.write(lambda session: builders.manager(session, of=team, name="Mia"))
    at = visit(app, manager, "monthly", part="90 days", agents=str(ada.id))
    assert "Ada Agent can begin one here, and you can propose it" in words(at)
    assert not [button for button in at.button if button.key == "cycle-begin"]
    at.selectbox(key="cycle-propose-choice").set_value("calls").run()
    at.button(key="cycle-propose-go").click().run()
    assert "Ada Agent has not answered yet" in words(at)
    own = visit(app, ada, "monthly", part="90 days")
    assert "Mia proposes" in words(own)
    own.button(key="cycle-accept").click().run()
    assert not own.exception
    assert "About **Calls**" in words(own)
