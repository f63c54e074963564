"""Passwords: which are good enough, how they are kept, how one is checked.

They are hashed with the Hasher of streamlit-authenticator (bcrypt). The package itself is not imported: it would mount its
JavaScript cookie manager, which needs a running Streamlit.
"""

import base64
import hashlib
import secrets
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from domain.errors import InputError, SetupError
from domain.records import Role

SHORTEST: Final = 8
SHORTEST_FOR_ADMINS: Final = 12
LONGEST: Final = 1000
"""Far beyond any passphrase; a bound so that nobody makes the server hash megabytes."""
COST: Final = 12
"""bcrypt's work factor (rounds as a power of two): about a quarter of a second a try on one core."""
BCRYPT_BYTES: Final = 72
"""bcrypt reads no further; longer passwords are reduced to a digest first."""
HASHES_AT_ONCE: Final = 4
"""More at a time would let a burst of sign-ins take every core from the screens."""
ONE_TIME_BYTES: Final = 12

_hashing = BoundedSemaphore(HASHES_AT_ONCE)
_common: Final = frozenset(FREQUENCY_LISTS["passwords"])


def require_good(password: str, role: Role, *, known_words: tuple[str, ...] = ()) -> None:
    """Raise InputError when the password is too short, too long, among the most common, or one of the person's own words.

    Characters are free: spaces, emoji and anything else are kept as typed, and no mixture of kinds is asked for.
    """
    shortest = SHORTEST_FOR_ADMINS if role is Role.ADMIN else SHORTEST
    if len(password) < shortest:
        raise InputError(f"Use at least {shortest} characters. A few words in a row are easy to remember.", code="password_too_short")
    if len(password) > LONGEST:
        raise InputError(f"Use at most {LONGEST} characters.", code="password_too_long")
    plain = password.casefold()
    if plain in _common or plain in {word.casefold() for word in known_words} or len(set(plain)) == 1:
        raise InputError("This password is one of the first that people try. Choose another.", code="password_too_common")


def hashed(password: str) -> str:
    """The password's bcrypt hash, as it is stored."""
    with _hashing:
        return str(_hasher().hash(_within_bcrypt(password)))


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one. Always exactly one hash: somebody unknown takes as long as somebody known."""
    with _hashing:
        is_same = bool(_hasher().check_pw(_within_bcrypt(password), stored or nobodys_hash()))
    return is_same and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with a lower cost than today's."""
    return int(stored.split("$")[2]) < COST


def one_time_password() -> str:
    """A password nobody chose, to be replaced at the first sign-in."""
    return secrets.token_urlsafe(ONE_TIME_BYTES)


def _within_bcrypt(password: str) -> str:
    """The password itself, or a digest of it where bcrypt could not read it whole."""
    raw = password.encode("utf-8", errors="surrogatepass")
    if len(raw) <= BCRYPT_BYTES and b"\0" not in raw and raw == password.encode("utf-8", errors="replace"):
        return password
    return base64.b64encode(hashlib.sha256(raw).digest()).decode()


@cache
def nobodys_hash() -> str:
    """What a password is checked against when there is nobody to check; made once."""
    return str(_hasher().hash(secrets.token_urlsafe()))


@cache
def _hasher() -> Any:  # noqa: ANN401 - the package has no types
    package = find_spec("streamlit_authenticator")
    if package is None or not package.submodule_search_locations:
        raise SetupError("streamlit-authenticator is missing. Install requirements.txt.")
    path = Path(package.submodule_search_locations[0]) / "utilities" / "hasher.py"
    spec = spec_from_file_location("streamlit_authenticator_hasher", path)
    if spec is None or spec.loader is None:
        raise SetupError("streamlit-authenticator has no hasher. Install the version requirements.txt names.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Hasher
