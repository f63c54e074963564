"""What is taken out of a log line: values that belong to people or open doors, and what a failure says about data.

An exception's own words may quote what somebody typed, a row, or an address with a password in it. A line keeps the kinds of the
exceptions and the places in the code, which is enough to mend it.
"""

import re
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any, Final

from structlog.typing import EventDict, WrappedLogger

PROJECT: Final = Path(__file__).resolve().parent.parent
PLACES: Final = 12
"""The innermost frames; what is further out is the framework's."""
PRIVATE: Final = frozenset(
    {
        "address", "authorization", "body", "cookie", "cookies", "database_url", "dsn", "email", "headers", "name", "params", "password",
        "phone", "query", "query_string", "secret", "ticket", "token", "url", "user_agent",
    }
)  # fmt: skip
"""Keys whose values never reach a log, whoever sets them."""
_NOISE: Final = frozenset({"color_message"})
"""uvicorn says everything twice, once with colours."""
_PATTERNS: Final = (
    (re.compile(r"\bpostgres(?:ql)?(?:\+\w+)?://\S+"), "[database]"),
    (re.compile(r"(\w+://)[^/\s@]+@"), r"\1[credentials]@"),
    (re.compile(r"/services/[A-Z0-9]+/\S+"), "/services/[webhook]"),
    (re.compile(r"\bbot\d{5,}:[\w-]+"), "bot[token]"),
    (re.compile(r"(?i)\bbearer\s+[^\s'\",]+"), "Bearer [token]"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]+"), "[token]"),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"\?[^\s'\"]*=[^\s'\"]*"), "?[query]"),
    (re.compile(r"(?<![\w/-])[A-Za-z0-9_-]{40,}"), "[token]"),
)
"""What gives itself away by its shape, wherever in a text it stands."""


def places_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace the exception of a line by its kinds, outermost last, and the places it passed."""
    error = _exception(event.pop("exc_info", None))
    event.pop("exception", None)
    if error is not None:
        chain = list(_chain(error))
        event["error"] = " from ".join(_kind(each) for each in chain)
        event["where"] = _places(chain[-1].__traceback__) + _places(error.__traceback__) if len(chain) > 1 else _places(error.__traceback__)
    return event


def without_personal_data(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop private keys, and take out of every text what looks like an address, a token or a query."""
    return _cleaned(event)


def clean(text: str) -> str:
    """The text without anything that gives itself away by its shape."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def _cleaned(event: MutableMapping[str, Any]) -> dict[str, Any]:
    return {key: _clean_value(value) for key, value in event.items() if key not in PRIVATE | _NOISE}


def _clean_value(value: object) -> object:
    match value:
        case str():
            return clean(value)
        case dict():
            return _cleaned(value)
        case list() | tuple():
            return [_clean_value(each) for each in value]
        case bool() | int() | float() | None:
            return value
        case _:
            return clean(str(value))


def _exception(told: object) -> BaseException | None:
    """The exception of `exc_info`, however it was given."""
    match told:
        case BaseException():
            return told
        case (_, BaseException() as error, _):
            return error
        case _:
            return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and what caused it."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _kind(error: BaseException) -> str:
    """Its class, with PostgreSQL's code where it has one."""
    code = getattr(error, "sqlstate", None)
    return f"{type(error).__name__}({code})" if code else type(error).__name__


def _places(traceback: TracebackType | None) -> list[str]:
    """`file:line function`, outermost first."""
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in extract_tb(traceback)[-PLACES:]]


def _short(name: str) -> str:
    """A file of ours from the project on, a library's from its package on."""
    path = Path(name)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return path.relative_to(PROJECT).as_posix() if path.is_relative_to(PROJECT) else path.name
