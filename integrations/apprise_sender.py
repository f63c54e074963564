"""Everything else through Apprise: e-mail, ntfy, Pushover, Discord, Microsoft Teams, and JSON for one's own programs.

Apprise tells success from failure and nothing more: a failure is tried again, and a receiver that never accepts anything is
given up by age alone.
"""

import logging
import re
from collections.abc import Callable
from enum import Enum
from hashlib import sha256
from threading import Lock, Thread
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlsplit

from apprise import Apprise, AppriseAsset, NotifyFormat, PersistentStoreMode

from integrations.plain import cut, readable
from integrations.sender import SEND_SECONDS, Answer, Message, Refused, Retry, Sent

logging.getLogger("apprise").setLevel(logging.CRITICAL)
"""Its warnings quote addresses and answers."""

SCHEMAS: Final = frozenset({"discord", "pover", "mailto", "mailtos", "ntfy", "ntfys", "workflows", "json", "jsons"})
"""The ways that are tried and supported; Apprise knows a hundred more, some of which read files or start programs."""
OPTIONS: Final = frozenset({"priority", "sound", "tags", "to", "from", "name", "cc", "bcc", "user", "pass", "smtp", "mode"})
"""Options of an address. Not among them: whatever reads files, follows redirects, mentions people or waits longer."""
WITH_HEADERS: Final = frozenset({"json", "jsons"})
"""One's own programs may want a header, such as a key: `+X-Key=value`."""
MAIL: Final = frozenset({"mailto", "mailtos"})
"""Receivers that show HTML; Apprise adds the same as text for programs that do not."""
PUBLIC_HOST: Final = frozenset({"discord", "pover"})
DISCORD: Final = re.compile(r"https://(?:discord|discordapp)\.com/api/webhooks/[0-9]{5,25}/[\w-]{20,100}", re.ASCII)
TEAMS: Final = re.compile(r"https://[a-z0-9.-]+\.(?:logic\.azure\.com|api\.powerplatform\.com)(?::443)?/[\w/-]+\?[\w&=%.-]+", re.ASCII)
"""Webhooks as Discord and Teams show them; Apprise reads them as they are."""
MARKED_UP: Final = frozenset({"discord", "workflows"})
"""Receivers that would make links and mentions of other people's text."""
ALIVE: Final = re.compile(r"([@<]|\](?=\())")
JOINER: Final = "\u2060"
"""Invisible: behind such a sign it keeps the receiver from taking it for the start of a mention or a link."""
BODY_LONGEST: Final = 10_000
BODY_ROOM: Final = 600
"""Left of what the receiver takes, for title and link."""
SOCKET_SECONDS: Final = 4.0
DETAIL_IN_TIME: Final = "no answer in time"


class Reach(Enum):
    """Where an address leads."""

    NOWHERE = "nowhere"
    """It is none of the kinds that are supported."""
    PUBLIC = "public"
    """To the servers of the company that offers the service, whatever is entered."""
    OWN_HOST = "own host"
    """To a host that whoever entered the address chose."""


class AppriseSender:
    """Sends by one address of the list above, in a thread that is waited for no longer than a sending may take."""

    def __init__(self, *, seconds: float = SEND_SECONDS) -> None:
        """Nobody is being sent to yet."""
        self._seconds = seconds
        self._busy: set[str] = set()
        self._lock = Lock()

    def send(self, address: str, message: Message) -> Answer:
        """Send once. While an earlier try by the same address still hangs there is no second one."""
        service = _service(address) if reach(address) is not Reach.NOWHERE else None
        if service is None:
            return Refused(reason="This address cannot be used. Enter one of the kinds the form names.", detail="address not allowed")
        key = sha256(address.encode()).hexdigest()
        with self._lock:
            if key in self._busy:
                return Retry(detail="an earlier try has not ended")
            self._busy.add(key)
        return self._in_time(key, lambda: _notified(service, message))

    def _in_time(self, key: str, work: Callable[[], bool]) -> Answer:
        accepted: list[bool] = []
        thread = Thread(target=self._run, args=(key, work, accepted), daemon=True, name="apprise")
        thread.start()
        thread.join(self._seconds)
        if not accepted:
            return Retry(detail=DETAIL_IN_TIME)
        return Sent() if accepted[0] else Retry(detail="not accepted")

    def _run(self, key: str, work: Callable[[], bool], accepted: list[bool]) -> None:
        try:
            accepted.append(work())
        except Exception:  # noqa: BLE001 - whatever goes wrong in there is a failure; its words may quote the address
            accepted.append(False)
        finally:
            with self._lock:
                self._busy.discard(key)


def reach(address: str) -> Reach:
    """Whether the address is supported, and who decides which host it leads to."""
    service = _service(address) if _is_listed(address) else None
    if service is None or getattr(service, "template", None):
        return Reach.NOWHERE
    schema = urlsplit(address).scheme.lower()
    is_public = schema in PUBLIC_HOST | {"https"} or (schema in {"ntfy", "ntfys"} and service.mode == "cloud")
    return Reach.PUBLIC if is_public else Reach.OWN_HOST


def _is_listed(address: str) -> bool:
    if DISCORD.fullmatch(address) or TEAMS.fullmatch(address):
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    schema, options = parts.scheme.lower(), {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    unknown = {name for name in options - OPTIONS if not (schema in WITH_HEADERS and name.startswith((" ", "+")))}
    return schema in SCHEMAS and not unknown and not parts.fragment and address.isprintable()


def _service(address: str) -> Any:  # noqa: ANN401 - Apprise's plugins share no type of theirs that tells their fields
    """Apprise's plugin for the address, kept from following, waiting and remembering; None when Apprise cannot read it."""
    asset = AppriseAsset(storage_mode=PersistentStoreMode.MEMORY, secure_logging=True, app_id="Pacesetter", app_url="")
    asset.http_redirects, asset.default_service_retry = False, 0
    service = Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if service is not None:
        service.redirects, service.retry = False, 0
        service.socket_connect_timeout = service.socket_read_timeout = SOCKET_SECONDS
    return service


def _notified(service: Any, message: Message) -> bool:  # noqa: ANN401 - see above
    """Whether the receiver accepted it."""
    if isinstance(getattr(service, "headers", None), dict):
        service.headers["Idempotency-Key"] = quote(message.dedupe_key, safe=":-_.")
    has_click = message.link and hasattr(service, "click")
    if has_click:
        service.click = message.link
    title, body = readable(message.title).replace("\n", " "), readable(message.body)
    if _schema(service) in MARKED_UP:
        title, body = ALIVE.sub(rf"\1{JOINER}", title), ALIVE.sub(rf"\1{JOINER}", body)
    ways = Apprise(asset=service.asset)
    ways.add(service)
    html = message.content.get("html")
    if _schema(service) in MAIL and isinstance(html, str) and len(html) <= service.body_maxlen:
        return bool(ways.notify(body=html, title=title, body_format=NotifyFormat.HTML))
    body = cut(body, max(min(service.body_maxlen, BODY_LONGEST) - BODY_ROOM, 0))
    parts = [body, "" if has_click else message.link]
    return bool(ways.notify(body="\n\n".join(filter(None, parts)) or title, title=title, body_format=NotifyFormat.TEXT))


def _schema(service: Any) -> str:  # noqa: ANN401 - see above
    known = service.secure_protocol or service.protocol
    return known if isinstance(known, str) else known[-1]
