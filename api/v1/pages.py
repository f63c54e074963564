"""Pages of a list: a cursor nobody needs to understand leads from one to the next, and stays right while records come and go."""

import base64
import binascii
from datetime import datetime
from typing import Final

from api.v1.fields import LARGEST_BIGINT
from domain.errors import InputError

_SEPARATOR: Final = "~"


def cursor_of(record_id: int, moment: datetime | None = None) -> str:
    """The cursor behind a page's last record; dated lists need its moment too."""
    position = str(record_id) if moment is None else f"{moment.isoformat()}{_SEPARATOR}{record_id}"
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def id_behind(cursor: str | None, *, largest: int = LARGEST_BIGINT) -> int | None:
    """The id the cursor of an undated list names, or None without one; raises InputError for a broken cursor.

    `largest` is the largest id the list's table can have: PostgreSQL refuses to compare with a larger one.
    """
    return None if cursor is None else _number(_opened(cursor), largest)


def moment_behind(cursor: str | None) -> tuple[datetime, int] | None:
    """The same for a dated list."""
    if cursor is None:
        return None
    shown, _, number = _opened(cursor).partition(_SEPARATOR)
    try:
        moment = datetime.fromisoformat(shown)
    except ValueError:
        raise _broken() from None
    if moment.tzinfo is None:
        raise _broken()
    return moment, _number(number, LARGEST_BIGINT)


def _opened(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        raise _broken() from None


def _number(text: str, largest: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(largest)) and int(text) <= largest):
        raise _broken()
    return int(text)


def _broken() -> InputError:
    return InputError("cursor: this page cannot be found. Start again without a cursor.", code="broken_cursor")
