"""Runs the children side by side until somebody asks to stop or one ends that the product is nothing without."""

import http.client
import time
from typing import Final

from domain.errors import SetupError
from launcher.children import Child
from launcher.database import OpenDatabase
from launcher.saying import complain

READY_SECONDS: Final = 120
"""A cold start on a slow disk imports pandas and Streamlit in some ten seconds."""
_POLL_SECONDS: Final = 0.2


def wait_until_ready(children: list[Child], host: str, port: int) -> None:
    """Return once /api/health answers 200; SetupError when a child ends before, or it takes too long."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        refuse_ended(children)
        if _is_well(host, port):
            return
        time.sleep(_POLL_SECONDS)
    raise SetupError(f"The web process did not answer within {READY_SECONDS} seconds; what it wrote is above.")


def watch(children: list[Child], database: OpenDatabase) -> None:
    """Keep them running; what may not end by itself and does is a SetupError. A signal leaves through StopRequested."""
    while True:
        time.sleep(_POLL_SECONDS)
        refuse_ended(children)
        restart_ended(children)
        if database.has_ended:
            raise SetupError("The embedded database ended by itself; its log is beside its folder. Everything is stopped.")


def refuse_ended(children: list[Child]) -> None:
    """Raise SetupError naming the child that ended, if one did that is not started again."""
    for child in children:
        if child.exit_code is not None and not child.restarts:
            raise SetupError(f"The {child.name} process ended by itself (exit code {child.exit_code}). Everything is stopped.")


def restart_ended(children: list[Child]) -> None:
    """Start again what ended and may; people are told once each time."""
    for child in children:
        code = child.exit_code
        if child.restarts and (pause := child.start_again(time.monotonic())) is not None:
            complain(f"The {child.name} process ended by itself (exit code {code}); it is started again in {pause:.0f} s.")


def _is_well(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
