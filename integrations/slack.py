"""Slack by incoming webhook: a text for the notification, blocks for the eye."""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from integrations.http import Reply, UnreachableError, post_json
from integrations.plain import cut, escaped, pieces, readable
from integrations.sender import SEND_SECONDS, Answer, Message, Refused, Retry, Sent

HEADER_LONGEST: Final = 150
SECTION_LONGEST: Final = 3_000
SECTIONS_MOST: Final = 10
"""A message has at most 50 blocks; nobody reads that many."""
FIELDS_MOST: Final = 10
FIELD_LONGEST: Final = 2_000
TEXT_LONGEST: Final = 3_000
ESCAPED_LONGEST: Final = 5
"""One `&` becomes five characters, so that a piece of a fifth of the limit always fits."""
BUTTON_LINK_LONGEST: Final = 3_000
NAMELESS: Final = "Pacesetter"
OK: Final = 200
BAD_REQUEST: Final = 400
OUR_FAULT: Final = frozenset({"invalid_payload", "invalid_blocks", "no_text", "msg_too_long", "too_many_attachments"})
"""Slack's words for a message it cannot read: the next one may well be fine."""
GONE: Final = {
    400: "Slack does not accept this webhook any more. Make a new one in Slack and enter it here.",
    401: "Slack does not accept this webhook any more. Make a new one in Slack and enter it here.",
    403: "Slack does not allow posting here. Ask whoever looks after your Slack, then enter a new webhook.",
    404: "Slack does not know this webhook or its channel any more. Make a new one in Slack and enter it here.",
    410: "The Slack channel was archived. Choose another one in Slack and enter its webhook.",
}
REDIRECTED: Final = range(300, 400)


class SlackSender:
    """Posts to webhooks below one address, and to none elsewhere."""

    def __init__(self, base: str, *, seconds: float = SEND_SECONDS) -> None:
        """`base` is where webhooks live: Slack's own address, or a test's."""
        self.base, self._seconds = base.rstrip("/"), seconds

    def accepts(self, address: str) -> bool:
        """Whether the address is a webhook of the place this installation trusts."""
        return is_below(address, self.base)

    def send(self, address: str, message: Message) -> Answer:
        """Post once."""
        if not self.accepts(address):
            return Refused(reason="This is no Slack webhook. Enter the address Slack shows for the webhook.", detail="address not allowed")
        try:
            reply = post_json(address, payload(message), seconds=self._seconds)
        except UnreachableError as error:
            return Retry(detail=str(error))
        return _answer(reply)


def is_below(address: str, base: str) -> bool:
    """Whether the address has the very scheme, host and port of the base, and lies in its folder; no user, no way upwards."""
    asked, allowed = urlsplit(address), urlsplit(base)
    folder = f"{allowed.path.rstrip('/')}/"
    clean = not (set(address) & set("\\@?#%\r\n\t ")) and ".." not in asked.path
    return (
        clean
        and (asked.scheme, asked.netloc) == (allowed.scheme, allowed.netloc)
        and asked.path.startswith(folder)
        and asked.path != folder
    )


def payload(message: Message) -> dict[str, Any]:
    """What is posted: `text` is what phones show and what is left where blocks cannot be drawn."""
    title = readable(message.title).strip() or NAMELESS
    body = readable(message.body)
    text = cut(title if not body else f"{title}\n{body}", TEXT_LONGEST // ESCAPED_LONGEST)
    return {"text": escaped(text), "blocks": list(_blocks(message, title, body))}


def _blocks(message: Message, title: str, body: str) -> Iterable[dict[str, Any]]:
    yield {"type": "header", "text": {"type": "plain_text", "text": cut(title, HEADER_LONGEST), "emoji": False}}
    sections = _sections(message) or [_section(escaped(piece)) for piece in pieces(body, SECTION_LONGEST // ESCAPED_LONGEST)]
    yield from sections[:SECTIONS_MOST]
    if len(sections) > SECTIONS_MOST:
        yield {"type": "context", "elements": [{"type": "mrkdwn", "text": "The rest is in Pacesetter."}]}
    if fields := _fields(message):
        yield {"type": "section", "fields": fields}
    if message.link and len(message.link) <= BUTTON_LINK_LONGEST:
        yield {"type": "actions", "elements": [_button("Open", message.link)]}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _button(label: str, link: str) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": label, "emoji": False}, "url": link}


def _sections(message: Message) -> list[dict[str, Any]]:
    """Heads with their words, each with the way to what it is about."""
    given = message.content.get("sections")
    room = SECTION_LONGEST // ESCAPED_LONGEST // 2
    found = []
    for head, words, link in given if isinstance(given, list) else []:
        parts = [escaped(cut(readable(str(each)), room)) for each in (head, words)]
        way = {"accessory": _button("View", link)} if link and len(link) <= BUTTON_LINK_LONGEST else {}
        found.append(_section(f"*{parts[0]}*\n{parts[1]}") | way)
    return found


def _fields(message: Message) -> list[dict[str, Any]]:
    """Names and values side by side."""
    given = message.content.get("fields")
    pairs = given if isinstance(given, list) else []
    known = [pair for pair in pairs if isinstance(pair, list | tuple) and len(pair) == 2][:FIELDS_MOST]  # noqa: PLR2004 - a name and a value
    room = FIELD_LONGEST // ESCAPED_LONGEST // 2
    words = [(escaped(cut(readable(str(name)), room)), escaped(cut(readable(str(value)), room))) for name, value in known]
    return [{"type": "mrkdwn", "text": f"*{name}*\n{value}", "verbatim": True} for name, value in words]


def _answer(reply: Reply) -> Answer:
    word = reply.text.strip()[:40]
    detail = f"{reply.status} {word if word.isascii() and word.replace('_', '').isalnum() else ''}".strip()
    if reply.status == OK:
        return Sent(detail=detail) if word == "ok" else Retry(detail="200 without Slack's ok")
    if reply.status == BAD_REQUEST and word in OUR_FAULT:
        return Refused(reason="Slack could not read this message.", detail=detail, breaks_channel=False)
    if reply.status in GONE or reply.status in REDIRECTED:
        return Refused(reason=GONE.get(reply.status, "The address leads elsewhere now. Enter the webhook anew."), detail=detail)
    return Retry(after=reply.retry_after, detail=detail)
