"""Sealing what would let a stranger act in our name: encrypted with a key drawn from the installation's secret."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.errors import SetupError

CHANNELS: Final = b"pacesetter: addresses of channels, 1"
CRM: Final = b"pacesetter: keys of the CRM, 1"
"""What is sealed. It keeps each key apart from every other one that is drawn from the same secret."""
MARKS: Final = b", marks"
"""What is only recognised has a key of its own."""
KEY_BYTES: Final = 32


class Seal:
    """Closes and opens addresses. Whoever reads the database without the secret sees noise."""

    def __init__(self, secret: str, purpose: bytes = CHANNELS) -> None:
        """Draw the key; the secret itself is not kept."""
        key = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(secret.encode())
        self._fernet = Fernet(urlsafe_b64encode(key))
        self._marking = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose + MARKS).derive(secret.encode())

    def close(self, address: str) -> str:
        """The address as it may be stored."""
        return self._fernet.encrypt(address.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The address again; SetupError when it was sealed with another secret or is damaged."""
        try:
            return self._fernet.decrypt(sealed.encode("ascii")).decode()
        except (InvalidToken, ValueError):
            raise SetupError(
                "This was sealed with another PACESETTER_SECRET. Set that secret again, or enter the address or key anew.",
                code="sealed_elsewhere",
            ) from None

    def mark(self, address: str) -> str:
        """The same for the same address, to find it again by; nobody without the secret can tell which it is."""
        return hmac.new(self._marking, address.encode(), sha256).hexdigest()

    def opens(self, sealed: str) -> bool:
        """Whether it was sealed with this secret."""
        try:
            self.open(sealed)
        except SetupError:
            return False
        return True
