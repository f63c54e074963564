"""The database of one run: the administrator's, or the embedded one for as long as it is needed."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final

from data.embedded import EmbeddedServer, running_url
from domain.errors import ConflictError, SetupError
from settings import Settings

PATIENCE_SECONDS: Final = 30
"""How long another process may take to bring the shared server up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDatabase:
    """Where the database is, and our server when we run it."""

    url: str
    server: EmbeddedServer | None = None

    @property
    def has_ended(self) -> bool:
        """Whether our own server stopped by itself."""
        return self.server is not None and self.server.has_ended


@contextmanager
def owned_database(chosen: Settings) -> Iterator[OpenDatabase]:
    """The database of a run that must be the only one in its folder."""
    if chosen.database_url is not None:
        yield OpenDatabase(url=chosen.database_url)
        return
    server = EmbeddedServer(chosen.database_folder)
    try:
        yield OpenDatabase(url=server.start(), server=server)
    finally:
        server.stop()


@contextmanager
def shared_database(chosen: Settings) -> Iterator[str]:
    """The database's URL for one command: the running copy's server when there is one, else our own until the command ends."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(owned_database(chosen)).url
        except ConflictError:
            url = _url_of_running_copy(chosen)
        yield url


def _url_of_running_copy(chosen: Settings) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if (url := running_url(chosen.database_folder)) is not None:
            return url
        time.sleep(0.2)
    raise SetupError("Another copy of Pacesetter is starting or stopping in this folder. Try again in a moment.")
