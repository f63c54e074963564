"""The secret that signs and seals what the server hands out: the administrator's, or one of our own in the home folder."""

import os
import secrets
from functools import cache
from pathlib import Path
from typing import Final

from settings import Settings, settings

FILE_NAME: Final = "secret"
BYTES: Final = 48


def secret_of(chosen: Settings) -> str:
    """PACESETTER_SECRET when set; else the generated one, made at the first start and readable by its owner only."""
    if chosen.secret is not None:
        return chosen.secret.get_secret_value()
    return _kept_secret(chosen.home / FILE_NAME)


@cache
def secret_key() -> str:
    """The process's secret, read once; for entry points, which hand it on."""
    return secret_of(settings())


def _kept_secret(path: Path) -> str:
    """The file's secret; an empty file (a crash while writing) counts as none."""
    if path.exists() and (kept := path.read_text(encoding="ascii").strip()):
        return kept
    made = secrets.token_urlsafe(BYTES)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(made)
    return made
