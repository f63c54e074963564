"""The Content-Security-Policy: scripts of our own only, no connection to anybody else."""

import base64
import hashlib
import re
from typing import Final

_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HOST: Final = re.compile(r"[A-Za-z0-9.:\[\]_-]{1,255}")


def inline_script_hashes(page: str) -> tuple[str, ...]:
    """The inline scripts of the page as CSP sources, so that these and no others run."""
    scripts: list[str] = _INLINE_SCRIPT.findall(page)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def content_security_policy(host: str, script_hashes: tuple[str, ...]) -> str:
    """The policy for a page served as `host`; the websocket is named because older browsers do not count it as 'self'.

    Streamlit loads the scripts of components, and the sound its recorder has just taken, from blob: URLs, which only a script that
    runs already can make.
    """
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' blob:", *script_hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' blob:{sockets}",
            "media-src 'self' blob:",
            "frame-src 'self'",
            "frame-ancestors 'self'",
            "form-action 'self'",
            "base-uri 'self'",
            "object-src 'none'",
        )
    )
