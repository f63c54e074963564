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


def configure(*, as_json: bool, level: int | None = None) -> None:
    """Send every log line to standard error: as JSON from `info` on for programs, as text from `warning` on for people.

    `level` is another beginning for our own lines: a run of a job is worth a line to people too, a request is not.
    Call `adopt` again once libraries that log by themselves are loaded.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                places_only,
                without_personal_data,
                structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0),
            ],
        )
    )
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
