"""A door before the addresses of Streamlit that it opens to anybody: files, uploads, metrics, its interface for programs."""

from collections.abc import Callable
from typing import Final

from anyio import to_thread
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import error_response

GUARDED: Final = ("/media/", "/_stcore/metrics", "/_stcore/upload_file", "/_stcore/agent")


class SignedInOnly:
    """Answers 401 at the guarded addresses unless the cookie belongs to somebody signed in at this moment."""

    def __init__(self, app: ASGIApp, *, cookie_name: str, is_signed_in: Callable[[str], bool]) -> None:
        """`is_signed_in` tells whether a cookie's token is valid now; it may ask the database."""
        self.app = app
        self.cookie_name = cookie_name
        self.is_signed_in = is_signed_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the path as the server routes it, never at one rebuilt from headers."""
        if scope["type"] != "http" or not scope["path"].startswith(GUARDED) or await self._may_pass(scope):
            await self.app(scope, receive, send)
            return
        await error_response(401, "not_signed_in", "Sign in first.")(scope, receive, send)

    async def _may_pass(self, scope: Scope) -> bool:
        token = HTTPConnection(scope).cookies.get(self.cookie_name)
        return token is not None and await to_thread.run_sync(self.is_signed_in, token)
