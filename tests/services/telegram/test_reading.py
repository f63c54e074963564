"""Reading the bot: everything answered once, whoever reads, whatever Telegram does."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from data.models import Person, TelegramBot
from domain.bot.languages import WORDS
from domain.language import Language
from integrations.telegram_updates import SILENT, SLOWER, TWO_READERS, WEBHOOK, TelegramUpdates
from services.telegram import answers
from services.telegram.reading import LEASE, read_bot
from tests.builders import NOON
from tests.fakes.http import CLOSE, Response
from tests.fakes.telegram import NAME, NUMBER, error, ok
from tests.services.telegram.conftest import World

ENGLISH = WORDS[Language.ENGLISH]


def test_the_bot_tells_its_name_once_a_day(world: World) -> None:
    world.read()
    world.read()
    assert (world.kept().number, world.kept().name, world.kept().heard_at) == (NUMBER, NAME, NOON)
    assert [each.path.rpartition("/")[2] for each in world.telegram.requests] == ["getMe", "getUpdates", "getUpdates"]
    world.later(days=1)
    world.telegram.say(ok({"username": "renamed_bot"}))
    world.read()
    assert world.kept().name == "renamed_bot"


def test_a_message_is_answered_once_and_confirmed_by_the_next_look(world: World, ann: Person) -> None:
    del ann
    number = world.telegram.write("/help")
    assert world.read() == 1
    assert world.kept().next_update == number + 1
    assert world.read() == 0
    assert world.telegram.updates == []
    world.deliver()
    assert [text.split("\n")[0] for text in world.telegram.texts[1:]] == [f"<b>{ENGLISH.chat.help_title}</b>"]


def test_what_telegram_tells_again_is_not_done_again(world: World, ann: Person) -> None:
    """As after a restart in which Telegram never heard that it was read."""
    del ann
    world.telegram.write("/log call")
    world.read()
    world.telegram.say(ok(list(world.telegram.updates)))
    world.read()
    world.deliver()
    assert sum("Logged" in text for text in world.telegram.texts) == 1


def test_a_process_killed_before_it_kept_its_answer_leaves_the_message_to_the_next(
    world: World, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    del ann
    world.telegram.write("/log call")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(answers, "_put", killed)
        with pytest.raises(KeyboardInterrupt):
            world.read("killed")
    assert world.read("two") == 0, "its lease still runs"
    world.later(seconds=LEASE.total_seconds() + 1)
    assert world.read("two") == 1
    world.deliver()
    assert sum("Logged" in text for text in world.telegram.texts) == 1


def test_one_process_reads_at_a_time(world: World) -> None:
    world.read()
    slow = threading.Thread(target=lambda: world.read("one", wait_seconds=2))
    slow.start()
    while not world.kept().owner:
        pass
    assert world.read("two") == 0
    slow.join(10)
    assert world.kept().owner is None
    assert world.kept().trouble == ""


def test_a_reader_that_lost_its_turn_answers_nothing(world: World, ann: Person) -> None:
    del ann
    world.telegram.write("/help")

    def taken_over() -> bool:
        world.database.write(lambda session: session.execute(update(TelegramBot).values(owner="two")))
        return False

    assert world.read("one", stopping=taken_over) == 0
    assert world.kept().owner == "two"
    assert len(world.waiting()) == 1, "what was said when the chat was connected"


def test_a_process_that_ends_answers_nothing_more_and_gives_the_turn_back(world: World, ann: Person) -> None:
    del ann
    world.telegram.write("/help")
    assert world.read(stopping=lambda: True) == 0
    assert world.kept().owner is None
    assert world.read("two") == 1


@pytest.mark.parametrize(
    ("response", "reason", "pause"),
    [
        (error(429, "Too Many Requests: retry after 9", retry_after=9), SLOWER, 9),
        (error(409, "Conflict: terminated by other getUpdates request"), TWO_READERS, 30),
        (error(409, "Conflict: can't use getUpdates method while webhook is active"), WEBHOOK, 30),
        (error(500, "Internal Server Error"), SILENT, 1),
        (Response(manner=CLOSE), SILENT, 1),
    ],
)
def test_trouble_is_kept_waited_for_and_forgotten(world: World, response: Response, reason: str, pause: int) -> None:
    world.read()
    world.telegram.say(response)
    assert world.read() == 0
    kept = world.kept()
    assert (kept.trouble, kept.trouble_since, kept.owner) == (reason, NOON, None)
    asked = len(world.telegram.requests)
    world.later(seconds=pause - 0.5)
    world.read()
    assert len(world.telegram.requests) == asked
    world.later(seconds=1)
    world.read()
    assert (world.kept().trouble, world.kept().trouble_since, world.kept().failures) == ("", None, 0)


def test_an_outage_is_asked_about_ever_more_rarely(world: World) -> None:
    world.read()
    pauses = []
    for _ in range(10):
        world.telegram.say(error(502, "Bad Gateway"))
        world.read()
        kept = world.kept()
        assert kept.not_before is not None
        pauses.append((kept.not_before - world.clock.at).total_seconds())
        world.clock.at = kept.not_before
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 256]
    assert world.kept().trouble_since == NOON


def test_another_bot_is_read_from_its_own_beginning(world: World, ann: Person) -> None:
    del ann
    world.telegram.write("/help")
    world.read()
    other = TelegramUpdates(world.telegram.url, "99:other")
    assert read_bot(world.database, other, world.senders, worker="one", now=world.clock, wait_seconds=0) == 0
    assert (world.kept().number, world.kept().name, world.kept().next_update) == (99, "", 0)


def test_what_brings_our_own_code_down_stops_the_bot_for_nobody(
    world: World, ann: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    del ann

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret word")

    with monkeypatch.context() as patch:
        patch.setattr(answers, "deals", broken)
        assert world.ask("/deals") == f"<b>{ENGLISH.chat.trouble}</b>"
    assert "a secret word" not in caplog.text
    assert ENGLISH.chat.help_title in world.ask("/help")


def test_an_answer_that_could_not_go_out_goes_out_later(world: World, ann: Person) -> None:
    del ann
    world.telegram.write("/help")
    world.read()
    world.telegram.say(error(500, "Internal Server Error"))
    world.deliver()
    world.later(seconds=10)
    world.deliver()
    assert sum(ENGLISH.chat.help_title in text for text in world.telegram.texts) == 2


def test_a_clock_of_another_process_that_is_behind_takes_no_turn(world: World) -> None:
    world.read()
    world.database.write(lambda session: session.execute(update(TelegramBot).values(owner="two", lease_until=NOON + timedelta(seconds=30))))
    assert world.read("one") == 0
