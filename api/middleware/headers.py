"""Headers that tell browsers what this site may do; Streamlit sends none of its own."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.policy import content_security_policy

FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STRICT_TRANSPORT: Final = "max-age=31536000; includeSubDomains"


class SecurityHeaders:
    """Adds the headers to every HTTP answer, errors and files included."""

    def __init__(self, app: ASGIApp, *, script_hashes: tuple[str, ...], https: bool) -> None:
        """Over https browsers are told to stay there."""
        self.app = app
        self.script_hashes = script_hashes
        self.fixed = {**FIXED, "Strict-Transport-Security": STRICT_TRANSPORT} if https else FIXED

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = content_security_policy(Headers(scope=scope).get("host", ""), self.script_hashes)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update({**self.fixed, "Content-Security-Policy": policy})
            await send(message)

        await self.app(scope, receive, send_with_headers)
