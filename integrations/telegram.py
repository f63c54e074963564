"""Telegram by its Bot API: the installation's bot writes to a chat that has talked to it before."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from integrations.http import Reply, UnreachableError, post_json
from integrations.plain import escaped, pieces, readable, units
from integrations.sender import SEND_SECONDS, Answer, Message, Refused, Retry, Sent

CHAT: Final = re.compile(r"-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{4,31}")
"""A chat's number, or the public name of a channel."""
PIECE_LONGEST: Final = 4_000
"""Telegram takes 4,096 units of UTF-16, mark-up not counted."""
PIECES_MOST: Final = 6
TOKEN_PAUSE: Final = timedelta(minutes=5)
"""A bot's token is the installation's affair: no chat is at fault, and none is given up for it."""
OK, BAD_REQUEST, FORBIDDEN, GONE = 200, 400, 403, 410
TOKEN_TROUBLE: Final = frozenset({401, 404})
REDIRECTED: Final = range(300, 400)
OUR_FAULT: Final = ("parse entities", "button", "url", "too long", "text is empty")
NO_CHAT: Final = "Telegram does not know this chat. Write to the bot first, then enter the chat's number again."
MOVED: Final = "The Telegram group became a supergroup, which has a number of its own. Enter that one."
BLOCKED: Final = "The bot may not write to this chat: it was blocked or removed. Let it in again, then mend the channel."
ELSEWHERE: Final = "Telegram's address leads elsewhere. Ask your administrator to look at PACESETTER_TELEGRAM_BASE."


class TelegramSender:
    """Writes to chats through one bot."""

    def __init__(self, base: str, token: str, *, seconds: float = SEND_SECONDS) -> None:
        """`base` is Telegram's own address, or a test's; the token is shown nowhere."""
        self._url, self._seconds = f"{base.rstrip('/')}/bot{token}/sendMessage", seconds

    def accepts(self, address: str) -> bool:
        """Whether it can be a chat."""
        return CHAT.fullmatch(address) is not None

    def send(self, address: str, message: Message) -> Answer:
        """Write the message, in pieces when it is long; the pieces share the time."""
        if not self.accepts(address):
            return Refused(reason=NO_CHAT, detail="no chat")
        ends_at = time.monotonic() + self._seconds
        answer: Answer = Sent()
        for rich, bare in parts(address, message):
            answer = self._write(rich, bare, ends_at)
            if not isinstance(answer, Sent):
                return answer
        return answer

    def _write(self, rich: Mapping[str, Any], bare: Mapping[str, Any], ends_at: float) -> Answer:
        """One piece; once more without any mark-up when Telegram cannot read it."""
        try:
            reply = post_json(self._url, rich, seconds=ends_at - time.monotonic())
            if reply.status == BAD_REQUEST and _is_our_fault(_said(reply)):
                reply = post_json(self._url, bare, seconds=ends_at - time.monotonic())
        except UnreachableError as error:
            return Retry(detail=str(error))
        return _answer(reply)


def parts(chat: str, message: Message) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What is posted, piece by piece: with mark-up, and the same words without."""
    title = readable(message.title).strip() or "Pacesetter"
    link = message.link if not _can_be_a_button(message.link) else ""
    room = PIECE_LONGEST - units(title) - units(message.link)
    texts = list(pieces("\n\n".join(filter(None, (readable(message.body), link))), room))[:PIECES_MOST] or [""]
    for number, text in enumerate(texts):
        begins, ends = number == 0, number == len(texts) - 1
        rich = "\n\n".join(filter(None, (f"<b>{escaped(title)}</b>" if begins else "", escaped(text))))
        bare = "\n\n".join(filter(None, (title if begins else "", text, message.link if ends and not link else "")))
        basis = {"chat_id": int(chat) if not chat.startswith("@") else chat, "link_preview_options": {"is_disabled": True}}
        button = (
            {"reply_markup": {"inline_keyboard": [[{"text": "Open", "url": message.link}]]}} if ends and message.link and not link else {}
        )
        yield basis | {"text": rich, "parse_mode": "HTML"} | button, basis | {"text": bare}


def _can_be_a_button(link: str) -> bool:
    """Telegram refuses buttons to hosts without a dot, such as localhost; these stay words."""
    return "." in (urlsplit(link).hostname or "")


def _said(reply: Reply) -> Mapping[str, Any]:
    try:
        read = json.loads(reply.text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _is_our_fault(said: Mapping[str, Any]) -> bool:
    words = str(said.get("description", "")).lower()
    return any(word in words for word in OUR_FAULT)


def _answer(reply: Reply) -> Answer:
    said = _said(reply)
    parameters = said.get("parameters")
    more: Mapping[str, Any] = parameters if isinstance(parameters, dict) else {}
    if reply.status == OK:
        return Sent(detail=f"message {_number(said)}") if said.get("ok") is True else Retry(detail="200 without Telegram's ok")
    if reply.status in TOKEN_TROUBLE:
        return Retry(after=TOKEN_PAUSE, detail=f"{reply.status} the bot's token is not accepted")
    return _refusal(reply.status, said, more) or Retry(after=_pause(more, reply), detail=str(reply.status))


def _refusal(status: int, said: Mapping[str, Any], more: Mapping[str, Any]) -> Refused | None:
    if status == BAD_REQUEST and _is_our_fault(said):
        return Refused(reason="Telegram could not read this message.", detail="400 not readable", breaks_channel=False)
    if status == BAD_REQUEST and "migrate_to_chat_id" in more:
        return Refused(reason=MOVED, detail="400 moved to a supergroup")
    if status == FORBIDDEN:
        return Refused(reason=BLOCKED, detail="403 not allowed to write")
    if status in {BAD_REQUEST, GONE}:
        return Refused(reason=NO_CHAT, detail=f"{status} chat not found")
    return Refused(reason=ELSEWHERE, detail=str(status)) if status in REDIRECTED else None


def _number(said: Mapping[str, Any]) -> str:
    """Telegram's own number of the message, to look it up by."""
    result = said.get("result")
    number = result.get("message_id") if isinstance(result, dict) else None
    return str(number) if isinstance(number, int) else "sent"


def _pause(more: Mapping[str, Any], reply: Reply) -> timedelta | None:
    asked = more.get("retry_after")
    if isinstance(asked, int) and not isinstance(asked, bool):
        return timedelta(seconds=min(max(asked, 0), 24 * 60 * 60))
    return reply.retry_after
