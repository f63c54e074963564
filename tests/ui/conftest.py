"""The whole app in a test: the router script, an empty database, and somebody signed in with a real session."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import clock
from assistant import assistant
from data.engine import Database
from data.models import Person, Team
from recorder import recorder
from secret_key import secret_key
from services import sessions
from settings import PROJECT, settings
from tests import builders
from tests.cheap_hashes import cheap_hashes
from ui import session as ui_session
from ui.status.banner import recent
from ways_out import ways_out

__all__ = ["app", "cheap_hashes", "live_database"]

SECRET = "a secret of the tests, long enough"
ROUTER = PROJECT / "ui" / "router.py"
SECONDS_A_RUN = 30
OF_THE_PROCESS = (settings, secret_key, ways_out, recorder, assistant, recent)


@pytest.fixture(scope="session", autouse=True)
def components_looked_for_once() -> Iterator[None]:
    """Each app in a test would look through every installed package for components anew, for a fifth of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", functools.cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def live_database(own_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Database]:
    """An empty database that pages find as the process's own; fill it with `live_database.write(lambda session: ...)`."""
    monkeypatch.setenv("PACESETTER_SECRET", SECRET)
    monkeypatch.setenv("PACESETTER_HOME", str(tmp_path))
    for cached in OF_THE_PROCESS:
        cached.cache_clear()
    yield own_database
    for cached in OF_THE_PROCESS:
        cached.cache_clear()


@pytest.fixture
def team(live_database: Database) -> Team:
    """North, the one team of a company."""
    live_database.write(builders.organisation)
    return live_database.write(lambda session: builders.team(session, name="North"))


@pytest.fixture
def ada(live_database: Database, team: Team) -> Person:
    """An agent of North."""
    return live_database.write(lambda session: builders.person(session, name="Ada", on=team))


@pytest.fixture
def agent(live_database: Database, team: Team) -> Person:
    """An agent of North, by her whole name."""
    return live_database.write(lambda session: builders.person(session, name="Ada Agent", on=team))


@pytest.fixture
def boss(live_database: Database, team: Team) -> Person:
    """Who manages North."""
    return live_database.write(lambda session: builders.manager(session, of=team, name="Boss"))


@pytest.fixture
def olga(live_database: Database, ada: Person) -> Person:
    """Somebody of no team."""
    del ada
    return live_database.write(lambda session: builders.person(session, name="Olga Stranger"))


@pytest.fixture
def app(live_database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[[Person | None], AppTest]:
    """The app as a person sees it: `app(person)`, or `app(None)` for a stranger; it has not run yet.

    Make people with `live_database.write(lambda session: builders.person(session, ...))`. Then:

        at = app(manager)
        at.run()                                    # the person's first page
        at.switch_page("../pages/people.py").run()  # a page; one that does not exist for the person raises ValueError
        at.query_params["agents"] = "3"             # before run()

    `app(person)` gives the person a real session row and lets `ui.session.session_token` return its token.
    The last call decides who the browser is, as a cookie would.
    """

    def open_as(person: Person | None) -> AppTest:
        token = live_database.write(lambda session: _session_of(session, person)) if person is not None else None
        monkeypatch.setattr(ui_session, "session_token", lambda: token)
        monkeypatch.setattr(ui_session, "device_token", lambda: "")
        monkeypatch.setattr(ui_session, "client_address", lambda: "198.51.100.7")
        return AppTest.from_file(ROUTER, default_timeout=SECONDS_A_RUN)

    return open_as


def _session_of(session: Session, person: Person) -> str:
    return sessions.open_session(session, person_id=person.id, user_agent="test", now=clock.now())
