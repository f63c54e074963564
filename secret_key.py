"""The secret that signs and seals what the server hands out: the administrator's, or one of our own in the home folder."""

import os
import secrets
from contextlib import suppress
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
    """The file's secret, made when there is none; processes that make one at the same moment all get the first."""
    if kept := _read(path):
        return kept
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(BYTES))
        with suppress(FileNotFoundError):
            if path.stat().st_size == 0:
                path.unlink()
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    return _read(path)


def _read(path: Path) -> str:
    """Empty when there is no file; an empty file (a crash while writing) counts as none."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
