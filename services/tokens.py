"""Random tokens that prove something to the server, which keeps only their hash."""

import hashlib
import secrets
from typing import Final

TOKEN_BYTES: Final = 32
"""256 bits: nobody guesses one."""


def new_token() -> str:
    """A fresh token, safe in a cookie or a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What the database keeps of a token, or of anything else it should recognise but not know."""
    return hashlib.sha256(token.encode("utf-8", errors="surrogatepass")).hexdigest()
