"""Reading what people write to the bot: what is asked for, what is followed, and what each trouble means."""

import threading
import time
from datetime import timedelta

import pytest

from integrations.telegram_updates import (
    CONFLICT_PAUSE,
    NOT_LET_IN,
    SILENT,
    SLOWER,
    TOKEN_PAUSE,
    TWO_READERS,
    WEBHOOK,
    Said,
    TelegramTroubleError,
    TelegramUpdates,
    Update,
)
from tests.fakes.http import CLOSE, Response
from tests.fakes.telegram import NAME, NUMBER, TOKEN, Telegram, error


@pytest.fixture
def reader(telegram: Telegram) -> TelegramUpdates:
    return TelegramUpdates(telegram.url, TOKEN)


def trouble(reader: TelegramUpdates) -> tuple[str, timedelta | None]:
    with pytest.raises(TelegramTroubleError) as caught:
        reader.since(0, wait_seconds=0)
    return caught.value.reason, caught.value.after


def test_the_bot_knows_its_number_from_its_token_and_its_name_from_telegram(reader: TelegramUpdates) -> None:
    assert (reader.number, reader.name()) == (NUMBER, NAME)


def test_what_was_written_comes_in_order_until_it_is_confirmed(telegram: Telegram, reader: TelegramUpdates) -> None:
    first, second = telegram.write("/today", language="ru"), telegram.write("/help", chat=78)
    told = (
        Update(number=first, said=Said(chat="77", text="/today", language="ru")),
        Update(number=second, said=Said(chat="78", text="/help", language="en")),
    )
    assert reader.since(0, wait_seconds=0) == told
    assert reader.since(first, wait_seconds=0) == told
    assert reader.since(second, wait_seconds=0) == told[1:]
    assert reader.since(second + 1, wait_seconds=0) == ()
    assert reader.since(0, wait_seconds=0) == ()


def test_it_waits_for_something_to_be_written(telegram: Telegram, reader: TelegramUpdates) -> None:
    threading.Timer(0.3, telegram.write, ["/today"]).start()
    started = time.monotonic()
    assert [each.said for each in reader.since(0, wait_seconds=5)] == [Said(chat="77", text="/today", language="en")]
    assert 0.2 < time.monotonic() - started < 4


def test_that_the_bot_was_blocked_is_told(telegram: Telegram, reader: TelegramUpdates) -> None:
    telegram.block(78)
    assert [each.said for each in reader.since(0, wait_seconds=0)] == [Said(chat="78", has_blocked=True)]


def test_groups_pictures_and_what_is_no_message_are_passed_over(telegram: Telegram, reader: TelegramUpdates) -> None:
    numbers = [
        telegram.write("/today", chat=-100, kind="supergroup"),
        telegram.happen(message={"chat": {"id": 77, "type": "private"}, "photo": []}),
        telegram.happen(message={"chat": "77"}),
        telegram.happen(message=[]),
    ]
    telegram.happen(edited_message={"text": "/today"})
    assert reader.since(0, wait_seconds=0) == tuple(Update(number=each, said=None) for each in numbers)


@pytest.mark.parametrize(
    ("response", "meant"),
    [
        (error(401, "Unauthorized"), (NOT_LET_IN, TOKEN_PAUSE)),
        (error(404, "Not Found"), (NOT_LET_IN, TOKEN_PAUSE)),
        (error(429, "Too Many Requests: retry after 7", retry_after=7), (SLOWER, timedelta(seconds=7))),
        (Response(429, "{}", {"Retry-After": "9"}), (SLOWER, timedelta(seconds=9))),
        (error(429, "Too Many Requests", retry_after=86_400), (SLOWER, timedelta(hours=1))),
        (error(500, "Internal Server Error"), (SILENT, None)),
        (Response(502, "<html>Bad Gateway</html>"), (SILENT, None)),
        (Response(200, "<html>captive portal</html>"), (SILENT, None)),
        (Response(200, "[]"), (SILENT, None)),
        (Response(manner=CLOSE), (SILENT, None)),
    ],
)
def test_each_trouble_says_what_it_is_and_when_to_ask_again(
    telegram: Telegram, reader: TelegramUpdates, response: Response, meant: tuple[str, timedelta | None]
) -> None:
    telegram.say(response)
    assert trouble(reader) == meant


def test_a_second_reader_and_a_webhook_are_told_apart(telegram: Telegram, reader: TelegramUpdates) -> None:
    first = threading.Thread(target=lambda: caught.append(_waited(reader)))
    caught: list[str] = []
    first.start()
    time.sleep(0.3)
    assert reader.since(0, wait_seconds=0) == ()
    first.join(10)
    assert caught == [TWO_READERS]
    telegram.has_webhook = True
    assert trouble(reader) == (WEBHOOK, CONFLICT_PAUSE)


def _waited(reader: TelegramUpdates) -> str:
    with pytest.raises(TelegramTroubleError) as caught:
        reader.since(0, wait_seconds=5)
    return caught.value.reason


def test_what_makes_no_sense_is_no_update(telegram: Telegram, reader: TelegramUpdates) -> None:
    telegram.say(Response(200, '{"ok": true, "result": [1, {"update_id": "x"}, {"update_id": 5}]}'))
    assert reader.since(0, wait_seconds=0) == (Update(number=5, said=None),)


def test_no_trouble_tells_the_token(telegram: Telegram, reader: TelegramUpdates) -> None:
    telegram.say(error(500, TOKEN), Response(manner=CLOSE), error(401, TOKEN))
    assert "CANARY" not in repr([trouble(reader) for _ in range(3)])
