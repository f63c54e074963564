"""Slack's incoming webhooks as documented: plain-text answers, limits of blocks, words for what is wrong."""

from typing import Any

from tests.fakes.http import OutsideWorld, Request, Response

PATH = "/services/T000/B000/XXXXXXXX"
ERRORS = {400: "invalid_payload", 403: "action_prohibited", 404: "no_service", 410: "channel_is_archived", 500: "rollup_error"}


class Slack(OutsideWorld):
    """Answers `ok` to what Slack would accept, and its error words to what it would not."""

    @property
    def webhook(self) -> str:
        return self.url + PATH

    def judge(self, request: Request) -> Response:
        if request.path != PATH:
            return error(404)
        payload = request.json
        if not isinstance(payload.get("text"), str) or not payload["text"]:
            return Response(400, "no_text")
        blocks = payload.get("blocks", [])
        return Response(200, "ok") if len(blocks) <= 50 and all(map(_is_valid, blocks)) else Response(400, "invalid_blocks")


def error(status: int) -> Response:
    return Response(status, ERRORS[status])


def slow_down(seconds: int | str) -> Response:
    return Response(429, "rate_limited", {"Retry-After": str(seconds)})


def _is_valid(block: dict[str, Any]) -> bool:
    match block:
        case {"type": "header", "text": {"type": "plain_text", "text": str(text)}}:
            return 1 <= len(text) <= 150
        case {"type": "section", "text": {"type": "mrkdwn", "text": str(text)}}:
            return 1 <= len(text) <= 3000
        case {"type": "section", "fields": list(fields)}:
            return 1 <= len(fields) <= 10 and all(each["type"] == "mrkdwn" and 1 <= len(each["text"]) <= 2000 for each in fields)
        case {"type": "actions", "elements": list(elements)}:
            return 1 <= len(elements) <= 25 and all(
                each["type"] == "button" and len(each["text"]["text"]) <= 75 and len(each["url"]) <= 3000 for each in elements
            )
        case {"type": "context", "elements": list(elements)}:
            return 1 <= len(elements) <= 10
    return False
