"""What people write to the bot, read by long polling: Telegram keeps it for a day until it is asked for what comes after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from integrations.http import Reply, UnreachableError, ask

LONGEST_ANSWER: Final = 8 * 1024 * 1024
"""Twenty messages of 4,096 characters, each with one it answers, all of them escaped, stay below this."""
AT_ONCE: Final = 20
NAME_SECONDS: Final = 10.0
SPARE_SECONDS: Final = 10.0
"""What an answer may take beyond the wait that was asked for."""
TOKEN_PAUSE: Final = timedelta(minutes=5)
"""A token that is refused is an administrator's affair; they are not done sooner than in minutes."""
CONFLICT_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=1)
LATEST: Final = 2**32
"""Unix seconds up to the year 2106; what is larger is no moment."""
OK, CONFLICT, TOO_MANY = 200, 409, 429
TOKEN_TROUBLE: Final = frozenset({401, 403, 404})
GONE: Final = frozenset({"kicked", "left"})
"""What Telegram calls a chat that blocked the bot."""
TWO_READERS: Final = (
    "Another program reads what people write to this bot. Stop it, or give this installation a bot of its own: Telegram lets one read."
)
WEBHOOK: Final = "A webhook is set for this bot, so Telegram hands its messages to that address. Delete it, or use a bot of its own here."
NOT_LET_IN: Final = "Telegram does not accept the bot's token. Set PACESETTER_TELEGRAM_TOKEN to the one BotFather shows."
SLOWER: Final = "Telegram asked the bot to wait."
SILENT: Final = "Telegram does not answer."


class TelegramTroubleError(Exception):
    """Telegram did not give what was asked for."""

    def __init__(self, reason: str, *, after: timedelta | None = None) -> None:
        """`reason` is a sentence for administrators; `after` the pause before asking again, None where nobody named one."""
        super().__init__(reason)
        self.reason, self.after = reason, after


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message somebody wrote to the bot in a chat of their own, or that they blocked it."""

    chat: str
    text: str = ""
    language: str = ""
    """What Telegram says their language is, such as `ru`; empty where it does not."""
    has_blocked: bool = False
    at: datetime | None = None
    """When it reached Telegram; None where that is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Something that happened; each has a number above the one before it."""

    number: int
    said: Said | None
    """None for what the bot does not follow: groups, pictures, changes of a message."""


class TelegramUpdates:
    """Reads for one bot."""

    def __init__(self, base: str, token: str) -> None:
        """`base` is Telegram's own address, or a test's; the token is shown nowhere."""
        self._url = f"{base.rstrip('/')}/bot{token}"
        number = token.partition(":")[0]
        self.number: Final = int(number) if number.isascii() and number.isdigit() else 0
        """Telegram's number of the bot, as its token begins with it."""

    def name(self) -> str:
        """What the bot is called in links; raises TelegramTroubleError."""
        result = self._result("getMe", {}, seconds=NAME_SECONDS)
        name = result.get("username") if isinstance(result, dict) else None
        if not isinstance(name, str) or not name:
            raise TelegramTroubleError(SILENT)
        return name

    def since(self, number: int, *, wait_seconds: int) -> tuple[Update, ...]:
        """What happened from this number on, the oldest first; waits so long for something where there is nothing.

        Asking for a number tells Telegram to forget everything before it. Raises TelegramTroubleError.
        """
        asked = {"offset": number, "limit": AT_ONCE, "timeout": wait_seconds, "allowed_updates": ["message", "my_chat_member"]}
        result = self._result("getUpdates", asked, seconds=wait_seconds + SPARE_SECONDS)
        found = (_update(each) for each in result) if isinstance(result, list) else ()
        return tuple(sorted((each for each in found if each is not None), key=lambda each: each.number))

    def _result(self, method: str, payload: Mapping[str, Any], *, seconds: float) -> object:
        try:
            reply = ask("POST", f"{self._url}/{method}", payload=dict(payload), seconds=seconds, longest=LONGEST_ANSWER)
        except UnreachableError:
            raise TelegramTroubleError(SILENT) from None
        said = _read(reply)
        if reply.status == OK and said.get("ok") is True:
            return said.get("result")
        raise _trouble(reply, said)


def _read(reply: Reply) -> Mapping[str, Any]:
    try:
        read = json.loads(reply.text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _trouble(reply: Reply, said: Mapping[str, Any]) -> TelegramTroubleError:
    if reply.status == CONFLICT:
        is_webhook = "webhook" in str(said.get("description", "")).lower()
        return TelegramTroubleError(WEBHOOK if is_webhook else TWO_READERS, after=CONFLICT_PAUSE)
    if reply.status in TOKEN_TROUBLE:
        return TelegramTroubleError(NOT_LET_IN, after=TOKEN_PAUSE)
    if reply.status == TOO_MANY:
        return TelegramTroubleError(SLOWER, after=_pause(reply, said))
    return TelegramTroubleError(SILENT)


def _pause(reply: Reply, said: Mapping[str, Any]) -> timedelta | None:
    parameters = said.get("parameters")
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(asked, int) and not isinstance(asked, bool):
        return min(timedelta(seconds=max(asked, 1)), LONGEST_PAUSE)
    return reply.retry_after


def _update(raw: object) -> Update | None:
    """One update; None where it has no number, which none of Telegram's lacks."""
    if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
        return None
    member, message = raw.get("my_chat_member"), raw.get("message")
    said = _left(member) if isinstance(member, dict) else _message(message) if isinstance(message, dict) else None
    return Update(number=raw["update_id"], said=said)


def _message(message: Mapping[str, Any]) -> Said | None:
    chat, text, sender = _own_chat(message), message.get("text"), message.get("from")
    if chat is None or not isinstance(text, str):
        return None
    code = sender.get("language_code") if isinstance(sender, dict) else None
    return Said(chat=chat, text=text, language=code if isinstance(code, str) else "", at=_moment(message.get("date")))


def _moment(seconds: object) -> datetime | None:
    if not isinstance(seconds, int) or not 0 < seconds < LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _left(member: Mapping[str, Any]) -> Said | None:
    chat, standing = _own_chat(member), member.get("new_chat_member")
    is_gone = isinstance(standing, dict) and standing.get("status") in GONE
    return Said(chat=chat, has_blocked=True) if chat is not None and is_gone else None


def _own_chat(holder: Mapping[str, Any]) -> str | None:
    """The chat between the bot and one person; None for groups and channels, where others would read the answers."""
    chat = holder.get("chat")
    if not isinstance(chat, dict) or chat.get("type") != "private" or not isinstance(chat.get("id"), int):
        return None
    return str(chat["id"])
