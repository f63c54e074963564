"""Everything else: which addresses are taken, what is sent, and what an answer means."""

import json
import logging
import time
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.pushover import NotifyPushover

from integrations.apprise_sender import AppriseSender, Reach, reach
from integrations.sender import Message, Refused, Retry, Sent
from tests.fakes.hostile_words import HOSTILE
from tests.fakes.http import CLOSE, DRIP, DRIP_HEADERS, HANG, OutsideWorld, Response
from tests.fakes.mail import MailServer
from tests.integrations.conftest import MESSAGE, SECONDS

TEAMS = "https://prod-161.westeurope.logic.azure.com:443/workflows/643e69f83c8944/triggers/manual/paths/invoke?api-version=1&sig=abcdefgh"


def to_json(world: OutsideWorld) -> str:
    return f"json://127.0.0.1:{world.port}/hook"


def to_ntfy(world: OutsideWorld) -> str:
    return f"ntfy://127.0.0.1:{world.port}/secret-topic"


def to_mail(mail: MailServer) -> str:
    return f"mailto://127.0.0.1:{mail.port}?from=sales@example.com&to=ada@example.com&mode=insecure"


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("discord://1234567890/abcdefghijklmnopqrstuvwxyz", Reach.PUBLIC),
        ("https://discord.com/api/webhooks/1234567890/abcdefghijklmnopqrstuvwxyzabc", Reach.PUBLIC),
        (f"pover://{'u' * 30}@{'a' * 30}", Reach.PUBLIC),
        ("ntfys://a-secret-topic", Reach.PUBLIC),
        (TEAMS, Reach.PUBLIC),
        ("ntfys://ntfy.example.com/topic", Reach.OWN_HOST),
        ("ntfy://topic?mode=private", Reach.OWN_HOST),
        ("mailtos://u:p@mail.example.com?to=a@example.com", Reach.OWN_HOST),
        ("json://127.0.0.1:80/x", Reach.OWN_HOST),
        ("jsons://example.com/x?+X-Key=1", Reach.OWN_HOST),
        ("workflows://10.0.0.1/workflow12345/signature1234", Reach.OWN_HOST),
        ("workflows://10.0.0.1/workflow12345/signature1234?template=/etc/passwd", Reach.NOWHERE),
        (TEAMS + "&template=/etc/passwd", Reach.NOWHERE),
        ("discord://1234567890/abcdefghijklmnopqrstuvwxyz?ping=@everyone", Reach.NOWHERE),
        ("ntfys://a-secret-topic?attach=file:///etc/passwd", Reach.NOWHERE),
        ("json://example.com/x?redirect=yes", Reach.NOWHERE),
        ("json://example.com/x?Retry=5", Reach.NOWHERE),
        ("slack://a/b/c", Reach.NOWHERE),
        ("tgram://1:a/2", Reach.NOWHERE),
        ("syslog://localhost", Reach.NOWHERE),
        ("dbus://", Reach.NOWHERE),
        ("file:///etc/passwd", Reach.NOWHERE),
        ("https://evil.example/api/webhooks/1/2", Reach.NOWHERE),
        ("http://[", Reach.NOWHERE),
        ("", Reach.NOWHERE),
    ],
)
def test_an_address_is_one_of_a_short_list_and_its_host_is_known(address: str, where: Reach) -> None:
    assert reach(address) is where


def test_an_address_that_is_not_on_the_list_is_not_sent_to() -> None:
    assert isinstance(AppriseSender().send("syslog://localhost", MESSAGE), Refused)


def test_a_webhook_gets_title_words_link_and_a_key_against_doubles(webhook: OutsideWorld) -> None:
    assert AppriseSender().send(to_json(webhook), MESSAGE) == Sent()
    (request,) = webhook.requests
    assert (request.json["title"], request.json["message"]) == ("Calls are low", "18 of 25\n\nhttps://sales.example/overview?team=3")
    assert request.headers["Idempotency-Key"] == "alert:low_calls:3"


def test_ntfy_gets_the_link_as_what_a_tap_opens(webhook: OutsideWorld) -> None:
    assert AppriseSender().send(to_ntfy(webhook), MESSAGE) == Sent()
    (request,) = webhook.requests
    assert (request.json["topic"], request.json["title"], request.json["message"]) == ("secret-topic", "Calls are low", "18 of 25")
    assert "https://sales.example/overview?team=3" in str(request.headers)


@pytest.mark.parametrize("to", [to_json, to_ntfy])
@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500])
def test_whatever_is_not_accepted_is_tried_again(webhook: OutsideWorld, to: object, status: int) -> None:
    webhook.say(Response(status, "{}", {"Retry-After": "3"}))
    assert AppriseSender().send(to(webhook), MESSAGE) == Retry(detail="not accepted")  # type: ignore[operator]
    assert len(webhook.requests) == 1


def test_a_receiver_that_closes_the_door_is_tried_again(webhook: OutsideWorld) -> None:
    webhook.say(Response(manner=CLOSE))
    assert AppriseSender().send(to_json(webhook), MESSAGE) == Retry(detail="not accepted")


@pytest.mark.parametrize("manner", [HANG, DRIP, DRIP_HEADERS])
def test_one_time_limit_holds_for_the_whole_sending(webhook: OutsideWorld, manner: str) -> None:
    webhook.say(Response(manner=manner))
    started = time.monotonic()
    sender = AppriseSender(seconds=SECONDS)
    assert sender.send(to_json(webhook), MESSAGE) == Retry(detail="no answer in time")
    assert time.monotonic() - started < SECONDS + 2
    assert sender.send(to_json(webhook), MESSAGE) == Retry(detail="an earlier try has not ended")


@pytest.mark.parametrize("to", [to_json, to_ntfy])
def test_a_redirect_is_not_followed(webhook: OutsideWorld, to: object) -> None:
    webhook.say(Response(307, "", {"Location": f"{webhook.url}/elsewhere"}))
    assert AppriseSender().send(to(webhook), MESSAGE) == Retry(detail="not accepted")  # type: ignore[operator]
    assert len(webhook.requests) == 1


def test_a_mail_has_subject_words_and_link(mail: MailServer) -> None:
    assert AppriseSender().send(to_mail(mail), MESSAGE) == Sent()
    (sent,) = mail.mails
    assert (sent["Subject"], "ada@example.com" in str(sent["To"])) == ("Calls are low", True)
    assert all(word in sent.as_string() for word in ("18 of 25", "overview"))
    assert sent["Idempotency-Key"] == "alert:low_calls:3"


def test_a_refused_recipient_and_a_mute_mail_server_are_tried_again(mail: MailServer) -> None:
    mail.refusal = "550 no such mailbox"
    assert AppriseSender().send(to_mail(mail), MESSAGE) == Retry(detail="not accepted")
    mail.mute = True
    assert AppriseSender(seconds=SECONDS).send(to_mail(mail), MESSAGE) == Retry(detail="no answer in time")


@pytest.mark.parametrize("words", HOSTILE)
def test_other_peoples_words_do_not_become_mail_headers_or_mark_up(mail: MailServer, words: str) -> None:
    assert AppriseSender().send(to_mail(mail), Message(title=words, body=words, dedupe_key="k")) == Sent()
    (sent,) = mail.mails
    assert sent["Bcc"] is None
    html = [part.get_payload(decode=True) for part in sent.walk() if part.get_content_type() == "text/html"]
    assert [part for part in html if any(tag in bytes(part).lower() for tag in (b"<script", b"<img", b"<svg", b"<a "))] == []


@pytest.mark.parametrize("words", HOSTILE)
def test_other_peoples_words_make_no_mentions_or_links_on_discord(
    webhook: OutsideWorld, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr(NotifyDiscord, "notify_url", f"{webhook.url}/api/webhooks")
    message = Message(title=words, body=words, dedupe_key="k")
    assert AppriseSender().send("discord://1234567890/abcdefghijklmnopqrstuvwxyz", message) == Sent()
    posted = json.dumps([request.json for request in webhook.requests], ensure_ascii=False)
    assert [sign for sign in ("@everyone", "@here", "<@", "](http") if sign in posted] == []


def test_pushover_gets_title_words_and_link(webhook: OutsideWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotifyPushover, "notify_url", f"{webhook.url}/1/messages.json")
    assert AppriseSender().send(f"pover://{'u' * 30}@{'a' * 30}", MESSAGE) == Sent()
    posted = parse_qs(webhook.requests[0].body.decode())
    assert (posted["title"], posted["message"]) == (["Calls are low"], ["18 of 25\n\nhttps://sales.example/overview?team=3"])


def test_a_long_text_is_cut_to_what_the_receiver_takes(webhook: OutsideWorld) -> None:
    assert AppriseSender().send(to_ntfy(webhook), replace(MESSAGE, body="word " * 4000)) == Sent()
    (request,) = webhook.requests
    assert len(request.json["message"]) <= 7_800
    assert request.json["message"].endswith("…")


def test_neither_answers_nor_logs_tell_the_address(webhook: OutsideWorld, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    webhook.say(Response(403, "secret-topic"), Response(500), Response(manner=CLOSE))
    said = [repr(AppriseSender().send(to_ntfy(webhook), MESSAGE)) for _ in range(4)]
    assert "secret-topic" not in "".join(said) + caplog.text


def test_a_mail_program_gets_html_and_the_same_as_text(mail: MailServer) -> None:
    html = '<p>Calls: <b>891</b> of 1,185 &amp; more, <a href="https://sales.example.com/overview?team=1">North</a></p>'
    assert AppriseSender().send(to_mail(mail), Message(title="Your team", body="x", dedupe_key="k", content={"html": html})) == Sent()
    (sent,) = mail.mails
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in sent.walk() if not part.is_multipart()}
    assert html.encode() in bytes(parts["text/html"] or b"")
    assert b"Calls: 891 of 1,185 & more" in bytes(parts["text/plain"] or b"")
