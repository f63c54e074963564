"""Telegram's Bot API: what is posted, and what each of its answers means."""

import logging
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integrations.sender import Message, Refused, Retry, Sent
from integrations.telegram import PIECES_MOST, TelegramSender, parts
from tests.fakes.hostile_words import HOSTILE
from tests.fakes.http import CLOSE, DRIP, DRIP_HEADERS, HANG, OutsideWorld, Response
from tests.fakes.telegram import TOKEN, Telegram, _judged, error, slow_down
from tests.integrations.conftest import MESSAGE, SECONDS


def send(telegram: Telegram, message: Message = MESSAGE, chat: str = "77") -> Sent | Retry | Refused:
    return TelegramSender(telegram.url, TOKEN, seconds=SECONDS * 5).send(chat, message)


def test_a_message_is_a_bold_title_words_and_a_button(telegram: Telegram) -> None:
    assert send(telegram) == Sent(detail="message 1")
    posted = telegram.requests[0].json
    assert (posted["chat_id"], posted["parse_mode"], posted["text"]) == (77, "HTML", "<b>Calls are low</b>\n\n18 of 25")
    assert posted["link_preview_options"] == {"is_disabled": True}
    assert posted["reply_markup"]["inline_keyboard"] == [[{"text": "Open", "url": "https://sales.example/overview?team=3"}]]


def test_a_link_to_a_host_telegram_refuses_stays_words(telegram: Telegram) -> None:
    assert send(telegram, replace(MESSAGE, link="http://localhost:8501/overview")) == Sent(detail="message 1")
    posted = telegram.requests[0].json
    assert posted["text"].endswith("\n\nhttp://localhost:8501/overview")
    assert "reply_markup" not in posted


def test_a_long_text_goes_out_in_pieces_broken_between_paragraphs(telegram: Telegram) -> None:
    paragraphs = [f"{number}: " + "word " * 300 for number in range(6)]
    assert isinstance(send(telegram, replace(MESSAGE, body="\n\n".join(paragraphs))), Sent)
    texts = [request.json["text"] for request in telegram.requests]
    assert len(texts) == 3
    assert [text.split("\n\n")[-1][:2] for text in texts] == ["1:", "3:", "5:"]
    assert ["reply_markup" in request.json for request in telegram.requests] == [False, False, True]


@pytest.mark.parametrize(
    ("response", "answer"),
    [
        (slow_down(3), Retry(after=timedelta(seconds=3), detail="429")),
        (error(500, "Internal Server Error"), Retry(detail="500")),
        (Response(502, "<html>Bad Gateway</html>"), Retry(detail="502")),
        (Response(200, "<html>captive portal</html>"), Retry(detail="200 without Telegram's ok")),
        (error(401, "Unauthorized"), Retry(after=timedelta(minutes=5), detail="401 the bot's token is not accepted")),
        (error(404, "Not Found"), Retry(after=timedelta(minutes=5), detail="404 the bot's token is not accepted")),
        (Response(manner=CLOSE), Retry(detail="ConnectionError")),
    ],
)
def test_what_passes_is_tried_again(telegram: Telegram, response: Response, answer: Retry) -> None:
    telegram.say(response)
    assert send(telegram) == answer


@pytest.mark.parametrize(
    ("response", "word"),
    [
        (error(403, "Forbidden: bot was blocked by the user"), "blocked"),
        (error(403, "Forbidden: user is deactivated"), "blocked or removed"),
        (error(400, "Bad Request: chat not found"), "does not know this chat"),
        (error(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100123), "supergroup"),
        (error(410, "Gone"), "does not know this chat"),
    ],
)
def test_what_is_for_good_breaks_the_channel_and_says_how_to_mend_it(telegram: Telegram, response: Response, word: str) -> None:
    telegram.say(response)
    answer = send(telegram)
    assert isinstance(answer, Refused)
    assert answer.breaks_channel
    assert word in answer.reason


def test_mark_up_telegram_cannot_read_is_sent_once_more_as_bare_words(telegram: Telegram) -> None:
    telegram.say(error(400, "Bad Request: can't parse entities: unexpected end tag"))
    assert isinstance(send(telegram), Sent)
    assert "parse_mode" not in telegram.requests[1].json
    assert telegram.requests[1].json["text"] == "Calls are low\n\n18 of 25\n\nhttps://sales.example/overview?team=3"


def test_a_message_that_cannot_be_read_at_all_does_not_break_the_chat(telegram: Telegram) -> None:
    telegram.say(*[error(400, "Bad Request: can't parse entities")] * 2)
    answer = send(telegram)
    assert isinstance(answer, Refused)
    assert not answer.breaks_channel


@pytest.mark.parametrize("manner", [HANG, DRIP, DRIP_HEADERS])
def test_one_time_limit_holds_for_the_whole_sending(telegram: Telegram, manner: str) -> None:
    telegram.say(Response(manner=manner))
    started = time.monotonic()
    assert TelegramSender(telegram.url, TOKEN, seconds=SECONDS).send("77", MESSAGE) == Retry(detail="no answer in time")
    assert time.monotonic() - started < SECONDS + 2


def test_a_redirect_is_not_followed(telegram: Telegram, webhook: OutsideWorld) -> None:
    telegram.say(Response(307, "", {"Location": webhook.url}))
    assert isinstance(send(telegram), Refused)
    assert webhook.requests == []


@pytest.mark.parametrize("chat", ["", "77/../..", "@ab", "https://t.me/x", "7 7", "77\n", "@name?x=1", "9" * 21])
def test_what_is_no_chat_is_refused_before_anything_is_sent(telegram: Telegram, chat: str) -> None:
    assert isinstance(send(telegram, chat=chat), Refused)
    assert telegram.requests == []


def test_an_unknown_chat_is_refused_by_telegram_itself(telegram: Telegram) -> None:
    assert isinstance(send(telegram, chat="404"), Refused)


@pytest.mark.parametrize("words", HOSTILE)
def test_other_peoples_words_stay_words(telegram: Telegram, words: str) -> None:
    assert isinstance(send(telegram, Message(title=words, body=words, dedupe_key="k")), Sent)
    assert len(telegram.requests) == 1
    assert "\u202e" not in telegram.requests[0].json["text"]


@given(st.text(max_size=30_000), st.text(max_size=200))
@example("", "\r")
def test_whatever_is_said_is_accepted_by_telegram(body: str, title: str) -> None:
    made = list(parts("77", Message(title=title, body=body, dedupe_key="k")))
    assert 1 <= len(made) <= PIECES_MOST
    assert [_judged(payload) for pair in made for payload in pair] == [None] * 2 * len(made)


def test_neither_answers_nor_logs_nor_the_sender_tell_the_token(telegram: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.say(error(401, TOKEN), error(403, f"Forbidden: {TOKEN}"), Response(manner=CLOSE), error(500, TOKEN), Response(302))
    said = [repr(send(telegram)) for _ in range(6)]
    assert "CANARY" not in "".join(said) + caplog.text + repr(TelegramSender(telegram.url, TOKEN))
