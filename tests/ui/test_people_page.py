"""The People screen, used by an administrator."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from data.engine import Database
from data.models import ApiToken, Person, Team, TeamManager, TeamMembership
from domain.records import Role
from services import passwords
from services.tokens import token_hash
from tests import builders
from tests.ui.visits import opened

pytestmark = pytest.mark.usefixtures("cheap_hashes")
Open = Callable[[Person | None], AppTest]


@pytest.fixture
def ada(live_database: Database, team: Team) -> Person:
    return live_database.write(lambda session: builders.person(session, name="Ada", on=team, password_hash="x"))


@pytest.fixture
def at(app: Open, live_database: Database, ada: Person) -> AppTest:
    del ada
    admin = live_database.write(lambda session: builders.person(session, name="Boss", role=Role.ADMIN, password_hash="x"))
    return opened(app(admin), "people")


def names(at: AppTest) -> list[str]:
    return list(at.dataframe[0].value["Name"])


def stored(database: Database, person: Person) -> Person:
    with database.reading() as session:
        return session.get_one(Person, person.id)


def choose(at: AppTest, person: Person) -> AppTest:
    return at.selectbox(key="person").set_value(person.id).run()


def test_everybody_is_listed_with_team_and_access(at: AppTest) -> None:
    table = at.dataframe[0].value
    assert list(zip(table["Name"], table["Role"], table["Team"], table["Access"], strict=True)) == [
        ("Ada", "Agent", "North", "Can sign in"),
        ("Boss", "Administrator", "–", "Can sign in"),
    ]


def test_filters_narrow_the_table(at: AppTest, live_database: Database) -> None:
    live_database.write(lambda session: builders.person(session, name="Gone", active=False, deactivated_at=builders.NOON))
    assert names(at.run()) == ["Ada", "Boss"]
    assert names(at.toggle(key="people_leavers").set_value(True).run()) == ["Ada", "Boss", "Gone"]
    assert names(at.multiselect(key="people_roles").set_value([Role.ADMIN]).run()) == ["Boss"]
    at.text_input(key="people_find").set_value("nobody at all").run()
    assert "Nobody fits these filters." in [note.value for note in at.info]


def test_an_edit_is_saved_and_said(at: AppTest, live_database: Database, ada: Person) -> None:
    choose(at, ada)
    at.text_input(key=f"edit_{ada.id}_name").set_value("Ada *Lovelace*")
    at.button(key=f"save_details_{ada.id}").click().run()
    assert [said.value for said in at.success] == ["Ada \\*Lovelace\\* is saved\\."]
    assert stored(live_database, ada).name == "Ada *Lovelace*"


def test_an_edit_that_cannot_be_saved_says_why(at: AppTest, live_database: Database, ada: Person) -> None:
    choose(at, ada)
    at.text_input(key=f"edit_{ada.id}_email").set_value("nonsense")
    at.button(key=f"save_details_{ada.id}").click().run()
    assert "is not an e\\-mail address" in at.error[0].value
    assert stored(live_database, ada).email == ada.email


@pytest.mark.parametrize("whole", [True, False])
def test_a_move_takes_the_history_along_only_when_asked(at: AppTest, live_database: Database, ada: Person, *, whole: bool) -> None:
    south = live_database.write(lambda session: builders.team(session, name="South"))
    choose(at.run(), ada)
    at.selectbox(key=f"move_to_{ada.id}").set_value(south.id)
    at.checkbox(key=f"move_whole_{ada.id}").set_value(whole)
    at.button(key=f"move_{ada.id}").click().run()
    assert not at.error
    with live_database.reading() as session:
        rows = session.scalars(select(TeamMembership)).all()
    assert len(rows) == (1 if whole else 2)
    assert next(row.team_id for row in rows if row.until_on is None) == south.id


def test_a_manager_gets_teams_to_manage(at: AppTest, live_database: Database, team: Team) -> None:
    manager = live_database.write(lambda session: builders.person(session, name="Mia", role=Role.MANAGER))
    choose(at.run(), manager)
    at.multiselect(key=f"manages_{manager.id}").set_value([team.id])
    at.button(key=f"save_managed_{manager.id}").click().run()
    with live_database.reading() as session:
        assert [(row.team_id, row.person_id) for row in session.scalars(select(TeamManager))] == [(team.id, manager.id)]


def test_a_new_password_is_shown_and_must_be_replaced(at: AppTest, live_database: Database, ada: Person) -> None:
    choose(at, ada)
    at.button(key=f"reset_{ada.id}").click().run()
    assert passwords.matches(at.code[0].value, stored(live_database, ada).password_hash)
    assert stored(live_database, ada).must_change_password


def test_deactivating_asks_first(at: AppTest, live_database: Database, ada: Person) -> None:
    choose(at, ada)
    at.button(key=f"deactivate_{ada.id}").click().run()
    assert at.button(key="deactivate_yes").label == "Deactivate"
    assert stored(live_database, ada).active


def test_somebody_deactivated_can_be_let_in_again(at: AppTest, live_database: Database) -> None:
    gone = live_database.write(lambda session: builders.person(session, name="Gone", active=False, deactivated_at=builders.NOON))
    choose(at.run(), gone)
    at.button(key=f"reactivate_{gone.id}").click().run()
    assert stored(live_database, gone).active


def test_sessions_of_somebody_are_ended(at: AppTest, ada: Person) -> None:
    choose(at, ada)
    at.button(key=f"sign_out_{ada.id}").click().run()
    assert [said.value for said in at.success] == ["Ada is signed out everywhere\\."]


def test_nobody_is_offered_to_lock_themselves_out(at: AppTest, live_database: Database) -> None:
    with live_database.reading() as session:
        boss = session.scalars(select(Person).where(Person.name == "Boss")).one()  # type: ignore[arg-type]
    choose(at, boss)
    assert at.button(key=f"deactivate_{boss.id}").disabled
    at.selectbox(key=f"edit_{boss.id}_role").set_value(Role.AGENT)
    at.button(key=f"save_details_{boss.id}").click().run()
    assert "cannot change your own role" in at.error[0].value


def test_a_team_is_created_and_renamed(at: AppTest, live_database: Database, team: Team) -> None:
    at.text_input(key="team_name_None").set_value("South")
    at.button(key="team_save_None").click().run()
    at.selectbox(key="team_chosen").set_value(team.id).run()
    at.text_input(key=f"team_name_{team.id}").set_value("North-West")
    at.button(key=f"team_save_{team.id}").click().run()
    with live_database.reading() as session:
        assert sorted(session.scalars(select(Team.name))) == ["North-West", "South"]  # type: ignore[call-overload]
    at.text_input(key=f"team_name_{team.id}").set_value("SOUTH")
    at.button(key=f"team_save_{team.id}").click().run()
    assert "There is a team of this name already" in at.error[0].value


def _tokens(database: Database) -> list[ApiToken]:
    with database.reading() as session:
        return list(session.scalars(select(ApiToken).order_by(ApiToken.id)))


def _make_token(at: AppTest, name: str = "Air*call*") -> AppTest:
    at.text_input(key="token_name").set_value(name)
    return at.button(key="token_submit").click().run()


def test_a_token_is_shown_once_and_listed_by_its_beginning(at: AppTest, live_database: Database) -> None:
    assert "No program has a token yet" in str([note.value for note in at.info])
    _make_token(at)
    assert not at.exception
    (token,) = _tokens(live_database)
    value = at.code[0].value
    assert (token.name, token.scopes, token_hash(value)) == ("Air*call*", ["activities:write"], token.token_hash)
    at.button(key="token_done").click().run()
    assert len(at.code) == 0
    assert list(at.dataframe[2].value["Token"]) == [f"{value[:10]}…"]
    assert list(at.dataframe[2].value["Last used"]) == ["never"]


def test_a_token_that_cannot_be_made_says_why(at: AppTest, live_database: Database) -> None:
    assert "is missing" in _make_token(at, " ").error[0].value
    assert _tokens(live_database) == []


def test_ending_a_token_asks_once_more(at: AppTest, live_database: Database) -> None:
    _make_token(at)
    (token,) = _tokens(live_database)
    at.selectbox(key="token_chosen").set_value(token.id).run()
    at.button(key="token_revoke").click().run()
    assert at.button(key="token_revoke_yes").label == "Revoke"
    assert "stops working at once" in str([said.value for said in at.markdown])


def test_a_revoked_token_stays_on_the_list_and_cannot_be_ended_again(at: AppTest, live_database: Database) -> None:
    _make_token(at)
    live_database.write(lambda session: session.execute(update(ApiToken).values(revoked_at=builders.NOON)))
    at.run()
    assert list(at.dataframe[2].value["Works"]) == ["revoked on 10 Mar 2026"]
    assert "token_chosen" not in [box.key for box in at.selectbox]


def erase(at: AppTest, person: Person, typed: str) -> AppTest:
    """Open the dialog and answer it; it stays only while its opener is chosen with every run."""
    at.button(key=f"erase_{person.id}").click().run()
    at.text_input(key="erase_typed").set_value(typed)
    at.button(key=f"erase_{person.id}").click()
    return at.button(key="erase_yes").click().run()


def test_somebody_is_erased_only_when_their_name_is_typed(at: AppTest, live_database: Database, ada: Person) -> None:
    choose(at, ada)
    assert "Nothing was erased" in erase(at, ada, "Bob").error[0].value
    assert stored(live_database, ada).name == "Ada"
    assert not erase(at, ada, "ada").exception
    assert stored(live_database, ada).name == f"Former agent {ada.id}"
