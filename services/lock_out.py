"""When a try to sign in is refused before its password is even looked at.

Ten wrong passwords for an account from one address, or thirty from one address for any accounts, within a quarter of an
hour close it for what is left of that quarter. Somebody else's guessing must not keep people out: a device on which the
account was signed in to before is counted by itself, and from an address that did not guess itself the account is slowed
to one try a minute, until a hundred guesses show an attack from many addresses.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import sign_in as queries
from data.queries.sign_in import Failures

WINDOW: Final = timedelta(minutes=15)
PER_ACCOUNT: Final = 10
PER_ADDRESS: Final = 30
PER_ACCOUNT_EVERYWHERE: Final = 100
SLOWED: Final = timedelta(seconds=60)
KEEP_FAILED: Final = timedelta(days=1)
KEEP_SUCCEEDED: Final = timedelta(days=90)
"""How long a device counts as known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a try comes from and for which account, as hashes."""

    account: str
    address: str
    device: str
    """Empty for a browser that was never signed in."""


def closed_until(session: Session, origin: Origin, now: datetime) -> datetime | None:
    """When the next try is allowed, or None for at once."""
    since = now - WINDOW
    if origin.device and queries.knows_device(session, origin.account, origin.device):
        return _window_end(queries.failures_of_device(session, origin.account, origin.device, since), PER_ACCOUNT)
    own = queries.failures_of_account_from(session, origin.account, origin.address, since)
    everywhere = queries.failures_of_account(session, origin.account, since)
    ends = [
        _window_end(own, PER_ACCOUNT),
        _window_end(queries.failures_from(session, origin.address, since), PER_ADDRESS),
        _window_end(everywhere, PER_ACCOUNT_EVERYWHERE),
        _slowed_until(own, everywhere, now),
    ]
    return max((end for end in ends if end is not None), default=None)


def _window_end(failures: Failures, allowed: int) -> datetime | None:
    """When fewer than `allowed` of the failures are within the window."""
    return failures.moments[allowed - 1] + WINDOW if len(failures) >= allowed else None


def _slowed_until(own: Failures, everywhere: Failures, now: datetime) -> datetime | None:
    if len(everywhere) < PER_ACCOUNT or not len(own):
        return None
    end = own.moments[0] + SLOWED
    return end if end > now else None
