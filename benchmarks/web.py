"""The web process under measurement: the real app on a free port, and what it takes of the machine."""

import asyncio
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from data.engine import Database
from settings import PROJECT, Settings, child_environment

START_SECONDS: Final = 180
"""A machine that others keep busy takes its time; a process that ended is noticed at once."""
SAMPLE_SECONDS: Final = 0.5
SERVE: Final = (
    "import sys, uvicorn; uvicorn.run(sys.argv[1], port=int(sys.argv[2]), log_level='warning', lifespan='on', ws='websockets-sansio')"
)
WITHOUT_FREEZE: Final = "import gc; gc.freeze = lambda: None; "
COLLECTING: Final = (
    "from streamlit import config; known = config.get_option; config.get_option = lambda key: key == 'runner.postScriptGC' or known(key); "
)
"""Under uvicorn Streamlit takes its settings from the file alone, whatever the environment says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A way to run the process."""

    freeze: bool = True
    """Whether what is loaded at the start is kept out of later garbage collections."""
    collect: bool = False
    """Whether Streamlit collects garbage after every run."""
    app: str = "app:app"


VARIANTS: Final = {
    "product": Variant(),
    "no_freeze": Variant(freeze=False),
    "collect": Variant(collect=True),
    "neither": Variant(freeze=False, collect=True),
}


@dataclass(slots=True)
class Taken:
    """What a process has taken while it was watched."""

    rss_mb: float = 0.0
    """The most memory at once."""
    cpu_share: float = 0.0
    """Of one core."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """A running web process."""

    url: str
    process: psutil.Process | None
    """None for one that somebody else runs."""

    @property
    def cookie_name(self) -> str:
        """The sign-in cookie's name on its port."""
        return Settings(port=int(self.url.rsplit(":", 1)[1].rstrip("/"))).cookie_name

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[Taken]:
        """What the process takes while the block runs."""
        taken = Taken()
        if self.process is None:
            yield taken
            return
        watcher = asyncio.create_task(_sample(self.process, taken))
        cpu, started = sum(self.process.cpu_times()[:2]), time.perf_counter()
        try:
            yield taken
        finally:
            watcher.cancel()
            taken.cpu_share = (sum(self.process.cpu_times()[:2]) - cpu) / (time.perf_counter() - started)


@contextmanager
def web(database: Database, variant: Variant, *, ready: str = "/api/health") -> Iterator[Web]:
    """The app in front of the database, up when `ready` answers, stopped at the end; raises RuntimeError when it does not start."""
    port = _free_port()
    serve = ("" if variant.freeze else WITHOUT_FREEZE) + (COLLECTING if variant.collect else "") + SERVE
    with tempfile.TemporaryDirectory(prefix="pacesetter-bench-") as home, ExitStack() as stack:
        environment = child_environment(
            DATABASE_URL=database.writer.url.set(drivername="postgresql").render_as_string(hide_password=False),
            PORT=str(port),
            PACESETTER_HOME=home,
        )
        log = stack.enter_context((Path(home) / "web.log").open("w+b"))
        command = [sys.executable, "-c", serve, variant.app, str(port)]
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own app
        try:
            _wait_until_up(f"http://127.0.0.1:{port}{ready}", process)
            yield Web(url=f"http://127.0.0.1:{port}", process=psutil.Process(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


async def _sample(process: psutil.Process, taken: Taken) -> None:
    while True:
        taken.rss_mb = max(taken.rss_mb, process.memory_info().rss / 1024 / 1024)
        await asyncio.sleep(SAMPLE_SECONDS)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_up(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(START_SECONDS * 5):
        if process.poll() is not None:
            break
        try:
            urlopen(url, timeout=2).close()  # noqa: S310 - our own app
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    msg = f"The app at {url} did not start."
    raise RuntimeError(msg)
