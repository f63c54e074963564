"""Work with many records at once: each is done or refused by itself, and who was refused is named."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from domain.errors import PacesetterError


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkResult:
    """What came of work with many records."""

    done: int
    refused: tuple[tuple[str, str], ...]
    """The name of each record that was left as it was, and why."""


def in_bulk(session: Session, ids: Collection[int], work: Callable[[int], object], name_of: Callable[[int], str]) -> BulkResult:
    """Do the work with each record, all in this transaction; one that is refused is left as it was and does not keep the others.

    They are taken in the order of their ids, so that two people with the same records do not block each other crosswise.
    """
    refused = []
    for record_id in sorted(set(ids)):
        try:
            with session.begin_nested():
                work(record_id)
        except PacesetterError as error:
            refused.append((name_of(record_id), str(error)))
    return BulkResult(done=len(set(ids)) - len(refused), refused=tuple(refused))
