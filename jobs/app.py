"""The command line of the jobs process: run it, list the timetable, or do one slot now."""

import argparse
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Sequence
from typing import NoReturn

from sqlalchemy.exc import SQLAlchemyError

import clock
from database import database
from domain.errors import PacesetterError
from jobs.definition import Timetable
from jobs.listing import listing
from jobs.once import once
from jobs.patience import LOG
from jobs.timetable import TIMETABLE
from jobs.worker import Worker
from launcher.opening import ready_database
from services import logs
from settings import LogFormat, settings, writes_to_journal


def main(arguments: Sequence[str], timetable: Timetable = TIMETABLE) -> int:
    """0 when it ended as asked, 1 with a sentence on standard error when it could not do what was asked."""
    chosen = _parser(timetable).parse_args(arguments)
    try:
        if chosen.list or chosen.once:
            _say(_by_hand(chosen, timetable))
        else:
            _run(timetable)
    except PacesetterError as error:
        return _complain(str(error))
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return _complain(f"The database does not answer as it should: {cause}\nCheck DATABASE_URL.")
    return 0


def end_with(code: int) -> NoReturn:
    """End the process now: what was asked for is done or given back, and a thread that hangs would hold up an ordinary exit."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def worker_name() -> str:
    """Tells this process from every other, also from one that had its number before."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(3)}"


def _by_hand(chosen: argparse.Namespace, timetable: Timetable) -> str:
    """What somebody at a terminal asked for; without DATABASE_URL it is about the embedded database, as with manage.py."""
    with ready_database() as database:
        if chosen.list:
            return listing(database, timetable, clock.now())
        return once(database, timetable, chosen.once, chosen.slot, worker_name(), clock.now)


def _run(timetable: Timetable) -> None:
    """Work until SIGTERM or Ctrl-C. A database that does not answer yet is waited for; one with another schema is refused."""
    settings().refuse_weakness()
    logs.configure(as_json=settings().log_format is LogFormat.JSON, level=logging.INFO, for_journal=writes_to_journal())
    worker = Worker(database(), timetable, worker_name(), clock.now)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda _number, _frame: worker.stop())
    LOG.info("The jobs process begins: %s.", ", ".join(timetable.names))
    worker.run()


def _parser(timetable: Timetable) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m jobs", description="Does what happens without anybody looking, until it is stopped.")
    parser.add_argument("--list", action="store_true", help="show the timetable with the last run and the next slot of every job")
    parser.add_argument("--once", metavar="NAME", choices=[job.name for job in timetable.jobs], help="do one slot of a job now")
    parser.add_argument("--slot", metavar="SLOT", help="which one, such as 2026-03-10; with --once, the newest due when left out")
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _complain(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 1
