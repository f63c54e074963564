"""Which screens exist for whom."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person
from domain.records import Role
from services import sessions
from tests import builders
from ui.pages import PAGES, PageSpec

Open = Callable[[Person | None], AppTest]


@pytest.fixture
def agent(live_database: Database) -> Person:
    return live_database.write(lambda session: builders.person(session, name="Ada Agent"))


def test_a_stranger_is_asked_to_sign_in_at_every_address(app: Open) -> None:
    at = app(None).run()
    assert not at.exception
    assert [field.label for field in at.text_input][:2] == ["E-mail", "Password"]


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.key)
@pytest.mark.parametrize("role", Role)
def test_a_page_exists_for_its_roles_only(app: Open, live_database: Database, spec: PageSpec, role: Role) -> None:
    person = live_database.write(lambda session: builders.person(session, role=role))
    at = app(person).run()
    if role in spec.roles:
        assert not at.switch_page(f"../pages/{spec.key}.py").run().exception
    else:
        with pytest.raises(ValueError, match="navigation page"):
            at.switch_page(f"../pages/{spec.key}.py")


def test_an_open_screen_ends_with_its_session(app: Open, live_database: Database, agent: Person) -> None:
    at = app(agent).run()
    at.switch_page("../pages/account.py").run()
    live_database.write(lambda session: sessions.end_sessions(session, agent.id, clock.now(), by=agent.id))
    at.run()
    assert [notice.value for notice in at.info] == ["Your session has ended. Sign in to go on."]
    assert "Ada Agent" not in str(at)
