"""A manager makes an address for the television, sees it once, and takes it down; an agent has no such section."""

from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Person
from tests import builders
from tests.ui.visits import Open, visit


def test_an_address_is_shown_once_and_ends(app: Open, live_database: Database) -> None:
    def build(session: Session) -> Person:
        builders.organisation(session)
        team = builders.team(session, name="North")
        builders.activity(session, builders.person(session, on=team))
        made: Person = builders.manager(session, of=team)
        return made

    at = visit(app, live_database.write(build), "leaderboard")
    at.text_input(key="tv-name").set_value("Sales *floor*")
    at.button(key="tv-make").click().run()
    (address,) = [each.value for each in at.code if "/tv/" in each.value]
    assert len(address.rpartition("/")[2]) == 43
    assert any(r"Sales \*floor\*" in each.value and "never shown yet" in each.value for each in at.markdown)
    at.button(key="tv-copied").click().run()
    assert [each.value for each in at.code] == []
    (end,) = [each for each in at.button if each.label == "Take it down"]
    end.click().run()
    assert not [each for each in at.button if each.label == "Take it down"]
    assert not at.exception


def test_an_agent_has_no_such_section(app: Open, live_database: Database) -> None:
    agent = live_database.write(lambda session: builders.person(session, on=builders.team(session)))
    at = visit(app, agent, "leaderboard")
    assert "tv-name" not in [each.key for each in at.text_input]
