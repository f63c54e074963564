"""What is read of amoCRM, how it is asked for, and where a page leaves the reading: so that nothing is missed while the account goes on.

Leads, contacts and notes are asked for in the order of their last change, from the last one that was read: what changes while we read
comes to the end, and is read there. Tasks and events cannot be asked for in that order; they are read page by page.
Where amoCRM cannot answer for so many records, fewer are asked for from the same place, and more again after a while.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from data.models import CrmCursor, CrmStream
from domain.crm.reading import Record, number
from domain.crm.work import NOTE_TYPES
from integrations.amocrm.client import Page, Query

OVERLAP: Final = 5 * 60
"""Seconds read again at every reading: amoCRM writes some changes down late."""
SMALLEST: Final = 10
"""Records at once; a server that cannot give ten is in trouble."""
PATIENCE: Final = 5
"""Pages in a row that must come before more are asked for at once again."""
MOST_PATIENCE: Final = 320
"""Doubled with every size that fails at its first page: a server that never gives so many is hardly ever asked for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One kind of record."""

    path: str
    asked: Query = ()
    order: Query = (("order[updated_at]", "asc"),)
    dated: str = "updated_at"
    """The moment by which it is read."""
    in_order: bool = True
    """Whether it comes in the order of that moment."""
    is_closed: bool = False
    """Whether nothing can change within a stretch of time that is over."""
    size: int = 250


_WORK: Final = [("filter[note_type][]", each) for each in NOTE_TYPES]
STREAMS: Final[Mapping[CrmStream, Stream]] = {
    CrmStream.CONTACTS: Stream(path="contacts"),
    CrmStream.DEALS: Stream(path="leads", asked=(("with", "contacts,loss_reason"),)),
    CrmStream.DELETED_DEALS: Stream(path="leads", asked=(("with", "only_deleted"),)),
    CrmStream.DEAL_NOTES: Stream(path="leads/notes", asked=_WORK),
    CrmStream.CONTACT_NOTES: Stream(path="contacts/notes", asked=_WORK),
    CrmStream.TASKS: Stream(path="tasks", order=(("order[id]", "asc"),), in_order=False),
    CrmStream.MOVES: Stream(
        path="events",
        asked=(("filter[type][]", "lead_status_changed"),),
        order=(),
        dated="created_at",
        in_order=False,
        is_closed=True,
        size=100,
    ),
}


def begin(cursor: CrmCursor, now: datetime) -> None:
    """Set the cursor to where this reading begins."""
    cursor.since = cursor.newest = max(0, cursor.since - OVERLAP)
    cursor.until = int(now.timestamp()) if STREAMS[cursor.stream].is_closed else None
    cursor.page, cursor.size, cursor.records, cursor.is_done = 1, STREAMS[cursor.stream].size, 0, False
    cursor.calm, cursor.patience = 0, PATIENCE


def query(cursor: CrmCursor) -> Query:
    """What is asked for at the cursor."""
    stream = STREAMS[cursor.stream]
    since: list[tuple[str, str | int]] = [(f"filter[{stream.dated}][from]", cursor.since)] if cursor.since else []
    until: list[tuple[str, str | int]] = [(f"filter[{stream.dated}][to]", cursor.until)] if cursor.until is not None else []
    return [*stream.asked, *since, *until, *stream.order]


def advance(cursor: CrmCursor, page: Page) -> None:
    """Move the cursor past a page that is stored, and ask for more at once when enough of them came."""
    stream = STREAMS[cursor.stream]
    cursor.newest = max(cursor.newest, _newest(page.records, stream.dated))
    cursor.records += len(page.records)
    cursor.is_done = not page.has_more
    if cursor.is_done or (stream.in_order and cursor.newest > cursor.since):
        cursor.since, cursor.page = max(cursor.since, cursor.newest), 1
    else:
        cursor.page += 1
    cursor.calm += 1
    if cursor.calm >= cursor.patience and cursor.size < stream.size:
        _resize(cursor, min(each for each in _sizes(stream) if each > cursor.size))


def shrink(cursor: CrmCursor) -> bool:
    """Ask for fewer records at once, from the same place, or say that it cannot be fewer."""
    fewer = [each for each in _sizes(STREAMS[cursor.stream]) if each < cursor.size]
    if not fewer:
        return False
    cursor.patience = PATIENCE if cursor.calm else min(MOST_PATIENCE, cursor.patience * 2)
    _resize(cursor, max(fewer))
    return True


def has_doubled(cursor: CrmCursor, page: Page) -> bool:
    """Whether the page made it twice as many records as before, or four times, and so on, beginning with the first whole page."""
    whole = STREAMS[cursor.stream].size
    before = cursor.records - len(page.records)
    return (cursor.records // whole).bit_length() > (before // whole).bit_length()


def _sizes(stream: Stream) -> list[int]:
    """What is asked for at once: all that amoCRM gives, half of it, and so on."""
    halves = [stream.size >> step for step in range(stream.size.bit_length())]
    return [*(each for each in halves if each > SMALLEST), SMALLEST]


def _resize(cursor: CrmCursor, size: int) -> None:
    """Go on with pages of another size at the one that has the next record; those before it there are read again."""
    read = (cursor.page - 1) * cursor.size
    cursor.size, cursor.page, cursor.calm = size, read // size + 1, 0


def _newest(records: Sequence[Record], name: str) -> int:
    return max((number(each.get(name)) or 0 for each in records), default=0)
