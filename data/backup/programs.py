"""PostgreSQL's programs for dumping and restoring: those we bring, or the system's where its server is newer."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from data.postgres import binaries
from domain.errors import SetupError

NEEDED: Final = ("pg_dump", "pg_restore", "psql")
_VERSION: Final = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """A folder with the programs, and what they need to reach one database."""

    major: int
    server: int
    """The database's major version."""
    folder: Path
    target: str
    """The connection without its password, which other users of the machine could read in the list of processes."""
    environment: Mapping[str, str]

    def command(self, name: str, *arguments: str) -> list[str]:
        """A program with its arguments."""
        return [str(self.folder / name), *arguments]


def programs_for(url: str, *, server: int, at_least: int = 0, environment: Mapping[str, str]) -> Programs:
    """The oldest programs at hand that are as new as the server and as the archive (`at_least`); SetupError when there are none.

    A dump by the server's own version is sure to go back into it; a newer pg_dump reads an older server too, but not the reverse.
    """
    wanted = max(server, at_least)
    able = sorted((major, place) for place, major in enumerate(map(_major, _folders(environment))) if major >= wanted)
    if not able:
        raise SetupError(
            f"This needs the client programs of PostgreSQL {wanted}; Pacesetter brings those of {binaries.MAJOR}. "
            f"Install them (Debian: postgresql-client-{wanted})."
        )
    major, place = able[0]
    parts = conninfo_to_dict(url)
    password = parts.pop("password", None)
    secret = {"PGPASSWORD": str(password)} if password else {}
    return Programs(
        major=major,
        server=server,
        folder=_folders(environment)[place],
        target=make_conninfo("", **parts),
        environment={**environment, "LC_ALL": "C", **secret},
    )


def _folders(environment: Mapping[str, str]) -> list[Path]:
    """Ours first: its version is the one we test."""
    system = shutil.which("pg_dump", path=environment.get("PATH"))
    return [binaries.install_folder() / "bin", *([Path(system).parent] if system else [])]


def _major(folder: Path) -> int:
    """The version of a complete set of programs; 0 for an incomplete one."""
    if not all((folder / name).is_file() for name in NEEDED):
        return 0
    said = subprocess.run([str(folder / "pg_dump"), "--version"], check=False, capture_output=True, text=True)  # noqa: S603 - a known program
    match = _VERSION.search(said.stdout)
    return int(match[1]) if match else 0
