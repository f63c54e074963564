"""The embedded PostgreSQL: started and stopped by one owner process, which hands its URL to the others.

It trusts whoever reaches its socket, and only the owner's user reaches it: the data folder is 0700 and there is no TCP port.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import IO, Final

import psycopg

from data.postgres import binaries, leftovers, owner, sockets
from data.postgres.lifeline import end_with_parent
from domain.errors import ConflictError, SetupError

START_SECONDS: Final = 120
"""A normal start takes under a second; recovery after a power cut may read a lot of log first."""
_POLL_SECONDS: Final = 0.05
_LOG_LINES: Final = 5
_FAST: Final = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class EmbeddedServer:
    """A PostgreSQL in a folder of its own, reachable through a socket only the owner's user can open."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Remember the folder; nothing starts yet. A server that need not survive a power cut (tests) is faster."""
        self.folder = folder.resolve()
        self.durable = durable
        self._lock: IO[str] | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._sockets = self.folder

    def start(self) -> str:
        """Start it and return its URL; ConflictError when another process owns the folder, SetupError when it cannot start."""
        self._take_lock()
        try:
            return self._start_owned()
        except OSError as error:
            self.stop()
            raise SetupError(f"The embedded database cannot use {self.folder}: {error.strerror}. Check who owns the folder.") from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop it, wait until it is gone and give the folder free. Harmless when it does not run."""
        server, self._server = self._server, None
        if server is not None:
            _stop(server)
        if self._sockets != self.folder:
            shutil.rmtree(self._sockets, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def has_ended(self) -> bool:
        """Whether it stopped although nobody asked it to."""
        return self._server is not None and self._server.poll() is not None

    def _take_lock(self) -> None:
        """Whoever holds the lock owns the folder; the kernel frees it when the holder dies, however it dies."""
        path = self.folder.parent / f"{self.folder.name}.lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = path.open("a+", encoding="utf-8")
        except OSError as error:
            raise SetupError(f"{path.parent} is not writable ({error.strerror}). Set PACESETTER_HOME to a folder you own.") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise ConflictError(f"Another copy of Pacesetter (process {holder}) is using {self.folder}. Stop it first.") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _start_owned(self) -> str:
        runs_as = owner.owner_of(self.folder)
        leftovers.clear(self.folder)
        if runs_as is not None:
            owner.open_the_way(self.folder)
        if not (self.folder / "PG_VERSION").exists():
            _initialise(self.folder, runs_as)
        self._refuse_other_version()
        self._sockets = sockets.choose(self.folder, runs_as)
        log = self.folder.parent / f"{self.folder.name}.log"
        with log.open("wb") as output:
            self._server = _spawn(self._command(), runs_as, output)
        url = sockets.url(self._sockets)
        self._wait_until_it_answers(url, log)
        return url

    def _command(self) -> list[str]:
        fast = () if self.durable else _FAST
        return [binaries.program("postgres"), "-D", str(self.folder), "-k", str(self._sockets), "-c", "listen_addresses=", *fast]

    def _refuse_other_version(self) -> None:
        found = (self.folder / "PG_VERSION").read_text(encoding="utf-8").strip()
        if found != str(binaries.MAJOR):
            raise SetupError(
                f"{self.folder} was written by PostgreSQL {found}, this copy brings {binaries.MAJOR}. "
                "Set PACESETTER_HOME to another folder."
            )

    def _wait_until_it_answers(self, url: str, log: Path) -> None:
        """Only a real connection counts; while it recovers it refuses politely."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not self.has_ended:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(url, connect_timeout=5).close()
                return
            time.sleep(_POLL_SECONDS)
        last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
        raise SetupError("The embedded database did not start. Its last words:\n" + "\n".join(last))


def running_url(folder: Path) -> str | None:
    """The URL of the server another process runs in the folder, once it answers; None when there is none."""
    folder = folder.resolve()
    where = leftovers.socket_folder(folder) if leftovers.running_master(folder) else None
    if where is None:
        return None
    try:
        psycopg.connect(sockets.url(where), connect_timeout=5).close()
    except psycopg.OperationalError:
        return None
    return sockets.url(where)


def _initialise(folder: Path, runs_as: owner.Owner | None) -> None:
    """Make the data folder beside its place and move it there, so that an interrupted start leaves nothing half made."""
    if folder.exists():
        folder.rmdir()
    draft = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    if runs_as is not None:
        owner.give(draft, runs_as)
    command = [binaries.program("initdb"), "-D", str(draft), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    with (folder.parent / f"{folder.name}.log").open("w+b") as output:
        initdb = _spawn([*command, "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"], runs_as, output)
        try:
            code = initdb.wait()
        finally:
            initdb.kill()
        output.seek(0)
        if code:
            raise SetupError("The embedded database could not be set up:\n" + output.read().decode(errors="replace").strip())
    draft.rename(folder)


def _spawn(command: list[str], runs_as: owner.Owner | None, output: IO[bytes]) -> subprocess.Popen[bytes]:
    """Run in a session of its own, so that Ctrl-C reaches only the launcher, which stops things in order."""
    return subprocess.Popen(  # noqa: S603 - our own programs
        command,
        cwd="/",
        env=dict(binaries.ENVIRONMENT),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=runs_as.uid if runs_as else None,
        group=runs_as.gid if runs_as else None,
        extra_groups=[] if runs_as else None,
        preexec_fn=end_with_parent(signal.SIGINT),  # noqa: PLW1509 - one prctl call, no Python locks involved
    )


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ask for a fast shutdown, insist, then kill."""
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(leftovers.FAST_STOP_SECONDS)
            return
