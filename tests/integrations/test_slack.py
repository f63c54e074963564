"""Slack's webhook: what is posted, and what each of its answers means."""

import json
import logging
import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.sender import Message, Refused, Retry, Sent
from integrations.slack import SlackSender, is_below, payload
from tests.fakes.hostile_words import HOSTILE
from tests.fakes.http import CLOSE, DRIP, DRIP_HEADERS, HANG, OutsideWorld, Request, Response
from tests.fakes.slack import PATH, Slack, error, slow_down
from tests.integrations.conftest import MESSAGE, SECONDS

LIVE_TAG = re.compile(r"<[^>]*>")


def send(slack: Slack, message: Message = MESSAGE) -> Sent | Retry | Refused:
    return SlackSender(slack.url, seconds=SECONDS * 5).send(slack.webhook, message)


def test_a_message_is_a_title_words_fields_and_a_button(slack: Slack) -> None:
    assert send(slack, replace(MESSAGE, content={"fields": [["Calls", "18/25"]]})) == Sent(detail="200 ok")
    posted = slack.requests[0].json
    assert posted["text"] == "Calls are low\n18 of 25"
    assert [block["type"] for block in posted["blocks"]] == ["header", "section", "section", "actions"]
    assert posted["blocks"][2]["fields"][0]["text"] == "*Calls*\n18/25"
    assert posted["blocks"][3]["elements"][0]["url"] == "https://sales.example/overview?team=3"


@pytest.mark.parametrize(
    ("response", "answer"),
    [
        (slow_down(30), Retry(after=timedelta(seconds=30), detail="429 rate_limited")),
        (slow_down("soon"), Retry(detail="429 rate_limited")),
        (error(500), Retry(detail="500 rollup_error")),
        (Response(503, "<html>", {"Retry-After": "7"}), Retry(after=timedelta(seconds=7), detail="503")),
        (Response(200, "<html>captive portal</html>"), Retry(detail="200 without Slack's ok")),
        (Response(manner=CLOSE), Retry(detail="ConnectionError")),
    ],
)
def test_what_passes_is_tried_again(slack: Slack, response: Response, answer: Retry) -> None:
    slack.say(response)
    assert send(slack) == answer


def test_a_pause_as_a_date_is_read_by_slacks_own_clock(slack: Slack) -> None:
    dates = {"Date": "Tue, 10 Mar 2026 12:00:00 GMT", "Retry-After": "Tue, 10 Mar 2026 12:00:45 GMT"}
    slack.say(Response(429, "rate_limited", dates))
    assert send(slack) == Retry(after=timedelta(seconds=45), detail="429 rate_limited")


@pytest.mark.parametrize(("status", "word"), [(403, "allow"), (404, "does not know"), (410, "archived")])
def test_what_is_for_good_breaks_the_channel_and_says_how_to_mend_it(slack: Slack, status: int, word: str) -> None:
    slack.say(error(status))
    answer = send(slack)
    assert isinstance(answer, Refused)
    assert (answer.breaks_channel, answer.detail.split()[0]) == (True, str(status))
    assert word in answer.reason


@pytest.mark.parametrize(("word", "breaks"), [("invalid_payload", False), ("invalid_blocks", False), ("invalid_token", True)])
def test_a_bad_request_breaks_the_channel_only_when_the_webhook_is_at_fault(slack: Slack, word: str, breaks: bool) -> None:  # noqa: FBT001
    slack.say(Response(400, word))
    answer = send(slack)
    assert isinstance(answer, Refused)
    assert answer.breaks_channel is breaks


@pytest.mark.parametrize("manner", [HANG, DRIP, DRIP_HEADERS])
def test_one_time_limit_holds_for_the_whole_sending(slack: Slack, manner: str) -> None:
    slack.say(Response(manner=manner))
    started = time.monotonic()
    assert SlackSender(slack.url, seconds=SECONDS).send(slack.webhook, MESSAGE) == Retry(detail="no answer in time")
    assert time.monotonic() - started < SECONDS + 2


def test_nobody_listening_is_tried_again() -> None:
    assert SlackSender("http://127.0.0.1:9").send(f"http://127.0.0.1:9{PATH}", MESSAGE) == Retry(detail="ConnectionError")


def test_a_redirect_is_not_followed(slack: Slack, webhook: OutsideWorld) -> None:
    slack.say(Response(302, "", {"Location": webhook.url}))
    answer = send(slack)
    assert isinstance(answer, Refused)
    assert answer.breaks_channel
    assert webhook.requests == []


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{other}/services/T/B/X",
        "http://127.0.0.1:{port}@127.0.0.1:{other}/services/T/B/X",
        "http://user:pass@127.0.0.1:{port}/services/T/B/X",
        "https://127.0.0.1:{port}/services/T/B/X",
        "http://127.0.0.1:{port}.evil.example/services/T/B/X",
        "http://127.0.0.1:{port}/../admin",
        "http://127.0.0.1:{port}/a\\b",
        "http://127.0.0.1:{port}/a?next=b",
        "http://127.0.0.1:{port}/",
        "file:///etc/passwd",
        "",
    ],
)
def test_only_webhooks_of_the_trusted_place_are_posted_to(slack: Slack, webhook: OutsideWorld, address: str) -> None:
    answer = SlackSender(slack.url).send(address.format(port=slack.port, other=webhook.port), MESSAGE)
    assert isinstance(answer, Refused)
    assert (slack.requests, webhook.requests) == ([], [])


def test_slacks_own_webhooks_are_trusted() -> None:
    assert is_below("https://hooks.slack.com/services/T000/B000/XXXX", "https://hooks.slack.com")
    assert not is_below("https://hooks.slack.com.evil.example/services/T000/B000/XXXX", "https://hooks.slack.com")


@pytest.mark.parametrize("words", HOSTILE)
def test_other_peoples_words_stay_words(slack: Slack, words: str) -> None:
    assert isinstance(send(slack, Message(title=words, body=words, dedupe_key="k", content={"fields": [[words, words]]})), Sent)
    posted = slack.requests[0].json
    formatted = [posted["text"], *_mrkdwn(posted["blocks"])]
    assert [text for text in formatted if LIVE_TAG.search(text) or "\u202e" in text or "\x00" in text] == []


@given(st.text(max_size=9000), st.text(max_size=300), st.lists(st.tuples(st.text(max_size=3000), st.text(max_size=3000)), max_size=12))
def test_whatever_is_said_fits_slacks_limits(body: str, title: str, fields: list[tuple[str, str]]) -> None:
    posted = payload(Message(title=title, body=body, dedupe_key="k", content={"fields": [list(pair) for pair in fields]}))
    request = Request(PATH, {}, json.dumps(posted).encode())
    assert Slack().judge(request) == Response(200, "ok")


def test_a_long_text_says_that_there_is_more(slack: Slack) -> None:
    assert isinstance(send(slack, replace(MESSAGE, body="word " * 4000)), Sent)
    assert "The rest is in Pacesetter." in str(slack.requests[0].json["blocks"])


def test_neither_answers_nor_logs_tell_the_webhook(slack: Slack, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    slack.say(error(404), error(500), Response(manner=CLOSE), Response(403, slack.webhook))
    said = [repr(send(slack)) for _ in range(4)]
    assert "XXXXXXXX" not in "".join(said) + caplog.text


def _mrkdwn(found: object) -> list[str]:
    """Every text that Slack would format."""
    if isinstance(found, list):
        return [text for each in found for text in _mrkdwn(each)]
    if isinstance(found, dict):
        own = [str(found["text"])] if found.get("type") == "mrkdwn" else []
        return own + [text for each in found.values() for text in _mrkdwn(each)]
    return []
