"""How this installation reaches amoCRM: the seal of its keys, the pace, and which addresses an account may have."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from domain.errors import InputError
from integrations.amocrm.client import SECONDS, Client, Pace
from services.sealing import CRM, Seal

ORIGIN: Final = "amocrm"
"""What records from there are marked with; a CSV file of amoCRM has the same, so that both tell of one deal."""
EVERY: Final = timedelta(minutes=10)
"""Between two readings; a webhook brings single changes sooner."""
HOSTS: Final = ("amocrm.ru", "amocrm.com", "kommo.com")
_ACCOUNT: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Made once a process from its settings."""

    secret: str
    product_address: str
    only_base: str | None = None
    """The one address accounts may have, where an installation goes through a proxy; None for amoCRM's own."""
    seconds: float = SECONDS
    pace: Pace = field(default_factory=Pace)

    @property
    def seal(self) -> Seal:
        """Of keys; another one than that of channels."""
        return Seal(self.secret, CRM)

    def client(self, base: str, access: str) -> Client:
        """Asks one account."""
        return Client(base, access, self.pace, seconds=self.seconds)

    def base_of(self, told: str) -> str:
        """The account's address as it is asked; InputError that says what one looks like.

        Only amoCRM's own hosts: whoever may connect an account must not make the server ask others.
        """
        if self.only_base is not None:
            if told.strip().rstrip("/") != self.only_base.rstrip("/"):
                raise InputError(f"Address: this installation reaches amoCRM by {self.only_base} alone.")
            return self.only_base.rstrip("/")
        parts = urlsplit(told.strip().lower() if "://" in told else f"https://{told.strip().lower()}")
        account, _, host = parts.netloc.partition(".")
        if parts.scheme != "https" or host not in HOSTS or not _ACCOUNT.fullmatch(account) or account == "www":
            raise InputError("Address: enter the account's own address, such as https://acme.kommo.com or https://acme.amocrm.ru.")
        return f"https://{account}.{host}"
