"""What a killed run leaves in the data folder: a server without a master, or a postmaster.pid whose number means another process by now."""

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil

PID_FILE: Final = "postmaster.pid"
LOCK_FILES: Final = (PID_FILE, ".s.PGSQL.5432.lock")
"""Both name the master's process id; PostgreSQL believes them as long as any process has it, be it a zombie."""
FAST_STOP_SECONDS: Final = 15
"""A fast shutdown writes one checkpoint; longer than this it hangs."""
_SOCKET_LINE: Final = 4


def running_master(folder: Path) -> int | None:
    """The process id in postmaster.pid, when that process really is this folder's PostgreSQL."""
    lines = _pid_lines(folder)
    if not lines or not lines[0].strip().isdigit():
        return None
    try:
        candidate = psutil.Process(int(lines[0]))
    except psutil.Error:
        return None
    return candidate.pid if _serves(candidate, folder) else None


def socket_folder(folder: Path) -> Path | None:
    """Where the running server listens, as it wrote down itself; None while it is still starting."""
    lines = _pid_lines(folder)
    if len(lines) <= _SOCKET_LINE or not lines[_SOCKET_LINE].strip():
        return None
    return Path(lines[_SOCKET_LINE].strip())


def clear(folder: Path) -> None:
    """Stop every PostgreSQL process still working in the folder and drop stale lock files. The caller holds the folder's lock."""
    master = running_master(folder)
    if master is not None:
        _stop([psutil.Process(master)], signal.SIGINT)
    _stop(list(_serving(folder)), signal.SIGKILL)
    for name in LOCK_FILES:
        (folder / name).unlink(missing_ok=True)


def _pid_lines(folder: Path) -> list[str]:
    try:
        return (folder / PID_FILE).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _serves(candidate: psutil.Process, folder: Path) -> bool:
    """A PostgreSQL works in its data folder; a foreign process that inherited the number does not."""
    try:
        return candidate.name().startswith("postgres") and Path(candidate.cwd()) == folder
    except psutil.Error:
        return False


def _serving(folder: Path) -> Iterator[psutil.Process]:
    return (candidate for candidate in psutil.process_iter() if _serves(candidate, folder))


def _stop(processes: list[psutil.Process], sign: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.send_signal(sign)
    psutil.wait_procs(processes, timeout=FAST_STOP_SECONDS)
