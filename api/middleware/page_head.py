"""Streamlit's one page, told beforehand what it would otherwise find out step by step: where its server is, what it will draw with."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEAD: Final = "<title>"
"""Where the page is told it."""
WHERE: Final = '<script>window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href }</script>'
"""The folder the page was served from. Without it a page opened at /daily asks for its server below /daily first."""
DRAWN_WITH: Final = ("Html", "BidiComponent", "PageLink", "Checkbox", "ButtonGroup", "Button", "LinkButton", "Progress", "Metric")
"""Scripts that our screens need as soon as their first element comes; Streamlit asks for each, and then for those it needs, only then."""
NEEDED: Final = re.compile(r'(?:\bfrom|\bimport)\s*"\./([^"/]+\.js)"')
"""In a script, another one without which it cannot begin."""
NOT_PASSED_ON: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since")
"""Streamlit would pack the page, and knows only that its file is unchanged; neither says anything about what goes out instead."""


def told_beforehand(index_html: Path) -> str:
    """The page as it is served; a script that this version of Streamlit does not have is left out, as is one the page names itself."""
    page = index_html.read_text(encoding="utf-8")
    folder = index_html.parent / "static" / "js"
    scripts = _with_needed([path for name in DRAWN_WITH for path in _scripts(folder, name)], named=page)
    links = [f'<link rel="modulepreload" crossorigin href="./static/js/{each.name}">' for each in scripts]
    return page.replace(HEAD, "\n    ".join((WHERE, *links, HEAD)), 1)


def _scripts(folder: Path, name: str) -> list[Path]:
    return sorted(path for path in folder.glob(f"{name}.*.js") if path.stem.rsplit(".", 1)[0] == name)


def _with_needed(scripts: Sequence[Path], *, named: str) -> list[Path]:
    """The scripts and all that they cannot begin without, except what is `named` already."""
    waiting, found = [*reversed(scripts)], list[Path]()
    while waiting:
        script = waiting.pop()
        if script not in found and script.name not in named:
            found.append(script)
            waiting += [script.parent / each for each in NEEDED.findall(script.read_text(encoding="utf-8"))]
    return found


class PageHead:
    """Serves the page as it is told wherever Streamlit serves its own; everything else passes as it is."""

    def __init__(self, app: ASGIApp, *, plain: bytes, told: bytes) -> None:
        """`plain` is Streamlit's page, `told` what goes out instead."""
        self.app = app
        self.plain = plain
        self.told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and look at every HTML answer."""
        if scope["type"] != "http" or scope["path"].startswith("/api/"):
            await self.app(scope, receive, send)
            return
        await self.app(_asked_plainly(scope), receive, _Answer(self, send).send)


class _Answer:
    """One answer; HTML is held back until it is whole."""

    def __init__(self, pages: PageHead, send: Send) -> None:
        self._pages, self._send = pages, send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._whole(self._start)

    async def _whole(self, start: Message) -> None:
        headers = MutableHeaders(raw=start["headers"])
        body = self._pages.told if self._body == self._pages.plain else self._body
        if body is self._pages.told:
            headers["content-length"] = str(len(body))
            del headers["etag"], headers["last-modified"]
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    return Headers(raw=start.get("headers", [])).get("content-type", "").startswith("text/html")


def _asked_plainly(scope: Scope) -> Scope:
    """A browser's request for a page, so that the answer is the whole page as it is; other requests pass as they are."""
    if not any(name == b"accept" and b"text/html" in value for name, value in scope["headers"]):
        return scope
    return {**scope, "headers": [each for each in scope["headers"] if each[0] not in NOT_PASSED_ON]}
