"""Telegram's Bot API as documented: JSON answers, HTML that must parse, 4,096 units a message, buttons to real hosts.

What people write is kept until somebody asks for what comes after it, and one reads at a time.
"""

import json
import re
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.http import OutsideWorld, Request, Response

TOKEN = "123456:CANARY-bot-token"
NUMBER = 123456
NAME = "pace_test_bot"
TAGS = re.compile(r"</?(?:b|i|u|s|code|pre|blockquote)>")
LOOK_SECONDS = 0.01
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass
class Telegram(OutsideWorld):
    """Knows one bot; every chat but number 404 exists, and those in `blocking` blocked the bot."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    """Not confirmed yet."""
    blocking: set[int] = field(default_factory=set)
    slow: list[int] = field(default_factory=list)
    """Pauses asked for by the next answers to getUpdates."""
    has_webhook: bool = False
    numbers: Any = field(default_factory=lambda: count(100))
    reading: int = 0
    """The latest getUpdates; one before it is told that it was ended."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, text: str, *, chat: int = 77, kind: str = "private", language: str = "en", **message: Any) -> int:
        """Somebody writes to the bot; the number of the update."""
        sender = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": language}
        said = {"message_id": 1, "from": sender, "chat": {"id": chat, "type": kind}, "date": 0, "text": text}
        return self.happen(message=said | message)

    def block(self, chat: int = 77) -> int:
        """Somebody blocks the bot, of which it is told."""
        self.blocking.add(chat)
        standing = {"user": {"id": NUMBER, "is_bot": True}, "status": "kicked", "until_date": 0}
        return self.happen(my_chat_member={"chat": {"id": chat, "type": "private"}, "from": {"id": chat}, "new_chat_member": standing})

    def happen(self, **update: Any) -> int:
        with self.lock:
            number = next(self.numbers)
            self.updates.append({"update_id": number} | update)
        return number

    @property
    def sent(self) -> list[dict[str, Any]]:
        """Every message the bot wrote, also those that were refused."""
        return [each.json for each in self.requests if each.path.endswith("/sendMessage")]

    @property
    def texts(self) -> list[str]:
        return [each["text"] for each in self.sent]

    def judge(self, request: Request) -> Response:
        method = request.path.removeprefix(f"/bot{TOKEN}/")
        if method == request.path:
            return error(401, "Unauthorized")
        match method:
            case "sendMessage":
                return self._sent(request.json)
            case "getMe":
                return ok({"id": NUMBER, "is_bot": True, "first_name": "Pace", "username": NAME})
            case "getUpdates":
                return self._updates(request.json)
            case _:
                return error(404, "Not Found")

    def _sent(self, payload: dict[str, Any]) -> Response:
        if payload["chat_id"] == 404:
            return error(400, "Bad Request: chat not found")
        if payload["chat_id"] in self.blocking:
            return error(403, "Forbidden: bot was blocked by the user")
        return _judged(payload) or ok({"message_id": len(self.requests)})

    def _updates(self, asked: dict[str, Any]) -> Response:
        """What is waiting from the offset on, which forgets what is before; waits where there is nothing."""
        if self.has_webhook:
            return error(409, WEBHOOK)
        if self.slow:
            return slow_down(self.slow.pop(0))
        with self.lock:
            self.reading += 1
            turn, offset = self.reading, asked.get("offset", 0)
            self.updates = [each for each in self.updates if each["update_id"] >= offset]
        ends_at = time.monotonic() + asked.get("timeout", 0)
        while not (found := self._waiting(asked)) and time.monotonic() < ends_at and not self.closing.wait(LOOK_SECONDS):
            if turn != self.reading:
                return error(409, CONFLICT)
        return ok(found)

    def _waiting(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        kinds = asked.get("allowed_updates")
        with self.lock:
            found = [each for each in self.updates if not kinds or set(kinds) & set(each)]
        return found[: asked.get("limit", 100)]


def ok(result: Any) -> Response:
    return Response(200, json.dumps({"ok": True, "result": result}))


def error(status: int, description: str, **parameters: Any) -> Response:
    more = {"parameters": parameters} if parameters else {}
    return Response(status, json.dumps({"ok": False, "error_code": status, "description": description} | more))


def slow_down(seconds: int) -> Response:
    return error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _judged(payload: dict[str, Any]) -> Response | None:
    text = payload["text"]
    if payload.get("parse_mode") == "HTML":
        bare = TAGS.sub("", text)
        if "<" in bare or ">" in bare or text.count("<b>") != text.count("</b>"):
            return error(400, "Bad Request: can't parse entities: Unsupported start tag at byte offset 1")
        text = unescape(bare)
    if not text.strip():
        return error(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        return error(400, "Bad Request: message is too long")
    buttons = [each for row in payload.get("reply_markup", {}).get("inline_keyboard", []) for each in row]
    if any("." not in (urlsplit(each["url"]).hostname or "") for each in buttons):
        return error(400, "Bad Request: inline keyboard button URL is invalid: Wrong HTTP URL")
    return None
