"""`make run`, step by step: check, start the database, migrate, fill the demo company, start web and jobs, say where it is."""

import signal
from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from data.postgres.lifeline import end_with_parent
from domain.errors import PacesetterError
from launcher import first_start, ports, signals, supervisor
from launcher.children import Child, ChildSpec, stop_all
from launcher.database import OpenDatabase, owned_database
from launcher.saying import complain, say
from secret_key import secret_of
from settings import Mode, Settings, child_environment, settings

LOOPBACK_NAMES: Final = {"127.0.0.1": "localhost", "0.0.0.0": "localhost", "::": "localhost", "::1": "localhost"}  # noqa: S104 - shown, not listened on
STARTED_WHOLE: Final = ("--lifespan", "on", "--ws", "websockets-sansio")
"""A web process that cannot start its listening must not serve screens that never move: uvicorn's default would."""
ONE_CORE: Final = {"OPENBLAS_NUM_THREADS": "1"}
"""Matrices are reckoned with on one core: on a busy machine several wait for each other, and learning took six times as long."""
WITH_PARENT: Final = "--with-parent"
"""Given by make: when make is killed, everything it started ends too."""


def main(arguments: Sequence[str] = ()) -> int:
    """Run until asked to stop; the exit code is 0 then, and 1 with a sentence when something prevents it."""
    signals.raise_stop_requested()
    if WITH_PARENT in arguments and (arrange := end_with_parent(signal.SIGTERM)):
        arrange()
    try:
        run(settings())
    except signals.StopRequested:
        say("Pacesetter has stopped.")
        return 0
    except ValidationError as error:
        complain(_words(error))
    except PacesetterError as error:
        complain(str(error))
    except OSError as error:
        complain(f"{error.filename or 'A file'} cannot be used: {error.strerror}. Check who owns the folder, or set PACESETTER_HOME.")
    except SQLAlchemyError as error:
        complain(f"The database does not answer as it should: {_first_line(error)}\nCheck DATABASE_URL.")
    return 1


def run(chosen: Settings) -> None:
    """Bring everything up, then watch it; leaves nothing behind, whatever ends it."""
    chosen.refuse_weakness()
    ports.require_free(chosen.host, chosen.port)
    secret = secret_of(chosen)
    with owned_database(chosen) as database:
        sign_ins = first_start.prepare(database.url, with_demo=chosen.demo and chosen.mode is Mode.DEVELOPMENT)
        environment = child_environment(
            DATABASE_URL=database.url,
            PORT=str(chosen.port),
            PACESETTER_SECRET=secret,
            STREAMLIT_SERVER_COOKIE_SECRET=secret,
            **ONE_CORE,
        )
        children: list[Child] = []
        try:
            children.extend(Child(spec, environment) for spec in specs(chosen))
            supervisor.wait_until_ready(children, chosen.host, chosen.port)
            _welcome(chosen, database, sign_ins)
            supervisor.watch(children, database)
        finally:
            signals.ignore_further()
            stop_all(children)


def specs(chosen: Settings) -> tuple[ChildSpec, ...]:
    """What runs beside the database."""
    address = ("--host", chosen.host, "--port", str(chosen.port))
    quiet = ("--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "5")
    web = ChildSpec(name="web", arguments=("uvicorn", "app:app", *address, *quiet, *STARTED_WHOLE))
    return (web, ChildSpec(name="jobs", arguments=("jobs",), restarts=True)) if chosen.jobs else (web,)


def _welcome(chosen: Settings, database: OpenDatabase, sign_ins: Sequence[str]) -> None:
    where = "the embedded PostgreSQL" if database.server else "the database of DATABASE_URL"
    say(f"\nPacesetter is running on {where}. Press Ctrl-C to stop it.\n")
    say(f"  Open     http://{LOOPBACK_NAMES.get(chosen.host, chosen.host)}:{chosen.port}")
    for line in sign_ins:
        say(f"  {line}")


def _words(error: ValidationError) -> str:
    faults = (f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors(include_input=False))
    return "A setting cannot be used: " + "; ".join(faults)


def _first_line(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().splitlines()[0]
