"""Is the port free to listen on?"""

import errno
import socket
import time
from typing import Final

from domain.errors import SetupError

PATIENCE_SECONDS: Final = 5.0
"""A web process whose launcher was just killed needs a moment to let go."""
_STEP_SECONDS: Final = 0.2
LAST_PORT: Final = 65535


def require_free(host: str, port: int) -> None:
    """Raise SetupError in plain words when the address cannot be had."""
    if not 0 < port <= LAST_PORT:
        raise SetupError(f"PORT={port} is not a port: choose one from 1024 to {LAST_PORT}.")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (problem := _problem(host, port)) is not None:
        if problem != errno.EADDRINUSE:
            raise SetupError(_words(problem, host, port))
        if time.monotonic() > deadline:
            raise SetupError(f"Port {port} is taken by another program. Stop it, or choose another port: PORT={port + 1} make run")
        time.sleep(_STEP_SECONDS)


def _problem(host: str, port: int) -> int | None:
    """The error number of trying to listen there, or None."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            listener.listen()
    except OSError as error:
        return error.errno or errno.EADDRNOTAVAIL
    return None


def _words(problem: int, host: str, port: int) -> str:
    if problem in {errno.EACCES, errno.EPERM}:
        return f"This user may not listen on port {port}. Choose one above 1023: PORT=8501 make run"
    return f"This machine has no address {host}. Set PACESETTER_HOST to one it has, for example 127.0.0.1."
