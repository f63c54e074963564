"""Telegram's Bot API as documented: JSON answers, HTML that must parse, 4,096 units a message, buttons to real hosts."""

import json
import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.http import OutsideWorld, Request, Response

TOKEN = "123456:CANARY-bot-token"
TAGS = re.compile(r"</?(?:b|i|u|s|code|pre|blockquote)>")


class Telegram(OutsideWorld):
    """Knows one bot; every chat but number 404 exists."""

    def judge(self, request: Request) -> Response:
        if request.path != f"/bot{TOKEN}/sendMessage":
            return error(404, "Not Found")
        payload = request.json
        if payload["chat_id"] == 404:
            return error(400, "Bad Request: chat not found")
        return _judged(payload) or Response(200, json.dumps({"ok": True, "result": {"message_id": len(self.requests)}}))


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
