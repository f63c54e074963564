"""Log lines with what they belong to (a request, a run of a job) and without what belongs to anybody.

Everything that logs through the standard library comes out here in one shape: ours, uvicorn's, Streamlit's.
"""

import logging
import sys
from contextlib import AbstractContextManager
from typing import Final

import structlog
from structlog.typing import Processor

from services.log_privacy import places_only, without_personal_data

OURS: Final = "pacesetter"
ADOPTED: Final = ("uvicorn", "streamlit", "websockets", "py.warnings")
"""Libraries that bring handlers of their own, whose lines would look different and could say too much."""
SILENCED: Final = "uvicorn.access"
"""It prints query strings; the request line of our own does not."""


JOURNAL_PRIORITIES: Final = ((logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))
"""A level and the journal's number for it (sd-daemon(3)), the gravest first; what is below is for debugging."""
FOR_DEBUGGING: Final = 7


class ForJournal(logging.Formatter):
    """Says before each line how grave it is, so that `journalctl -p err` finds the errors among all lines."""

    def __init__(self, inner: logging.Formatter) -> None:
        """Around the formatter that makes the line."""
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """The record's lines, each with its number: the journal takes every line by itself."""
        priority = next((number for level, number in JOURNAL_PRIORITIES if record.levelno >= level), FOR_DEBUGGING)
        return "\n".join(f"<{priority}>{line}" for line in self._inner.format(record).splitlines())


def configure(*, as_json: bool, level: int | None = None, for_journal: bool = False) -> None:
    """Send every log line to standard error: as JSON from `info` on for programs, as text from `warning` on for people.

    `level` is another beginning for our own lines: a run of a job is worth a line to people too, a request is not.
    `for_journal` says before each line how grave it is, as systemd's journal reads it.
    Call `adopt` again once libraries that log by themselves are loaded.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    lines = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            places_only,
            without_personal_data,
            structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0),
        ],
    )
    handler.setFormatter(ForJournal(lines) if for_journal else lines)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(level or (logging.INFO if as_json else logging.WARNING))
    adopt()


def adopt() -> None:
    """Take the handlers away from libraries that brought their own, so that their lines take our way; harmless to repeat."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in ADOPTED or name in ADOPTED]
    for name in (*names, *ADOPTED):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    logging.getLogger(SILENCED).disabled = True


def belonging_to(**ids: object) -> AbstractContextManager[None]:
    """Until the block ends every line of this thread or task carries these: `request_id`, or `job`, `slot` and `attempt`."""
    return structlog.contextvars.bound_contextvars(**ids)
