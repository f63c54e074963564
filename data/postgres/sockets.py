"""Where the server's socket goes: into the data folder, or into a short private one when the path is too long or has odd characters."""

import os
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import quote

from data.postgres.owner import Owner

LONGEST_SOCKET_PATH: Final = 100
"""The kernel takes 107 bytes on Linux and 103 on macOS; PostgreSQL adds `.lock` for a file of its own beside it."""
SOCKET_NAME: Final = ".s.PGSQL.5432"
_SPLITS: Final = ",\"'\\"
"""Characters PostgreSQL or libpq would take for a separator or a quote."""


def fits(folder: Path) -> bool:
    """Whether a socket in the folder can be opened by every client."""
    path = str(folder / SOCKET_NAME)
    return len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and not any(character in path for character in _SPLITS)


def choose(folder: Path, owner: Owner | None) -> Path:
    """The data folder where it fits, else a new private folder among the temporary ones."""
    if fits(folder):
        return folder
    short = Path(tempfile.mkdtemp(prefix="pacesetter-"))
    if owner is not None:
        os.chown(short, owner.uid, owner.gid)
    return short


def url(socket_folder: Path) -> str:
    """How to reach the server that listens there."""
    return f"postgresql://postgres@/postgres?host={quote(str(socket_folder), safe='/')}"
