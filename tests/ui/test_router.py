"""Which screens exist for whom, and that nothing foreign is sent to anybody."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person, Team
from data.writes.people import replace_managed_teams
from domain.records import Role
from services import people, sessions
from services.access import viewer
from tests import builders
from ui import session as ui_session
from ui.pages import PAGES, pages_for

Open = Callable[[Person | None], AppTest]
ENDED = "Your session has ended. Sign in to go on."


@pytest.fixture
def agent(live_database: Database) -> Person:
    return live_database.write(lambda session: builders.person(session, name="Ada Agent", password_hash="x"))


def everything_sent(at: AppTest) -> bytes:
    """All that the last run sent to the browser, as it is on the wire."""
    return b"\n".join(element.proto.SerializeToString() for element in _elements(at._tree) if hasattr(element.proto, "SerializeToString"))


def _elements(node: Any) -> Iterator[Any]:
    if getattr(node, "proto", None) is not None:
        yield node
    for child in getattr(node, "children", {}).values():
        yield from _elements(child)


def test_a_stranger_is_asked_to_sign_in(app: Open, agent: Person) -> None:
    at = app(None).run()
    assert not at.exception
    assert [field.label for field in at.text_input] == ["E-mail", "Password"]
    assert agent.name.encode() not in everything_sent(at)


@pytest.mark.parametrize("role", Role)
def test_pages_exist_for_their_roles_only(app: Open, live_database: Database, role: Role) -> None:
    live_database.write(builders.organisation)
    person = live_database.write(lambda session: builders.person(session, role=role, password_hash="x"))
    for spec in PAGES:
        at = app(person).run()
        path = f"../pages/{spec.key}.py"
        if role in spec.roles:
            assert not at.switch_page(path).run().exception, spec.key
        else:
            with pytest.raises(ValueError, match="navigation page"):
                at.switch_page(path)


@pytest.mark.parametrize("role", Role)
def test_the_bare_address_leads_to_the_roles_first_page(app: Open, live_database: Database, role: Role) -> None:
    person = live_database.write(lambda session: builders.person(session, role=role, password_hash="x"))
    at = app(person).run()
    assert not at.exception
    assert at.title[0].value == pages_for(role)[0].title or pages_for(role)[0].title in str(at.main)


def _two_teams(session: Session) -> dict[str, Any]:
    """North with Nora, South with Sven, and everything Sven could be met in."""
    builders.organisation(session)
    north, south = builders.team(session, name="North"), builders.team(session, name="Southerly")
    nora = builders.person(session, name="Nora Northern", on=north, password_hash="x")
    sven = builders.person(session, name="Sven Svensson", on=south, password_hash="x")
    manager = builders.manager(session, of=north, name="Mia Manager", password_hash="x")
    now = clock.now()
    for person in (nora, sven):
        lead = builders.lead(session, person, on=now.date(), name=f"Lead of {person.name}")
        deal = builders.deal(session, person, name=f"Deal of {person.name}", created_on=now.date())
        activity = builders.activity(session, person, at=now, subject=f"Call by {person.name}")
    return {
        "agent": nora,
        "manager": manager,
        "sven": sven.id,
        "south": south.id,
        "lead": lead.id,
        "deal": deal.id,
        "activity": activity.id,
    }


@pytest.mark.parametrize("who", ["agent", "manager"])
def test_no_page_sends_a_foreign_name_whatever_the_address_asks_for(app: Open, live_database: Database, who: str) -> None:
    made = live_database.write(_two_teams)
    foreign = {name: str(made["sven"]) for name in ("agents", "agent", "agent_id", "person", "person_id")}
    foreign |= {name: str(made["south"]) for name in ("team", "teams", "team_id")}
    foreign |= {name: str(made[name]) for name in ("lead", "deal", "activity")}
    for spec in pages_for(made[who].role):
        at = app(made[who]).run()
        at.query_params.update(foreign)
        at.switch_page(f"../pages/{spec.key}.py").run()
        assert not at.exception, spec.key
        sent = everything_sent(at)
        for name in (b"Sven", b"Southerly"):
            assert name not in sent, f"{spec.key} sends {name!r}"


def test_an_open_screen_ends_with_its_session(app: Open, live_database: Database, agent: Person) -> None:
    at = app(agent).run()
    at.switch_page("../pages/account.py").run()
    live_database.write(lambda session: sessions.end_sessions(session, agent.id, clock.now(), by=agent.id))
    at.run()
    assert [notice.value for notice in at.info] == [ENDED]
    assert b"Ada Agent" not in everything_sent(at)


def test_deactivating_somebody_ends_their_open_screen(app: Open, live_database: Database, agent: Person) -> None:
    at = app(agent).run()
    admin = live_database.write(lambda session: builders.person(session, role=Role.ADMIN, password_hash="x"))
    live_database.write(lambda session: people.deactivate(session, viewer(session, admin.id), agent.id, clock.now()))
    at.run()
    assert [notice.value for notice in at.info] == [ENDED]


def test_a_manager_loses_a_team_on_the_next_rerun(app: Open, live_database: Database) -> None:
    made = live_database.write(_two_teams)
    manager = made["manager"]
    at = app(manager).run()
    at.switch_page("../pages/overview.py").run()
    assert b"Nora Northern" in everything_sent(at)
    live_database.write(lambda session: _put_in_charge(session, manager, session.get_one(Team, made["south"])))
    at.run()
    assert b"Nora" not in everything_sent(at)


def _put_in_charge(session: Session, manager: Person, team: Team) -> None:
    replace_managed_teams(session, manager.id, [team.id])


def test_another_sign_in_in_the_same_tab_starts_with_an_empty_memory(
    app: Open, live_database: Database, agent: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = app(agent).run()
    at.session_state["secret_note"] = "Ada's"
    other = live_database.write(lambda session: builders.person(session, password_hash="x"))
    token = live_database.write(lambda session: sessions.open_session(session, person_id=other.id, user_agent="", now=clock.now()))
    monkeypatch.setattr(ui_session, "session_token", lambda: token)
    at.run()
    assert "secret_note" not in at.session_state
    assert b"Ada" not in everything_sent(at)


def test_whoever_must_choose_a_password_sees_nothing_else(app: Open, live_database: Database) -> None:
    person = live_database.write(lambda session: builders.person(session, must_change_password=True, password_hash="x"))
    at = app(person).run()
    assert at.title[0].value == "Choose your password"
    with pytest.raises(ValueError, match="navigation page"):
        at.switch_page("../pages/account.py")


def test_a_page_without_the_router_shows_nothing(app: Open) -> None:
    app(None)
    for spec in PAGES:
        at = AppTest.from_file(f"../../pages/{spec.key}.py", default_timeout=10)
        at.run()
        assert [error.value for error in at.error] == ["Your session has ended. Load this page again to sign in."], spec.key
        assert not at.title


def test_a_page_of_another_role_without_the_router_shows_nothing(app: Open, agent: Person) -> None:
    app(agent)
    for spec in PAGES:
        if Role.AGENT not in spec.roles:
            at = AppTest.from_file(f"../../pages/{spec.key}.py", default_timeout=10).run()
            assert [error.value for error in at.error] == ["There is no such page."], spec.key
            assert not at.title
