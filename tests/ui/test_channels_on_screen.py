"""Channels on Your account and Settings."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from data.engine import Database
from data.models import Channel, ChannelKind, Person, Team, TelegramBot
from domain.language import Language
from domain.records import Role
from services.sealing import Seal
from settings import settings
from tests import builders
from tests.builders import NOON
from tests.fakes.http import running
from tests.fakes.slack import Slack, error
from tests.services import outbox
from tests.ui.conftest import SECRET
from tests.ui.visits import visit

Open = Callable[[Person | None], AppTest]


@pytest.fixture
def slack(live_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slack]:
    del live_database
    with running(Slack()) as world:
        assert isinstance(world, Slack)
        monkeypatch.setenv("PACESETTER_SLACK_BASE", world.url)
        settings.cache_clear()
        yield world


@pytest.fixture
def ada(live_database: Database) -> Person:
    return live_database.write(lambda session: builders.person(session, name="Ada"))


def own(database: Database, person: Person, address: str = "x", **fields: object) -> int:
    sealed = Seal(SECRET).close(address)
    made = database.write(lambda session: outbox.channel(session, person_id=person.id, sealed_address=sealed, **fields))
    return made.id or 0


def all_channels(database: Database) -> list[Channel]:
    with database.reading() as session:
        return list(session.scalars(select(Channel)))


def text(at: AppTest) -> str:
    return "\n".join(each.value for each in [*at.markdown, *at.caption, *at.warning, *at.error, *at.success])


def keys(at: AppTest) -> list[str]:
    return [str(each.key) for each in at.button]


def add(at: AppTest, kind: ChannelKind, address: str, label: str = "Phone") -> AppTest:
    at.button(key="channel-add-own").click().run()
    at.button(key="channel-add-own").click()
    at.selectbox(key="channel-kind").set_value(kind).run()
    at.button(key="channel-add-own").click()
    at.text_input(key=f"channel-address-{kind}").set_value(address)
    at.text_input(key="channel-label").set_value(label)
    return at.button(key="channel-save").click().run()


def test_without_channels_the_section_says_what_they_are_for(app: Open, ada: Person) -> None:
    assert "in your inbox here" in text(visit(app, ada, "account"))


def test_a_channel_is_added_and_its_address_is_shown_nowhere(app: Open, ada: Person, live_database: Database, slack: Slack) -> None:
    at = add(visit(app, ada, "account"), ChannelKind.SLACK, slack.webhook, "*My* Slack")
    assert not at.exception
    (made,) = all_channels(live_database)
    assert (made.label, made.person_id, Seal(SECRET).open(made.sealed_address)) == ("*My* Slack", ada.id, slack.webhook)
    at = visit(app, ada, "account")
    assert r"\*My\* Slack" in text(at)
    assert "XXXXXXXX" not in text(at)


@pytest.mark.parametrize(
    ("kind", "address", "complaint"),
    [
        (ChannelKind.SLACK, "https://evil.example/services/T/B/X", "begins with"),
        (ChannelKind.APPRISE, "json://169.254.169.254/x", "Only administrators"),
        (ChannelKind.APPRISE, "file:///etc/passwd", "one of the forms"),
    ],
)
def test_an_address_that_cannot_be_used_says_why(
    app: Open, ada: Person, live_database: Database, slack: Slack, kind: ChannelKind, address: str, complaint: str
) -> None:
    del slack
    at = add(visit(app, ada, "account"), kind, address)
    assert complaint in text(at).replace("\\", "")
    assert all_channels(live_database) == []


def test_the_test_button_tells_what_the_other_side_said(app: Open, ada: Person, live_database: Database, slack: Slack) -> None:
    channel_id = own(live_database, ada, slack.webhook)
    at = visit(app, ada, "account")
    at.button(key=f"channel-test-{channel_id}").click().run()
    assert "The other side accepted the test" in text(at)
    assert slack.requests[0].json["blocks"][0]["text"]["text"] == "A test from Pacesetter"


def test_a_channel_that_is_gone_is_shown_broken_with_the_reason_and_how_to_mend_it(
    app: Open, ada: Person, live_database: Database, slack: Slack
) -> None:
    channel_id = own(live_database, ada, slack.webhook)
    slack.say(error(404))
    at = visit(app, ada, "account")
    at.button(key=f"channel-test-{channel_id}").click().run()
    shown = text(at).replace("\\", "")
    assert ":red-badge[:material/error: Does not work]" in shown
    assert "Make a new one in Slack" in shown
    assert "Messages do not reach" in text(visit(app, ada, "inbox"))


def test_an_address_of_another_secret_is_named_as_the_trouble(app: Open, ada: Person, live_database: Database) -> None:
    live_database.write(lambda session: outbox.channel(session, person_id=ada.id, sealed_address=Seal("another secret").close("x")))
    assert "sealed with another secret" in text(visit(app, ada, "account"))


def test_foreign_channels_are_out_of_reach_also_through_forged_widget_state(
    app: Open, ada: Person, live_database: Database, slack: Slack
) -> None:
    other, team = live_database.write(lambda session: (builders.person(session), builders.team(session)))
    theirs = own(live_database, other, slack.webhook, label="Bob's phone")
    of_team = live_database.write(lambda session: outbox.channel(session, team_id=team.id, label="North room")).id
    of_all = live_database.write(lambda session: outbox.channel(session, label="Company room")).id
    own(live_database, ada, slack.webhook)
    at = visit(app, ada, "account", channel=str(theirs))
    for foreign in (theirs, of_team, of_all):
        at.session_state[f"channel-test-{foreign}"] = True
        at.session_state[f"channel-menu-{foreign}-True"] = "Remove"
        assert f"channel-test-{foreign}" not in keys(at)
    at.run()
    assert not [word for word in ("Bob", "North room", "Company room") if word in text(at)]
    assert slack.requests == []
    assert len(all_channels(live_database)) == 4


def test_a_manager_looks_after_the_channels_of_their_teams_only(app: Open, live_database: Database) -> None:
    def arrange(session: Session) -> tuple[Person, Team]:
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        outbox.channel(session, team_id=north.id, label="North room")
        outbox.channel(session, team_id=south.id, label="South room")
        outbox.channel(session, label="Company room")
        return builders.manager(session, of=north), north

    boss, north = live_database.write(arrange)
    at = visit(app, boss, "account")
    assert "North room" in text(at)
    assert not [word for word in ("South room", "Company room") if word in text(at)]
    at.button(key="channel-add-shared").click().run()
    assert at.selectbox(key="channel-team").options == [north.name]


def test_an_administrator_looks_after_all_shared_channels_on_settings(app: Open, live_database: Database) -> None:
    def arrange(session: Session) -> Person:
        builders.organisation(session)
        outbox.channel(session, team_id=builders.team(session, name="North").id, label="North room")
        outbox.channel(session, label="Company room", broken_at=NOON, broken_reason="The webhook is gone.")
        outbox.channel(session, person_id=builders.person(session).id, label="Bob's phone")
        return builders.person(session, role=Role.ADMIN)

    at = visit(app, live_database.write(arrange), "settings")
    shown = text(at).replace("\\", "")
    assert [word in shown for word in ("North room", "Company room", "The webhook is gone.", "Bob's phone")] == [True, True, True, False]


def choose(at: AppTest, channel_id: int, choice: str, *, active: bool = True) -> AppTest:
    """Open what a channel's menu offers; a dialog stays only while its opener is chosen again with every run."""
    at.menu_button(key=f"channel-menu-{channel_id}-{active}").click(choice).run()
    at.menu_button(key=f"channel-menu-{channel_id}-{active}").click(choice)
    return at


def test_a_channel_is_renamed_switched_off_and_removed(app: Open, ada: Person, live_database: Database) -> None:
    channel_id = own(live_database, ada, label="Phone")
    at = choose(visit(app, ada, "account"), channel_id, "Rename")
    at.text_input(key=f"channel-name-{channel_id}").set_value("Mobile")
    at.button(key="channel-rename").click().run()
    at = visit(app, ada, "account")
    at.menu_button(key=f"channel-menu-{channel_id}-True").click("Switch off").run()
    (changed,) = all_channels(live_database)
    assert (changed.label, changed.active) == ("Mobile", False)
    assert "Switched off" in text(at)
    at = choose(visit(app, ada, "account"), channel_id, "Remove", active=False)
    at.button(key="channel-removed").click().run()
    assert all_channels(live_database) == []


def test_a_broken_channel_is_mended_with_a_new_address(app: Open, ada: Person, live_database: Database, slack: Slack) -> None:
    channel_id = own(live_database, ada, "gone", broken_at=NOON, broken_reason="The webhook is gone.")
    at = choose(visit(app, ada, "account"), channel_id, "Mend or new address")
    at.text_input(key=f"channel-mend-{channel_id}").set_value(slack.webhook)
    at.button(key="channel-mended").click().run()
    (mended,) = all_channels(live_database)
    assert (mended.broken_at, Seal(SECRET).open(mended.sealed_address)) == (None, slack.webhook)


def test_the_log_shows_what_was_sent(app: Open, ada: Person, live_database: Database, slack: Slack) -> None:
    channel_id = own(live_database, ada, slack.webhook)
    at = visit(app, ada, "account")
    at.button(key=f"channel-test-{channel_id}").click().run()
    at = visit(app, ada, "account")
    at.menu_button(key=f"channel-menu-{channel_id}-True").click("What was sent").run()
    (logged,) = [each.value for each in at.table if "Answer" in each.value]
    assert list(logged["Result"]) == ["Arrived"]
    assert list(logged["Answer"]) == ["200 ok"]


@pytest.fixture
def bot(live_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation with a bot that told its name."""
    monkeypatch.setenv("PACESETTER_TELEGRAM_TOKEN", "1:token")
    settings.cache_clear()
    live_database.write(lambda session: session.add(TelegramBot(number=1, name="pace_bot")))


@pytest.mark.usefixtures("bot")
def test_telegram_is_connected_by_a_link_shown_once(app: Open, ada: Person) -> None:
    at = visit(app, ada, "account")
    at.button(key="telegram-connect").click().run()
    (link,) = [each.proto.url for each in at.get("link_button")]
    assert link.startswith("https://t.me/pace_bot?start=")
    assert at.run().get("link_button") == []


@pytest.mark.usefixtures("bot")
def test_a_bot_that_never_answered_is_no_dead_end(app: Open, ada: Person, live_database: Database) -> None:
    live_database.write(lambda session: session.execute(delete(TelegramBot)))
    at = visit(app, ada, "account")
    at.button(key="telegram-connect").click().run()
    assert "jobs process asks Telegram for its name" in at.error[0].value


def test_without_a_bot_nobody_is_offered_telegram(app: Open, ada: Person) -> None:
    assert "telegram-connect" not in keys(visit(app, ada, "account"))


def test_messages_come_in_the_language_somebody_chooses_with_a_bot_or_without(app: Open, ada: Person, live_database: Database) -> None:
    at = visit(app, ada, "account")
    assert at.selectbox(key="message-language").value is Language.ENGLISH
    at.selectbox(key="message-language").select(Language.RUSSIAN).run()
    with live_database.reading() as session:
        assert session.get_one(Person, ada.id).language is Language.RUSSIAN
    assert visit(app, ada, "account").selectbox(key="message-language").value is Language.RUSSIAN
